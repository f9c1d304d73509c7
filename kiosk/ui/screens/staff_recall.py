"""Recall a basket: those of this lane first, then what the store has of others, by the code that was shown."""

from typing import NamedTuple

from kiosk.checkout.events import BasketRecalled
from kiosk.checkout.pricing import count_items, due
from kiosk.checkout.questions import KeptBasket
from kiosk.checkout.state import Parked, State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import target
from kiosk.ui.screens.office import page
from kiosk.ui.screens.slip import items
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words, minutes
from kiosk.values.money import Money

_ROOM = Rect(64, 188, 1152, 496)


def scene(state: State, view: View, words: Words) -> Scene:
    """The latest first."""
    shown = banner(state, view, words)
    rows = [_own(parked, view, words) for parked in state.parked[::-1]]
    rows += [_other(kept, words) for kept in state.elsewhere]
    busy = words.say("Finish the open basket first.") if state.basket.lines else ""
    cells = layout.grid(_ROOM, 2, 4, 16, 16)
    head = words.say("Touch the shopper’s code") if rows else words.say("No basket is kept here.")
    elements: tuple[Element, ...] = (
        Label(Rect(64, 120, 1152, 52), head, layout.BODY, 600),
        *(element for cell, row in zip(cells, rows, strict=False) for element in _row(cell, row, busy)),
        *(paint(shown, Rect(64, 700, 1152, 88), words) if shown else ()),
    )
    return page("19-staff-recall", words.say("Recall basket"), state, view, words, elements, back=OpenPage("staff"))


class _Kept(NamedTuple):
    says: BasketRecalled
    code: str
    about: str
    cost: str


def _own(parked: Parked, view: View, words: Words) -> _Kept:
    counted = items(count_items(parked.basket), words)
    left = words.say("{time} left", time=minutes(parked.until_tick - view.now_ms))
    return _Kept(BasketRecalled(code=parked.code), parked.code, f"{counted} · {left}", words.money(due(parked.basket)))


def _other(kept: KeptBasket, words: Words) -> _Kept:
    about = f"{items(kept.items, words)} · {kept.till} · {words.time(kept.parked_utc_ms)}"
    return _Kept(BasketRecalled(code=kept.code, till=kept.till), kept.code, about, words.money(Money(kept.due_minor)))


def _row(cell: Rect, row: _Kept, busy: str) -> tuple[Element, ...]:
    return (
        target(cell, row.says, row.code, why_not=busy, value=row.cost),
        Label(Rect(cell.x + 28, cell.y, 160, cell.h), row.code, 38, 700, amount=True),
        Label(Rect(cell.x + 190, cell.y + 14, cell.w - 218, 36), row.about, layout.CAPTION, colour="ink2"),
        Label(Rect(cell.x + 190, cell.y + cell.h - 62, cell.w - 218, 48), row.cost, layout.BODY, 600, amount=True),
    )
