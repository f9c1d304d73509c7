"""Serial blocks: ZVT on a serial line (PA00P016 section 4).

    10 02   APDU, each 10 doubled   10 03   CRC low   CRC high

The CRC is CRC-16/KERMIT (reflected 0x8408, initial 0) over the undoubled APDU and the 03; its own two bytes are never
doubled. The receiver answers each block with a bare 06 (taken) or 15 (garbled: send it again); answers are not
answered. One block at a time: the next waits until the last is confirmed.

Timers: T1, 200 ms between two bytes of a block, then 15. T2, 5 s from a block to its answer, then the block again, at
most twice, then the line counts as lost. A message that moves money (`once`) is repeated only after a 15, which proves
that it was not taken; after mere silence it may have been taken, and a second one could charge a second time.

What is left of a block whose middle was garbled is noise, and a 06 or 15 in it answers nothing: it is passed over until
a block begins anew or the line has been silent for T1. A block longer than any message is read to its end and not kept.

A block of the terminal confirms ours too: it answers nothing that it has not taken, and speaks only in its turn. So a
lost 06 does not make us repeat an order that is already being carried out.

A block of the terminal whose confirmation was lost arrives twice. ZVT has no block numbers, so the layer above must
take a repeated message calmly; it does (a repeated status is the same status).
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import Literal, NamedTuple

from drivers.card_terminal.zvt.apdu import AT_ONCE, FLOOD, LONGEST, Apdu, NotZvt, decode, encode
from drivers.card_terminal.zvt.wire import WireBroken

DLE, STX, ETX, ACK, NAK = 0x10, 0x02, 0x03, 0x06, 0x15
T1_MS = 200
T2_MS = 5_000
REPEATS = 2

_NEWS = re.compile(rb"[\x06\x10\x15]")
"""What can mean something between two blocks."""


def _table() -> tuple[int, ...]:
    crcs = []
    for crc in range(256):
        for _ in range(8):
            crc = crc >> 1 ^ 0x8408 if crc & 1 else crc >> 1
        crcs.append(crc)
    return tuple(crcs)


_CRCS = _table()


def crc16_kermit(data: bytes) -> int:
    """CRC-16/KERMIT; `123456789` gives 0x2189."""
    crc = 0
    for byte in data:
        crc = crc >> 8 ^ _CRCS[(crc ^ byte) & 0xFF]
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


class _Garbled(NamedTuple):
    """A block that must be sent again."""


class _Reader:
    """Finds blocks and answers in the byte stream, in whatever pieces it comes.

    `idle` between blocks, `dle` after a 10 there, `data` and `data_dle` inside, `crc` behind, `noise` after a block
    that broke off.
    """

    def __init__(self) -> None:
        self._state: Literal["idle", "dle", "data", "data_dle", "crc", "noise", "noise_dle"] = "idle"
        self._plain = bytearray()
        self._crc = bytearray()
        self._too_long = False

    @property
    def inside(self) -> bool:
        """Whether a block has begun and not ended."""
        return self._state != "idle"

    def reset(self) -> None:
        """Nothing of before counts."""
        self._become("idle")

    def _become(self, state: Literal["idle", "data", "noise"]) -> None:
        self._state, self._too_long = state, False
        self._plain.clear()
        self._crc.clear()

    def feed(self, data: bytes) -> Iterator[int | Apdu | _Garbled]:
        """ACK and NAK (as ints), messages, and blocks to be asked for again, as they are completed."""
        at = 0
        while at < len(data):
            match self._state:
                case "idle":
                    news = _NEWS.search(data, at)
                    if news is None:
                        return
                    at = news.end()
                    if data[at - 1] == DLE:
                        self._state = "dle"
                    else:
                        yield data[at - 1]
                case "data" | "noise":
                    at = self._up_to_dle(data, at)
                case "crc":
                    self._crc.append(data[at])
                    at += 1
                    if len(self._crc) == 2:
                        yield self._whole()
                case _:
                    at += self._after_dle(data[at])

    def _up_to_dle(self, data: bytes, at: int) -> int:
        """Pass over everything before the next 10, keeping it if it belongs to a block."""
        dle = data.find(DLE, at)
        end = len(data) if dle < 0 else dle
        if self._state == "data":
            self._keep(data[at:end])
        if dle < 0:
            return end
        self._state = "data_dle" if self._state == "data" else "noise_dle"
        return end + 1

    def _keep(self, piece: bytes) -> None:
        self._too_long = self._too_long or len(self._plain) + len(piece) > LONGEST
        if self._too_long:
            self._plain.clear()
        else:
            self._plain += piece

    def _after_dle(self, byte: int) -> int:
        """What a 10 and this byte mean together; 0 if the byte has a meaning of its own."""
        if byte == STX:
            self._become("data")
        elif self._state == "data_dle" and byte == DLE:
            self._keep(b"\x10")
            self._state = "data"
        elif self._state == "data_dle" and byte == ETX:
            self._state = "crc"
        elif self._state == "dle":
            self._state = "dle" if byte == DLE else "idle"
            return int(byte == DLE)
        elif byte != DLE:
            self._become("noise")
        return 1

    def _whole(self) -> Apdu | _Garbled:
        plain, crc, too_long = bytes(self._plain), int.from_bytes(self._crc, "little"), self._too_long
        self._become("idle")
        if too_long or crc16_kermit(plain + bytes((ETX,))) != crc:
            return _Garbled()
        try:
            return decode(plain)
        except NotZvt:
            return _Garbled()


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
        """The messages completed by these bytes, each confirmed; garbled blocks are asked for again.

        Raises NotZvt for more than a terminal can have said since the last look, WireBroken as `advance` does.
        """
        self.advance(now_ms)
        self._last_byte_ms = now_ms
        found: list[Apdu] = []
        for number, item in enumerate(self._reader.feed(data[: LONGEST + 1])):
            if isinstance(item, Apdu):
                self._out.append(ACK)
                self._answered(ACK, now_ms)
                found.append(item)
            elif isinstance(item, _Garbled):
                self._out.append(NAK)
            else:
                self._answered(item, now_ms)
            if number == AT_ONCE:
                raise NotZvt(FLOOD)
        if len(data) > LONGEST:
            raise NotZvt(FLOOD)
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
