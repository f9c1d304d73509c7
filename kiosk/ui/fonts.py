"""Fonts: Kassa's type families at every size, and how wide a text is in them.

A text may mix scripts: Arabic is set in Noto Sans Arabic, everything else in Inter, on one base line. SDL_ttf draws
from left to right only, so a text with right-to-left letters is joined and put into visual order first.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import floor
from typing import NamedTuple

import pygame

from kiosk.ui import assets

# Arabic, its supplements and its presentation forms (Unicode 15, blocks); spaces between two such words belong to them.
_LETTER = "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"
_ARABIC = re.compile(f"{_LETTER}+(?: +{_LETTER}+)*")
_OUTER_SPACES = re.compile("^( *)(.*?)( *)$", re.DOTALL)
"""A number keeps its order in a line from the right, but the space after it stands at its left."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class Style(NamedTuple):
    """How a text is set: pixels of an em, weight, and Inter Display or Kassa Sans."""

    size: int
    weight: int = 500
    display: bool = False

    def bolder(self) -> "Style":
        """As for a run between `**`: two weights up, as far as the family goes."""
        return self._replace(weight=min(self.weight + 200, 800 if self.display else 700))


class Metrics(NamedTuple):
    """Rise above and fall below the base line, in pixels."""

    ascent: int
    descent: int


def _file(style: Style, arabic: bool) -> str:
    if arabic:
        return "KassaArabic-500.ttf" if style.weight == 500 else "KassaArabic-700.ttf"
    if style.display:
        return f"KassaDisplay-{max(style.weight, 700)}.otf"
    return f"KassaSans-{min(style.weight, 700)}.otf"


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> pygame.font.Font:
    pygame.font.init()
    return pygame.font.Font(str(assets.font(name)), size)


@lru_cache(maxsize=16)
def _proportions(name: str) -> tuple[float, float]:
    """Ascent and descent of an em, read at a size where rounding does not matter."""
    large = _font(name, 1000)
    return large.get_ascent() / 1000, -large.get_descent() / 1000


def digest() -> str:
    """Names all that letters depend on: font files, SDL_ttf, pygame. Raises AssetsMissing.

    Pictures of screens are compared only where they were painted with the same.
    """
    version = ".".join(map(str, pygame.font.get_sdl_ttf_version()))
    return f"{assets.digest()[:16]} SDL_ttf {version} pygame {pygame.version.ver}"


def metrics(style: Style) -> Metrics:
    """Ascent and descent of the style's Latin face, rounded as browsers do, so that lines sit where they were drawn."""
    return _metrics(_file(style, arabic=False), style.size)


def _metrics(name: str, size: int) -> Metrics:
    ascent, descent = _proportions(name)
    return Metrics(floor(ascent * size + 0.5), floor(descent * size + 0.5))


def visual(text: str, rtl: bool) -> str:
    """The text in the order in which it is painted from left to right; Arabic letters are joined."""
    if not _RIGHT_TO_LEFT.search(text):
        return _OUTER_SPACES.sub(r"\3\2\1", text) if rtl else text
    return _joined(text, rtl)


@lru_cache(maxsize=2048)
def _joined(text: str, rtl: bool) -> str:
    import arabic_reshaper  # 60 ms and 3 MB that most shops never need
    from bidi.algorithm import get_display

    return str(get_display(arabic_reshaper.reshape(text), base_dir="R" if rtl else "L"))


def prepare(directions: Iterable[str]) -> None:
    """Before the first shopper comes: what a lane with such languages needs to join letters."""
    if "rtl" in directions:
        visual("\N{ARABIC LETTER ALEF}", rtl=True)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Parts of a text in visual order, each with whether it is Arabic."""
    end = 0
    for match in _ARABIC.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield match.group(), True
        end = match.end()
    if end < len(text):
        yield text[end:], False


@lru_cache(maxsize=4096)
def width(text: str, style: Style) -> int:
    """Width in pixels of a text in visual order."""
    return sum(_font(_file(style, arabic), style.size).size(piece)[0] for piece, arabic in _pieces(_clean(text)))


def render(text: str, style: Style, colour: tuple[int, ...]) -> list[tuple[pygame.Surface, int]]:
    """The text in visual order as pictures side by side, each with its top relative to the base line."""
    fonts = ((piece, _font(_file(style, arabic), style.size)) for piece, arabic in _pieces(_clean(text)))
    return [(font.render(piece, True, colour), -font.get_ascent()) for piece, font in fonts]


class IconGlyph(NamedTuple):
    """An icon's picture and how far its square lies below the picture's top."""

    surface: pygame.Surface
    rise: int


def icon(name: str, size: int, colour: tuple[int, ...]) -> IconGlyph:
    """A Material Design icon, `cart-outline`, in a square of `size` pixels. An unknown name is a bug of the screen."""
    font = _font(assets.ICONS, size)
    rise = font.get_ascent() - _metrics(assets.ICONS, size).ascent
    return IconGlyph(font.render(_glyph(name), True, colour), rise)


@lru_cache(maxsize=256)
def _glyph(name: str) -> str:
    from fonticon_mdi7 import MDI7

    return str(getattr(MDI7, name.replace("-", "_")))


def _clean(text: str) -> str:
    """Inter has no narrow no-break space, which CLDR puts into French and other numbers; a mark has no picture."""
    return text.replace("\u202f", "\u00a0").replace("\u200e", "").replace("\u200f", "")
