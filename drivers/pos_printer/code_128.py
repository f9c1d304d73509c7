"""Code 128 as the printer wants it told (Epson, GS k 73): code sets chosen by us, `{` before what is no data.

Text goes in code set B. A GS1-128 is written as people write it, `(01)09520000000011(3103)000412`: it begins with FNC1,
its digits go in pairs (code set C), and FNC1 ends an element whose length its identifier does not fix (GS1 General
Specifications, 7.8.4). A pair is one byte from 0 to 99, and some of those after another are commands in real time
(DLE EOT, DLE ENQ, DLE DC4), which a printer obeys wherever they stand: there the second pair goes as two letters.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

ELEMENT = re.compile(r"\((\d{2,4})\)([\x20-\x27\x2a-\x7a]+)")
FIXED = (
    *("00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"),
    *("31", "32", "33", "34", "35", "36", "41"),
)
FNC1 = "\x1d"
DLE, REAL_TIME = "16", ("04", "05", "20")
START_CHECK_STOP_MODULES = 11 + 11 + 13


class Symbol(NamedTuple):
    """What stands behind GS k 73 n, and how wide it is without the white at its sides."""

    data: bytes
    modules: int


def of_text(text: str) -> Symbol:
    """ASCII without control characters, in code set B."""
    return Symbol(b"{B" + text.encode().replace(b"{", b"{{"), START_CHECK_STOP_MODULES + 11 * len(text))


def of_elements(text: str) -> Symbol | None:
    """A GS1-128; None if that is not how element strings are written."""
    if not re.fullmatch(f"({ELEMENT.pattern})+", text):
        return None
    elements = ELEMENT.findall(text)
    ended = [ai + value + ("" if ai[:2] in FIXED else FNC1) for ai, value in elements]
    return _in_pairs("".join(ended).removesuffix(FNC1))


def _in_pairs(text: str) -> Symbol:
    data, symbols, now = b"{C{1", 1, "C"
    for wanted, characters in _tokens(text):
        if wanted not in ("", now):
            data, symbols, now = data + b"{" + wanted.encode(), symbols + 1, wanted
        data += b"{1" if characters == FNC1 else bytes([int(characters)]) if now == "C" else characters.encode()
        symbols += 1
    return Symbol(data, START_CHECK_STOP_MODULES + 11 * symbols)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """(code set, characters) of each symbol; FNC1 is in both sets."""
    at, before = 0, ""
    while at < len(text):
        pair = text[at : at + 2]
        if text[at] == FNC1:
            yield "", FNC1
        elif not re.fullmatch(r"\d\d", pair, re.ASCII):
            yield "B", text[at]
        elif before == DLE and pair in REAL_TIME:
            yield from (("B", pair[0]), ("B", pair[1]))
        else:
            yield "C", pair
        before = pair if pair.isdigit() else ""
        at += 2 if len(pair) == 2 and pair.isdigit() else 1
