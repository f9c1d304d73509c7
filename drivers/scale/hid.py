"""HID scale: USB usage page 0x8D. It speaks by itself; what its reports mean its own descriptor says. Pure.

Facts: HID Point of Sale Usage Tables (pos1_02.pdf), Weighing Devices. The data report has a status (1 fault, 2 at
rest at zero, 3 in motion, 4 at rest, 5 under zero, 6 over its limit, 7 must be calibrated, 8 must be zeroed, counted
from 71h), a unit (52h gram, 53h kilogram), a power of ten and a weight. A weight in another unit, or that is no whole
number of grams, is told as `unit` trouble: nothing is converted or rounded that a price depends on.

Bytes come as `ports/report_port` has them, a report in its envelope. A scale is there as soon as its descriptor is
read, and until its line is lost: USB tells of a pulled plug. Scales that speak only when they are asked are not asked.
"""

from drivers.events import HardwareEvent, WeightSeen, WeightTrouble
from drivers.ports.report_port import DESCRIPTOR, HEAD, LONGEST, REPORT, enveloped
from drivers.scale.hid_descriptor import Layout, layout
from drivers.scale.talk import Talk

MOST_G = 10_000_000
"""Nothing that a shop weighs is heavier."""
_GRAM, _KILOGRAM = 0x52, 0x53
_FAULT, _ZERO, _MOTION, _STABLE, _UNDER, _OVER, _CALIBRATE, _REZERO = range(0x71, 0x79)
_TROUBLES: dict[int, WeightTrouble] = {
    _FAULT: "fault", _UNDER: "under", _OVER: "over", _CALIBRATE: "calibration", _REZERO: "zero",
}  # fmt: skip


class HidScale(Talk):
    """One scale's reports."""

    def __init__(self, device: str) -> None:
        super().__init__(device)
        self._bytes = bytearray()
        self._layout: Layout | None = None
        self._deaf = False

    def deadline_ms(self) -> int | None:
        """It is asked nothing; at once while it is to be zeroed."""
        return 0 if self._zeroes and self._layout is not None else None

    def request(self, now_ms: int) -> tuple[bytes, list[HardwareEvent]]:
        """The report that zeroes it, if it has one and is to be zeroed."""
        if not self._zeroes or self._layout is None:
            return b"", []
        self._zeroes = False
        return _zeroing(self._layout), []

    def receive(self, data: bytes, now_ms: int) -> list[HardwareEvent]:
        """Bytes in, events out."""
        happened: list[HardwareEvent] = []
        for start in range(0, len(data), LONGEST):
            self._bytes += data[start : start + LONGEST]
            happened += self._opened_envelopes()
        return happened

    def _opened_envelopes(self) -> list[HardwareEvent]:
        happened: list[HardwareEvent] = []
        while len(self._bytes) >= HEAD and not self._deaf:
            size = int.from_bytes(self._bytes[:2], "little")
            kind = bytes(self._bytes[2:HEAD])
            if size > LONGEST or kind not in (DESCRIPTOR, REPORT):
                happened += self.gone("what it says makes no sense: pull its plug and put it back")
                self._deaf = True
            elif len(self._bytes) < HEAD + size:
                break
            else:
                inside = bytes(self._bytes[HEAD : HEAD + size])
                del self._bytes[: HEAD + size]
                happened += self._described(inside) if kind == DESCRIPTOR else self._reported(inside)
        if self._deaf:
            self._bytes.clear()
        return happened

    def _forget(self) -> None:
        self._bytes.clear()
        self._layout, self._deaf = None, False

    def _described(self, descriptor: bytes) -> list[HardwareEvent]:
        self._layout = layout(descriptor)
        if self._layout is None:
            return self.gone("it is no scale, by its own description (HID usage page 8D)")
        return self._alive()

    def _reported(self, report: bytes) -> list[HardwareEvent]:
        if self._layout is None:
            return []
        if self._layout.numbered:
            if report[:1] != bytes((self._layout.status.report,)):
                return []
            report = report[1:]
        seen = self._read(report, self._layout)
        return self._heard(seen) if seen is not None else []

    def _read(self, report: bytes, where: Layout) -> WeightSeen | None:
        status, unit = (
            None if value is None else field.usage + value - field.minimum
            for field in (where.status, where.unit)
            for value in (field.value(report),)
        )
        if status in _TROUBLES:
            return self._seen(None, trouble=_TROUBLES[status])
        if status == _MOTION:
            return self._seen(None)
        if status == _ZERO:
            return self._seen(0, stable=True)
        scaling, weight = where.scaling.value(report), where.weight.value(report)
        if status != _STABLE or scaling is None or weight is None or weight < 0:
            return None
        return self._weight(weight, scaling, unit)

    def _weight(self, weight: int, scaling: int, unit: int | None) -> WeightSeen | None:
        power = scaling + 3 if unit == _KILOGRAM else scaling
        if unit not in (_GRAM, _KILOGRAM) or (power < 0 and weight % 10 ** min(-power, 12)):
            return self._seen(None, trouble="unit")
        if weight and power > 7:
            return None
        grams = weight * 10**power if power >= 0 else weight // 10 ** min(-power, 12)
        return self._seen(grams, stable=True) if grams < MOST_G else None


def _zeroing(where: Layout) -> bytes:
    """The control report with the bit that zeroes it; nothing, if it has none."""
    if where.zero is None:
        return b""
    bits = (1 << where.zero.bit).to_bytes((where.zero_bits + 7) // 8, "little")
    return enveloped(REPORT, bytes((where.zero.report,)) + bits)
