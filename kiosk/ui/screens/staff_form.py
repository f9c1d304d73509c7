"""Staff form: what the staff's pages are put together from: options, notes, rows of names and figures, a field."""

from collections.abc import Sequence
from typing import NamedTuple

from kiosk.checkout.events import Event
from kiosk.ui import layout
from kiosk.ui.measure import largest, text_width, wrap
from kiosk.ui.room import GAP_PX, Room
from kiosk.ui.scene import Box, Element, Label, Mark, Rect, Role, Row, Word
from kiosk.ui.screens.face import button, fits, target
from kiosk.ui.view import Look


def card(place: Rect, room: Room) -> Box:
    """What a form's facts stand on."""
    return Box(place, "paper", radius=room.px(28))


def option(
    place: Rect,
    says: Event | Look,
    text: str,
    picked: bool,
    *,
    room: Room,
    icon: str = "",
    size: int = layout.BODY,
    role: Role = "radio",
    why_not: str = "",
    ink: str = "ink",
    align: str = "centre",
) -> tuple[Element, ...]:
    """One of several; the chosen one is soft and has the staff's outline, and says so to the ear as well."""
    if why_not or (not picked and align == "centre"):
        return button(place, says, text, room=room, icon=icon, size=size, why_not=why_not, role=role)
    font, mark = room.font(size), room.icon(38)
    pad, gap = room.px(16 if align == "start" else 12), room.px(14)
    lines = max(2, int((place.h - 12) / (font * 1.15)))
    words = Word(text, font, 600, colour=ink, max_lines=lines)
    shown = bool(icon) and fits(text, place.w - 2 * pad - mark - gap, lines, font, 600)
    if not shown and not fits(text, place.w - 2 * pad, lines, font, 600):
        pad = room.px(6)
    parts = (Mark(icon, mark, ink), words) if shown else (words,)
    row = Row(layout.inset(place, pad, 4), parts, gap, "start" if align == "start" else "centre")
    if not picked:
        return target(place, says, text, role=role, radius=room.px(20)), row
    return target(place, says, text, style="staff", role=role, selected=True, radius=room.px(20)), row


def note(
    place: Rect,
    text: str,
    room: Room,
    *,
    sizes: tuple[int, ...] = (layout.BODY, layout.CAPTION),
    colour: str = "ink",
    weight: int = 500,
    middle: bool = False,
) -> tuple[Element, ...]:
    """Words in the first size in which all of them have room; where none has, nothing: the page's buttons say it."""
    for design in sizes:
        font = room.font(design)
        lines = len(wrap(text, place.w, font, weight))
        if round(lines * font * 1.22) <= place.h + font // 4 and fits(text, place.w, lines, font, weight):
            return (Label(place, text, font, weight, colour=colour, max_lines=lines, line_height=1.22,  # type: ignore[arg-type]
                          valign="middle" if middle else "top"),)  # fmt: skip
    return ()


class Fact(NamedTuple):
    """A name and its figure."""

    name: str
    figure: str
    large: bool = False
    strong: bool = False
    quiet: bool = False
    """Large, but for its name."""


_FIGURES = (layout.DISPLAY, 52, layout.TITLE, 36, layout.BODY)


def facts(
    place: Rect, rows: Sequence[Fact], room: Room, *, most: int = 56, figures: tuple[int, ...] = _FIGURES
) -> tuple[Element, ...]:
    """One below the other, no higher than `most` each (large ones half as high again); names left, figures right.

    `figures`: the sizes of large ones, of which the first that has room is taken.
    """
    weights = [3 if row.large else 2 for row in rows]
    unit = min(place.h // max(1, sum(weights)), max(room.px(most), room.lines(layout.BODY)) // 2)
    painted: list[Element] = []
    top = place.y
    for row, weight in zip(rows, weights, strict=True):
        painted += fact(Rect(place.x, top, place.w, unit * weight), row, room, figures)
        top += unit * weight
    return tuple(painted)


def fact(place: Rect, row: Fact, room: Room, figures: tuple[int, ...] = _FIGURES) -> tuple[Element, ...]:
    """One row. A figure is set smaller rather than cut, and a name that has no room beside it folds."""
    weight = 800 if row.large else 600 if row.strong else 500
    bold = weight if not row.large else 500 if row.quiet else 700
    sizes = [room.font(s) for s in (figures if row.large else (layout.BODY, layout.CAPTION))]
    for size in [s for s in sizes if s <= place.h] or sizes[-1:]:
        wide = text_width(row.figure, size, weight, row.large)
        free = place._replace(w=place.w - wide - room.px(16))
        named = _named(row.name, free, bold, room, layout.BODY if row.quiet or not row.large else 36)
        if named is not None and wide <= place.w * 2 // 3:
            break
    figure = Label(place, row.figure, size, weight, row.large, align="end", amount=True)  # type: ignore[arg-type]
    font, lines = named or (room.font(layout.CAPTION), 2)
    name = Label(free, row.name, font, bold, max_lines=lines, line_height=1.08)  # type: ignore[arg-type]
    return name, figure


def _named(name: str, place: Rect, weight: int, room: Room, largest_size: int) -> tuple[int, int] | None:
    """Size and lines in which a name has room; None: it has none."""
    for design in (largest_size, layout.BODY, layout.CAPTION):
        font = room.font(design)
        most = max(1, int((place.h + font // 4) / (font * 1.08)))
        if fits(name, place.w, most, font, weight):
            return font, len(wrap(name, place.w, font, weight))
    return None


def keyed(place: Rect, text: str, room: Room) -> tuple[Element, ...]:
    """The field of an amount that is keyed."""
    px = room.px
    inner = layout.inset(place, px(28), 0)
    size = largest(text, inner.w, tuple(room.font(s) for s in (layout.TITLE, 36, 28)))
    return Box(place, "paper", "ink", 3, px(16)), Label(inner, text, size, 700, align="end", amount=True)


class Counting(NamedTuple):
    """A form around an amount: its facts, one place for each thing to be done, the field and the keys."""

    facts: Rect
    acts: tuple[Rect, ...]
    field: Rect
    keys: Rect


def counting(place: tuple[Rect, Rect], acts: int, room: Room) -> Counting:
    """Of two halves the first has the facts and what is done with the amount, the second the amount."""
    left, right = place
    gap, high = max(room.px(16), GAP_PX), room.touch(96)
    while high > room.touch(80) and left.h - acts * (high + gap) < room.lines(layout.BODY, 3):
        high -= 4
    top = layout.below(left) - acts * high - (acts - 1) * gap
    facts_h = min(top - gap - left.y, room.px(260))
    top = min(top, left.y + facts_h + gap + room.px(24))
    cells = tuple(Rect(left.x, top + n * (high + gap), left.w, high) for n in range(acts))
    field, keys = field_and_keys(right, room)
    return Counting(left._replace(h=facts_h), cells, field, keys)


def field_and_keys(place: Rect, room: Room, *, foot: int = 0) -> tuple[Rect, Rect]:
    """A field above and below it the place of a pad, no higher than is good for a hand; `foot` pixels stay free."""
    gap = max(room.px(16), GAP_PX)
    free = place.h - foot - (gap if foot else 0)
    high = max(room.touch(80), min(room.touch(96), free - 4 * room.touch(80) - 4 * gap))
    most = 4 * room.touch(110 if room.portrait else 130) + 3 * gap
    return place._replace(h=high), Rect(place.x, place.y + high + gap, place.w, min(free - high - gap, most))
