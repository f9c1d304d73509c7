"""Lines that no code page can print, as pictures: Arabic, Hebrew, Thai, Ukrainian on a printer without its page.

The line keeps its columns: what stands between wide gaps begins where it would have begun, an amount at the right edge
ends there, and what is too wide for its place is drawn narrower. Inside such a piece letters run as their script runs
(Unicode Bidirectional Algorithm, UAX #9) and Arabic ones join; the line's columns never change sides, so that the
amounts of a receipt stay one below the other.

A piece is drawn run by run, each in the first font that has its characters: those that the shop names, then Noto's.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from drivers.device import DeviceError
from drivers.events import DocumentLine
from drivers.pos_printer.picture import Picture, from_image

NOTO = Path("/usr/share/fonts/truetype/noto")
SCRIPTS = (
    "",
    "Arabic",
    "Hebrew",
    "Thai",
    "Devanagari",
    "Armenian",
    "Georgian",
    "Bengali",
    "Tamil",
    "Ethiopic",
    "Khmer",
)
USUAL = tuple(f"{NOTO}/NotoSans{script}-Regular.ttf" for script in SCRIPTS)
DOTS_A_COLUMN = 12
LINE_DOTS = 30
"""As high as a line of text is apart from the next (Epson, ESC 2)."""
FONT_DOTS = 21
BASELINE = 23
GAP = 6
ROOM = 12
"""Above and below a line, for marks and tails."""
PIECES_KEPT = 1_000
"""Names of goods come again: half a million dots at most."""
PIECE = re.compile(r"\S+(?: \S+)*")
NOT_A_CHARACTER = "\uffff"
RIGHT_TO_LEFT = {"R", "AL"}


class Typesetter:
    """Draws lines for one width of paper."""

    def __init__(self, columns: int, fonts: Sequence[str] = ()) -> None:
        """`fonts`: paths of font files that go before the usual ones. Raises DeviceError for one that is none."""
        self._columns = columns
        self._named = [_named(path) for path in fonts]
        self._found: dict[str, int | None] = {" ": 0}
        self._drawn = lru_cache(PIECES_KEPT)(self._draw)

    @cached_property
    def _fonts(self) -> "list[Font]":
        """Opened when the first line needs them: most shops never do."""
        return [*self._named, *(Font(path) for path in USUAL if Path(path).is_file())]

    def has(self, char: str) -> bool:
        """Whether some font has this character."""
        return self._font_of(char) is not None

    def line(self, line: DocumentLine) -> Picture:
        """The line's text, every character of which is to be in some font; its `tall` is the printer's business."""
        from PIL import Image

        pieces = list(PIECE.finditer(line.text))
        paper = Image.new("1", (self._columns * DOTS_A_COLUMN, LINE_DOTS + 2 * ROOM))
        free = 0
        for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
            drawn = self._drawn(piece.group(), bold=line.bold)
            end = following.start() * DOTS_A_COLUMN - GAP if following else paper.width
            free = self._place(paper, drawn, piece, free, end)
        return from_image(_cut_out(paper, line.align))

    def _place(self, paper: Any, drawn: Any, piece: re.Match[str], free: int, end: int) -> int:
        """Where its column is, or where its end is if it ends at the paper's edge; the first dot that is free then."""
        start = max(free, piece.start() * DOTS_A_COLUMN)
        if piece.end() == self._columns:
            start = max(free, paper.width - drawn.width)
        if drawn.width > end - start:
            drawn = drawn.resize((max(end - start, 1), drawn.height))
        paper.paste(drawn, (start, 0), drawn)
        return start + int(drawn.width)

    def _draw(self, text: str, *, bold: bool) -> Any:
        from PIL import Image, ImageDraw

        runs = [(self._fonts[number].layout_for(run), run) for number, run in self._runs(_as_read(text))]
        widths = [round(font.getlength(run)) for font, run in runs]
        image = Image.new("1", (sum(widths) + 1 + bold, LINE_DOTS + 2 * ROOM))
        draw = ImageDraw.Draw(image)
        at = 0
        for (font, run), width in zip(runs, widths, strict=True):
            for dot in range(1 + bold):
                draw.text((at + dot, ROOM + BASELINE), run, fill=1, font=font, anchor="ls")
            at += width
        return image

    def _runs(self, text: str) -> list[tuple[int, str]]:
        """(font, text): spaces, digits and signs stay with the letters before them if that font has them."""
        runs: list[tuple[int, str]] = []
        for char in text:
            if runs and not char.isalpha() and self._fonts[runs[-1][0]].has(char):
                number = runs[-1][0]
            else:
                number = self._font_of(char) or 0  # what none has is not handed in
            if runs and number == runs[-1][0]:
                runs[-1] = number, runs[-1][1] + char
            else:
                runs.append((number, char))
        return runs

    def _font_of(self, char: str) -> int | None:
        if char not in self._found:
            self._found[char] = next((n for n, font in enumerate(self._fonts) if font.has(char)), None)
        return self._found[char]


def _named(path: str) -> "Font":
    try:
        return Font(path)
    except OSError as trouble:
        raise DeviceError(f"font {path!r} cannot be read; give the paths of TrueType or OpenType files") from trouble


class Font:
    """One font file, for runs that `_as_read` has put in order and for those that shape themselves (Devanagari)."""

    def __init__(self, path: str) -> None:
        """Raises OSError."""
        from PIL import ImageFont

        self._plain = ImageFont.truetype(path, FONT_DOTS, layout_engine=ImageFont.Layout.BASIC)
        self._shaping = ImageFont.truetype(path, FONT_DOTS)
        missing = self._plain.getmask(NOT_A_CHARACTER)
        self._missing = missing.size, bytes(missing)
        self._has: dict[str, bool] = {}

    def has(self, char: str) -> bool:
        """Whether it draws anything but the box that stands for what is missing."""
        if char not in self._has:
            drawn = self._plain.getmask(char)
            self._has[char] = (drawn.size, bytes(drawn)) != self._missing
        return self._has[char]

    def layout_for(self, run: str) -> Any:
        """The font as Pillow is to draw this run with it: only marks need their letters' help, and that takes time."""
        marked = any(unicodedata.combining(char) or unicodedata.category(char) == "Mc" for char in run)
        return self._shaping if marked and not _ways(run) & RIGHT_TO_LEFT else self._plain


def _ways(text: str) -> set[str]:
    return {unicodedata.bidirectional(char) for char in text}


def _as_read(text: str) -> str:
    """From the order of speech to the order on paper, left to right; Arabic letters in the form that joins."""
    if not _ways(text) & RIGHT_TO_LEFT:
        return text
    import arabic_reshaper  # 60 ms and 3 MB that most shops never need
    import bidi

    first = next(way for way in map(unicodedata.bidirectional, text) if way in ("L", *RIGHT_TO_LEFT))
    return str(bidi.get_display(arabic_reshaper.reshape(text), base_dir="L" if first == "L" else "R"))


def _cut_out(paper: Any, align: str) -> Any:
    """Without the white that only costs time, in whole bytes; on the side where the printer puts it, it ends in ink."""
    left, top, right, bottom = paper.getbbox() or (0, 0, 0, 0)
    left = 0 if align == "left" else left
    right = max(left + 1, right)
    width = -(-(right - left) // 8) * 8
    if align == "right":
        left = right - width
    return paper.crop((left, min(ROOM, top), left + width, max(ROOM + LINE_DOTS, bottom)))
