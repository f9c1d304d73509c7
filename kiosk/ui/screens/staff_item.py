"""Sell at a price, for staff: an item that has none, or one that nobody knows, by its kind of goods."""

from kiosk.checkout.permitting import PRICE_MOST_MINOR
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_form import card, field_and_keys, note, option
from kiosk.ui.view import ChooseTab, OpenPage, SubmitPrice, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_KINDS = 8


def scene(state: State, view: View, words: Words) -> Scene:
    """What it is at the left, what it costs at the right."""
    title, room = words.say("Sell at a price"), office(view)
    left, right = halves(body(room), room)
    number = int(view.typed) if view.typed else 0
    amount = words.money(Money(number)) if number else ""
    entry, keys = field_and_keys(right, room)
    why, sell = _why_not(state, view, words), words.say("Sell")
    elements: tuple[Element, ...] = (
        *(_held(left, state, words, room) if has_price_missing(state) else _kinds(left, view, words, room)),
        *field(entry, amount, ink="staff", room=room),
        *keypad(keys, words, sell, SubmitPrice(), room=room, style="staff", size=34, why_not=why),
    )
    return page("19-staff-item", title, state, view, words, elements, back=OpenPage("staff"), room=room)


def has_price_missing(state: State) -> bool:
    """Whether the held item is one whose price staff key."""
    return state.held is not None and state.held.found is not None and state.held.found.item.open_price


def _held(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    assert state.held is not None and state.held.found is not None
    item, px = state.held.found.item, room.px
    name, font = item.name_in(words.language), room.font(layout.TITLE)
    sheet = place._replace(h=min(place.h, px(44) + round(font * 2.3) + room.lines(layout.CAPTION) + px(20)))
    inner = layout.inset(sheet, px(28), px(22))
    named = inner._replace(h=round(font * 2.3))
    code = Rect(inner.x, layout.below(named) + px(8), inner.w, room.lines(layout.CAPTION))
    return (
        card(sheet, room),
        Label(named, name, font, 700, True, max_lines=2, plain=True),
        Label(code, item.gtin, room.font(layout.CAPTION), colour="ink2"),
    )


def _kinds(place: Rect, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    """The classes of tax, two in a row."""
    head_h, gap = room.lines(layout.BODY), max(room.px(16), GAP_PX)
    asked = words.say("What kind of goods is it?")
    rest = Rect(place.x, place.y + head_h + gap, place.w, place.h - head_h - gap)
    high = min((rest.h + gap) // (_KINDS // 2) - gap, room.touch(104))
    cells = layout.grid(rest._replace(h=(high + gap) * (_KINDS // 2) - gap), 2, _KINDS // 2, gap, gap)
    painted: list[Element] = [*note(place._replace(h=head_h), asked, room, weight=600)]
    for kind, cell in zip(view.tabs, cells, strict=False):
        painted += option(cell, ChooseTab(kind), kind_name(kind, words), kind == view.tab, room=room, size=26)
    return tuple(painted)


def kind_name(kind: str, words: Words) -> str:
    """What a class of tax is called; one that we have no word for keeps the pack's."""
    say = words.say
    known = {
        "food": say("Food and drink"),
        "standard": say("Other goods"),
        "alcohol": say("Alcohol"),
        "tobacco": say("Tobacco"),
        "books": say("Books and papers"),
        "exempt": say("Without tax"),
    }
    return known.get(kind) or kind[:1].upper() + kind[1:]


def _why_not(state: State, view: View, words: Words) -> str:
    if not has_price_missing(state) and view.tab not in view.tabs:
        return words.say("Choose first what kind of goods it is.")
    typed = int(view.typed) if view.typed else 0
    if not typed:
        return words.say("Type the price first.")
    return "" if typed <= PRICE_MOST_MINOR else words.say("That price is too high.")
