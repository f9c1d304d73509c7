"""BMP: the numbered fields of a message (PA00P015 section 9.3).

One byte names the field; what follows is of a length that only the table below tells: fixed, or LLVAR/LLLVAR with the
length in front as digits in F-nibbles (`F1 F7` = 17). Field 06 is the TLV container with a BER length. Because a field
says nothing of itself, an unknown one ends the parsing: what came before it counts, the rest is unreadable. A known one
that runs over the end of its message is something else: then bytes were lost, and nothing of it can be trusted.
"""

import msgspec

from drivers.card_terminal.zvt import bcd, tlv

_ONE = (0x01, 0x02, 0x03, 0x05, 0x19, 0x27, 0x8A, 0x8C, 0xA0, 0xD0, 0xD2, 0xD3, 0xE0, 0xE9, 0xEA)
_FIXED_BY_SIZE: dict[int, tuple[int, ...]] = {
    1: (*_ONE, 0xF0, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0x72, 0x73, 0x74, 0x75),
    2: (0x0D, 0x0E, 0x17, 0x3A, 0x49, 0x87),
    3: (0x0B, 0x0C, 0x37, 0x3D, 0x88, 0xAA),
    4: (0x29, 0x70, 0x71),
    5: (0xBA,),
    6: (0x04,),
    8: (0x3B, 0xEB),
    15: (0x2A,),
}
FIXED: dict[int, int] = {field: size for size, fields in _FIXED_BY_SIZE.items() for field in fields}
LLVAR = frozenset((0x22, 0x23, 0x2D, 0x4C, 0x8B, 0xA7, 0xD1, *range(0xE1, 0xE9), *range(0xF1, 0xF9)))
LLLVAR = frozenset((0x24, 0x2E, 0x3C, 0x60, 0x9A, 0xAF))
CONTAINER = 0x06

AMOUNT, TRACE, TIME, DATE = 0x04, 0x0B, 0x0C, 0x0D
PAN, RESULT, TERMINAL_ID, CONTRACT = 0x22, 0x27, 0x29, 0x2A
ORIGINAL_TRACE, AUTHORIZATION, TEXT, CURRENCY = 0x37, 0x3B, 0x3C, 0x49
TOTALS, RECEIPT, TURNOVER, CARD_TYPE, CARD_NAME = 0x60, 0x87, 0x88, 0x8A, 0x8B
SERVICE_BYTE, STATUS_BYTE = 0x03, 0x19

MOST = 256
"""Fields of one message. Real ones have a few dozen; who sends more wants our time."""

_SENSITIVE = (0x23, 0x24, 0x2D)
"""Track data: dropped as soon as it is read, whatever a terminal sends."""


class Fields(msgspec.Struct, frozen=True):
    """What could be read. `whole` is False when an unknown or broken field ended the reading."""

    values: dict[int, bytes]
    whole: bool = True
    cut: bool = False
    """A known field does not fit its message: the message was damaged, and proves nothing."""

    def tags(self) -> list[tlv.Tag]:
        """The tags of the container, none if there is none or it is broken."""
        try:
            return tlv.parse(self.values.get(CONTAINER, b""))
        except tlv.BadTlv:
            return []

    def digits(self, field: int) -> str:
        """A BCD field as digits; empty if absent."""
        return bcd.digits(self.values.get(field, b""))

    def number(self, field: int) -> int | None:
        """A BCD field as a number; None if absent or no number."""
        value = self.values.get(field)
        if value is None or not value.hex().isdigit():
            return None
        return bcd.number(value)

    def text(self, field: int) -> str:
        """A text field, without padding."""
        return self.values.get(field, b"").decode(tlv.CHARSET).rstrip("\0 ")


class _Unknown(Exception):
    """A field that only its maker knows."""


class _Cut(Exception):
    """A field is longer than the message, or its length is none."""


def parse(data: bytes) -> Fields:
    """The fields of a message. Never raises: terminals of many makers talk to us."""
    values: dict[int, bytes] = {}
    rest, taken = memoryview(data), 0
    while rest:
        taken += 1
        if taken > MOST:
            return Fields(values, whole=False, cut=True)
        try:
            field, value, rest = _take(rest)
        except _Unknown:
            return Fields(values, whole=False)
        except (_Cut, tlv.BadTlv):
            return Fields(values, whole=False, cut=True)
        if field not in _SENSITIVE:
            values[field] = bytes(value)
    return Fields(values)


def _take(data: memoryview) -> tuple[int, memoryview, memoryview]:
    field, rest = data[0], data[1:]
    if field in FIXED:
        size = FIXED[field]
    elif field == CONTAINER:
        size, rest = tlv.split_length(rest)
    elif field in LLVAR or field in LLLVAR:
        size, rest = _var_length(rest, 2 if field in LLVAR else 3)
    else:
        raise _Unknown
    if size > len(rest):
        raise _Cut
    return field, rest[:size], rest[size:]


def _var_length(data: memoryview, count: int) -> tuple[int, memoryview]:
    head = data[:count]
    if len(head) < count or any(byte & 0xF0 != 0xF0 or byte & 0x0F > 9 for byte in head):
        raise _Cut
    return int("".join(str(byte & 0x0F) for byte in head)), data[count:]


def build(field: int, value: bytes) -> bytes:
    """One field with its length. A value of the wrong size is a bug of the caller."""
    if field in FIXED:
        assert len(value) == FIXED[field], "the value does not fit its field"
        return bytes((field,)) + value
    if field == CONTAINER:
        return bytes((field,)) + tlv.build_length(len(value)) + value
    count = 2 if field in LLVAR else 3
    assert field in LLVAR or field in LLLVAR, "no such field"
    assert len(value) < 10**count, "the value does not fit its field"
    return bytes((field,)) + bytes(0xF0 | int(digit) for digit in str(len(value)).zfill(count)) + value
