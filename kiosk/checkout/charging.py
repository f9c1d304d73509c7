"""Charging: one attempt at a card terminal, from the wish to the terminal's final word. Never twice, never unproved.

    PrepareCard -> CardReady(baseline) -> [on disk] AuthorizeCard, sent once -> CardApproved -> [on disk] acknowledged
    -> CardCompleted -> (a card that signs: `slip_signature`) -> [on disk: Stored] -> taken (`tendering`).

At every arrow the power may go. Until AuthorizeCard is performed nothing can have been charged, so a cut before it is
a clean no. After it, only the terminal's own journal can tell: the phase is DOUBT and `doubting` asks. An answer about
an attempt that is no longer open is never dropped: a charge without a sale is given back (`reversing`).
"""

from typing import Literal

from msgspec.structs import replace

from kiosk.checkout import slip_signature
from kiosk.checkout.attempt import OPEN, changed, device_of, end_without_charge, is_charge, is_open, open_attempt
from kiosk.checkout.basket import Basket
from kiosk.checkout.doubting import enquire, leave_to_staff
from kiosk.checkout.effects import AcknowledgeCard, AuthorizeCard, Beep, CancelCard, Effect, PrepareCard
from kiosk.checkout.events import (
    CancelPressed,
    CardApproved,
    CardCompleted,
    CardDeclined,
    CardNotCharged,
    CardReady,
    CardRefused,
    CardSlip,
    CardText,
    PhoneCodeShown,
)
from kiosk.checkout.reversing import contradiction, stray
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def start(state: State, kind: Literal["card", "qr"], at: Moment) -> Step:
    """A new attempt over what is left to pay, named by till, sequence and number."""
    payment = open_attempt(state, kind, "preparing", at)
    state = replace(state, phase=Phase.CARD, payment=replace(payment, can_cancel=True), attempts=state.attempts + 1)
    return state, (Beep("attention"), PrepareCard(payment.attempt, device_of(payment)))


def ready(state: State, event: CardReady) -> Step:
    """The intent: on disk before the order goes out."""
    if not is_open(state, event.attempt, "preparing"):
        return state, ()
    assert state.payment is not None
    if state.payment.cancelling:
        return end_without_charge(state, "cancelled")
    state = changed(state, stage="sent", baseline=event.baseline)
    assert state.payment is not None
    payment = state.payment
    return state, (AuthorizeCard(event.attempt, payment.amount, event.baseline, device_of(payment)),)


def code(state: State, event: PhoneCodeShown) -> Step:
    """11b: from now on a phone can pay."""
    if not is_open(state, event.attempt, "sent"):
        return state, ()
    return changed(state, code=event.code, since_tick=event.at.tick_ms), (Beep("attention"),)


def refused(state: State, event: CardRefused) -> Step:
    """Not accepted at all: a definite no."""
    if not is_open(state, event.attempt, "preparing", "sent"):
        return state, ()
    assert state.payment is not None
    return end_without_charge(state, "cancelled" if state.payment.cancelling else "unreachable", event.why)


def text(state: State, event: CardText) -> Step:
    """The terminal's display, shown as it is."""
    if not is_open(state, event.attempt, "preparing", "sent", "approved"):
        return state, ()
    assert state.payment is not None
    louder = event.step != state.payment.step
    state = changed(state, text=event.text, step=event.step, can_cancel=event.can_cancel)
    return state, (Beep("attention"),) if louder else ()


def slip(state: State, event: CardSlip) -> Step:
    """Kept for the receipt, then acknowledged; the terminal does not wait for paper."""
    acknowledge = AcknowledgeCard(event.attempt, event.message)
    if event.slip == "customer" and is_open(state, event.attempt, *OPEN, "completed"):
        assert state.payment is not None
        state = changed(state, slips=(*state.payment.slips, *event.lines))
    elif event.slip == "merchant" and is_charge(state, event.attempt, *OPEN):
        assert state.payment is not None
        state = changed(state, shop_slip=(*state.payment.shop_slip, *event.lines))
    elif event.slip == "customer":
        state = replace(state, basket=_with_slip(state.basket, event))
    return state, (acknowledge,)


def _with_slip(basket: Basket, event: CardSlip) -> Basket:
    """A slip that comes when its tender is taken already."""
    taken = tuple(
        replace(t, slips=(*t.slips, *event.lines)) if t.tender.attempt == event.attempt else t for t in basket.taken
    )
    return basket if taken == basket.taken else replace(basket, taken=taken)


def approved(state: State, event: CardApproved) -> Step:
    """Provisional: acknowledged to the terminal when this event is on disk. It does not end a doubt."""
    acknowledge = _acknowledge(event.attempt, event.message)
    if not is_charge(state, event.attempt, *OPEN):
        return state, acknowledge
    assert state.payment is not None
    stage = state.payment.stage if state.phase is Phase.DOUBT else "approved"
    return changed(state, stage=stage, record=event.record, step="done", can_cancel=False), acknowledge


def completed(state: State, event: CardCompleted) -> Step:
    """The charge stands. The sale is sealed by Stored, when this event is on disk."""
    acknowledge = _acknowledge(event.attempt, event.message)
    if not is_charge(state, event.attempt, *OPEN):
        state, more = stray(state, event.attempt, event.record, event.at)
        return state, (*acknowledge, *more)
    assert state.payment is not None
    if event.record.amount != state.payment.amount:
        why = f"the terminal reports {event.record.amount.minor} instead of {state.payment.amount.minor}"
        return leave_to_staff(changed(state, record=event.record), why, event.at), acknowledge
    state = changed(state, record=event.record, step="done", can_cancel=False, evidence="")  # no doubt is left
    state, effects = slip_signature.or_completed(state, event.at)
    return state, (*acknowledge, *effects)


def _acknowledge(attempt: str, message: int) -> tuple[Effect, ...]:
    return (AcknowledgeCard(attempt, message),) if message else ()


def declined(state: State, event: CardDeclined) -> Step:
    """A definite no, unless the bank's yes is on disk already: then nobody may be asked to pay again."""
    acknowledge = _acknowledge(event.attempt, event.message)
    if not is_charge(state, event.attempt, *OPEN):
        return state, (*acknowledge, *contradiction(state, event.attempt, event.detail))
    payment = state.payment
    assert payment is not None
    if payment.record is None:
        state, effects = end_without_charge(state, event.why, event.detail)
        return state, (*acknowledge, *effects)
    why = f"approved ({payment.record.amount.minor}), then declined ({event.detail})"
    if payment.stage == "approved":
        state, effects = enquire(state, why, event.at)
    else:
        state, effects = leave_to_staff(state, why, event.at), ()
    return state, (*acknowledge, *effects)


def not_charged(state: State, event: CardNotCharged) -> Step:
    """The enquiry proved it."""
    if not is_charge(state, event.attempt, *OPEN):
        return state, contradiction(state, event.attempt, event.evidence)
    return end_without_charge(state, "not_charged", event.evidence)


def denied(state: State, event: CardNotCharged) -> Step:
    """The same about an attempt that is over."""
    return state, contradiction(state, event.attempt, event.evidence)


def cancel(state: State, event: CancelPressed) -> Step:
    """Asks the terminal to stop; what becomes of it the terminal says."""
    payment = state.payment
    if payment is None or payment.stage not in ("preparing", "sent") or not payment.can_cancel or payment.cancelling:
        return state, ()
    return changed(state, cancelling=True), (CancelCard(payment.attempt, device_of(payment)),)
