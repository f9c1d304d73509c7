"""Keypad page: a number to be typed, what for, and what else can be done instead (04c, 09, 10d).

Words and other ways stand beside field and keys, upright above them. With Lower controls the keys lie in two rows at
the bottom, as wide as the screen, the other ways beside them, and what nobody touches stands above.
"""

from collections.abc import Callable
from typing import NamedTuple

from kiosk.checkout.events import Event
from kiosk.ui import layout
from kiosk.ui.measure import wrap
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room
from kiosk.ui.scene import Element, Label, Rect
from kiosk.ui.screens.face import button, fits
from kiosk.ui.screens.prompt import answer_height
from kiosk.ui.view import Look


class Way(NamedTuple):
    """Something else to do here."""

    says: Event | Look
    text: str
    icon: str


class KeypadPage(NamedTuple):
    """Places of the field and the keys, and all that stands beside them."""

    field: Rect
    keys: Rect
    beside: tuple[Element, ...]
    slip: bool = True
    """Whether the slip has room too; keys as wide as the screen put it away."""


def keypad_page(
    text: str, ways: tuple[Way, ...], room: Room, picture: Callable[[Rect], tuple[Element, ...]] | None = None
) -> KeypadPage:
    """A way whose words have no room folds: it is found elsewhere too. `picture` paints itself into the place
    that words and ways leave, if that is not too small.
    """
    px, page, gap = room.px, room.zones.page, max(room.px(14), GAP_PX)
    field_h = room.touch(84)
    if room.portrait:
        keys_h = min(4 * room.touch(110) + 3 * gap, page.h - field_h - px(24) - room.touch(96))
        keys = Rect(page.x, layout.below(page) - keys_h, page.w, keys_h)
        field = Rect(page.x, keys.y - px(16) - field_h, page.w, field_h)
        above = Rect(page.x, page.y, page.w, field.y - px(16) - page.y)
        return KeypadPage(field, keys, _above(above, text, ways, room))
    if room.reach:
        whole = room.zones.whole
        top = max(whole.y, room.top_touch)
        low = Rect(whole.x, top, whole.w, layout.below(page) - top)
        keys, side = layout.shares(low, (70, 30), px(16)) if ways else (low, low)
        words, above = layout.columns(Rect(whole.x, page.y, whole.w, low.y - px(12) - page.y), 2, px(24))
        field = above._replace(h=min(field_h, above.h))
        beside = _words(words, text, room)
        return KeypadPage(field, keys, (*beside, *_ways(side, ways, room, down=2)), slip=False)
    across = 4 if page.h - field_h - px(16) < 4 * FLOOR_PX + 3 * gap else 3
    keys_w = max(min(px(380), page.w * 54 // 100), across * FLOOR_PX + 3 * GAP_PX)
    column = Rect(layout.right_of(page) - keys_w, page.y, keys_w, page.h)
    field = column._replace(h=field_h)
    keys = column._replace(y=column.y + field_h + px(16), h=page.h - field_h - px(16) + px(2))
    side = Rect(page.x, page.y, page.w - keys_w - px(24 if across == 3 else 16), page.h)
    text_h = _height(text, side.w, room)
    ways = tuple(way for way in ways if fits(way.text, side.w - 2 * px(8) - 2, 4, room.font(26), 600))
    high = max((answer_height((way.text,), side.w, room, 26) for way in ways), default=0)
    ways_h = len(ways) * (high + gap) - gap if ways else 0
    painted = [*_words(side._replace(h=min(text_h, page.h - ways_h - gap)), text, room)]
    painted += _ways(Rect(side.x, layout.below(side) - ways_h, side.w, ways_h), ways, room, down=max(1, len(ways)))
    free = Rect(side.x, side.y + text_h + px(16), side.w, page.h - ways_h - text_h - px(32) - (gap if ways else 0))
    if picture is not None and free.h >= px(110):
        painted += picture(free._replace(h=min(free.h, px(190))))
    return KeypadPage(field, keys, tuple(painted))


def _above(place: Rect, text: str, ways: tuple[Way, ...], room: Room) -> tuple[Element, ...]:
    high = room.touch(96)
    row = Rect(place.x, layout.below(place) - high, place.w, high)
    if not ways:
        return _words(place, text, room)
    cells = layout.columns(row, len(ways), max(room.px(16), GAP_PX))
    words = place._replace(h=row.y - room.px(12) - place.y)
    told = _words(words, text, room) if words.h >= _height(text, place.w, room) else ()
    return (*told, *(e for way, cell in zip(ways, cells, strict=True) for e in _way(cell, way, room)))


def _height(text: str, wide: int, room: Room) -> int:
    font = room.font(layout.BODY)
    return round(len(wrap(text, wide, font)) * font * 1.25) + 2


def _words(place: Rect, text: str, room: Room) -> tuple[Element, ...]:
    """In the body's size, or in the caption's where there is little room."""
    for design in (layout.BODY, layout.CAPTION):
        font = room.font(design)
        lines = len(wrap(text, place.w, font))
        if round(lines * font * 1.25) <= place.h and fits(text, place.w, lines, font, 500):
            break
    if int(place.h / (font * 1.25) + 0.2) < lines or not fits(text, place.w, lines, font, 500):
        return ()  # the title says it, and the voice all of it
    return (Label(place, text, font, max_lines=lines, line_height=1.25, valign="top"),)


def _ways(place: Rect, ways: tuple[Way, ...], room: Room, *, down: int) -> tuple[Element, ...]:
    cells = layout.rows(place, down, max(room.px(14), GAP_PX)) if ways else ()
    return tuple(e for way, cell in zip(ways, cells, strict=False) for e in _way(cell, way, room))


def _way(cell: Rect, way: Way, room: Room) -> tuple[Element, ...]:
    return button(cell, way.says, way.text, room=room, icon=way.icon, size=26)
