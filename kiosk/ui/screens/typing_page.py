"""Typing page: everything with a keyboard is laid out alike (04b, 09, 14c; DESIGN-UI 3.1).

Slip and utility row have left; Back stands on top, the keys at the bottom, between them the field, what is done with
what was typed, and a strip of quick answers. With Lower controls the field is only read, at the top, and whatever can
be touched is one row right above the keys; where there is no room even for that, the last row of keys takes it in.
"""

from typing import NamedTuple

from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room
from kiosk.ui.scene import Element, Rect
from kiosk.ui.screens.face import button
from kiosk.ui.view import TypeKey

_NONE = Rect(0, 0, 0, 0)


class TypingPage(NamedTuple):
    """Places; one of no height is not there."""

    back: Rect
    """Of no height: Back is a key of the last row, and so is what stands `beside`."""
    title: Rect
    field: Rect
    beside: Rect
    """What is done with what was typed."""
    quick: Rect
    note: Rect
    """Below a field that is only read: what else there is to say."""
    reach: bool = False
    """Whether all that is touched is one row."""


def typing_page(room: Room, beside: int, *, titled: bool) -> TypingPage:
    """`beside`: the design's width of what stands at the field; 0: nothing. `titled`: a title stands beside Back, else
    the field does."""
    if room.portrait:
        return _upright(room, beside, titled) or _low(room, beside)
    return _low(room, beside) if room.reach else _wide(room, beside, titled)


def _wide(room: Room, beside: int, titled: bool) -> TypingPage:
    z, px = room.zones, room.px
    x, right = z.whole.x, z.whole.x + z.whole.w
    low = z.keyboard.y - room.key_pad - max(px(20), GAP_PX)
    back = z.back if titled else z.back._replace(w=room.touch(224))
    if titled and low - layout.below(back) - px(24) - max(px(20), GAP_PX) >= 2 * FLOOR_PX:
        title = Rect(layout.right_of(back) + px(24), back.y, right - layout.right_of(back) - px(24), back.h)
        row_y = layout.below(back) + px(24)
        field_h = min(room.touch(100), low - row_y - max(px(20), GAP_PX) - FLOOR_PX)
        field, action = _cut(Rect(x, row_y, right - x, field_h), beside, room)
        quick_y = row_y + field_h + max(px(20), GAP_PX)
        quick = Rect(x, quick_y, right - x, min(room.touch(88), low - quick_y))
        return TypingPage(back, title, field, action, quick, _NONE)
    start = layout.right_of(back) + px(24 if titled else 32)
    field, action = _cut(Rect(start, back.y, right - start, back.h), beside, room)
    quick_y = layout.below(back) + max(px(20), GAP_PX)
    return TypingPage(back, _NONE, field, action, Rect(x, quick_y, right - x, low - quick_y), _NONE)


def _upright(room: Room, beside: int, titled: bool) -> TypingPage | None:
    """None: there is no room for it where hands reach."""
    z, px = room.zones, room.px
    x, wide, low = z.whole.x, z.whole.w, z.keyboard.y - px(44)
    top, field_h, quick_h = max(px(40), room.top_touch), room.touch(116), room.touch(116)
    heights = z.back.h + px(36) + field_h + px(28) + quick_h
    if low - top < heights + (0 if titled else room.lines(layout.BODY)):
        return None
    if titled:
        top = low - heights
    back = Rect(x, top, z.back.w, z.back.h)
    title = Rect(x + back.w + px(24), top, wide - back.w - px(24), back.h)
    field, action = _cut(Rect(x, layout.below(back) + px(36), wide, field_h), beside, room)
    quick_y = layout.below(field) + px(28)
    return TypingPage(back, title, field, action, Rect(x, quick_y, wide, low - quick_y), _NONE)


def _low(room: Room, beside: int) -> TypingPage:
    z, px = room.zones, room.px
    x, wide, margin = z.whole.x, z.whole.w, px(40 if room.portrait else 16)
    row_h = z.keyboard.y - GAP_PX - room.top_touch
    low = room.top_touch if row_h >= FLOOR_PX else z.keyboard.y - room.key_pad - GAP_PX
    title = Rect(x, margin, wide, min(max(px(88), FLOOR_PX), (low - margin) * 40 // 100))
    field = Rect(x, layout.below(title) + px(12), wide, min(px(100), (low - margin) * 30 // 100))
    note_y = layout.below(field) + px(12)
    note = Rect(x, note_y, wide, low - px(12) - note_y)
    if row_h < FLOOR_PX:
        return TypingPage(_NONE, title, field, _NONE, _NONE, note, reach=True)
    gap = max(px(16), GAP_PX)
    back = Rect(x, room.top_touch, max(z.back.w, room.touch(170)), row_h)
    rest = Rect(x + back.w + gap, back.y, wide - back.w - gap, row_h)
    quick, action = _cut(rest, beside, room)
    return TypingPage(back, title, field, action, quick, note, reach=True)


def _cut(row: Rect, beside: int, room: Room) -> tuple[Rect, Rect]:
    """A row and what stands at its end."""
    if not beside:
        return row, _NONE
    wide, gap = room.touch(beside), max(room.px(24 if beside > 100 else 16), GAP_PX)
    left = row._replace(w=row.w - wide - gap)
    return left, row._replace(x=layout.right_of(left) + gap, w=wide)


def endings(place: Rect, texts: tuple[str, ...], room: Room) -> tuple[Element, ...]:
    """The usual ends of an address, for one touch: as many as there is room for, as wide as their words."""
    font, gap, pad = room.font(layout.BODY), max(room.px(16), GAP_PX), room.px(28)
    at = place.x
    painted: list[Element] = []
    if place.h < FLOOR_PX:
        return ()
    for text in texts:
        wide = max(FLOOR_PX, text_width(text, font, 600) + 2 * pad)
        if at + wide > layout.right_of(place):
            break
        cell = Rect(at, place.y, wide, min(place.h, room.touch(116 if room.portrait else 88)))
        painted += button(cell, TypeKey(text), text, room=room)
        at += wide + gap
    return tuple(painted)
