"""Picker's places: where tabs, tiles and the way through the pages of 04a stand in a room.

Tabs stand in a column beside the tiles; where that is too low, or the words too long, in a row or two above them. With
Lower controls all of it lies where hands reach: two rows of tiles, the search at their left, the tabs at the bottom.
"""

from typing import NamedTuple

from kiosk.ui import layout
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room
from kiosk.ui.scene import Rect
from kiosk.ui.screens.face import fits
from kiosk.ui.screens.goods_tile import least_height
from kiosk.ui.screens.utility import longest

_TAB_TEXT = layout.CAPTION


class Places(NamedTuple):
    """One layout of 04a."""

    title: Rect
    """Of no height where the field stands instead."""
    back: Rect
    field: Rect
    tabs: tuple[Rect, ...]
    tiles: tuple[Rect, ...]
    pager: Rect


def places(tabs: tuple[str, ...], room: Room) -> Places:
    """For tabs that are called so."""
    if room.portrait:
        return _upright(tabs, room)
    return _low(tabs, room) if room.reach else _wide(tabs, room)


def _wide(tabs: tuple[str, ...], room: Room) -> Places:
    z, px = room.zones, room.px
    right, gap = z.whole.x + z.whole.w, max(px(10), GAP_PX)
    least = max((longest(tab, room.font(_TAB_TEXT)) for tab in tabs), default=0) + 2 * px(12)
    tab_w = min(max(px(224), least), z.whole.w * 30 // 100)
    back = Rect(z.back.x, z.back.y, tab_w, z.back.h)
    field = Rect(back.x + tab_w + px(32), back.y, right - back.x - tab_w - px(32), back.h)
    area = Rect(field.x, layout.below(back) + px(24), field.w, z.utility.y - px(16) - layout.below(back) - px(24))
    pager = Rect(z.pay.x, z.utility.y, z.pay.w, z.utility.h)
    count = max(6, len(tabs))
    if (area.h - (count - 1) * gap) // count >= FLOOR_PX and least <= tab_w:
        column = layout.rows(Rect(back.x, area.y, tab_w, area.h - px(2)), count, gap)
        return Places(_none(field), back, field, column, _tiles(area, room, 4, 3), pager)
    whole = Rect(back.x, area.y, right - back.x, area.h)
    cells, high = _tab_rows(tabs, whole, room)
    rest = Rect(whole.x, whole.y + high + gap, whole.w, whole.h - high - gap)
    return Places(_none(field), back, field, cells, _tiles(rest, room, 4, 3), pager)


def _low(tabs: tuple[str, ...], room: Room) -> Places:
    z, px = room.zones, room.px
    x, wide, gap = z.whole.x, z.whole.w, max(px(16), GAP_PX)
    low = z.utility.y - max(px(16), GAP_PX)
    whole = Rect(x, room.top_touch, wide, low - room.top_touch)
    if z.notice.h:
        cells, _ = _tab_rows(tabs, Rect(x, z.notice.y, wide, z.notice.h), room)
    else:
        cells, high = _tab_rows(tabs, whole, room, below=True)
        whole = whole._replace(h=whole.h - high - gap)
    field, area = layout.shares(whole, (22, 78), gap)
    title = Rect(x, px(16), wide, room.top_touch - 2 * px(16))
    pager = Rect(z.pay.x, z.utility.y, z.pay.w, z.utility.h)
    return Places(title, z.back, field, cells, _tiles(area, room, 4, 2), pager)


def _upright(tabs: tuple[str, ...], room: Room) -> Places:
    z, px = room.zones, room.px
    x, wide, gap = z.whole.x, z.whole.w, max(px(20), GAP_PX)
    back = Rect(x, z.utility.y - px(46) - z.back.h, px(300), z.back.h)
    pager = Rect(x + wide - px(446), back.y, px(446), back.h)
    top = max(px(196), room.top_touch)
    field = Rect(x, top, wide, room.touch(110))
    below = layout.below(field) + px(38 if not room.reach else 24)
    cells, high = _tab_rows(tabs, Rect(x, below, wide, back.y - below), room, most=3)
    area_y = below + high + px(34 if not room.reach else 24)
    area = Rect(x, area_y, wide, back.y - px(45 if not room.reach else 30) - area_y)
    title = Rect(x, px(36), wide, px(196) - px(36) - px(20))
    if room.reach:
        title = title._replace(h=top - px(36) - px(40))
    return Places(title, back, field, cells, _tiles(area, room, 3, 2 if room.reach else 4, gap), pager)


def _none(rect: Rect) -> Rect:
    return rect._replace(h=0)


def _tab_rows(
    tabs: tuple[str, ...], area: Rect, room: Room, *, most: int = 6, below: bool = False
) -> tuple[tuple[Rect, ...], int]:
    """Tabs side by side and how high they are together: in one row, or two where their words are too long for one and
    a row of tiles stays. At the top of the area, or `below` at its foot."""
    count, gap = max(1, len(tabs)), max(room.px(16), GAP_PX)
    row_h = room.touch(80 if not room.portrait else 116)
    across = min(most, count)
    wide = (area.w - (across - 1) * gap) // across
    folded = any(not fits(tab, wide - 2 * room.px(10), 2, room.font(_TAB_TEXT), 600) for tab in tabs)
    if folded and across > 3 and area.h >= 2 * row_h + 2 * gap + least_height(room):
        across = 3
    down = -(-count // across)
    high = down * row_h + (down - 1) * gap
    if area.h < high:
        high = area.h
    top = layout.below(area) - high if below else area.y
    return layout.grid(area._replace(y=top, h=high), across, down, gap, gap)[:count], high


def _tiles(area: Rect, room: Room, across: int, down: int, gap: int = 16) -> tuple[Rect, ...]:
    """As many rows as have room for a name and a price, at most `down`."""
    gap_x, gap_y = max(room.px(gap), GAP_PX), max(room.px(gap if room.portrait else gap + 1), GAP_PX)
    across = across - 1 if room.large else across
    rows = max(1, min(down, (area.h + gap_y) // (least_height(room) + gap_y)))
    return layout.grid(area, across, rows, gap_x, gap_y)
