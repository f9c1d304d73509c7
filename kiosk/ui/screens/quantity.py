"""08 Change or remove: one line on a sheet, with a draft quantity that is nothing until it is saved.

What was weighed on this lane has no number to change: it can be weighed again.
"""

from typing import NamedTuple

from msgspec.structs import replace

from kiosk.checkout.basket import Line
from kiosk.checkout.events import LineVoided, QuantityChanged, WeighedAgain
from kiosk.checkout.offers.rule import Saved
from kiosk.checkout.pricing import line_total, savings
from kiosk.checkout.state import State
from kiosk.checkout.weighing import can_again
from kiosk.ui import layout
from kiosk.ui.goods import item_picture
from kiosk.ui.measure import largest, text_width, wrap
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room, room_in
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Row, Scene, Word
from kiosk.ui.screens import scan
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.deals import offer_name
from kiosk.ui.screens.face import INK, LOCK, button, fits, target
from kiosk.ui.screens.prompt import answer_height
from kiosk.ui.screens.sheet import close, docked, over
from kiosk.ui.screens.slip import how_priced
from kiosk.ui.view import StepQuantity, View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money


class _Places(NamedTuple):
    """The card cut up, from below: answers, what is changed, the words above."""

    card: Rect
    picture: Rect
    """No width: it yielded."""
    head: Rect
    change: Rect
    left: Rect
    right: Rect


def most(state: State, line: Line) -> int:
    """The highest count that the line may have."""
    return line.item.max_quantity or state.lane.max_quantity


def scene(state: State, view: View, words: Words) -> Scene:
    """The sheet over 02; 02 itself when the line is gone."""
    line = next((line for line in state.basket.lines if line.line == view.line), None)
    base = scan.scene(state, replace(view, why=""), words)
    shown = banner(state, view, words) if view.why else None
    if line is None:
        return base
    room = room_in(state, view)
    draft = replace(line, count=view.draft_count or line.count)
    name = line.item.name_in(words.language)
    weighs = can_again(state, line)
    remove, save = words.say("Remove"), words.say("Weigh again") if weighs else words.say("Save change")
    at = _places((remove, save), room)
    fixed = words.say("A weighed item has no number to change.") if line.weight_g is not None else ""
    fixed = "" if weighs else fixed
    changed = WeighedAgain(line=line.line) if weighs else QuantityChanged(line=line.line, count=draft.count)
    icon = "scale" if weighs else "check-bold"
    elements = (
        *_picture(at.picture, line, room),
        *(paint(shown, at.head, words, room) if shown else _told(at.head, state, draft, words, room)),
        *close(at.card, words, room),
        *_change(at.change, state, draft, words, room),
        *button(at.left, LineVoided(line=line.line), remove, style="danger", icon="trash-can-outline", room=room),
        *button(at.right, changed, save, style="primary", icon=icon, size=34, why_not=fixed, room=room),
    )
    steps = (words.say("One less"), words.say("One more")) if line.weight_g is None else ()
    order = (*steps, save, remove, words.say("Close"))
    return over(base, "08-quantity", at.card, elements, name, order, room)


def _places(answers: tuple[str, ...], room: Room) -> _Places:
    px = room.px
    card = docked(px(640 if room.portrait else 640 if room.large else 560), room)
    pictured = not room.large and not room.portrait and card.h >= px(440)
    picture = Rect(card.x + px(32), card.y + px(32), px(280) if pictured else 0, card.h - 2 * px(32))
    left = layout.right_of(picture) + (px(36) if pictured else 0)
    wide = layout.right_of(card) - px(32) - left
    answer_h = max(room.touch(130 if room.portrait else 104), answer_height(answers, wide, room, 34))
    tight = card.h < px(500)
    foot = Rect(left, layout.below(card) - px(24 if tight else 32) - answer_h, wide, answer_h)
    cross = room.touch(88)
    head = Rect(left, card.y + px(32), wide - cross - px(24), cross)
    free = foot.y - layout.below(head)
    high = min(room.touch(140), free - 2 * GAP_PX)
    if room.portrait:
        high = min(room.touch(150), free - 2 * GAP_PX)
    gap = min(px(30), (free - high) // 2)
    change = Rect(left, layout.below(head) + gap, wide, high)
    if room.portrait or card.h >= px(600):
        change = change._replace(y=foot.y - px(40) - high)
        head = head._replace(h=change.y - px(16) - head.y)
    one, two = layout.shares(foot, (300, 520), px(16))
    return _Places(card, picture, head, change, one, two)


def _picture(place: Rect, line: Line, room: Room) -> tuple[Element, ...]:
    if not place.w:
        return ()
    plate = Box(place, "plate", radius=room.px(22))
    side = place.w - 2 * room.px(34)
    return plate, item_picture(layout.middle(place, side, side), line.item)


def _told(place: Rect, state: State, draft: Line, words: Words, room: Room) -> tuple[Element, ...]:
    """The name, all of it if two lines are enough; what one costs; the offer."""
    name, price = draft.item.name_in(words.language), _price(draft, words)
    caption_px = room.font(layout.CAPTION)
    caption_h = round(caption_px * 1.38)
    for size in (layout.TITLE, 36, 32, 28, 24):
        font = room.font(size)
        rows = len(wrap(name, place.w, font, 700, True))
        if rows * font * 1.1 + caption_h <= place.h and fits(name, place.w, rows, font, 700, True):
            break
    rows = max(1, min(rows, int((place.h - caption_h) / (font * 1.1))))
    name_h = round(rows * font * 1.1) + 2
    below = Rect(place.x, place.y + name_h + (room.px(5) if room.portrait else 0), place.w, caption_h)
    short = (
        price if text_width(price, caption_px) <= place.w else how_priced(draft, words, words.amount(draft.item.price))
    )
    offers = [offer_name(one.offer, words) for one in _savings(state, draft)]
    return (
        Label(Rect(place.x, place.y, place.w, name_h), name, font, 700, True, max_lines=rows, line_height=1.1,
              plain=True),
        *((Label(below, short, caption_px, colour="ink2", amount=True),)
          if text_width(short, caption_px) <= place.w and name_h + caption_h <= place.h + 4 else ()),
        *_tag(below, text_width(short, caption_px) + room.px(12), offers[0] if offers else "", room),
    )  # fmt: skip


def _tag(row: Rect, left: int, text: str, room: Room) -> tuple[Element, ...]:
    """The offer that the line is in, if there is room for its name."""
    font = room.font(layout.CAPTION)
    wide = text_width(text, font, 600) + 2 * room.px(10) + 2
    if not text or left + wide > row.w:
        return ()
    chip = (Word(text, font, 600, colour="on-sun", max_lines=1),)
    return (Row(Rect(row.x + left, row.y, wide, row.h), chip, 0, "start", "sun", room.px(10), room.px(8)),)


def _price(line: Line, words: Words) -> str:
    price = words.money(line.item.price)
    if line.weight_g is not None:
        return scan.price_of_one(line, words)
    return words.say("{price} each", price=price)


def _savings(state: State, draft: Line) -> list[Saved]:
    """What offers take off the line as it would be."""
    lines = tuple(draft if line.line == draft.line else line for line in state.basket.lines)
    basket = state.basket if lines == state.basket.lines else replace(state.basket, lines=lines)
    return [one for one in savings(basket) if one.line == draft.line]


def _change(place: Rect, state: State, draft: Line, words: Words, room: Room) -> tuple[Element, ...]:
    """The stepper, and what the line comes to beside it."""
    px = room.px
    side = max(FLOOR_PX, min(px(140), place.h))
    middle = min(px(282), place.w - 2 * side - px(200))
    sum_x = place.x + 2 * side + middle + px(14)
    sums = Rect(sum_x, place.y, layout.right_of(place) - sum_x, place.h)
    if draft.weight_g is not None:
        return _line_total(sums, state, draft, words, room)
    limit = most(state, draft)
    lowest = words.say("One is the least. Remove takes the line out.") if draft.count <= 1 else ""
    highest = words.say("{count} is the most we can sell of this item.", count=limit) if draft.count >= limit else ""
    less = Rect(place.x, place.y + (place.h - side) // 2, side, side)
    more = less._replace(x=place.x + side + middle)
    figure = words.number(draft.count)
    size = largest(figure, middle, (min(px(106), place.h), px(84), px(64), px(48), 34))
    return (
        *_step(less, -1, "minus", (words.say("One less"), figure), lowest, room),
        *_step(more, 1, "plus", (words.say("One more"), figure), highest, room),
        Label(Rect(place.x + side, place.y, middle, place.h), figure, size, 800, True, align="centre", amount=True),
        *_line_total(sums, state, draft, words, room),
    )


def _step(rect: Rect, by: int, icon: str, named: tuple[str, str], why: str, room: Room) -> tuple[Element, ...]:
    name, figure = named
    face = target(rect, StepQuantity(by), name, why_not=why, value=figure, radius=room.px(20))
    return face, Icon(rect, icon if not why else LOCK, INK[face.style], room.icon(72))


def _line_total(place: Rect, state: State, draft: Line, words: Words, room: Room) -> tuple[Element, ...]:
    """What is paid for the line, and what offers save on it: one word above, one below, as far as there is room."""
    less = Money(sum(one.minor for one in _savings(state, draft)))
    figure = words.money(line_total(draft) - less)
    size = largest(figure, place.w, tuple(room.font(s) for s in (51, layout.TITLE, 34, 28, 24)))
    caption_px, high = room.font(layout.CAPTION), round(size * 1.15)
    row = round(caption_px * 1.25)
    above = words.say("Line total")
    below = words.say("You save {amount}", amount=words.amount(less)) if less != ZERO else ""
    above = above if fits(above, place.w, 1, caption_px, 500) and row + high <= place.h else ""
    below = below if fits(below, place.w, 1, caption_px, 500) and (2 if above else 1) * row + high <= place.h else ""
    used = high + (row if above else 0) + (row if below else 0)
    top = place.y + (place.h - used) // 2
    at = Rect(place.x, top, place.w, row)
    figure_at = Rect(place.x, top + (row if above else 0), place.w, high)
    return (
        *((Label(at, above, caption_px, colour="ink2", align="end"),) if above else ()),
        Label(figure_at, figure, size, 800, True, align="end", amount=True),
        *((Label(at._replace(y=layout.below(figure_at)), below, caption_px, colour="ink2", align="end"),)
          if below else ()),
    )  # fmt: skip
