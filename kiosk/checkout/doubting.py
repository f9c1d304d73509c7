"""Doubting: the answer to a payment is lost. It is asked for, never repeated, and staff decide if nobody can tell.

The phase is DOUBT and the lane locks: no second charge is offered while the first may stand.
"""

from msgspec.structs import replace

from kiosk.checkout import slip_signature, visit
from kiosk.checkout.attempt import changed, device_of, end_without_charge, is_open
from kiosk.checkout.basket import Cleared
from kiosk.checkout.effects import Beep, EnquireCard, PublishEvent
from kiosk.checkout.events import CardAsked, CardInDoubt, CardUnknown, DoubtSettled
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

RETRY_UNKNOWN_MS = 30_000


def in_doubt(state: State, event: CardInDoubt) -> Step:
    """The answer is lost: ask, never repeat."""
    if not is_open(state, event.attempt, "sent", "approved"):
        return state, ()
    return enquire(state, event.why, event.at)


def enquire(state: State, why: str, at: Moment) -> Step:
    """Screen 13, and the question to the terminal."""
    payment = state.payment
    assert payment is not None
    state = changed(state, Phase.DOUBT, stage="doubt", why=why, since_tick=at.tick_ms, asked=0, can_cancel=False)
    state = visit.call_staff(state, "bank", at, payment.attempt)
    return state, (
        Beep("attention"),
        EnquireCard(payment.attempt, payment.amount, payment.baseline, device_of(payment)),
    )


def asked(state: State, event: CardAsked) -> Step:
    """Shown on 13."""
    if not is_open(state, event.attempt, "doubt", "unknown"):
        return state, ()
    assert state.payment is not None
    return changed(state, asked=state.payment.asked + 1), ()


def unknown(state: State, event: CardUnknown) -> Step:
    """The terminal cannot tell: staff decide; it is asked again meanwhile."""
    if not is_open(state, event.attempt, "doubt", "unknown"):
        return state, ()
    return leave_to_staff(state, event.evidence, event.at), ()


def leave_to_staff(state: State, evidence: str, at: Moment) -> State:
    """The terminal cannot tell; staff read its journal."""
    assert state.payment is not None
    state = visit.call_staff(state, "bank", at, state.payment.attempt)
    return changed(
        state,
        Phase.DOUBT,
        stage="unknown",
        evidence=evidence,
        retry_tick=at.tick_ms + RETRY_UNKNOWN_MS,
        can_cancel=False,
    )


def ask_again(state: State, at: Moment) -> Step:
    """The time to ask a terminal that could not tell once more."""
    payment = state.payment
    assert payment is not None
    state = changed(state, retry_tick=at.tick_ms + RETRY_UNKNOWN_MS)
    return state, (EnquireCard(payment.attempt, payment.amount, payment.baseline, device_of(payment)),)


def settle_doubt(state: State, event: DoubtSettled) -> Step:
    """Staff have read the terminal's journal. Paid: as good as its word, with their evidence. Else a definite no."""
    staff = state.staff
    if staff is None or not is_open(state, event.attempt, "doubt", "unknown") or not event.evidence:
        return state, ()
    opened = next((i.opened_utc_ms for i in state.interventions if i.reason == "bank"), event.at.utc_ms)
    cleared = Cleared("bank", opened, event.at.utc_ms, staff.id, evidence=event.evidence)
    state = replace(state, basket=replace(state.basket, cleared=(*state.basket.cleared, cleared)))
    report = PublishEvent(
        "card.settled_by_staff",
        {"attempt": event.attempt, "paid": event.paid, "evidence": event.evidence, "by": staff.id},
    )
    if event.paid:
        state, effects = slip_signature.or_completed(changed(state, evidence=event.evidence), event.at)
        return state, (*effects, report)
    state, effects = end_without_charge(state, "not_charged", event.evidence)
    return state, (*effects, report)
