"""HID report descriptor of a scale: where in its reports status, unit, scaling and weight stand. Pure.

A descriptor is a list of short items (USB HID 1.11, 6.2.2.2): two bits say how many bytes of data follow, two the type,
four the tag. Global items hold for what follows them until they are changed, local ones for the next main item. A main
item of the type Input or Output is a field: `Report Count` values of `Report Size` bits, in the report `Report ID`.

A weighing device has usage page 0x8D (HID Point of Sale Usage Tables, Weighing Devices): the scale's data report has
arrays for status and unit, whose values count from `Logical Minimum` and mean usages from `Usage Minimum`, and
variables for scaling (a power of ten) and weight. The control report has a bit that zeroes the scale.
"""

from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 4_096
"""Bytes of a descriptor (Linux: HID_MAX_DESCRIPTOR_SIZE)."""
REPORT_LONGEST = 16_384
"""Bytes of a report (Linux: HID_MAX_BUFFER_SIZE)."""
SCALES = 0x8D
STATUS, UNIT, WEIGHT, SCALING, ZERO = range(0x71, 0x79), range(0x51, 0x5D), 0x40, 0x41, 0x80

_INPUT, _OUTPUT, _FEATURE, _COLLECTION, _END = 0x80, 0x90, 0xB0, 0xA0, 0xC0
_PAGE, _MINIMUM, _SIZE, _ID, _COUNT, _PUSH, _POP = 0x04, 0x14, 0x74, 0x84, 0x94, 0xA4, 0xB4
_USAGE, _FIRST, _LAST = 0x08, 0x18, 0x28
_LONG = 0xFE
_CONSTANT, _VARIABLE = 1, 2
_LAST_REPORT = 0xFF
"""A report's number is one byte."""
_DEEPEST, _MOST = 64, 256
"""Pushes, and values of one field, that are followed."""


class Field(NamedTuple):
    """Some bits of a report; `minimum` is the least value, `usage` what an array's least value means."""

    report: int
    bit: int
    size: int
    minimum: int
    usage: int

    def value(self, report: bytes) -> int | None:
        """What it says; None: the report is too short."""
        if len(report) * 8 < self.bit + self.size:
            return None
        value = int.from_bytes(report, "little") >> self.bit & (1 << self.size) - 1
        return value - (1 << self.size) if self.minimum < 0 and value >> self.size - 1 else value


class Layout(NamedTuple):
    """A scale's fields. `numbered`: each report begins with its number, which the fields' bits do not count."""

    status: Field
    unit: Field
    scaling: Field
    weight: Field
    zero: Field | None
    zero_bits: int
    numbered: bool


class _Globals(NamedTuple):
    page: int = 0
    minimum: int = 0
    size: int = 0
    times: int = 0
    report: int = 0


def layout(descriptor: bytes) -> Layout | None:
    """Where a scale's figures stand; None: this is the descriptor of something else, or of nothing."""
    found: dict[str, Field] = {}
    reader = _Reader()
    for name, field in reader.fields(descriptor[:LONGEST]):
        found.setdefault(name, field)
    if not {"status", "unit", "scaling", "weight"} <= found.keys():
        return None
    status, unit, scaling, weight = (found[name] for name in ("status", "unit", "scaling", "weight"))
    if {unit.report, scaling.report, weight.report} != {status.report} or status.report > _LAST_REPORT:
        return None
    zero = found.get("zero")
    if zero is not None and zero.report > _LAST_REPORT:
        return None
    bits = reader.bits[_OUTPUT, zero.report] if zero is not None else 0
    return Layout(status, unit, scaling, weight, zero, bits, reader.numbered)


class _Reader:
    """Goes through a descriptor once."""

    def __init__(self) -> None:
        self.bits: dict[tuple[int, int], int] = {}
        """How long a report is so far, by main item and number."""
        self.numbered = False
        self._globals = _Globals()
        self._pushed: list[_Globals] = []
        self._usages: list[int] = []
        self._first = self._last = 0

    def fields(self, descriptor: bytes) -> Iterator[tuple[str, Field]]:
        """Every field that belongs to a scale, by its name."""
        for tag, data in _items(descriptor):
            if tag in (_INPUT, _OUTPUT):
                yield from self._field(tag, int.from_bytes(data, "little"))
            if tag in (_INPUT, _OUTPUT, _FEATURE, _COLLECTION, _END):
                self._usages, self._first, self._last = [], 0, 0
            else:
                self._local(tag, int.from_bytes(data, "little"))
                self._global(tag, data)

    def _local(self, tag: int, value: int) -> None:
        if tag == _USAGE:
            self._usages.append(value & 0xFFFF)
        elif tag == _FIRST:
            self._first = value & 0xFFFF
        elif tag == _LAST:
            self._last = value & 0xFFFF

    def _global(self, tag: int, data: bytes) -> None:
        value, now = int.from_bytes(data, "little"), self._globals
        if tag == _PAGE:
            self._globals = now._replace(page=value)
        elif tag == _MINIMUM:
            self._globals = now._replace(minimum=int.from_bytes(data, "little", signed=True))
        elif tag == _SIZE:
            self._globals = now._replace(size=value)
        elif tag == _ID:
            self._globals, self.numbered = now._replace(report=value), True
        elif tag == _COUNT:
            self._globals = now._replace(times=value)
        elif tag == _PUSH and len(self._pushed) < _DEEPEST:
            self._pushed.append(now)
        elif tag == _POP and self._pushed:
            self._globals = self._pushed.pop()

    def _field(self, tag: int, flags: int) -> Iterator[tuple[str, Field]]:
        now = self._globals
        begins = self.bits.get((tag, now.report), 0)
        self.bits[tag, now.report] = min(begins + now.size * now.times, REPORT_LONGEST * 8)
        if now.page != SCALES or flags & _CONSTANT or not 0 < now.size <= 32:
            return
        if not flags & _VARIABLE:
            usage = self._first or min(self._usages, default=0)
            if tag == _INPUT and now.times == 1 and (name := _array(usage)):
                yield name, Field(now.report, begins, now.size, now.minimum, usage)
            return
        usages = self._usages or [*range(self._first, min(self._last, self._first + _MOST) + 1)]
        for place, usage in enumerate(usages[: min(now.times, _MOST)]):
            field = Field(now.report, begins + place * now.size, now.size, now.minimum, usage)
            if tag == _INPUT and usage in (WEIGHT, SCALING):
                yield "weight" if usage == WEIGHT else "scaling", field
            elif tag == _OUTPUT and usage == ZERO:
                yield "zero", field


def _array(first_usage: int) -> str:
    if first_usage in STATUS:
        return "status"
    return "unit" if first_usage in UNIT else ""


def _items(descriptor: bytes) -> Iterator[tuple[int, bytes]]:
    """Tags (with their types) and data; what is cut off at the end is none."""
    place = 0
    while place < len(descriptor):
        head = descriptor[place]
        if head == _LONG:
            place += 3 + (descriptor[place + 1] if place + 1 < len(descriptor) else 0)
            continue
        size = (0, 1, 2, 4)[head & 3]
        data = descriptor[place + 1 : place + 1 + size]
        if len(data) < size:
            return
        yield head & 0xFC, data
        place += 1 + size
