"""Goods tile: one thing to pick, its picture above its name and price (04a, 04b). Words go before the picture."""

from kiosk.search.shelf import Entry
from kiosk.ui import layout
from kiosk.ui.goods import goods_picture
from kiosk.ui.measure import wrap
from kiosk.ui.room import Room
from kiosk.ui.scene import Element, Label, Rect
from kiosk.ui.screens.face import fits, target
from kiosk.ui.view import Pick
from kiosk.ui.words import Words

_LEAST_PICTURE = 44
"""Below this a picture tells nothing (a length of the design)."""


def goods_tile(rect: Rect, entry: Entry, words: Words, room: Room) -> tuple[Element, ...]:
    """A name too long for one line takes two; a picture that this leaves too little room goes."""
    px, name, price = room.px, entry.name_in(words.language), _price(entry, words)
    font, small = room.font(layout.UTILITY_TEXT), room.font(layout.CAPTION)
    wide = layout.inset(rect, px(10), 0)
    line, price_h, low = round(font * 1.15), round(small * 1.2), px(10)
    free = rect.h - price_h - low - px(12)
    rows = min(2, len(wrap(name, wide.w, font, 600)))
    if free < rows * line:
        rows = 1
    priced = free >= rows * line
    side = free - rows * line
    pictured = priced and side >= px(_LEAST_PICTURE)
    top = layout.below(rect) - low - price_h - rows * line
    if not pictured:
        top = rect.y + (rect.h - rows * line - (price_h if priced else 0)) // 2
    picture = Rect(rect.x + px(20), rect.y + px(10), rect.w - 2 * px(20), side)
    label = Label(wide._replace(y=top, h=rows * line), name, font, 600, align="centre", max_lines=rows,
                  line_height=1.15, plain=True)  # fmt: skip
    below = wide._replace(y=top + rows * line, h=price_h)
    shown = priced and fits(price, wide.w, 1, small, 500)
    return (
        target(rect, Pick(entry.code), name, role="tile", value=price, radius=px(22)),
        *((goods_picture(picture, entry.picture, entry.category, f"{entry.name} ({entry.code})"),) if pictured else ()),
        label,
        *((Label(below, price, small, colour="ink2", align="centre", amount=True),) if shown else ()),
    )


def least_height(room: Room) -> int:
    """Of a tile with name and price."""
    return max(room.touch(80), room.lines(layout.UTILITY_TEXT, 1, 1.15) + room.lines(layout.CAPTION) + room.px(24))


def _price(entry: Entry, words: Words) -> str:
    """Of one or of a kilogram."""
    amount = words.amount(entry.price)
    return f"{amount}/kg" if entry.sold_by == "kg" else words.say("{amount} each", amount=amount)
