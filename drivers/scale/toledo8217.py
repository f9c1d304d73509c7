"""Mettler Toledo 8217: the host asks, the scale answers. Pure.

Facts, from the host interface pages of Mettler Toledo's own manuals ("8217 Mettler Toledo Host Communications", and the
DIVA service manual for the PSC Magellan 8500, 6.1.4.1 for the zero command, 6.1.4.3 for the status byte): 7 data bits,
even parity, one stop bit; the command is one capital letter, and there are at least 200 ms between commands.

    W  ->  STX  digits and a point  [N]  CR     a stable weight; N: net, a tare is set on the scale
    W  ->  STX  ?  status  CR                   no weight now
    Z  ->  STX  ?  status  CR                   zero is taken, if the load is steady and within the capture range

Bits of the status byte: 0 in motion, 1 over capacity, 2 under zero, 3 outside the zero capture range, 4 centre of zero,
5 net weight, 6 always 1, 7 parity (which a serial server may or may not leave on). A scale whose self test has failed
does not answer at all.

A scale set to kilograms writes three decimals. Two decimals are pounds: such a weight is told as `unit` trouble and
never guessed at.
"""

import re

from drivers.events import HardwareEvent, WeightSeen
from drivers.scale.talk import Talk

LONGEST = 32
"""Bytes without CR after which whatever comes is no answer."""
ASK, ZERO = b"W", b"Z"

_STX, _CR = 0x02, 0x0D
_WEIGHT = re.compile(rb"\s*(\d{1,4})\.(\d{3})N?")
_POUNDS = re.compile(rb"\s*\d{1,4}(\.\d{1,2})?N?")
_MOTION, _OVER, _UNDER, _OUTSIDE_ZERO = 1, 2, 4, 8


class Toledo8217(Talk):
    """One scale's side of the talk. Reports a change of weight, of stability, of trouble; and whether it answers."""

    def __init__(self, device: str) -> None:
        super().__init__(device)
        self._bytes = bytearray()

    def receive(self, data: bytes, now_ms: int) -> list[HardwareEvent]:
        """Bytes in, events out."""
        happened: list[HardwareEvent] = []
        for byte in data:
            byte &= 0x7F
            if byte == _STX:
                self._bytes.clear()
            self._bytes.append(byte)
            if byte == _CR:
                happened += self._answered(bytes(self._bytes[:-1]), now_ms)
                self._bytes.clear()
            elif len(self._bytes) > LONGEST:
                self._bytes.clear()
        return happened

    def _question(self) -> bytes:
        asked, self._zeroes = ZERO if self._zeroes else ASK, False
        return asked

    def _forget(self) -> None:
        self._bytes.clear()

    def _answered(self, frame: bytes, now_ms: int) -> list[HardwareEvent]:
        seen = self._read(frame[1:]) if frame[:1] == bytes((_STX,)) else None
        if seen is None:
            return []
        self._rhythm.answered(now_ms)
        return self._heard(seen)

    def _read(self, body: bytes) -> WeightSeen | None:
        """What an answer means; None for one that makes no sense: it counts as none."""
        if weight := _WEIGHT.fullmatch(body):
            return self._seen(int(weight[1]) * 1000 + int(weight[2]), stable=True)
        if len(body) == 2 and body[:1] == b"?":
            return self._status(body[1])
        return self._seen(None, trouble="unit") if _POUNDS.fullmatch(body) else None

    def _status(self, status: int) -> WeightSeen:
        if status & _OVER:
            return self._seen(None, trouble="over")
        if status & _UNDER:
            return self._seen(None, trouble="under")
        if status & _OUTSIDE_ZERO and not status & _MOTION:
            return self._seen(None, trouble="zero")
        return self._seen(None)
