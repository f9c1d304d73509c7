"""TLV: the tagged values inside BMP 06 (PA00P015 section 9.4).

A tag is one byte, or two when the low five bits of the first are all ones (`1F 07`). A length is one byte up to 7F,
`81 nn`, or `82 hi lo` (big-endian, unlike the length of the message around it). A tag whose first byte has bit 0x20
set holds tags itself (BER: constructed).
"""

from collections.abc import Iterator
from typing import NamedTuple

TEXT_LINE = 0x07
LINE_ATTRIBUTE = 0x09
COMMAND = 0x0A
LINE_WIDTH = 0x12
CHARACTER_SET = 0x14
DISPLAY_TEXTS = 0x24
PRINT_TEXTS = 0x25
PERMITTED_COMMANDS = 0x26
RECEIPT_TYPE = 0x1F07
AUTHENTICATION = 0x1F10
ERROR_CODE, ERROR_TEXT = 0x1F16, 0x1F17
LONG_TRACE = 0x1F2B

CHARSET = "cp437"
"""What terminals write their texts in, unless told otherwise."""
DEEPEST = 4
MOST = 4_096
"""Tags of one level: a paper has as many lines."""


class BadTlv(Exception):
    """The tags do not fit their container."""


class Tag(NamedTuple):
    """One tagged value."""

    tag: int
    value: bytes


def build(tag: int, value: bytes) -> bytes:
    """One tag with its length."""
    name = bytes((tag,)) if tag <= 0xFF else tag.to_bytes(2, "big")
    return name + build_length(len(value)) + value


def build_length(size: int) -> bytes:
    """A length in its shortest form. At most 65,535."""
    if size <= 0x7F:
        return bytes((size,))
    return bytes((0x81, size)) if size <= 0xFF else b"\x82" + size.to_bytes(2, "big")


def split_length(data: memoryview) -> tuple[int, memoryview]:
    """The length at the start of `data`, and what follows it. Raises BadTlv."""
    if not data:
        raise BadTlv("a length is missing")
    first = data[0]
    if first <= 0x7F:
        return first, data[1:]
    count = {0x81: 1, 0x82: 2}.get(first)
    if count is None or len(data) < 1 + count:
        raise BadTlv("a length is of no known form")
    return int.from_bytes(data[1 : 1 + count], "big"), data[1 + count :]


def parse(data: bytes) -> list[Tag]:
    """The tags of one level, in order. Raises BadTlv."""
    found: list[Tag] = []
    rest = memoryview(data)
    while rest:
        tag, rest = _split_tag(rest)
        size, rest = split_length(rest)
        if size > len(rest):
            raise BadTlv("a value is longer than its container")
        found.append(Tag(tag, bytes(rest[:size])))
        rest = rest[size:]
        if len(found) > MOST:
            raise BadTlv("there are more tags than any message has")
    return found


def _split_tag(data: memoryview) -> tuple[int, memoryview]:
    if data[0] & 0x1F != 0x1F:
        return data[0], data[1:]
    if len(data) < 2:
        raise BadTlv("a tag is cut short")
    return int.from_bytes(data[:2], "big"), data[2:]


def find(tags: list[Tag], wanted: int) -> bytes | None:
    """The first value of that tag on this level."""
    return next((tag.value for tag in tags if tag.tag == wanted), None)


def charset(tags: list[Tag]) -> str:
    """The codec of the texts beside tag 14: 1 to 16 the parts of ISO 8859, FE UTF-8, FF (and what is unknown) CP437."""
    told = (find(tags, CHARACTER_SET) or b"\xff")[-1]
    if told == 0xFE:
        return "utf-8"
    return f"iso8859_{told}" if 1 <= told <= 16 and told != 12 else CHARSET


def text_lines(tags: list[Tag], depth: int = DEEPEST, codec: str = "") -> Iterator[str]:
    """The text lines (tag 07) of display and print texts, in order; line attributes between them are left out.

    Raises BadTlv, also for texts within texts within texts: real ones are one level deep.
    """
    if not depth:
        raise BadTlv("texts are nested too deeply")
    codec = codec or charset(tags)
    for tag in tags:
        if tag.tag == TEXT_LINE:
            yield tag.value.decode(codec, "replace")
        elif tag.tag in (DISPLAY_TEXTS, PRINT_TEXTS):
            yield from text_lines(parse(tag.value), depth - 1, codec)
