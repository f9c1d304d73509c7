"""From a document to ESC/POS bytes, for one model of printer.

What the model can do comes from python-escpos's capability profiles: its columns, its code pages and their numbers,
whether it draws QR codes and pictures. A line of text goes out in the printer's own letters if its code pages have all
of them (`code_pages.py`), and as a picture if they do not and a font has (`typesetting.py`). Only what no font has
either loses its accent, and if that does not help is printed as `?`: a hole that can be seen.

The library is imported when a printer is made: it takes a fifth of a second and 13 MB.
"""

import logging
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from os import environ
from typing import Any

from drivers.device import DeviceError
from drivers.events import DocumentLine
from drivers.pos_printer import code_128
from drivers.pos_printer.code_pages import CodePages, PageWriter
from drivers.pos_printer.picture import Picture, logo, without_commands
from drivers.pos_printer.qr_size import dots_per_module
from drivers.pos_printer.typesetting import DOTS_A_COLUMN, Typesetter
from drivers.settings import nearest

# What typographers write and number formats contain, for which every printer has a plain sign of the same width.
PLAIN = str.maketrans(dict.fromkeys("\t\u00a0\u2007\u2009\u202f", " ") | dict.fromkeys("\u2010\u2011\u2212", "-"))
ESC, GS = b"\x1b", b"\x1d"
BEGIN = b"\x1b@\x1bR\x00"  # the styles of power-on; the signs of ASCII, whatever the switches under the printer say
END = b"\x1bd\x06\x1dV\x01"
ALIGNS = ("left", "centre", "right")
FEED_DOTS = ESC + b"J"
BARCODE_LONGEST = 60
BARCODE_THINNEST_DOTS, BARCODE_THICKEST_DOTS = 2, 3
BARCODE_QUIET_MODULES = 10
QR_QUIET_MODULES = 4
QR_LEVEL_M = 1


def _library() -> Any:
    """Import python-escpos without what the import does besides: a handler on the root logger, a folder in /tmp."""
    handlers = list(logging.getLogger().handlers)
    from escpos import capabilities
    from escpos.printer import Dummy

    if not handlers:
        logging.getLogger().handlers.clear()
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return Dummy, capabilities.CAPABILITIES["profiles"]


class DocumentEncoder:
    """Documents for one model of printer."""

    def __init__(
        self, profile: str, columns: int | None = None, fonts: Sequence[str] = (), logo_path: str = ""
    ) -> None:
        """`profile` is a name of python-escpos; `columns` overrides its width in characters; `fonts` are the shop's own
        for lines that the printer has no letters for. Raises DeviceError."""
        dummy, profiles = _library()
        if profile not in profiles:
            raise DeviceError(f"no printer profile {profile!r}; {nearest(profile, profiles)}")
        known = profiles[profile]
        self.pages = CodePages({page: int(number) for number, page in known["codePages"].items()})
        if not self.pages:
            raise DeviceError(f"the printer profile {profile!r} has no code page that is known here; try 'default'")
        self.profile = profile
        self.columns: int = columns or known["fonts"]["0"]["columns"]
        self._library = dummy(profile=profile)
        self._draws_qr = bool(known["features"].get("qrCode"))
        self._draws_pictures = bool(known["features"].get("bitImageRaster"))
        self._typesetter = Typesetter(self.columns, fonts)
        self._logo = logo(logo_path, self.paper_dots) if logo_path else Picture()

    @property
    def paper_dots(self) -> int:
        """The width of a line; a character of font A is 12 dots wide."""
        return self.columns * DOTS_A_COLUMN

    def printable(self, text: str) -> str:
        """The text as it will stand on paper: one line, only characters that the printer or a font has."""
        plain = unicodedata.normalize("NFC", text.translate(PLAIN))
        return "".join(self._sign(char) for char in plain if unicodedata.category(char) != "Cf")

    def _sign(self, char: str) -> str:
        if char in self.pages:
            return char
        for candidate in (char, unicodedata.normalize("NFKD", char)[0]):
            if self._is_drawn(candidate) or candidate in self.pages:
                return candidate
        return "?"

    def _is_drawn(self, char: str) -> bool:
        if not self._draws_pictures or unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cn", "Co"):
            return False
        return self._typesetter.has(char)

    def document(self, lines: Iterable[DocumentLine]) -> bytes:
        """The whole document from ESC @ to the cut."""
        out = bytearray(BEGIN)
        writer = self.pages.writer()
        worn = b""
        for line in lines:
            style = _style(line)
            out += style if style != worn else b""
            out += self._line(line, writer)
            worn = style
        return bytes(out + END)

    def _line(self, line: DocumentLine, writer: PageWriter) -> bytes:
        match line.kind:
            case "qr":
                return self._qr(line, writer)
            case "barcode" | "gs1":
                return self._barcode(line, writer)
            case "logo":
                return self._logo.raster() if self._logo.height and self._draws_pictures else b""
            case "rule":
                return writer.encode("-" * self.columns) + b"\n"
            case "feed":
                return b"\n"
        return self._text(line, writer)

    def _text(self, line: DocumentLine, writer: PageWriter) -> bytes:
        text = self.printable(line.text)
        if all(char in self.pages for char in text):
            return writer.encode(text) + b"\n"
        drawn = self._typesetter.line(DocumentLine(text, align=line.align, bold=line.bold))
        return drawn.raster(tall=line.tall)

    def _qr(self, line: DocumentLine, writer: PageWriter) -> bytes:
        """Draw it as big as the paper allows, white above and below it as a reader needs it (ISO/IEC 18004, 4 modules);
        what cannot be drawn is printed as text, so that nothing is lost."""
        dots = dots_per_module(len(line.text.encode()), self.paper_dots)
        if dots is None or not _safe(line.text) or not (self._draws_qr or self._draws_pictures):
            return self._text(line, writer)
        self._library.clear()
        self._library.qr(line.text, ec=QR_LEVEL_M, size=dots, native=self._draws_qr)
        drawn: bytes = self._library.output
        white = FEED_DOTS + bytes([QR_QUIET_MODULES * dots])
        return white + (drawn if self._draws_qr else without_commands(drawn)) + white

    def _barcode(self, line: DocumentLine, writer: PageWriter) -> bytes:
        """Its text stands below, and at both sides the white that a reader needs (ISO/IEC 15417, 10 modules).

        python-escpos prints to stdout when it draws one.
        """
        symbol = self._symbol(line)
        width = 0 if symbol is None else self.paper_dots // (symbol.modules + 2 * BARCODE_QUIET_MODULES)
        if symbol is None or width < BARCODE_THINNEST_DOTS:
            return self._text(line, writer)
        look = GS + b"h\x40" + GS + b"w" + bytes([min(width, BARCODE_THICKEST_DOTS)]) + GS + b"H\x02"
        return look + GS + b"k\x49" + bytes([len(symbol.data)]) + symbol.data

    def _symbol(self, line: DocumentLine) -> code_128.Symbol | None:
        text = line.text
        if not (text.isascii() and _safe(text) and len(text) <= BARCODE_LONGEST):
            return None
        return code_128.of_text(text) if line.kind == "barcode" else code_128.of_elements(text)


def _style(line: DocumentLine) -> bytes:
    """GS ! (height), ESC E (bold), ESC a (alignment)."""
    return (
        GS
        + b"!"
        + bytes([line.tall])
        + ESC
        + b"E"
        + bytes([line.bold])
        + ESC
        + b"a"
        + bytes([ALIGNS.index(line.align)])
    )


def _safe(text: str) -> bool:
    """No control characters: the printer obeys DLE sequences even in the middle of other data."""
    return bool(text) and all(unicodedata.category(char) != "Cc" for char in text)
