"""Serial blocks: ZVT on a serial line (PA00P016 section 4).

    10 02   APDU, each 10 doubled   10 03   CRC low   CRC high

The CRC is CRC-16/KERMIT (reflected 0x8408, initial 0) over the undoubled APDU and the 03; its own two bytes are never
doubled. The receiver answers each block with a bare 06 (taken) or 15 (garbled: send it again); answers are not
answered. One block at a time: the next waits until the last is confirmed.

Timers: T1, 200 ms between two bytes of a block, then 15. T2, 5 s from a block to its answer, then the block again, at
most twice, then the line counts as lost. A message that moves money (`once`) is repeated only after a 15, which proves
that it was not taken; after mere silence it may have been taken, and a second one could charge a second time.

A block whose confirmation was lost arrives twice. ZVT has no block numbers, so the layer above must take a repeated
message calmly; it does (a repeated status is the same status).
"""

from collections import deque
from typing import NamedTuple

from drivers.card_terminal.zvt.apdu import Apdu, NotZvt, decode, encode
from drivers.card_terminal.zvt.wire import WireBroken

DLE, STX, ETX, ACK, NAK = 0x10, 0x02, 0x03, 0x06, 0x15
T1_MS = 200
T2_MS = 5_000
REPEATS = 2
BLOCK_MAX = 2 * 0x10000


def crc16_kermit(data: bytes) -> int:
    """CRC-16/KERMIT; `123456789` gives 0x2189."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0x8408 if crc & 1 else crc >> 1
    return crc


def wrap(apdu: Apdu) -> bytes:
    """One message as a block."""
    plain = encode(apdu)
    crc = crc16_kermit(plain + bytes((ETX,)))
    doubled = plain.replace(bytes((DLE,)), bytes((DLE, DLE)))
    return bytes((DLE, STX)) + doubled + bytes((DLE, ETX)) + crc.to_bytes(2, "little")


class _Sending(NamedTuple):
    block: bytes
    once: bool
    tries: int
    until_ms: int


class _Reader:
    """Finds blocks and answers in the byte stream, byte by byte.

    `idle` between blocks, `dle` after a 10 between blocks, `data`, `data_dle` after a 10 inside, `crc`.
    """

    def __init__(self) -> None:
        self._state = "idle"
        self._plain = bytearray()
        self._crc = bytearray()

    @property
    def inside(self) -> bool:
        """Whether a block has begun and not ended."""
        return self._state != "idle"

    def reset(self) -> None:
        self._state = "idle"
        self._plain.clear()
        self._crc.clear()

    def feed(self, byte: int) -> int | Apdu | None:
        """ACK or NAK (an int), a message, None while there is none yet. Raises NotZvt for a garbled block."""
        match self._state:
            case "idle":
                return self._idle(byte)
            case "crc":
                return self._crc_byte(byte)
            case "dle":
                self._dle(byte)
            case "data":
                self._data(byte)
            case _:
                self._data_dle(byte)
        return None

    def _idle(self, byte: int) -> int | None:
        if byte == DLE:
            self._state = "dle"
            return None
        return byte if byte in (ACK, NAK) else None

    def _dle(self, byte: int) -> None:
        if byte == STX:
            self.reset()
            self._state = "data"
        elif byte != DLE:
            self._state = "idle"

    def _data(self, byte: int) -> None:
        if byte == DLE:
            self._state = "data_dle"
        else:
            self._keep(byte)

    def _keep(self, byte: int) -> None:
        """What is longer than any block is not kept: its checksum will not fit."""
        if len(self._plain) < BLOCK_MAX:
            self._plain.append(byte)

    def _data_dle(self, byte: int) -> None:
        if byte == DLE:
            self._keep(DLE)
            self._state = "data"
        elif byte == ETX:
            self._state = "crc"
        else:
            self.reset()
            self._state = "data" if byte == STX else "idle"

    def _crc_wrong(self) -> bool:
        return crc16_kermit(bytes(self._plain) + bytes((ETX,))) != int.from_bytes(self._crc, "little")

    def _crc_byte(self, byte: int) -> Apdu | None:
        self._crc.append(byte)
        if len(self._crc) < 2:
            return None
        plain, wrong = bytes(self._plain), self._crc_wrong()
        self.reset()
        if wrong:
            raise NotZvt("the checksum of the block does not fit")
        return decode(plain)


class SerialBlocks:
    """The serial wire: blocks, their confirmations and their repeats."""

    def __init__(self) -> None:
        self._reader = _Reader()
        self._queue: deque[tuple[bytes, bool]] = deque()
        self._sending: _Sending | None = None
        self._last_byte_ms = 0
        self._out = bytearray()

    def reset(self) -> None:
        """The line was opened anew: nothing of before counts."""
        self._reader.reset()
        self._queue.clear()
        self._sending = None
        self._out.clear()

    def send(self, apdu: Apdu, now_ms: int, *, once: bool = False) -> None:
        """Queue a block; it goes out when the one before is confirmed."""
        self._queue.append((wrap(apdu), once))
        self._next(now_ms)

    def _next(self, now_ms: int) -> None:
        if self._sending is None and self._queue:
            block, once = self._queue.popleft()
            self._transmit(block, once, 1, now_ms)

    def _transmit(self, block: bytes, once: bool, tries: int, now_ms: int) -> None:
        self._out += block
        self._sending = _Sending(block, once, tries, now_ms + T2_MS)

    def receive(self, data: bytes, now_ms: int) -> list[Apdu]:
        """The messages completed by these bytes, each confirmed; garbled blocks are asked for again."""
        self.advance(now_ms)
        self._last_byte_ms = now_ms
        found: list[Apdu] = []
        for byte in data:
            try:
                item = self._reader.feed(byte)
            except NotZvt:
                self._out.append(NAK)
                continue
            if isinstance(item, Apdu):
                self._out.append(ACK)
                found.append(item)
            elif item is not None:
                self._answered(item, now_ms)
        return found

    def _answered(self, answer: int, now_ms: int) -> None:
        sending = self._sending
        if sending is None:
            return
        if answer == ACK:
            self._sending = None
            self._next(now_ms)
        else:
            self._repeat(sending, now_ms)

    def _repeat(self, sending: _Sending, now_ms: int) -> None:
        if sending.tries > REPEATS:
            raise WireBroken("the terminal does not take our blocks: check cable and baud rate")
        self._transmit(sending.block, sending.once, sending.tries + 1, now_ms)

    def advance(self, now_ms: int) -> None:
        """T1 and T2. Raises WireBroken after the last repeat."""
        if self._reader.inside and now_ms - self._last_byte_ms >= T1_MS:
            self._reader.reset()
            self._out.append(NAK)
        sending = self._sending
        if sending is not None and now_ms >= sending.until_ms:
            if sending.once:
                raise WireBroken("the terminal did not confirm the order")
            self._repeat(sending, now_ms)

    def deadline_ms(self) -> int | None:
        """The earlier of T1 and T2."""
        due = [self._sending.until_ms] if self._sending is not None else []
        if self._reader.inside:
            due.append(self._last_byte_ms + T1_MS)
        return min(due, default=None)

    def take(self) -> bytes:
        """The bytes to write now; empties the queue."""
        out = bytes(self._out)
        self._out.clear()
        return out
