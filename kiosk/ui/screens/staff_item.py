"""Sell at a price, for staff: an item that has none, or one that nobody knows, by its kind of goods."""

from kiosk.checkout.permitting import PRICE_MOST_MINOR
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.office import page
from kiosk.ui.view import ChooseTab, OpenPage, SubmitPrice, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_KEYS = Rect(664, 228, 552, 470)


def scene(state: State, view: View, words: Words) -> Scene:
    """What it is at the left, what it costs at the right."""
    title = words.say("Sell at a price")
    shown = banner(state, view, words)
    typed = int(view.typed) if view.typed else 0
    amount = words.money(Money(typed)) if typed else ""
    elements: tuple[Element, ...] = (
        *(_held(state, words) if has_price_missing(state) else _kinds(view, words)),
        *field(Rect(664, 120, 552, 84), amount),
        *keypad(
            _KEYS, words, words.say("Sell"), SubmitPrice(), style="staff", size=34, why_not=_why_not(state, view, words)
        ),
        *(paint(shown, Rect(64, 708, 1152, 88), words) if shown else ()),
    )
    return page("19-staff-item", title, state, view, words, elements, back=OpenPage("staff"))


def has_price_missing(state: State) -> bool:
    """Whether the held item is one whose price staff key."""
    return state.held is not None and state.held.found is not None and state.held.found.item.open_price


def _held(state: State, words: Words) -> tuple[Element, ...]:
    assert state.held is not None and state.held.found is not None
    item = state.held.found.item
    return (
        Box(Rect(64, 120, 536, 200), "paper", radius=28),
        Label(Rect(92, 140, 480, 104), item.name_in(words.language), layout.TITLE, 700, True, max_lines=2, plain=True),
        Label(Rect(92, 256, 480, 40), item.gtin, layout.CAPTION, colour="ink2"),
    )


def _kinds(view: View, words: Words) -> tuple[Element, ...]:
    """The classes of tax, two in a row."""
    cells = layout.grid(Rect(64, 180, 536, 416), 2, 4, 16, 16)
    painted: list[Element] = [Label(Rect(64, 120, 536, 44), words.say("What kind of goods is it?"), layout.BODY, 600)]
    for kind, cell in zip(view.tabs, cells, strict=False):
        chosen = kind == view.tab
        painted += button(cell, ChooseTab(kind), kind_name(kind, words), style="staff" if chosen else "secondary",
                          size=26, role="radio", selected=chosen)  # fmt: skip
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
