"""Recall a basket: the suspended baskets of this lane, by the code that their shopper was shown."""

from kiosk.checkout.events import BasketRecalled
from kiosk.checkout.pricing import count_items, due
from kiosk.checkout.state import Parked, State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import target
from kiosk.ui.screens.office import page
from kiosk.ui.screens.slip import items
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words, minutes

_ROOM = Rect(64, 188, 1152, 496)
_SHOWN = 8


def scene(state: State, view: View, words: Words) -> Scene:
    """The latest first."""
    shown = banner(state, view, words)
    kept = state.parked[::-1][:_SHOWN]
    busy = words.say("Finish the open basket first.") if state.basket.lines else ""
    cells = layout.grid(_ROOM, 2, 4, 16, 16)
    head = words.say("Touch the shopper’s code") if kept else words.say("No basket is kept here.")
    elements: tuple[Element, ...] = (
        Label(Rect(64, 120, 1152, 52), head, layout.BODY, 600),
        *(
            element
            for cell, parked in zip(cells, kept, strict=False)
            for element in _row(cell, parked, view, words, busy)
        ),
        *(paint(shown, Rect(64, 700, 1152, 88), words) if shown else ()),
    )
    return page("19-staff-recall", words.say("Recall basket"), state, view, words, elements, back=OpenPage("staff"))


def _row(cell: Rect, parked: Parked, view: View, words: Words, busy: str) -> tuple[Element, ...]:
    counted = items(count_items(parked.basket), words)
    cost = words.money(due(parked.basket))
    left = words.say("{time} left", time=minutes(parked.until_tick - view.now_ms))
    return (
        target(cell, BasketRecalled(code=parked.code), parked.code, why_not=busy, value=cost),
        Label(Rect(cell.x + 28, cell.y, 160, cell.h), parked.code, 38, 700, amount=True),
        Label(Rect(cell.x + 190, cell.y + 14, cell.w - 218, 36), f"{counted} · {left}", layout.CAPTION, colour="ink2"),
        Label(Rect(cell.x + 190, cell.y + cell.h - 62, cell.w - 218, 48), cost, layout.BODY, 600, amount=True),
    )
