"""The terminal's side of the wire, written apart from the till's: a mistake in one is not repeated in the other.

Both sides of the wire share only the tables of field lengths. The checksum is computed another way too: CRC-16/KERMIT
is the CCITT checksum with all bits mirrored, and the standard library has that one.
"""

import binascii

from drivers.card_terminal.zvt import bmp

_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def checksum(data: bytes) -> bytes:
    """CRC-16/KERMIT, low byte first."""
    crc = binascii.crc_hqx(data.translate(_MIRRORED), 0)
    return int(f"{crc:016b}"[::-1], 2).to_bytes(2, "little")


def message(head: str, data: bytes = b"", *, extended: bool = False) -> bytes:
    """The bytes of a message; `head` is class and instruction in hexadecimal, `extended` forces the long length."""
    long = extended or len(data) > 254
    length = b"\xff" + len(data).to_bytes(2, "little") if long else len(data).to_bytes(1, "little")
    return bytes.fromhex(head) + length + data


def field(name: int, value: bytes) -> bytes:
    """One field, with whatever length its kind has."""
    if name in bmp.FIXED:
        return bytes([name]) + value.rjust(bmp.FIXED[name], b"\0")
    if name == bmp.CONTAINER:
        return bytes([name]) + _ber(value) + value
    width = 2 if name in bmp.LLVAR else 3
    digits = f"{len(value):0{width}d}".encode()
    return bytes([name]) + bytes(0xC0 + digit for digit in digits) + value


def tag(name: str, value: bytes) -> bytes:
    """One tag; its name in hexadecimal."""
    return bytes.fromhex(name) + _ber(value) + value


def _ber(value: bytes) -> bytes:
    size = len(value)
    if size < 128:
        return bytes([size])
    return bytes([0x81, size]) if size < 256 else bytes([0x82]) + size.to_bytes(2, "big")


def decimal(number: int | str, width: int) -> bytes:
    """A number in `width` bytes BCD."""
    return bytes.fromhex(str(number).zfill(2 * width))


def fields(data: bytes) -> dict[int, bytes]:
    """The fixed fields of an order of the till; reading ends at the first of another kind, or that is cut short."""
    found: dict[int, bytes] = {}
    while data and data[0] in bmp.FIXED:
        size = bmp.FIXED[data[0]]
        if len(data) <= size:
            break
        found[data[0]] = data[1 : 1 + size]
        data = data[1 + size :]
    return found


class TcpSide:
    """Messages on a connection. Head and data as (hexadecimal text, bytes)."""

    def __init__(self) -> None:
        self._buffer = b""
        self.out = b""

    def reset(self) -> None:
        """A new connection."""
        self._buffer, self.out = b"", b""

    def send(self, raw: bytes, now_ms: int) -> None:
        """Queue a message."""
        self.out += raw

    def advance(self, now_ms: int) -> bool:
        """False when the till is not there any more; on a connection that is for the network to say."""
        return True

    def deadline_ms(self) -> int | None:
        """Nothing waits for time here."""
        return None

    def receive(self, data: bytes, now_ms: int) -> list[tuple[str, bytes]]:
        """The whole messages that have arrived."""
        self._buffer += data
        found = []
        while (size := self._size()) is not None:
            raw, self._buffer = self._buffer[:size], self._buffer[size:]
            found.append((raw[:2].hex(), raw[5:] if raw[2] == 255 else raw[3:]))
        return found

    def _size(self) -> int | None:
        buffer = self._buffer
        if len(buffer) < 3 or (buffer[2] == 255 and len(buffer) < 5):
            return None
        size = 5 + int.from_bytes(buffer[3:5], "little") if buffer[2] == 255 else 3 + buffer[2]
        return size if len(buffer) >= size else None
