"""Recall a basket: those of this lane first, then what the store has of others, by the code that was shown."""

from typing import NamedTuple

from kiosk.checkout.events import BasketRecalled
from kiosk.checkout.pricing import count_items, due
from kiosk.checkout.questions import KeptBasket
from kiosk.checkout.state import Parked, State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.face import fits, target
from kiosk.ui.screens.office import body, page
from kiosk.ui.screens.slip import items
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words, minutes
from kiosk.values.money import Money

_MOST = 8


def scene(state: State, view: View, words: Words) -> Scene:
    """The latest first, in two columns; upright in one."""
    room = office(view)
    px, place, gap = room.px, body(room), max(room.px(16), GAP_PX)
    rows = [_own(parked, view, words) for parked in state.parked[::-1]]
    rows += [_other(kept, words) for kept in state.elsewhere]
    busy = words.say("Finish the open basket first.") if state.basket.lines else ""
    head = words.say("Touch the shopper’s code") if rows else words.say("No basket is kept here.")
    head_h = room.lines(layout.BODY)
    across = 1 if room.portrait else 2
    down = _MOST // across
    top = place.y + head_h + px(16)
    high = min((layout.below(place) - top - (down - 1) * gap) // down, room.touch(124))
    cells = layout.grid(Rect(place.x, top, place.w, down * (high + gap) - gap), across, down, gap, gap)
    elements: tuple[Element, ...] = (
        Label(place._replace(h=head_h), head, room.font(layout.BODY), 600),
        *(element for cell, row in zip(cells, rows, strict=False) for element in _row(cell, row, busy, room)),
    )
    title, back = words.say("Recall basket"), OpenPage("staff")
    return page("19-staff-recall", title, state, view, words, elements, back=back, room=room)


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


def _row(cell: Rect, row: _Kept, busy: str, room: Room) -> tuple[Element, ...]:
    """The code large, what is in the basket and what it costs beside it, where there is room for both."""
    px = room.px
    code_px = room.font(38)
    wide = text_width(row.code, code_px, 700) + px(4)
    left = cell.x + px(28) + wide + px(24)
    cost_w = text_width(row.cost, room.font(layout.BODY), 600) + 4
    beside = Rect(left, cell.y + 4, layout.right_of(cell) - px(20) - left, cell.h - 8)
    about_h = room.lines(layout.CAPTION)
    cost_h = room.lines(layout.BODY)
    both = about_h + cost_h <= beside.h and fits(row.about, beside.w, 1, room.font(layout.CAPTION), 500)
    top = beside.y + (beside.h - (about_h if both else 0) - cost_h) // 2
    cost = Rect(left, top + (about_h if both else 0), max(beside.w, cost_w), cost_h)
    about = Label(Rect(left, top, beside.w, about_h), row.about, room.font(layout.CAPTION), colour="ink2")
    return (
        target(cell, row.says, row.code, why_not=busy, value=row.cost, radius=room.px(20)),
        Label(Rect(cell.x + px(28), cell.y, wide, cell.h), row.code, code_px, 700, amount=True),
        *((about,) if both else ()),
        Label(cost, row.cost, room.font(layout.BODY), 600, amount=True),
    )
