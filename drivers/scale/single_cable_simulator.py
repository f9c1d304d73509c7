"""Simulated scanner with a scale in it, on one cable, as bytes.

Beside what every simulated scale does: `scan` reads a label, `zero_lost` is a scale that cannot find its zero, and
`wrong_bcc` damages what it says where a BCC is sent.
"""

from drivers.scale.simulator import LoadedScale
from drivers.scale.single_cable import DATALOGIC, MONITOR, Framing


class SingleCableSimulator(LoadedScale):
    """Both of them."""

    def __init__(self, *, max_g: int = 15_000, step_g: int = 5, framing: Framing = DATALOGIC) -> None:
        super().__init__(max_g=max_g, step_g=step_g)
        self.wrong_bcc = False
        self._framing = framing
        self._heard = b""

    def scan(self, text: str, kind: str = "F") -> None:
        """A label of that kind is held before the glass."""
        self._out += self._framed(b"08" + (kind + text).encode("ascii"))

    def disconnected(self, now_ms: int) -> None:
        """As Simulator."""
        super().disconnected(now_ms)
        self._heard = b""

    def receive(self, data: bytes, now_ms: int) -> None:
        """The question that it knows."""
        self.advance(now_ms)
        question = self._framing.around(MONITOR)
        self._heard += data
        while question in self._heard:
            self._heard = self._heard.partition(question)[2]
            if not self.silent:
                self._say(b"S1!\xa5\r" if self.garbled else self._framed(MONITOR + self._state()), now_ms)

    def _state(self) -> bytes:
        if self.zero_lost:
            return b"0"
        if self.in_motion:
            return b"1"
        if self.over:
            return b"2"
        if self.shown_g < 0:
            return b"5"
        if not self.shown_g:
            return b"3"
        return b"4%04d" % (self.shown_g * 100 // 454) if self.pounds else b"4%05d" % self.shown_g

    def _framed(self, message: bytes) -> bytes:
        whole = self._framing.around(message)
        return whole[:-1] + bytes((whole[-1] ^ 0x15,)) if self.wrong_bcc and self._framing.bcc else whole
