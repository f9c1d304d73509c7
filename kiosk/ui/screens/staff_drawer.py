"""Cash in the drawer: a float comes in, a pick-up goes out, or all of it is counted. One amount, three things to do."""

from kiosk.checkout.events import CashMoved, DrawerCounted, Event
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import Room, office
from kiosk.ui.scene import Element, Rect, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_form import Fact, card, counting, fact, keyed, note
from kiosk.ui.screens.staff_keys import amount_keys
from kiosk.ui.view import Look, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money


def scene(state: State, view: View, words: Words) -> Scene:
    """What must be there, and what was keyed."""
    say, amount, room = words.say, Money(int(view.typed or "0")), office(view)
    why = "" if view.typed else say("Key in the amount first.")
    acts: list[tuple[Event | Look, str, str, str]] = [
        (CashMoved(kind="float", amount=amount), say("Float in"), "cash-plus", why),
        (CashMoved(kind="pickup", amount=amount), say("Pick-up out"), "cash-minus", why),
        (DrawerCounted(amount=amount), say("All of it, counted"), "counter", why),
    ]
    if state.lane.cash_machine:
        acts.append((OpenPage("staff_machine"), say("Cash machine"), "cash-multiple", ""))
    places = counting(halves(body(room), room, 47, 53), len(acts), room)
    told = say("Float, pick-ups and all cash of the sales. A count says what is really there.")
    there = Fact(say("In the drawer"), words.amount(Money(state.day.cash_minor)), large=True)
    elements = (
        *drawn(places.facts, there, told, room),
        *(e for cell, act in zip(places.acts, acts, strict=True) for e in _act(cell, *act, room)),
        *keyed(places.field, words.amount(amount), room),
        *amount_keys(places.keys, words, room),
    )
    title, back = say("Cash in the drawer"), OpenPage("staff_report")
    return page("19g-cash-in-the-drawer", title, state, view, words, elements, back=back, room=room)


def drawn(place: Rect, there: Fact, told: str, room: Room) -> tuple[Element, ...]:
    """A figure on its card, and below it what it means where there is room."""
    inner = layout.inset(place, room.px(32), room.px(16))
    row = inner._replace(h=min(inner.h, max(room.px(60), room.lines(layout.BODY))))
    below = Rect(inner.x, layout.below(row) + room.px(8), inner.w, layout.below(inner) - layout.below(row) - room.px(8))
    return (
        card(place, room),
        *fact(row, there, room, (36, 32, layout.BODY, layout.CAPTION)),
        *note(below, told, room, sizes=(layout.CAPTION,), colour="ink2"),
    )


def _act(place: Rect, says: Event | Look, text: str, icon: str, why: str, room: Room) -> tuple[Element, ...]:
    return button(place, says, text, room=room, icon=icon, why_not=why)
