"""HID scale's reports: which of a device's fields are status, unit, scaling and weight, whatever their layout. Pure.

HID Point of Sale Usage Tables 1.02, Weighing Devices (usage page 0x8D). A scale's data report has arrays for status and
unit, whose values count from `Logical Minimum` and mean usages from the array's first, and variables for scaling (a
power of ten) and weight. The control report has a bit that zeroes the scale.
"""

from collections.abc import Container
from typing import NamedTuple

from drivers.report_descriptor import Field, Kind, Reports, put, signed_value

PAGE = 0x8D << 16
STATUS, UNIT = range(PAGE | 0x71, PAGE | 0x79), range(PAGE | 0x51, PAGE | 0x5D)
WEIGHT, SCALING, ZERO = PAGE | 0x40, PAGE | 0x41, PAGE | 0x80
_WIDEST = 32
"""Bits of a figure that is believed."""


class Said(NamedTuple):
    """What one data report says: usages of status and unit, a power of ten, and the figure that is taken times it."""

    status: int
    unit: int
    scaling: int
    weight: int


class ScaleReports:
    """One scale's reports."""

    def __init__(self, reports: Reports) -> None:
        """Raises ValueError if the device is no scale."""
        self.reports = reports
        self._status = self._field("input", STATUS, array=True)
        self._unit, self._scaling, self._weight = (
            self._field("input", usages, array=usages is UNIT, report=self._status.report)
            for usages in (UNIT, (SCALING,), (WEIGHT,))
        )
        self._zero = reports.find("output", ZERO)

    def length(self, report: int) -> int | None:
        """Bytes of the input report of this id (of any, where they have none); None: there is no such report."""
        return self.reports.lengths.get(("input", report if self.reports.numbered else 0))

    def said(self, report: bytes) -> Said | None:
        """What a whole input report says; None: it is about something else."""
        numbered = self.reports.numbered
        if numbered and report[0] != self._status.report:
            return None
        status, unit, scaling, weight = (
            signed_value(field, report, numbered) for field in (self._status, self._unit, self._scaling, self._weight)
        )
        return Said(_meant(self._status, status), _meant(self._unit, unit), scaling, weight)

    def zeroing(self) -> bytes:
        """The report that zeroes it; empty, if it takes none."""
        return put(self.reports, "output", self._zero.report, {self._zero: 1}) if self._zero is not None else b""

    def _field(self, kind: Kind, usages: Container[int], *, array: bool, report: int | None = None) -> Field:
        for field in self.reports.fields:
            its = field.kind == kind and field.usage in usages and field.array == array
            if its and field.size <= _WIDEST and field.many == 1 and report in (None, field.report):
                return field
        raise ValueError("it is no scale, by its own description (HID usage page 8D)")


def _meant(array: Field, number: int) -> int:
    """The usage that this value of an array means."""
    return array.usage + number - array.least
