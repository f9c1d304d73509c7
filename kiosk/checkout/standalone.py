"""Standalone: a card terminal that no cable joins to the lane. Staff work it, and key in what it says.

The shopper waits (11c), staff come with the terminal, charge the card there, and key the amount and the authorization
number that it printed. The lane can prove nothing of it: the number is the evidence, so it is asked for, kept in the
sale and reconciled apart from the lane's own terminal. Nothing is taken before ExternalTaken is on disk; what was taken
and is not wanted any more staff give back on the same terminal (`visit.give_back`).
"""

import re

from msgspec.structs import replace

from kiosk.checkout.attempt import changed, open_attempt
from kiosk.checkout.basket import Cleared
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import ExternalTaken
from kiosk.checkout.notice import Notice
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tenders import left
from kiosk.checkout.visit import Step, call_staff
from kiosk.values.moment import Moment
from kiosk.values.money import ZERO

REFERENCE = re.compile(r"[0-9A-Z]{4,12}", re.ASCII)
"""An authorization number: six characters on most terminals (ISO 8583, field 38); some print more of their own."""


def start(state: State, at: Moment) -> Step:
    """11c: staff are called with the terminal."""
    payment = open_attempt(state, "external", "waiting", at)
    state = replace(state, phase=Phase.PAYING, payment=payment, attempts=state.attempts + 1)
    return call_staff(state, "external", at), (Beep("attention"),)


def is_waiting(state: State) -> bool:
    """Whether 11c waits for staff with the terminal."""
    payment = state.payment
    return payment is not None and payment.kind == "external" and payment.stage == "waiting"


def take(state: State, event: ExternalTaken) -> Step:
    """Staff say that the card was charged: so much, under this number. On disk first, then it is taken."""
    staff = state.staff
    if staff is None or not is_waiting(state):
        return state, ()
    if not ZERO < event.amount <= left(state.basket):
        return replace(state, notice=Notice("too_much_external")), (Beep("not-found"),)
    reference = event.reference.upper()
    if not REFERENCE.fullmatch(reference) or _is_known(state, reference):
        return replace(state, notice=Notice("bad_reference")), (Beep("not-found"),)
    call = next(i for i in state.interventions if i.reason == "external")
    note = Cleared("external", call.opened_utc_ms, event.at.utc_ms, staff.id, evidence=reference)
    state = changed(state, stage="completed", amount=event.amount, text=reference)
    assert state.payment is not None
    attempt = state.payment.attempt
    state = replace(
        state,
        interventions=tuple(i for i in state.interventions if i is not call),
        basket=replace(state.basket, cleared=(*state.basket.cleared, note)),
    )
    report = {"by": staff.id, "attempt": attempt, "amount_minor": event.amount.minor, "reference": reference}
    return state, (PublishEvent("external.taken", report),)


def _is_known(state: State, reference: str) -> bool:
    """Whether this basket was paid under the number already: one charge is keyed once."""
    return any(t.tender.kind == "external" and t.tender.reference == reference for t in state.basket.taken)
