"""HID scale: USB usage page 0x8D. It speaks by itself; what its reports mean its own descriptor says. Pure.

Facts: HID Point of Sale Usage Tables (pos1_02.pdf), Weighing Devices. The data report has a status (1 fault, 2 at
rest at zero, 3 in motion, 4 at rest, 5 under zero, 6 over its limit, 7 must be calibrated, 8 must be zeroed, counted
from 71h), a unit (52h gram, 53h kilogram), a power of ten and a weight. A weight in another unit, or that is no whole
number of grams, is told as `unit` trouble: nothing is converted or rounded that a price depends on.

Every report has the length that the descriptor gives it, so a stream of them can be cut. A scale is there as soon as it
is opened, and until its line is lost: USB tells of a pulled plug. One that sends a report which it has not described
(the kernel hands over no such thing, a line of another kind may) is not listened to until it is opened again, for
nobody knows where its next report begins. Scales that speak only when they are asked are not asked.
"""

from drivers.events import HardwareEvent, WeightSeen, WeightTrouble
from drivers.scale.hid_reports import PAGE, STATUS, Said, ScaleReports
from drivers.scale.talk import Talk

MOST_G = 10_000_000
"""Nothing that a shop weighs is heavier."""
_GRAM, _KILOGRAM = PAGE | 0x52, PAGE | 0x53
_FAULT, _ZERO, _MOTION, _STABLE, _UNDER, _OVER, _CALIBRATE, _REZERO = STATUS
_TROUBLES: dict[int, WeightTrouble] = {
    _FAULT: "fault", _UNDER: "under", _OVER: "over", _CALIBRATE: "calibration", _REZERO: "zero",
}  # fmt: skip


class HidScale(Talk):
    """One scale's reports."""

    def __init__(self, device: str, reports: ScaleReports) -> None:
        super().__init__(device)
        self._reports = reports
        self._rest = b""
        self._deaf = False

    def start(self, reports: ScaleReports) -> None:
        """A scale with these reports was opened."""
        self._reports = reports

    def opened(self) -> list[HardwareEvent]:
        """As Talk: it is there."""
        self._deaf = False
        return self._alive()

    def deadline_ms(self) -> int | None:
        """It is asked nothing; at once while it is to be zeroed."""
        return 0 if self._zeroes else None

    def request(self, now_ms: int) -> tuple[bytes, list[HardwareEvent]]:
        """The report that zeroes it, if it has one and is to be zeroed."""
        zeroes, self._zeroes = self._zeroes, False
        return self._reports.zeroing() if zeroes else b"", []

    def receive(self, data: bytes, now_ms: int) -> list[HardwareEvent]:
        """Bytes in, events out."""
        if self._deaf:
            return []
        data = self._rest + data
        happened: list[HardwareEvent] = []
        place = 0
        while place < len(data):
            length = self._reports.length(data[place])
            if length is None:
                self._deaf = True
                return happened + self.gone("what it says makes no sense: pull its plug and put it back")
            if len(data) - place < length:
                break
            said = self._reports.said(data[place : place + length])
            seen = self._read(said) if said is not None else None
            happened += self._heard(seen) if seen is not None else []
            place += length
        self._rest = data[place:]
        return happened

    def _forget(self) -> None:
        self._rest = b""

    def _read(self, said: Said) -> WeightSeen | None:
        if said.status in _TROUBLES:
            return self._seen(None, trouble=_TROUBLES[said.status])
        if said.status == _MOTION:
            return self._seen(None)
        if said.status == _ZERO:
            return self._seen(0, stable=True)
        if said.status != _STABLE or said.weight < 0:
            return None
        return self._weight(said.weight, said.scaling, said.unit)

    def _weight(self, weight: int, scaling: int, unit: int) -> WeightSeen | None:
        power = scaling + 3 if unit == _KILOGRAM else scaling
        if unit not in (_GRAM, _KILOGRAM) or (power < 0 and weight % 10 ** min(-power, 12)):
            return self._seen(None, trouble="unit")
        if weight and power > 7:
            return None
        power = power if weight else 0  # ten to the power that a liar names takes for ever, also times nothing
        grams = weight * 10**power if power >= 0 else weight // 10 ** min(-power, 12)
        return self._seen(grams, stable=True) if grams < MOST_G else None
