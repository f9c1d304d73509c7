"""From a document to ESC/POS bytes: python-escpos encodes, with the capability profile of the printer's model.

The profile knows the columns, the code pages and their numbers, and whether the model draws QR codes itself. Text goes
out in the first code page that holds it: PC858 (Western Europe with the euro) wherever it can, another one only for
what that lacks. A character that no page holds loses its accent, and if that does not help is printed as `?`: a hole
that can be seen. Widths never change, so that columns stay columns.

The library is imported when a printer is made: it takes a fifth of a second and 13 MB.
"""

import logging
import shutil
import unicodedata
from collections.abc import Iterable
from os import environ
from typing import Any

from drivers.device import DeviceError
from drivers.events import DocumentLine
from drivers.pos_printer.qr_size import dots_per_module
from drivers.settings import nearest

# Pages whose tables in Python's codecs are those that printers ship, left to right, one cell a character.
PAGES = frozenset(
    (
        *("CP437", "CP850", "CP858", "CP1252", "ISO_8859-15"),  # Western Europe
        *("CP860", "CP861", "CP863", "CP865"),  # Portugal, Iceland, Canada, the North
        *("CP852", "CP1250", "ISO_8859-2", "CP775", "CP1257"),  # Central Europe, the Baltic
        *("CP866", "CP1251", "CP855", "CP737", "CP1253", "ISO_8859-7", "CP857", "CP1254"),  # Cyrillic, Greek, Turkish
    )
)
FAVOURITES = ("CP858", "CP1252", "CP850", "CP437")
# What typographers write and number formats contain, for which every printer has a plain sign of the same width.
PLAIN = str.maketrans(dict.fromkeys("\t\u00a0\u2007\u2009\u202f", " ") | dict.fromkeys("\u2010\u2011\u2212", "-"))
ALIGN = {"left": "left", "centre": "center", "right": "right"}
ESC, GS = b"\x1b", b"\x1d"
BARCODE_LONGEST = 40
QR_LEVEL_M = 1
FONT_DOTS = 12


def _library() -> Any:
    """Import python-escpos without what the import does besides: a handler on the root logger, a folder in /tmp."""
    handlers = list(logging.getLogger().handlers)
    from escpos import capabilities, magicencode
    from escpos.printer import Dummy

    if not handlers:
        logging.getLogger().handlers.clear()
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return Dummy, magicencode.Encoder, capabilities.CAPABILITIES["profiles"]


class DocumentEncoder:
    """Documents for one model of printer."""

    def __init__(self, profile: str, columns: int | None = None) -> None:
        """`profile` is a name of python-escpos; `columns` overrides its width in characters. Raises DeviceError."""
        self._dummy, encoder, profiles = _library()
        if profile not in profiles:
            raise DeviceError(f"no printer profile {profile!r}; {nearest(profile, profiles)}")
        known = profiles[profile]
        numbers = {page: number for number, page in known["codePages"].items() if page in PAGES}
        if not numbers:
            raise DeviceError(f"the printer profile {profile!r} has no code page that is known here; try 'default'")
        self.profile = profile
        self.columns = columns or known["fonts"]["0"]["columns"]
        self._first_page = next((page for page in FAVOURITES if page in numbers), next(iter(numbers)))
        self._draws_qr = bool(known["features"].get("qrCode"))
        self._pages = encoder(numbers)

    @property
    def paper_dots(self) -> int:
        """The width of a line; a character of font A is 12 dots wide."""
        return self.columns * FONT_DOTS

    def printable(self, text: str) -> str:
        """The text as it will stand on paper: one line, only characters that the printer has."""
        plain = unicodedata.normalize("NFC", text.translate(PLAIN))
        return "".join(self._sign(char) for char in plain if unicodedata.category(char) != "Cf")

    def _sign(self, char: str) -> str:
        for candidate in (char, unicodedata.normalize("NFKD", char)[0]):
            if unicodedata.category(candidate) not in ("Cc", "Zl", "Zp") and self._pages.find_suitable_encoding(
                candidate
            ):
                return candidate
        return "?"

    def document(self, lines: Iterable[DocumentLine]) -> bytes:
        """The whole document from ESC @ to the cut."""
        self._pages.used_encodings = {self._first_page}
        out = self._dummy(profile=self.profile, magic_encode_args={"encoder": self._pages})
        out.hw("INIT")
        out._raw(ESC + b"R\x00")  # the signs of ASCII, whatever country the switches under the printer say
        worn: tuple[str, bool, bool] | None = None
        for line in lines:
            style = (line.align, line.bold, line.tall)
            if style != worn:
                size = {"custom_size": True, "width": 1, "height": 2 if line.tall else 1}
                out.set(align=ALIGN[line.align], bold=line.bold, **size)
                worn = style
            self._line(out, line)
        out.cut("PART")
        encoded: bytes = out.output
        return encoded

    def _line(self, out: Any, line: DocumentLine) -> None:
        match line.kind:
            case "qr":
                self._qr(out, line.text)
            case "barcode":
                self._barcode(out, line.text)
            case "rule":
                out.text("-" * self.columns + "\n")
            case "feed":
                out.text("\n")
            case "text":
                out.text(self.printable(line.text) + "\n")

    def _qr(self, out: Any, text: str) -> None:
        """Draw it as big as the paper allows; what cannot be drawn is printed as text, so that nothing is lost."""
        dots = dots_per_module(len(text.encode()), self.paper_dots)
        if dots is None or not _safe(text):
            out.text(self.printable(text) + "\n")
        else:
            out.qr(text, ec=QR_LEVEL_M, size=dots, native=self._draws_qr)

    def _barcode(self, out: Any, text: str) -> None:
        """Code 128 in code set B, its text below (Epson, GS k 73). python-escpos prints to stdout when it draws one."""
        modules = 11 * len(text) + 35
        width = min(self.paper_dots // modules, 3)
        if not (text.isascii() and _safe(text) and 0 < len(text) <= BARCODE_LONGEST and width >= 2):
            out.text(self.printable(text) + "\n")
            return
        data = b"{B" + text.encode().replace(b"{", b"{{")
        out._raw(GS + b"h\x40" + GS + b"w" + bytes([width]) + GS + b"H\x02")
        out._raw(GS + b"k\x49" + bytes([len(data)]) + data)


def _safe(text: str) -> bool:
    """No control characters: the printer obeys DLE sequences even in the middle of other data."""
    return bool(text) and all(unicodedata.category(char) != "Cc" for char in text)
