"""04d Check a price: what is scanned is shown and not added, until Back. `Add it` buys what is shown after all."""

from itertools import product

from kiosk.checkout.basket import Line
from kiosk.checkout.events import PriceCheckBought, PriceCheckClosed
from kiosk.checkout.freshness import as_labelled
from kiosk.checkout.pricing import line_total
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.goods import item_picture
from kiosk.ui.measure import block_width, largest, text_width, wrap
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Box, Element, Label, Picture, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import button
from kiosk.ui.screens.scan import pay, price_of_one
from kiosk.ui.screens.slip import basket, detail
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The card is empty until something is scanned."""
    room = room_in(state, view).paged
    title = words.say("Check a price")
    shown = banner(state, view, words)
    why_not = "" if _line(state) else words.say("Scan something first.")
    card, foot = with_foot(room)
    add = words.say("Add it")
    return Scene(
        "04d-price-check",
        room.panel.size,
        "ground",
        (
            *back("" if shown else title, PriceCheckClosed(), words, room),
            *(paint(shown, room.zones.title, words, room) if shown else ()),
            Box(card, "paper", radius=room.px(28)),
            *_shown(card, state, words, room),
            *button(foot, PriceCheckBought(), add, style="primary", icon="plus", why_not=why_not, room=room),
            *utility(state, words, room, back=True),
            *basket(state, view, words, room=room),
            *(() if room.portrait else pay(state, words, meanwhile=words.say("Go back first, then pay."), room=room)),
        ),
        title=title,
    )


def with_foot(room: Room) -> tuple[Rect, Rect]:
    """A card, and the row of buttons below it, in a page with Back."""
    page, px = room.zones.page, room.px
    if not room.portrait:
        page = Rect(page.x, page.y - px(4), page.w, page.h + px(8))
    high = room.touch(112 if room.large else 88)
    foot = Rect(page.x, layout.below(page) - high, page.w, high)
    return page._replace(h=foot.y - px(20) - page.y), foot


def _line(state: State) -> Line | None:
    """What was scanned last, as the line that it would be."""
    found = state.price_check.found if state.price_check is not None else None
    if found is None:
        return None
    item = as_labelled(found.item, found.label, state.lane.short_date)
    return Line(line=0, item=item, count=found.count, weight_g=found.weight_g)


def _shown(card: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    line = _line(state)
    inside = layout.inset(card, room.px(32), room.px(20))
    if line is None:
        return _how(inside, words, room)
    loose = line.item.sold_by == "kg" and line.weight_g is None
    price = f"{words.money(line.item.price)}/kg" if loose else words.money(line_total(line))
    if line.item.open_price:
        return _priced(inside, line, "", words.say("Our staff know the price."), room, words)
    return _priced(inside, line, "" if loose else price_of_one(line, words), price, room, words)


def _how(inside: Rect, words: Words, room: Room) -> tuple[Element, ...]:
    """What to do, beside a picture of it if there is room."""
    how = words.say("Hold the barcode over the glass. You see the price here, and nothing is added.")
    pictured = min(room.px(300), inside.h) if not room.large else 0
    for side, font in product((pictured, 0), (room.font(layout.BODY), room.font(layout.CAPTION))):
        left = inside.x + (side + room.px(24) if side else 0)
        text = Rect(left, inside.y, layout.right_of(inside) - left, inside.h)
        rows = wrap(how, text.w, font)
        if len(rows) * font * 1.25 <= text.h and block_width(how, text.w, font) <= text.w:
            break
    picture = Rect(inside.x, inside.y, side, inside.h)
    return (
        *((Picture(picture, "svg:scan"),) if side else ()),
        Label(text, how, font, max_lines=max(2, int(text.h / (font * 1.25))), line_height=1.25),
    )


def _priced(inside: Rect, line: Line, reckoning: str, price: str, room: Room, words: Words) -> tuple[Element, ...]:
    """Picture, name and how the price comes about; the price below. The picture yields, then the reckoning."""
    px = room.px
    figures = any(letter.isdigit() for letter in price)
    sizes = tuple(room.font(size) for size in (layout.DISPLAY, 52, layout.TITLE, 34))
    price_px = largest(price, inside.w, sizes) if figures else room.font(32)
    rows = 1 if figures else len(wrap(price, inside.w, price_px, 700, True))
    price_h = round(rows * price_px * 1.2)
    free = inside.h - price_h - px(16)
    side = min(px(240), free) if inside.w >= px(560) and not room.large else 0
    side = side if side >= px(90) else 0
    plate = Rect(inside.x, inside.y + (px(12) if free >= side + px(12) else 0), side, side)
    left = inside.x + (side + px(32) if side else 0)
    wide = layout.right_of(inside) - left
    caption_px = room.font(layout.CAPTION)
    if text_width(reckoning, caption_px) > wide:
        reckoning = detail(line, words)
    caption_h = round(caption_px * 1.4) if reckoning and text_width(reckoning, caption_px) <= wide else 0
    name_px = room.font(layout.TITLE)
    name_rows = 2 if 2 * name_px * 1.1 + caption_h <= free else 1
    name_h = min(round(name_rows * name_px * 1.1) + 8, free)
    top = plate.y + px(16) if side >= name_h + caption_h + px(24) else inside.y
    if name_h + caption_h > free:
        caption_h = 0
    name = Rect(left, top, wide, name_h)
    return (
        *((Box(plate, "plate", radius=px(24)), item_picture(layout.inset(plate, side * 28 // 240), line.item))
          if side else ()),
        Label(name, line.item.name_in(words.language), name_px, 700, True, max_lines=name_rows, line_height=1.1,
              plain=True),
        *((Label(Rect(left, layout.below(name) + px(8 if side else 0), wide, caption_h), reckoning, caption_px,
                 colour="ink2", amount=True),) if caption_h else ()),
        Label(Rect(inside.x, layout.below(inside) - price_h, inside.w, price_h), price, price_px,
              800 if figures else 700, True, "primary", amount=figures, max_lines=rows),
    )  # fmt: skip
