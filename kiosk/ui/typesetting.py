"""Typesetting: a text becomes lines of runs that fit a width.

Lines break at spaces and at line feeds, never at no-break spaces. What does not fit the last line allowed ends in an
ellipsis; an amount is never shortened and never broken, it would be a different amount.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from kiosk.ui import fonts, measure
from kiosk.ui.fonts import Style

ELLIPSIS = "…"


class Run(NamedTuple):
    """A piece of one line in one style, in visual order."""

    text: str
    style: Style

    @property
    def width(self) -> int:
        """In pixels. To measure is costly, and most texts begin where their rectangle does: nobody asks."""
        return fonts.width(self.text, self.style)


class Line(NamedTuple):
    """Runs from left to right."""

    runs: tuple[Run, ...]

    @property
    def width(self) -> int:
        """In pixels."""
        return sum(run.width for run in self.runs)


_Piece = tuple[str, Style]


def set_text(
    text: str,
    style: Style,
    width: int,
    max_lines: int = 1,
    *,
    amount: bool = False,
    plain: bool = False,
    rtl: bool = False,
) -> tuple[Line, ...]:
    """The lines of a text, at least one and at most `max_lines` (an amount: exactly one, however wide).

    In a `plain` text `**` is two stars.
    """
    pieces = [(text, style)] if plain and text else _styled(text, style)
    if amount:
        return (_line(pieces, rtl),)
    lines: list[list[_Piece]] = []
    for paragraph in _paragraphs(pieces):
        if len(lines) == max_lines:
            lines[-1] = [*lines[-1], *_space(lines[-1]), *paragraph]
        else:
            lines += _wrap(paragraph, width, max_lines - len(lines))
    return tuple(_line(line if _fits(line, width) else _shorten(line, width), rtl) for line in lines)


def _fits(line: list[_Piece], width: int) -> bool:
    """To measure with the font is to shape the text, the costliest thing about a new label.

    So the advances of its letters decide, or of its words where letters join, and the font only where kerning might.
    Layout cannot know kerning: a line that it makes a hair wider than its place is not cut for that.
    """
    sum_of_parts = _advance(line) if _is_known(line) else 1000 * _width_by_words(line)
    spare = 1000 * width - sum_of_parts
    return spare > 0 if abs(spare) > _kerning(line, width) else _width(line) <= width + _hair(line)


def _hair(line: list[_Piece]) -> int:
    """A sixteenth of the size of its letters."""
    return max((style.size for _, style in line), default=0) // 16


def _is_known(line: list[_Piece]) -> bool:
    return all(measure.is_known(text) for text, _ in line)


def _kerning(line: list[_Piece], width: int) -> int:
    """More than kerning and whole pixels change a line about so wide, in thousandths of a pixel.

    Of the beginnings of 10,000 product names none differed from its advances by more than a tenth of its size and
    2.1 per cent.
    """
    return 30 * width + 150 * max((style.size for _, style in line), default=0)


def _styled(text: str, style: Style) -> list[_Piece]:
    """`**` toggles the next heavier weight."""
    parts = text.split("**")
    return [(part, style.bolder() if index % 2 else style) for index, part in enumerate(parts) if part]


def _paragraphs(pieces: list[_Piece]) -> list[list[_Piece]]:
    paragraphs: list[list[_Piece]] = [[]]
    for text, style in pieces:
        first, *rest = text.split("\n")
        paragraphs[-1].append((first, style))
        paragraphs.extend([(more, style)] for more in rest)
    return paragraphs


def _wrap(pieces: list[_Piece], width: int, max_lines: int) -> list[list[_Piece]]:
    """Greedy: each line takes the words that fit, at least one; the last line allowed takes all the rest."""
    words = _words(pieces)
    lines: list[list[_Piece]] = []
    while words and len(lines) < max_lines - 1:
        sizes = [_advance([*_space(word), *word]) for word in words]
        count = max(_most(sizes, width, partial(_first_words, words)), 1)
        lines.append(_first_words(words, count))
        words = words[count:]
    return [*lines, _first_words(words, len(words))] if words or not lines else lines


def _first_words(words: list[list[_Piece]], count: int) -> list[_Piece]:
    line: list[_Piece] = []
    for word in words[:count]:
        line += [*_space(line), *word]
    return line


def _most(sizes: list[int], width: int, beginning: Callable[[int], list[_Piece]]) -> int:
    """How many parts of a text fit the width; `beginning(count)` is the text of so many.

    The number is guessed from the advances of the parts (thousandths of a pixel), and its neighbours are tried.
    """
    fitting = _count(sizes, width)
    while fitting < len(sizes) and _fits(beginning(fitting + 1), width):
        fitting += 1
    while fitting > 0 and not _fits(beginning(fitting), width):
        fitting -= 1
    return fitting


def _count(sizes: list[int], width: int) -> int:
    return bisect_right(list(accumulate(sizes)), width * 1000)


def _advance(pieces: list[_Piece]) -> int:
    return sum(measure.advance(text, style.weight, style.display) * style.size for text, style in pieces)


def _words(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Words between spaces; a word may change its style inside (`**2** kg`)."""
    words: list[list[_Piece]] = [[]]
    for text, style in pieces:
        first, *rest = text.split(" ")
        words[-1].append((first, style))
        words.extend([(more, style)] for more in rest)
    return [kept for word in words if (kept := [piece for piece in word if piece[0]])]


def _space(before: list[_Piece]) -> list[_Piece]:
    return [(" ", before[-1][1])] if before else []


def _shorten(pieces: list[_Piece], width: int) -> list[_Piece]:
    """The longest beginning that fits with an ellipsis, and at least the ellipsis.

    Without measuring, where the advances of all letters are known: kerning makes a text hardly ever wider, and one
    letter fewer is not missed.
    """
    letters = [
        letter * style.size
        for text, style in pieces
        for letter in measure.letter_advances(text, style.weight, style.display)
    ]
    if not letters:
        return _beginning(pieces, 0)
    sizes = [letters[0] + _advance(_beginning(pieces, 0)), *letters[1:]]
    if _is_known(pieces):
        return _beginning(pieces, _count(sizes, width - _kerning(pieces, width) // 3000))
    return _beginning(pieces, _most(sizes, width, partial(_beginning, pieces)))


def _beginning(pieces: list[_Piece], count: int) -> list[_Piece]:
    kept: list[_Piece] = []
    for text, style in pieces:
        if count > 0:
            kept.append((text[:count], style))
            count -= len(text)
    text, style = kept.pop() if kept else ("", pieces[0][1])
    return [*kept, (text.rstrip() + ELLIPSIS, style)]


def _merged(pieces: list[_Piece]) -> list[_Piece]:
    """Neighbours of one style become one, so that kerning and joining see whole words."""
    merged: list[_Piece] = []
    for text, style in pieces:
        if merged and merged[-1][1] == style:
            merged[-1] = (merged[-1][0] + text, style)
        else:
            merged.append((text, style))
    return merged


def _width(pieces: list[_Piece]) -> int:
    return sum(fonts.width(fonts.visual(text, rtl=False), style) for text, style in _merged(pieces))


def _width_by_words(pieces: list[_Piece]) -> int:
    """Each word is measured once, however many beginnings of the text are tried."""
    words = [(word, style) for text, style in _merged(pieces) for word in re.split("( )", text)]
    return sum(fonts.width(fonts.visual(word, rtl=False), style) for word, style in words)


def _line(pieces: list[_Piece], rtl: bool) -> Line:
    runs = [Run(fonts.visual(text, rtl), style) for text, style in _merged(pieces)]
    if rtl:
        runs.reverse()
    return Line(tuple(runs))
