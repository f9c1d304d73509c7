"""Frame: one packet of the SSP transport layer, without I/O.

    7F  sequence and address  length  data...  CRC low  CRC high

The top bit of the second byte is the sequence flag: it turns with every new packet of the host, and a packet that comes
with the flag of the one before is answered with the same reply and not carried out again. The CRC (polynomial 0x8005,
begun at 0xFFFF, most significant bit first) is over everything after the 7F; then every 7F behind the first is doubled.
Source: Innovative Technology, "SSP Protocol Manual" GA138_2_2_222A, Transport Layer.
"""

from typing import NamedTuple

STX = 0x7F
SEQUENCE = 0x80
_POLYNOMIAL, _SEED = 0x8005, 0xFFFF
_AROUND = 4
"""Bytes of a packet beside its data, the first 7F not counted."""


class Packet(NamedTuple):
    """What was sent: the slave's address (0 to 125), the sequence flag, and the data."""

    address: int
    flag: bool
    data: bytes


def _of_byte(byte: int) -> int:
    value = byte << 8
    for _ in range(8):
        value = ((value << 1) ^ _POLYNOMIAL) & 0xFFFF if value & 0x8000 else value << 1
    return value


_CRCS = tuple(_of_byte(byte) for byte in range(256))


def crc(data: bytes) -> int:
    """The checksum of everything after the first 7F."""
    value = _SEED
    for byte in data:
        value = (value << 8) & 0xFFFF ^ _CRCS[value >> 8 ^ byte]
    return value


def pack(packet: Packet) -> bytes:
    """The bytes of a packet. At most 255 of data."""
    body = bytes((packet.address | (SEQUENCE if packet.flag else 0), len(packet.data))) + packet.data
    body += crc(body).to_bytes(2, "little")
    return bytes((STX,)) + body.replace(bytes((STX,)), bytes((STX, STX)))


class Unpacker:
    """Finds packets in bytes as they come, in whatever pieces; what makes no sense is dropped."""

    def __init__(self) -> None:
        self._body = bytearray()
        self._open = self._escaped = False

    def feed(self, data: bytes) -> list[Packet]:
        """The packets that are whole now."""
        found: list[Packet] = []
        for byte in data:
            packet = self._take(byte)
            if packet is not None:
                found.append(packet)
        return found

    def _take(self, byte: int) -> Packet | None:
        if byte == STX and not self._escaped:
            self._escaped = True
            return None
        if self._escaped and byte != STX:  # a single 7F begins a packet
            self._body.clear()
            self._open = True
        self._escaped = False
        if not self._open:
            return None
        self._body.append(byte)
        if len(self._body) < 2 or len(self._body) < self._body[1] + _AROUND:
            return None
        self._open = False
        body, told = bytes(self._body[:-2]), int.from_bytes(self._body[-2:], "little")
        return Packet(body[0] & ~SEQUENCE, bool(body[0] & SEQUENCE), body[2:]) if crc(body) == told else None
