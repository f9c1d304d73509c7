"""APDU: the one envelope of every ZVT message (PA00P015 section 1, transport PA00P016 section 5).

    class  instruction  length  data            length 00..FE: one byte
    class  instruction  FF lo hi  data          length in two bytes, little-endian, allowed for small data too

Over TCP the envelopes follow each other without anything between them, so one read may hold half a message or three.
There is no mark to find the next message by: once the bytes make no sense, only a new connection helps. A class that
ZVT does not have is therefore taken as "this is no terminal" (somebody else's service on the port, line noise).
"""

from typing import NamedTuple

SHORT_LENGTH_MAX = 0xFE
EXTENDED = 0xFF
CLASSES = frozenset((0x04, 0x05, 0x06, 0x08, 0x0F, 0x80, 0x84))
LONGEST = 0x10000
"""Bytes of one message with its head. The form of the length allows four more; no terminal has so much to say."""
AT_ONCE = 64
"""Messages that one read may bring. A terminal waits for the answer to each, so a crowd of them is a flood."""
FLOOD = "the terminal does not wait for our answers"


class NotZvt(Exception):
    """The bytes are no ZVT message: the other side is no terminal, or the stream is broken for good."""


class Apdu(NamedTuple):
    """One message. `control` is class and instruction together: 0x0601 is a payment."""

    control: int
    data: bytes = b""

    def __str__(self) -> str:
        return f"{self.control >> 8:02X} {self.control & 0xFF:02X} ({len(self.data)} bytes)"


def encode(apdu: Apdu) -> bytes:
    """The bytes of one message, with the shortest length that fits."""
    size = len(apdu.data)
    length = bytes((size,)) if size <= SHORT_LENGTH_MAX else bytes((EXTENDED, size & 0xFF, size >> 8))
    assert 2 + len(length) + size <= LONGEST, "no ZVT message is that long"
    return apdu.control.to_bytes(2, "big") + length + apdu.data


def decode(block: bytes) -> Apdu:
    """Exactly one message. Raises NotZvt if it is cut short or followed by more."""
    apdu, end = _first(block, 0)
    if apdu is None or end != len(block):
        raise NotZvt("the length of the message does not fit its block")
    return apdu


def _first(waiting: bytes, at: int) -> tuple[Apdu | None, int]:
    """The message that begins at `at`, if it is whole, and where the next one begins."""
    if len(waiting) > at and waiting[at] not in CLASSES:
        raise NotZvt(f"a message cannot begin with {waiting[at]:02X}")
    if len(waiting) < at + 3:
        return None, at
    start, size = at + 3, waiting[at + 2]
    if size == EXTENDED:
        if len(waiting) < at + 5:
            return None, at
        start, size = at + 5, waiting[at + 3] | waiting[at + 4] << 8
    end = start + size
    if end - at > LONGEST:
        raise NotZvt(f"a message of {end - at} bytes is longer than any")
    if len(waiting) < end:
        return None, at
    return Apdu(int.from_bytes(waiting[at : at + 2], "big"), waiting[start:end]), end


class Stream:
    """The TCP wire: messages follow each other, nothing is repeated and nothing needs a clock."""

    def __init__(self) -> None:
        self._waiting = b""
        self._out = bytearray()

    def reset(self) -> None:
        """A new connection: nothing of the old one counts."""
        self._waiting = b""
        self._out.clear()

    def send(self, apdu: Apdu, now_ms: int, *, once: bool = False) -> None:
        """Queue a message. TCP repeats by itself and never doubles, so `once` needs no care here."""
        self._out += encode(apdu)

    def receive(self, data: bytes, now_ms: int) -> list[Apdu]:
        """The messages completed by these bytes. Raises NotZvt."""
        waiting, at = self._waiting + data, 0
        found: list[Apdu] = []
        while len(found) <= AT_ONCE:
            apdu, at = _first(waiting, at)
            if apdu is None:
                self._waiting = waiting[at:]
                return found
            found.append(apdu)
        raise NotZvt(FLOOD)

    def advance(self, now_ms: int) -> None:
        """Nothing waits for time on TCP."""

    def deadline_ms(self) -> int | None:
        """Nothing waits for time on TCP."""
        return None

    def take(self) -> bytes:
        """The bytes to write now; empties the queue."""
        out = bytes(self._out)
        self._out.clear()
        return out
