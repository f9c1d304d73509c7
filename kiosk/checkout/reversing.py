"""Reversing: charges that belong to no sale are given back; what the terminal denies afterwards, the store hears."""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.attempt import is_charge
from kiosk.checkout.basket import Basket
from kiosk.checkout.effects import Beep, Effect, PublishEvent, ReverseCard
from kiosk.checkout.events import CardRecord, CardReversed, ReversalSettled
from kiosk.checkout.notice import Notice
from kiosk.checkout.payment import Reversal
from kiosk.checkout.standalone import REFERENCE
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def stray(state: State, attempt: str, record: CardRecord, at: Moment) -> Step:
    """A charge for an attempt that is not open: known already, or to be given back."""
    known = (
        is_charge(state, attempt, "completed", "signature")
        or attempt in state.paid_attempts
        or any(t.tender.attempt == attempt for b in _baskets(state) for t in b.taken)
        or any(r.attempt == attempt for r in state.reversals)
    )
    if known:
        return state, ()
    state = replace(state, reversals=(*state.reversals, Reversal(attempt, record)))
    return state, (ReverseCard(attempt, record), PublishEvent("card.reversing", {"attempt": attempt}))


def _baskets(state: State) -> tuple[Basket, ...]:
    return (state.basket, *(kept.basket for kept in state.parked))


def contradiction(state: State, attempt: str, evidence: str) -> tuple[Effect, ...]:
    """The terminal denies a charge that is in the books, because staff said so: the store must hear it."""
    if not (attempt in state.paid_attempts or is_charge(state, attempt, "completed", "signature")):
        return ()
    return (PublishEvent("card.contradicted", {"attempt": attempt, "evidence": evidence}),)


def settle_reversal(state: State, event: ReversalSettled) -> Step:
    """Staff have given the charge back themselves, or seen at the terminal that it is given back."""
    found = next((r for r in state.reversals if r.attempt == event.attempt and r.failed), None)
    if state.staff is None or found is None:
        return state, ()
    reference = event.reference.upper()
    if reference and not REFERENCE.fullmatch(reference):
        return replace(state, notice=Notice("bad_reference")), (Beep("not-found"),)
    others = tuple(r for r in state.reversals if r != found)
    calls = tuple(i for i in state.interventions if not (i.reason == "reversal" and i.detail == event.attempt))
    data = {"attempt": event.attempt, "evidence": found.failed, "reference": reference, "by": state.staff.id}
    return replace(state, reversals=others, interventions=calls), (
        Beep("staff-ok"),
        PublishEvent("card.reversal_settled", data),
    )


def reversed_(state: State, event: CardReversed) -> Step:
    """A stray charge is given back, or staff must do it."""
    found = next((r for r in state.reversals if r.attempt == event.attempt), None)
    if found is None:
        return state, ()
    others = tuple(r for r in state.reversals if r.attempt != event.attempt)
    data = {"attempt": event.attempt, "done": event.done, "evidence": event.evidence}
    if event.done:
        return replace(state, reversals=others), (PublishEvent("card.reversed", data),)
    failed = replace(found, failed=event.evidence or "refused")
    state = visit.call_staff(replace(state, reversals=(*others, failed)), "reversal", event.at, event.attempt)
    return state, (PublishEvent("card.reversed", data),)
