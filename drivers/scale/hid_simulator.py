"""Simulated HID scale: the device itself, report by report. It ships.

It reports when it is plugged in, whenever what it shows changes, and after it was zeroed. Beside what every simulated
scale does: `uncalibrated` and `broken`; `garbled` is a status that nobody has described.
"""

from drivers.scale.simulator import LoadedScale

_REPORT_ID, _CONTROL_ID = 3, 2
_CONTROL_BYTES = 2
_GRAMS, _POUNDS = 2, 12

DESCRIBED = bytes.fromhex(
    "058d 0920 a101"  # usage page Weighing Devices, usage Scale Device, collection (application)
    "0931 a102 8502 7501 9502 1500 2501 0981 0980 9102 7506 9501 9103 c0"  # control: enforced zero return, zero scale
    "0932 a102 8503 7508 9501"  # data
    "1501 2508 0970 a102 1971 2978 8100 c0"  # status, 1 to 8
    "250c 0950 a102 1951 295c 8100 c0"  # unit, 1 to 12
    "1581 257f 0941 8102"  # scaling, signed
    "7510 1500 27feff0000 0940 8102 c0 c0"  # weight, 16 bits
)
"""Report descriptor: the control and the data report as scales on the market describe them."""


class HidScaleSimulator(LoadedScale):
    """One scale on USB."""

    def __init__(self, *, max_g: int = 15_000, step_g: int = 5) -> None:
        super().__init__(max_g=max_g, step_g=step_g)
        self.uncalibrated = self.broken = False
        self._said: bytes | None = None
        self._there = False
        self._heard = b""

    def connected(self, now_ms: int) -> None:
        """As Simulator: it says how it is."""
        self._there, self._said, self._heard = True, None, b""
        self.advance(now_ms)

    def disconnected(self, now_ms: int) -> None:
        """As Simulator."""
        super().disconnected(now_ms)
        self._there = False

    def receive(self, data: bytes, now_ms: int) -> None:
        """The control report."""
        self._heard += data
        while len(self._heard) >= _CONTROL_BYTES:
            report, self._heard = self._heard[:_CONTROL_BYTES], self._heard[_CONTROL_BYTES:]
            if report[0] == _CONTROL_ID and report[1] & 2:
                self._zero()
        self.advance(now_ms)

    def advance(self, now_ms: int) -> None:
        """As Simulator; what it shows is said when it changes."""
        super().advance(now_ms)
        report = self._report()
        if self._there and not self.silent and report != self._said:
            self._said = report
            self._say(report, now_ms)

    def deadline_ms(self) -> int | None:
        """As Simulator: also when what lies on it will have come to rest."""
        due = super().deadline_ms()
        rest = self._moved_ms + self.settle_ms if self._moving and self._moved_ms is not None else None
        unsaid = self._there and not self.silent and self._report() != self._said
        if unsaid or (self._moving and self._moved_ms is None):
            return 0
        return min((ms for ms in (due, rest) if ms is not None), default=None)

    def _report(self) -> bytes:
        weight = self.shown_g if self._status() == 4 else 0
        unit = _POUNDS if self.pounds else _GRAMS
        return bytes((_REPORT_ID, self._status(), unit, 0)) + min(weight, 0xFFFF).to_bytes(2, "little")

    def _status(self) -> int:
        states = (
            (self.garbled, 0), (self.broken, 1), (self.uncalibrated, 7), (self.zero_lost, 8), (self.in_motion, 3),
            (self.over, 6), (self.shown_g < 0, 5), (self.shown_g == 0, 2),
        )  # fmt: skip
        return next((status for holds, status in states if holds), 4)
