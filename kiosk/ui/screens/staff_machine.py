"""The cash machine, for staff: what is in it, and what they do with that; and money of which it could not tell."""

from kiosk.checkout.events import BoxCounted, CashMoved, Event, MachineEmptied, PayoutSettled
from kiosk.checkout.machine_books import in_the_box
from kiosk.checkout.payment import Payout
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import office
from kiosk.ui.scene import Element, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_drawer import drawn
from kiosk.ui.screens.staff_form import Fact, card, counting, facts, keyed
from kiosk.ui.screens.staff_keys import amount_keys
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money


def scene(state: State, view: View, words: Words) -> Scene:
    """What must be in it, and what is done with an amount."""
    say, amount, room = words.say, Money(int(view.typed or "0")), office(view)
    why = "" if view.typed else say("Key in the amount first.")
    acts: tuple[tuple[Event, str, str, str], ...] = (
        (CashMoved(kind="float", amount=amount, machine=True), say("Change put in"), "cash-plus", why),
        (BoxCounted(amount=amount), say("Box taken out, counted"), "counter", why),
        (MachineEmptied(), say("Move all into the box"), "cash-minus", ""),
    )
    stored = state.devices.cash.stored if state.devices.cash is not None else ZERO
    rows = (
        Fact(say("In the machine"), words.amount(Money(state.day.machine_minor or 0)), strong=True),
        Fact(say("As change"), words.amount(stored)),
        Fact(say("In the box"), words.amount(in_the_box(state))),
    )
    places = counting(halves(body(room), room, 47, 53), len(acts), room)
    elements = (
        card(places.facts, room),
        *facts(layout.inset(places.facts, room.px(32), room.px(12)), rows, room),
        *(
            element
            for cell, (says, text, icon, missing) in zip(places.acts, acts, strict=True)
            for element in button(cell, says, text, room=room, icon=icon, why_not=missing)
        ),
        *keyed(places.field, words.amount(amount), room),
        *amount_keys(places.keys, words, room),
    )
    title, back = say("Cash machine"), OpenPage("staff_drawer")
    return page("19g-cash-machine", title, state, view, words, elements, back=back, room=room)


def in_doubt(state: State, view: View, words: Words) -> Scene:
    """Both facts that are known; what the shopper has yet to get, staff key in."""
    say, amount, room = words.say, Money(int(view.typed or "0")), office(view)
    found = next((one for one in state.payouts if one.attempt == view.picked.get("tab", "")), None)
    elements: tuple[Element, ...] = ()
    if found is not None:
        missing = "" if view.typed else say("Key in the amount first.")
        if amount > found.amount:
            missing = say("That is more than it was.")
        there, settled = (
            PayoutSettled(attempt=found.attempt, owed=ZERO),
            PayoutSettled(attempt=found.attempt, owed=amount),
        )
        places = counting(halves(body(room), room, 47, 53), 2, room)
        told = say("The machine says: {seen}. Ask the shopper, look into the machine.", seen=found.evidence)
        elements = (
            *drawn(places.facts, Fact(_what(found, words), words.amount(found.amount), large=True), told, room),
            *button(places.acts[0], there, say("Nothing is missing"), room=room, icon="check-bold"),
            *button(places.acts[1], settled, say("So much is missing"), room=room, style="staff", why_not=missing),
            *keyed(places.field, words.amount(amount), room),
            *amount_keys(places.keys, words, room),
        )
    title, back = say("Cash in doubt"), OpenPage("staff")
    return page("19e-payout-in-doubt", title, state, view, words, elements, back=back, room=room)


def _what(payout: Payout, words: Words) -> str:
    match payout.why:
        case "note":
            return words.say("Note put in")
        case "coins":
            return words.say("Inserted")
        case _:
            return words.say("To be paid out")
