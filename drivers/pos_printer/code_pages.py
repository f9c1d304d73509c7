"""Code pages: one byte a character, from whatever tables of 128 signs a printer ships.

A line begins in the page that is on, and another is chosen (ESC t) only for a character that it lacks: one of those
already used in this document if they do, else the first of the printer's in the order of `PAGES`, the most ordinary
first. Widths never change, so that columns stay columns.
"""

import unicodedata
from codecs import lookup
from collections.abc import Mapping

# Pages whose tables in Python's codecs are those that printers ship, left to right, one cell a character.
PAGES = (
    *("CP858", "CP1252", "CP850", "CP437", "ISO_8859-15"),  # Western Europe, those with the euro first
    *("CP860", "CP861", "CP863", "CP865"),  # Portugal, Iceland, Canada, the North
    *("CP852", "CP1250", "ISO_8859-2", "CP775", "CP1257"),  # Central Europe, the Baltic
    *("CP866", "CP1251", "CP855", "CP737", "CP1253", "ISO_8859-7", "CP857", "CP1254"),  # Cyrillic, Greek, Turkish
)
SELECT = b"\x1bt"
_ASCII = {chr(code): code for code in range(0x20, 0x7F)}


class CodePages:
    """The pages of one model of printer."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """`numbers`: what the printer calls each page (ESC t n). Pages that are not known here are left out."""
        self._numbers = {page: numbers[page] for page in PAGES if page in numbers}
        self._signs = {page: _ASCII | _upper_half(page) for page in self._numbers}
        self._all = frozenset[str]().union(*self._signs.values())

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def __contains__(self, char: str) -> bool:
        """Whether some page has this character."""
        return char in self._all

    def writer(self) -> "PageWriter":
        """For one document, from ESC @."""
        return PageWriter(self._numbers, self._signs)


class PageWriter:
    """Text to bytes; remembers which page is on."""

    def __init__(self, numbers: Mapping[str, int], signs: Mapping[str, Mapping[str, int]]) -> None:
        self._numbers, self._signs = numbers, signs
        self._used = [next(iter(numbers))]
        self._on = ""

    def encode(self, text: str) -> bytes:
        """The bytes of characters that the pages have, with the choices of pages among them."""
        out = bytearray() if self._on else self._select(self._used[0])
        signs = self._signs[self._on]
        for char in text:
            if char not in signs:
                out += self._select(self._page_of(char))
                signs = self._signs[self._on]
            out.append(signs[char])
        return bytes(out)

    def _page_of(self, char: str) -> str:
        return next(page for page in (*self._used, *self._numbers) if char in self._signs[page])

    def _select(self, page: str) -> bytearray:
        self._on = page
        if page not in self._used:
            self._used.append(page)
        return bytearray((*SELECT, self._numbers[page]))


def _upper_half(page: str) -> dict[str, int]:
    codec = lookup(page)
    signs = ((codec.decode(bytes([byte]), "ignore")[0], byte) for byte in range(0x80, 0x100))
    return {sign: byte for sign, byte in signs if sign and unicodedata.category(sign) not in ("Cc", "Cf", "Zs")}
