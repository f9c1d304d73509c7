"""Slip signature: a card whose holder signs. The charge stands, but it pays for nothing before staff have compared.

The terminal says in its approval that it wants a signature (`CardRecord.signature`). Then the shop's slip is printed,
staff are called, and the payment waits at `signature`: nobody is hurried, nothing times out, and a power cut comes back
to the same question. Right: the payment is as good as any other. Not right: the charge goes back, and no sale was paid
by it. The signed slip is the shop's to keep; the lane keeps who compared it.
"""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.attempt import changed, end_without_charge, is_open
from kiosk.checkout.basket import Cleared
from kiosk.checkout.effects import Beep, Effect, PrintSlipToSign, PublishEvent, ReverseCard
from kiosk.checkout.events import SignatureChecked, SignatureSlipAsked
from kiosk.checkout.payment import Reversal
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def or_completed(state: State, at: Moment) -> Step:
    """The charge stands: it is taken when that is on disk, or first its signature is waited for."""
    payment = state.payment
    assert payment is not None
    if payment.record is None or not payment.record.signature:
        return changed(state, stage="completed"), ()
    calls = tuple(call for call in state.interventions if call.reason != "bank")
    state = changed(replace(state, interventions=calls), Phase.CARD, stage="signature", step="done", can_cancel=False)
    state = visit.call_staff(state, "signature", at, payment.attempt)
    return state, (Beep("attention"), _slip(state))


def is_waiting(state: State) -> bool:
    """Whether staff have a signature to compare."""
    return state.payment is not None and state.payment.stage == "signature"


def _slip(state: State) -> Effect:
    payment = state.payment
    assert payment is not None and payment.record is not None
    job = f"{state.lane.till}:sign:{payment.attempt}:{state.reports}"
    return PrintSlipToSign(job, payment.record, payment.shop_slip)


def print_again(state: State, event: SignatureSlipAsked) -> Step:
    """The printer had no paper, or the slip is spoilt."""
    if state.staff is None or not is_open(state, event.attempt, "signature"):
        return state, ()
    report = PublishEvent("card.slip_printed_again", {"by": state.staff.id, "attempt": event.attempt})
    return state, (_slip(state), report)


def check(state: State, event: SignatureChecked) -> Step:
    """Staff have compared it with the card."""
    staff, payment = state.staff, state.payment
    if staff is None or payment is None or not is_open(state, event.attempt, "signature"):
        return state, ()
    assert payment.record is not None
    call = next(call for call in state.interventions if call.reason == "signature")
    result = "right" if event.right else "refused"
    note = Cleared("signature", call.opened_utc_ms, event.at.utc_ms, staff.id, evidence=f"{event.attempt}: {result}")
    state = replace(
        state,
        basket=replace(state.basket, cleared=(*state.basket.cleared, note)),
        interventions=tuple(other for other in state.interventions if other is not call),
    )
    data = {"by": staff.id, "attempt": event.attempt, "right": event.right, "amount_minor": payment.amount.minor}
    report = PublishEvent("card.signature", data)
    if event.right:
        return changed(state, stage="completed"), (report,)
    state = replace(state, reversals=(*state.reversals, Reversal(event.attempt, payment.record)))
    state, effects = end_without_charge(state, "signature")
    return state, (*effects, report, ReverseCard(event.attempt, payment.record))
