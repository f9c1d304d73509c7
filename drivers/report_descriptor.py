"""Report descriptor: what a HID device says about its reports becomes fields that can be found in them. Pure.

Device Class Definition for HID 1.11, section 6.2.2. The descriptor is a list of items. Global items (usage page, size,
count, report id) hold until they are changed, local ones (usages) until the next main item, and a main item (Input,
Output, Feature) lays fields into the report, one after the other, from the lowest bit up. More fields than usages: the
last usage is that of all the rest. With report ids every report begins with its id, a byte.

The descriptor is the device's word, so it is bounded and nothing in it is believed twice: a broken one is a ValueError.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import Literal, NamedTuple

DESCRIPTOR_LONGEST = 4_096
REPORT_LONGEST = 16_384
"""HID_MAX_DESCRIPTOR_SIZE and HID_MAX_BUFFER_SIZE of the kernel (linux/hid.h), in bytes."""
FIELDS_MOST = 4_096

Kind = Literal["input", "output", "feature"]


class _Tag(IntEnum):
    """An item's tag and type; its two lowest bits, the width, are 0."""

    USAGE_PAGE, LEAST, SIZE, ID, COUNT, PUSH, POP = 0x04, 0x14, 0x74, 0x84, 0x94, 0xA4, 0xB4
    USAGE, USAGE_LEAST, USAGE_MOST = 0x08, 0x18, 0x28
    INPUT, OUTPUT, FEATURE, COLLECTION, END_COLLECTION = 0x80, 0x90, 0xB0, 0xA0, 0xC0


_KINDS: dict[int, Kind] = {_Tag.INPUT: "input", _Tag.OUTPUT: "output", _Tag.FEATURE: "feature"}
_LONG_ITEM = 0xFE
_CONSTANT, _VARIABLE = 1, 2


class Field(NamedTuple):
    """`many` values of `size` bits each from bit `at` of report `report` (0: reports have no ids; not counted in)."""

    kind: Kind
    report: int
    usage: int
    """The page in the upper 16 bits, the usage in the lower."""
    at: int
    size: int
    many: int
    least: int = 0
    """Logical Minimum: under 0 its values have a sign, and it stands for the first usage of an array."""
    array: bool = False
    """Whether its value says which of its usages is meant, of which `usage` is the first (section 6.2.2.5)."""


class Reports(NamedTuple):
    """All that a device sends and takes."""

    fields: tuple[Field, ...]
    lengths: dict[tuple[Kind, int], int]
    """Bytes of each report, its id included."""
    numbered: bool

    def find(self, kind: Kind, usage: int, report: int | None = None) -> Field | None:
        """The first field of this usage, in this report if one is named."""
        return next(
            (f for f in self.fields if (f.kind, f.usage) == (kind, usage) and report in (None, f.report)),
            None,
        )


class _Globals(NamedTuple):
    page: int = 0
    least: int = 0
    size: int = 0
    many: int = 0
    report: int = 0


class _Reader:
    def __init__(self) -> None:
        self._globals = _Globals()
        self._stack: list[_Globals] = []
        self._usages: list[int] = []
        self._least = 0
        self.fields: list[Field] = []
        self.bits: dict[tuple[Kind, int], int] = {}

    def take(self, tag: int, value: int, width: int) -> None:
        """One item; `width` is how many bytes its value has."""
        match tag:
            case _Tag.USAGE_PAGE:
                self._globals = self._globals._replace(page=value & 0xFFFF)
            case _Tag.LEAST:
                self._globals = self._globals._replace(least=_signed(value, 8 * width))
            case _Tag.SIZE:
                self._globals = self._globals._replace(size=value)
            case _Tag.COUNT:
                self._globals = self._globals._replace(many=value)
            case _Tag.ID:
                self._globals = self._globals._replace(report=_report_id(value))
            case _Tag.PUSH:
                self._push()
            case _Tag.POP:
                self._pop()
            case _Tag.USAGE | _Tag.USAGE_LEAST | _Tag.USAGE_MOST:
                self._use(tag, value if width == 4 else self._globals.page << 16 | value)
            case _Tag.INPUT | _Tag.OUTPUT | _Tag.FEATURE:
                self._lay(_KINDS[tag], value)
                self._usages.clear()
            case _Tag.COLLECTION | _Tag.END_COLLECTION:
                self._usages.clear()

    def _push(self) -> None:
        if len(self._stack) >= FIELDS_MOST:
            raise ValueError("pushes without end")
        self._stack.append(self._globals)

    def _pop(self) -> None:
        if not self._stack:
            raise ValueError("pops what was not pushed")
        self._globals = self._stack.pop()

    def _use(self, tag: int, usage: int) -> None:
        if tag == _Tag.USAGE:
            self._usages.append(usage)
        elif tag == _Tag.USAGE_LEAST:
            self._least = usage
        else:
            self._usages += range(self._least, min(usage + 1, self._least + FIELDS_MOST))
        if len(self._usages) > FIELDS_MOST:
            raise ValueError("more usages than any report has fields")

    def _lay(self, kind: Kind, flags: int) -> None:
        _, least, size, count, report = self._globals
        key = kind, report
        at = self.bits.get(key, 0)
        self.bits[key] = at + size * count
        if self.bits[key] > REPORT_LONGEST * 8:
            raise ValueError("a report that is longer than any")
        if flags & _CONSTANT or not size:
            return
        usages = self._usages[:count]
        for number, usage in enumerate(usages):
            many = count - number if number == len(usages) - 1 else 1
            array = not flags & _VARIABLE
            self.fields.append(Field(kind, report, usage, at + number * size, size, many, least, array))
        if len(self.fields) > FIELDS_MOST:
            raise ValueError("more fields than any device has")


def _report_id(value: int) -> int:
    if not 0 < value < 256:
        raise ValueError(f"there is no report id {value}")
    return value


def read_descriptor(descriptor: bytes) -> Reports:
    """What the device sends and takes. Raises ValueError, in words, if the descriptor is broken."""
    if len(descriptor) > DESCRIPTOR_LONGEST:
        raise ValueError("longer than any descriptor")
    reader = _Reader()
    for tag, value, width in _items(descriptor):
        reader.take(tag, value, width)
    numbered = any(report for _, report in reader.bits)
    if numbered and any(not report for _, report in reader.bits):
        raise ValueError("some reports have ids and some have none")
    lengths = {key: (bits + 7) // 8 + numbered for key, bits in reader.bits.items()}
    return Reports(tuple(reader.fields), lengths, numbered)


def _signed(value: int, bits: int) -> int:
    """Two's complement."""
    return value - (1 << bits) if bits and value >> (bits - 1) else value


def _items(descriptor: bytes) -> Iterator[tuple[int, int, int]]:
    """Tag with type, value, and the value's width in bytes, of every short item; long ones say nothing to us."""
    place = 0
    while place < len(descriptor):
        prefix = descriptor[place]
        if prefix == _LONG_ITEM:
            if place + 1 >= len(descriptor):
                raise ValueError("it ends within an item")
            place += 3 + descriptor[place + 1]
            continue
        width = (0, 1, 2, 4)[prefix & 3]
        data = descriptor[place + 1 : place + 1 + width]
        if len(data) < width:
            raise ValueError("it ends within an item")
        yield prefix & 0xFC, int.from_bytes(data, "little"), width
        place += 1 + width


def value(field: Field, report: bytes, numbered: bool, number: int = 0) -> int:
    """One of the field's values in a whole report."""
    bits = int.from_bytes(report[numbered:], "little")
    return bits >> (field.at + number * field.size) & ((1 << field.size) - 1)


def signed_value(field: Field, report: bytes, numbered: bool) -> int:
    """As `value`; with a sign where the field's least value has one."""
    found = value(field, report, numbered)
    return _signed(found, field.size) if field.least < 0 else found


def texts(field: Field, report: bytes, numbered: bool) -> bytes:
    """A field of bytes. Empty unless it is one."""
    if field.size != 8 or field.at % 8:
        return b""
    start = numbered + field.at // 8
    return report[start : start + field.many]


def put(reports: Reports, kind: Kind, report: int, values: dict[Field, int]) -> bytes:
    """A whole report, with these values and zeros."""
    bits = 0
    for field, chosen in values.items():
        bits |= chosen << field.at
    body = bits.to_bytes(reports.lengths[kind, report] - reports.numbered, "little")
    return bytes((report,)) + body if reports.numbered else body
