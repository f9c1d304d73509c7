"""Serving: assisted mode. The seed's cashier at a self-checkout: staff scan, key prices and take the money.

One touch leads into it and out of it, in the middle of a basket too; it ends with whoever is signed in. What staff
would be called for they settle by their own act, and it is noted with their name: goods that only staff sell are sold,
somebody who stands at the till has no shelf to compare, cash and card are taken at once. A sale says who served.
An age is still looked at: the question stands on the screen until it is answered.
"""

from msgspec.structs import replace

from kiosk.checkout import audit, visit
from kiosk.checkout.basket import Cleared
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import AssistedBegan, AssistedEnded, CardChosen, CashChosen
from kiosk.checkout.notice import Notice
from kiosk.checkout.paying import is_between_visits, pay_blocked
from kiosk.checkout.sale import TenderKind
from kiosk.checkout.state import State
from kiosk.checkout.tendering import start as start_tender
from kiosk.checkout.tenders import left
from kiosk.checkout.visit import Step


def begin(state: State, event: AssistedBegan) -> Step:
    """Whoever asked for help is being helped."""
    staff = state.staff
    if staff is None or state.assisted:
        return state, ()
    state = replace(state, assisted=True)
    if not is_between_visits(state) and state.sale is None:
        state = visit.served(state)
    call = next((i for i in state.interventions if i.reason == "help"), None)
    if call is not None:
        note = Cleared("help", call.opened_utc_ms, event.at.utc_ms, staff.id, evidence=call.detail)
        basket = replace(state.basket, cleared=(*state.basket.cleared, note))
        calls = tuple(i for i in state.interventions if i != call)
        prompt = "" if state.prompt == "help" else state.prompt
        state = replace(state, interventions=calls, basket=basket, prompt=prompt)
    return state, (Beep("staff-ok"), PublishEvent("assisted.began", {"by": staff.id}))


def end(state: State, event: AssistedEnded) -> Step:
    """What still waits for staff goes on waiting, as in self-service."""
    if state.staff is None or not state.assisted:
        return state, ()
    return replace(state, assisted=False), (Beep("touch"), PublishEvent("assisted.ended", {"by": state.staff.id}))


def card(state: State, event: CardChosen) -> Step:
    """The quick key, while the basket is open."""
    return _pay(state, event, event.kind)


def cash(state: State, event: CashChosen) -> Step:
    """The same for cash."""
    return _pay(state, event, "cash")


def _pay(state: State, event: CardChosen | CashChosen, tender: TenderKind) -> Step:
    if not state.assisted:
        return state, ()
    if pay_blocked(state):
        return replace(state, notice=Notice("pay_waits")), (Beep("not-found"),)
    if not tenders_left(state):
        return state, (Beep("not-found"),)
    state, owed = audit.at_pay(state, event.at)
    if owed:
        return audit.wait(state)
    return start_tender(replace(state, prompt=""), tender, event.at)


def tenders_left(state: State) -> bool:
    """Whether there is something to pay with a tender; what costs nothing is closed with Pay."""
    return bool(left(state.basket))
