"""Keys' bed: the letters of a language in rows, the keys that every keyboard has, and the page's own last key.

Letters are as wide as each other. Where eleven columns are too wide for the panel, each row is folded in two. The
mirror leaves the keys in their order: letters stand where a keyboard of metal has them, in Arabic too.
"""

from collections.abc import Callable
from typing import NamedTuple

from kiosk.ui import layout
from kiosk.ui.letters import AT_HAND, DIGITS, Letters
from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Icon, Label, Rect
from kiosk.ui.screens.face import button, fits, target
from kiosk.ui.view import ShowDigits, TypeKey, View
from kiosk.ui.words import Words

Painter = Callable[[Rect], tuple[Element, ...]]
"""Paints one key into its place."""
_ARABIC = "\u0600"
"""From here on letters are up to three halves as wide as high: where keys are narrow they are set smaller."""


class Last(NamedTuple):
    """A key of the page's own in the last row, `columns` wide."""

    paint: Painter
    columns: int


class Bed(NamedTuple):
    """What the keys write."""

    letters: Letters
    address: bool
    """Small letters and the signs of addresses, no space."""
    clears: bool
    """Whether a key here takes all back; else the page has it elsewhere."""
    first: tuple[Last, ...] = ()
    last: tuple[Last, ...] = ()
    """The page's own keys at both ends of the last row."""


def keys_bed(bed: Bed, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    """From side to side at the bottom of the screen."""
    place, gap = room.zones.keyboard, room.key_gap
    ground = Rect(0, place.y - room.key_pad, room.panel.size[0], room.panel.size[1] - place.y + room.key_pad)
    rows = _rows(bed, view.digits)
    folded = room.key_rows > 4
    if folded:
        rows = tuple(part for row in rows for part in _halves(row))
    across = max(len(row) for row in rows)
    lines = layout.rows(place, room.key_rows, gap)
    painted: list[Element] = [Box(ground, "sunk")]
    for row, line in zip(rows, lines, strict=False):
        cells = layout.columns(line, across, gap)
        for letter, cell in zip(row, cells, strict=False):
            painted += _letter(cell, letter, bed.address, room)
    free = layout.columns(lines[-2], across, gap)[len(rows[-1]) :]
    tail = _tail(bed, view, words, room)
    fitting = tail if len(free) >= len(tail) else tail[: len(free)]
    for paint, cell in zip(fitting, _spread(free, len(fitting)), strict=True):
        painted += paint(cell)
    painted += _last_row(bed, tail[len(fitting) :], lines[-1], 6 if folded else across, view, words, room)
    return tuple(painted)


def _rows(bed: Bed, digits: bool) -> tuple[str, ...]:
    first, second, third = bed.letters.rows
    return (DIGITS, second, bed.letters.more or third) if digits else (first, second, third)


def _halves(row: str) -> tuple[str, str]:
    half = (len(row) + 1) // 2
    return row[:half], row[half:]


def _tail(bed: Bed, view: View, words: Words, room: Room) -> tuple[Painter, ...]:
    """The keys that take something back."""
    one: Painter = lambda cell: backspace(cell, words, room)  # noqa: E731
    everything: Painter = lambda cell: clear(cell, view, words, room)  # noqa: E731
    return (one, everything) if bed.clears else (one,)


def _spread(cells: tuple[Rect, ...], count: int) -> tuple[Rect, ...]:
    """The cells shared out among so many keys, the first gets most."""
    if not count:
        return ()
    share = len(cells) // count
    first = len(cells) - share * (count - 1)
    spans = [(0, first), *((first + share * n, share) for n in range(count - 1))]
    return tuple(_span(cells, start, wide) for start, wide in spans)


def _span(cells: tuple[Rect, ...], start: int, wide: int) -> Rect:
    one, other = cells[start], cells[start + wide - 1]
    return one._replace(w=layout.right_of(other) - one.x)


def _last_row(
    bed: Bed, tail: tuple[Painter, ...], line: Rect, across: int, view: View, words: Words, room: Room
) -> tuple[Element, ...]:
    """Digits, the signs or the space, and what the page ends with."""
    swap: Painter = lambda cell: _swap(cell, bed.letters, view, room)  # noqa: E731
    signs = tuple((1, _sign(sign, room)) for sign in AT_HAND) if bed.address else ()
    own = sum(one.columns for one in (*bed.first, *bed.last))
    narrow = room.key_rows > 4 or bool(bed.first)
    left = across - own - (1 if narrow else 2) - len(signs) - len(tail) * (1 if narrow else 2)
    space: Painter = lambda cell: _space(cell, words, room)  # noqa: E731
    keys: list[tuple[int, Painter]] = [
        *((one.columns, one.paint) for one in bed.first),
        (1 if narrow else 2, swap),
        *signs,
        *(() if bed.address or left < 1 else ((left, space),)),
        *((1 if narrow else 2, paint) for paint in tail),
        *((one.columns + (left if bed.address else 0), one.paint) for one in bed.last),
    ]
    cells, at = layout.columns(line, across, room.key_gap), 0
    painted: list[Element] = []
    for wide, paint in keys:
        painted += paint(_span(cells, at, wide))
        at += wide
    return tuple(painted)


def _letter(cell: Rect, letter: str, small: bool, room: Room) -> tuple[Element, ...]:
    shown = letter.lower() if small else letter
    face = target(cell, TypeKey(letter.lower()), letter, style="key", role="key", radius=room.px(14))
    size = layout.BODY if shown >= _ARABIC and cell.w < 2 * room.font(40) else 40
    return face, Label(cell, shown, room.font(size), 600, align="centre", amount=True)


def _sign(sign: str, room: Room) -> Painter:
    return lambda cell: _letter(cell, sign, True, room)


def backspace(cell: Rect, words: Words, room: Room) -> tuple[Element, ...]:
    """The key that takes one letter back."""
    face = target(cell, TypeKey("backspace"), words.say("Delete one letter"), style="key", role="key",
                  radius=room.px(14))  # fmt: skip
    return face, Icon(cell, "backspace-outline", size=room.icon(48))


def clear(cell: Rect, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    """Takes all back: a cross, and its word where that has room."""
    text, radius = words.say("Clear"), 14
    why = "" if view.typed else words.say("Type a letter first.")
    font = room.font(layout.BODY)
    if fits(text, cell.w - room.icon(44) - room.px(80), 1, font, 600):
        return button(cell, TypeKey("clear"), text, room=room, icon="close", why_not=why, radius=radius)
    face = target(cell, TypeKey("clear"), text, why_not=why, radius=room.px(radius))
    return face, Icon(cell, "close", "disabled" if why else "ink", room.icon(44))


def _swap(cell: Rect, letters: Letters, view: View, room: Room) -> tuple[Element, ...]:
    """Digits, or letters again."""
    text = letters.name if view.digits else "123"
    face = target(cell, ShowDigits(not view.digits), text, style="key", role="key", radius=room.px(14))
    return face, Label(cell, text, room.font(layout.BODY), 600, align="centre", amount=True)


def _space(cell: Rect, words: Words, room: Room) -> tuple[Element, ...]:
    face = target(cell, TypeKey(" "), words.say("Space"), style="key", role="key", radius=room.px(14))
    return face, Icon(cell, "keyboard-space", size=room.icon(44))
