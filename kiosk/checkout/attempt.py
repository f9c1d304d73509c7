"""Attempt: the open payment, looked at and changed. What charging, doubting and tendering all need to say of it."""

from msgspec.structs import replace

from kiosk.checkout.effects import Beep, TakenBy
from kiosk.checkout.payment import Payment, Stage
from kiosk.checkout.sale import TenderKind
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tenders import to_take
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

OPEN = ("sent", "approved", "doubt", "unknown")
"""Stages in which money may have moved and nobody has had the last word."""


def open_attempt(state: State, kind: TenderKind, stage: Stage, at: Moment) -> Payment:
    """A new attempt over what is to be paid now, named by till, sequence and number. The number is the caller's."""
    name = f"{state.lane.till}-{state.sequence:06d}-{state.attempts + 1}"
    return Payment(attempt=name, amount=to_take(state), stage=stage, since_tick=at.tick_ms, kind=kind)


def device_of(payment: Payment) -> TakenBy:
    """Who takes this payment."""
    return "qr_payment" if payment.kind == "qr" else "card_terminal"


def is_open(state: State, attempt: str, *stages: str) -> bool:
    """Whether this is the open attempt, and at one of these stages."""
    return state.payment is not None and state.payment.attempt == attempt and state.payment.stage in stages


def is_charge(state: State, attempt: str, *stages: str) -> bool:
    """The same of money that is taken: nobody takes what is given for it."""
    return state.refund is None and is_open(state, attempt, *stages)


def is_refund(state: State, attempt: str, *stages: str) -> bool:
    """The same of money that is given."""
    return state.refund is not None and is_open(state, attempt, *stages)


def changed(state: State, phase: Phase | None = None, **changes: object) -> State:
    """The open payment with these changes, in this phase."""
    assert state.payment is not None
    payment: Payment = replace(state.payment, **changes)
    return replace(state, payment=payment, phase=phase or state.phase)


def end_without_charge(state: State, why: str, evidence: str = "") -> Step:
    """A definite no (12): nothing was charged, and whoever was called for the doubt need not come."""
    calls = tuple(i for i in state.interventions if i.reason != "bank")
    state = replace(changed(state, Phase.CARD, stage="declined", why=why, evidence=evidence), interventions=calls)
    return state, (Beep("declined"),)
