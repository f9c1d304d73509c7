"""Measure: how much room a text takes, worked out from the letters' advances alone.

Pure layout must know whether a label needs one line or two, and how wide a centred group of icon and words is. The
painter sets the type with real fonts; both come from the same letters, and differ by kerning only (a few pixels in a
headline). `**` marks change the weight of a run and take no room.
"""

from functools import lru_cache

from kiosk.ui import advances

_MIDDLING = 620
"""Advance, in thousandths, of a letter that the table lacks (Cyrillic, Arabic): near enough to centre with."""
_MARKS = "\u200e\u200f"
"""Marks of direction, which are not painted."""


class _Table(dict[str, int]):
    def __missing__(self, letter: str) -> int:
        return 0 if letter in _MARKS else _MIDDLING


def _table(widths: str) -> _Table:
    return _Table(zip(advances.LETTERS, map(int, widths.split()), strict=True))


_SANS = {500: _table(advances.MEDIUM), 600: _table(advances.SEMIBOLD), 700: _table(advances.BOLD)}
_DISPLAY = {700: _table(advances.DISPLAY_BOLD), 800: _table(advances.DISPLAY_EXTRABOLD)}


def _advances(weight: int, display: bool) -> _Table:
    if display:
        return _DISPLAY[800 if weight >= 800 else 700]
    return _SANS[min(weight, 700)]


@lru_cache(maxsize=2048)
def text_width(text: str, size: int, weight: int = 500, display: bool = False) -> int:
    """Width in pixels, rounded up. Runs between `**` count as the next heavier weight."""
    runs = enumerate(text.split("**"))
    thousandths = sum(advance(run, weight + 100 * (number % 2) * 2, display) for number, run in runs)
    return -(-thousandths * size // 1000)


_LETTERS = frozenset(advances.LETTERS)


def is_known(text: str) -> bool:
    """Whether the table has all its letters, so that what is worked out here is wrong by kerning only."""
    return _LETTERS.issuperset(text)


@lru_cache(maxsize=4096)
def advance(run: str, weight: int, display: bool) -> int:
    """Width of a text of one weight, in thousandths of its size."""
    return sum(letter_advances(run, weight, display))


def letter_advances(run: str, weight: int, display: bool) -> list[int]:
    """The same of each letter."""
    return list(map(_advances(weight, display).__getitem__, run))


@lru_cache(maxsize=4096)
def wrap(text: str, room: int, size: int, weight: int = 500, display: bool = False) -> tuple[str, ...]:
    """The lines that the text takes in `room` pixels, broken at spaces only; a word too long stays whole."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and text_width(_closed(longer), size, weight, display) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return tuple(lines)


def _closed(text: str) -> str:
    return text if text.count("**") % 2 == 0 else text + "**"


def block_width(text: str, room: int, size: int, weight: int = 500, display: bool = False) -> int:
    """Width of the widest line after wrapping."""
    return max(text_width(line, size, weight, display) for line in wrap(text, room, size, weight, display))


def largest(text: str, room: int, sizes: tuple[int, ...]) -> int:
    """The first of the sizes in which an amount (Inter Display, 800) fits; the last one if none does.

    An amount is never shortened: one of a dealer's whole stock is set smaller instead.
    """
    return next((size for size in sizes if text_width(text, size, 800, True) <= room), sizes[-1])
