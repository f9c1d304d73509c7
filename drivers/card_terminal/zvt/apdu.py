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


class NotZvt(Exception):
    """The bytes are no ZVT message: the other side is no terminal, or the stream is broken for good."""


class Apdu(NamedTuple):
    """One message. `control` is class and instruction together: 0x0601 is a payment."""

    control: int
    data: bytes = b""

    def __str__(self) -> str:
        return f"{self.control >> 8:02X} {self.control & 0xFF:02X} ({len(self.data)} bytes)"


def encode(apdu: Apdu) -> bytes:
    """The bytes of one message, with the shortest length that fits. Data up to 65,535 bytes."""
    size = len(apdu.data)
    assert size <= 0xFFFF, "no ZVT message is that long"
    length = bytes((size,)) if size <= SHORT_LENGTH_MAX else bytes((EXTENDED, size & 0xFF, size >> 8))
    return apdu.control.to_bytes(2, "big") + length + apdu.data


def decode(block: bytes) -> Apdu:
    """Exactly one message. Raises NotZvt if it is cut short or followed by more."""
    apdu, rest = _first(block)
    if apdu is None or rest:
        raise NotZvt("the length of the message does not fit its block")
    return apdu


def _first(waiting: bytes) -> tuple[Apdu | None, bytes]:
    """The first whole message, if there is one, and what follows it."""
    if waiting and waiting[0] not in CLASSES:
        raise NotZvt(f"a message cannot begin with {waiting[0]:02X}")
    if len(waiting) < 3:
        return None, waiting
    start, size = 3, waiting[2]
    if size == EXTENDED:
        if len(waiting) < 5:
            return None, waiting
        start, size = 5, waiting[3] | waiting[4] << 8
    end = start + size
    if len(waiting) < end:
        return None, waiting
    return Apdu(int.from_bytes(waiting[:2], "big"), waiting[start:end]), waiting[end:]


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
        self._waiting += data
        found: list[Apdu] = []
        while True:
            apdu, self._waiting = _first(self._waiting)
            if apdu is None:
                return found
            found.append(apdu)

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
