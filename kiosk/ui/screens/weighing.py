"""05 Weighing: weigh, see, accept. Weight and price follow the scale; what is charged is the net weight at rest."""

from kiosk.checkout.events import WeighingAccepted, WeighingLeft
from kiosk.checkout.item import Item
from kiosk.checkout.scale import Plate, Verdict
from kiosk.checkout.state import State
from kiosk.checkout.weighing import amount, net_g, verdict
from kiosk.ui import layout
from kiosk.ui.goods import item_picture
from kiosk.ui.measure import largest, text_width, wrap
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Box, Element, Label, Mark, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import button, fits
from kiosk.ui.screens.price_check import with_foot
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import cut, utility
from kiosk.ui.view import LeaveScale, View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The item, what the scale says of it, Add."""
    assert state.weighing is not None
    room = room_in(state, view).paged
    item, now = state.weighing.item, verdict(state)
    title, wrong = words.say("Weigh your item"), words.say("Wrong item")
    shown = banner(state, view, words)
    card, foot = with_foot(room)
    left, right = cut(foot, (wrong, words.say("Add it")), (232, 464), room.px(16), room, 30)
    add = _add_text(item, right.w, words, room)
    return Scene(
        "05-weighing",
        room.panel.size,
        "ground",
        (
            *back("" if shown else title, WeighingLeft(), words, room),
            *(paint(shown, room.zones.title, words, room) if shown else ()),
            Box(card, "paper", radius=room.px(28)),
            *_told(layout.inset(card, room.px(32), room.px(20)), state, item, now, words, room),
            *button(left, LeaveScale("picker"), wrong, icon="undo-variant", icon_px=38, gap=12, size=26, room=room),
            *_add(right, state, add, now, words, room),
            *utility(state, words, room, back=True),
            *basket(state, view, words, room=room),
            *(() if room.portrait else pay(state, words, room=room)),
        ),
        focus=(add, wrong),
        title=title,
    )


def _told(place: Rect, state: State, item: Item, now: Verdict, words: Words, room: Room) -> tuple[Element, ...]:
    """From above: the item; the figures, or what to do; what the plate says. The item's picture yields, then what it
    costs; the figures are set smaller then. Without certificates it says by the plate that this is not for trade."""
    plate = _plate_text(state.lane.scale or Plate(), words)
    usual = room.font(layout.CAPTION)
    plate_px = usual * place.w // text_width(plate, usual) if text_width(plate, usual) > place.w else usual
    row_h = round(plate_px * 1.5)
    warning = "" if state.lane.trade.certificates else words.say("Not for trade")
    beside = text_width(plate, plate_px) + room.px(20) + _warned_w(warning, plate_px) <= place.w
    plate_h = row_h if beside else 2 * row_h
    below = Rect(place.x, layout.below(place) - plate_h, place.w, plate_h)
    free = Rect(place.x, place.y, place.w, below.y - room.px(12) - place.y)
    figures = now in ("ready", "moving")
    least = room.lines(24, 1, 1.55) + room.font(56) if figures else room.lines(28, 3)
    item_h, said = _item(free, free.h - least - room.px(12), item, words, room)
    rest = Rect(free.x, free.y + item_h + room.px(12), free.w, free.h - item_h - room.px(12))
    return (
        *said,
        *(_figures(rest, state, now, words, room) if figures else _asks(rest, now, words, room)),
        Box(Rect(place.x, below.y - room.px(10), place.w, 2), "hair"),
        *((_warned(below._replace(h=row_h), warning, plate_px, at_end=beside),) if warning else ()),
        Label(below._replace(y=layout.below(below) - row_h, h=row_h), plate, plate_px, colour="ink2", amount=True),
    )


def _warned_w(warning: str, font: int) -> int:
    return text_width(warning, font, 700) + round(font * 1.1) + 16 if warning else 0


def _warned(place: Rect, warning: str, font: int, *, at_end: bool) -> Element:
    """That no weight here may be sold by."""
    mark, word = Mark("alert", round(font * 1.1), "warn"), Word(warning, font, 700, colour="warn", max_lines=1)
    return Row(place, (mark, word), 8, "end" if at_end else "start")


def _item(place: Rect, most: int, item: Item, words: Words, room: Room) -> tuple[int, tuple[Element, ...]]:
    """Name and price per kilogram, and how high they are: `most` at most, if the name alone is not higher."""
    px = room.px
    price = f"{words.money(item.price)}/kg"
    taken_off = words.say("paper bag {grams} g taken off", grams=item.tare_g) if item.tare_g else ""
    side = px(132) if most >= px(132) + px(6) and not room.large else 0
    left = place.x + (side + px(24) if side else 0)
    wide = layout.right_of(place) - left
    caption_px = room.font(layout.CAPTION)
    both = f"{price} · {taken_off}" if taken_off else price
    rows = (both,) if text_width(both, caption_px) <= wide or not taken_off else (price, taken_off)
    detail = "\n".join(rows)
    lines = len(wrap(detail, wide, caption_px))
    name_px = room.font(layout.TITLE)
    if name_px * 1.2 + lines * caption_px * 1.35 > most:
        name_px = room.font(32)
    name_h, detail_h = round(name_px * 1.2), round(lines * caption_px * 1.35)
    shown = name_h + detail_h <= max(most, side) and fits(detail, wide, lines, caption_px, 500)
    high = max(side, name_h + (detail_h if shown else 0))
    top = place.y + (high - name_h - (detail_h if shown else 0)) // 2 + (px(6) if side else 0)
    plate = Rect(place.x, place.y + px(6), side, side)
    return high + (px(6) if side else 0), (
        *((Box(plate, "plate", radius=px(24)),
           item_picture(layout.inset(plate, px(16)), item)) if side else ()),
        Label(Rect(left, top, wide, name_h), item.name_in(words.language), name_px, 700, True, plain=True),
        *((Label(Rect(left, top + name_h, wide, detail_h), detail, caption_px, colour="ink2", max_lines=lines,
                 line_height=1.3),) if shown else ()),
    )  # fmt: skip


def _figures(place: Rect, state: State, now: Verdict, words: Words, room: Room) -> tuple[Element, ...]:
    """The net weight and the price; while the load moves neither counts."""
    px, ready, net = room.px, now == "ready", net_g(state)
    assert state.weighing is not None
    weight = words.weight(net).replace("\xa0kg", "") if ready else "–"
    price = words.money(amount(state)) if ready else "–"
    caption_px = room.font(layout.CAPTION)
    row_h = round(caption_px * 1.55)
    high = min(place.h - row_h, round(room.font(layout.HERO) * 1.05))
    widest = place.w * 54 // 100
    hero = next((size for size in range(room.font(layout.HERO), 20, -4)
                 if size <= high and text_width(weight, size, 800, True) <= widest), 24)  # fmt: skip
    kg_px = max(room.font(28), hero * 42 // 100)
    wide = text_width(weight, hero, 800, True)
    top = place.y + max(0, (place.h - row_h - hero) // 2)
    figures = Rect(place.x, top + row_h, place.w, hero)
    kg = Rect(place.x + wide + px(14), figures.y, text_width("kg", kg_px, 700, True) + 4, figures.h)
    left = layout.right_of(kg) + px(16)
    price_at = Rect(left, figures.y, layout.right_of(place) - left, figures.h)
    sizes = tuple(min(hero, room.font(size)) for size in (layout.TOTAL, layout.TITLE, 34, 28, 24))
    price_px = largest(price, price_at.w, sizes)
    # All stand on one line: smaller type is moved down to it.
    return (
        *_caption(Rect(place.x, top, place.w, row_h), ready, words, room),
        Label(figures._replace(w=wide + px(8)), weight, hero, 800, True, amount=True),
        Label(kg._replace(y=kg.y + (hero - kg_px) * 36 // 100), "kg", kg_px, 700, True),
        Label(price_at._replace(y=price_at.y + (hero - price_px) * 36 // 100), price, price_px, 800, True, "primary",
              align="end", amount=True),
    )  # fmt: skip


def _caption(row: Rect, ready: bool, words: Words, room: Room) -> tuple[Element, ...]:
    """`Net weight`, whether it is steady, and `Price`: what has no room goes, from the outer ends."""
    px, font = room.px, room.font(layout.CAPTION)
    caption, price = words.say("Net weight"), words.say("Price")
    steady = words.say("Steady") if ready else words.say("Hold still")
    mark = Mark("check-circle", room.icon(28), "primary") if ready else Mark("timer-sand", room.icon(28), "ink2")
    chip_w = text_width(steady, font, 600) + room.icon(28) + px(10) + 2 * px(18)
    named = text_width(caption, font, 500) + px(18)
    priced = text_width(price, font, 500) + px(18)
    priced = priced if named + chip_w + priced <= row.w else 0
    named = named if named + chip_w <= row.w else 0
    chip = Row(Rect(row.x + named, row.y, chip_w, row.h), (mark, Word(steady, font, 600, max_lines=1)), px(10), "start",
               "primary-soft" if ready else "sunk", px(18), px(18))  # fmt: skip
    return (
        *((Label(row._replace(w=named), caption, font, colour="ink2"),) if named else ()),
        chip,
        *((Label(row, price, font, colour="ink2", align="end"),) if priced else ()),
    )


def _asks(place: Rect, now: Verdict, words: Words, room: Room) -> tuple[Element, ...]:
    """What to do before it can be weighed."""
    text = asked(now, words)
    for size in (36, 32, 28, 24):
        font = room.font(size)
        rows = len(wrap(text, place.w, font, 600))
        if rows * font * 1.2 <= place.h:
            break
    return (Label(place, text, font, 600, max_lines=rows, line_height=1.2),)


def asked(now: Verdict, words: Words) -> str:
    """One sentence for each thing that keeps a load from being sold; empty: nothing does."""
    say = words.say
    return {
        "ready": "",
        "moving": say("Hold still"),
        "empty": say("Put it on the scale."),
        "light": say("Too light to weigh. Please ask our staff."),
        "heavy": say("Too heavy. Take some off, please."),
        "twice": say("This has been added already. Take it off the scale, then put the next thing on."),
        "lift": say("Please take it off the scale and put it back."),
        "under": say("Please take everything off the scale."),
        "fault": say("The scale needs a hand. Please ask our staff."),
        "away": say("The scale needs a hand. Please ask our staff."),
    }[now]


def _plate_text(plate: Plate, words: Words) -> str:
    """What the scale's plate says: the same in every language."""
    kilos, grams = divmod(plate.max_g, 1000)
    most = f"{kilos} kg" if not grams else f"{words.weight(plate.max_g)}"
    return f"Max {most}   Min {plate.min_g} g   e = {plate.step_g} g"


def _add(place: Rect, state: State, text: str, now: Verdict, words: Words, room: Room) -> tuple[Element, ...]:
    accepted, why_not = WeighingAccepted(gross_g=state.devices.scale.grams or 0), asked(now, words)
    return button(place, accepted, text, style="primary", icon="check-bold", icon_px=48, size=30, why_not=why_not,
                  room=room)  # fmt: skip


def _add_text(item: Item, wide: int, words: Words, room: Room) -> str:
    """`Add bananas`; a name that is too long for the button is left out."""
    name = item.name_in(words.language)
    lowered = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    text = words.say("Add {item}", item=lowered)
    return text if text_width(text, room.font(30), 600) < wide - room.px(130) else words.say("Add it")
