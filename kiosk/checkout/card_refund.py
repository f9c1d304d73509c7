"""Card refund: money given back to a card. Ordered once, never proved by anything but the terminal.

    PrepareCard -> CardReady(baseline) -> [on disk] RefundCard, sent once -> RefundApproved -> [on disk] acknowledged
    -> CardRefunded -> that way is behind us (`paying_back`)

It is `charging` the other way round, and so are its doubts: a lost answer is enquired and never repeated, and staff
decide what nobody can tell. A word of the terminal that money was given is believed even after a no.

Where the charge itself can still be taken back (`taking_back`), the terminal is ordered to do that, and no card is
needed; all else is the same. If it will not, the money is given to the card, which must be presented then. A charge
is taken back once at most, whoever asks again: a terminal that says that it is back already has given the money.
"""

from msgspec.structs import replace

from kiosk.checkout import paying_back, visit
from kiosk.checkout.attempt import OPEN, changed, is_refund
from kiosk.checkout.basket import Cleared
from kiosk.checkout.doubting import RETRY_UNKNOWN_MS
from kiosk.checkout.effects import AcknowledgeCard, Beep, Effect, EnquireRefund, PublishEvent, RefundCard
from kiosk.checkout.events import (
    CardReady,
    CardRecord,
    CardRefunded,
    CardRefused,
    RefundApproved,
    RefundDeclined,
    RefundInDoubt,
    RefundSettled,
    RefundUnknown,
)
from kiosk.checkout.notice import Notice
from kiosk.checkout.refund import Way
from kiosk.checkout.sale import Tender
from kiosk.checkout.state import State
from kiosk.checkout.tendering import card_data
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def ready(state: State, event: CardReady) -> Step:
    """The intent: on disk before the order goes out."""
    if not is_refund(state, event.attempt, "preparing"):
        return state, ()
    assert state.payment is not None
    if state.payment.cancelling:
        return paying_back.failed(state, "cancelled")
    charge = state.payment.charge
    state = changed(state, stage="sent", baseline=event.baseline, can_cancel=charge is None)
    assert state.payment is not None
    return state, (RefundCard(event.attempt, state.payment.amount, event.baseline, charge),)


def refused(state: State, event: CardRefused) -> Step:
    """Not accepted at all."""
    if not is_refund(state, event.attempt, "preparing", "sent"):
        return state, ()
    payment = state.payment
    assert payment is not None
    sent = payment.stage == "sent" and event.why != "unreachable"
    if payment.charge is not None and sent and not payment.cancelling:
        return _not_taken_back(state, event.why, event.at)
    return paying_back.failed(state, "cancelled" if payment.cancelling else "unreachable", event.why)


def _not_taken_back(state: State, why: str, at: Moment) -> Step:
    """The terminal does not undo the charge: the money goes to the card, as soon as it is there."""
    payment, refund = state.payment, state.refund
    assert payment is not None and refund is not None
    way = refund.ways[0]
    report = PublishEvent("card.not_reversed", {"attempt": payment.attempt, "charge": way.attempt, "why": why})
    refund = replace(refund, ways=(replace(way, refused=True), *refund.ways[1:]))
    state = replace(state, refund=refund, payment=None, notice=Notice("card_needed"))
    state, effects = paying_back.go(state, at)
    return state, (report, *effects)


def approved(state: State, event: RefundApproved) -> Step:
    """Provisional: acknowledged when this is on disk. It does not end a doubt."""
    if is_refund(state, event.attempt, "sent"):
        state = changed(state, stage="approved", record=event.record, step="done", can_cancel=False)
    elif is_refund(state, event.attempt, *OPEN):
        state = changed(state, record=event.record, can_cancel=False)
    return state, _acknowledge(event.attempt, event.message)


def refunded(state: State, event: CardRefunded) -> Step:
    """It was given. Also after a no: money that moved is never denied."""
    acknowledge = _acknowledge(event.attempt, event.message)
    if not is_refund(state, event.attempt, *OPEN, "declined"):
        return _stray(state, event, acknowledge)
    assert state.payment is not None
    if event.record.amount != state.payment.amount:
        why = f"the terminal reports {event.record.amount.minor} instead of {state.payment.amount.minor}"
        return leave_to_staff(changed(state, record=event.record), why, event.at), acknowledge
    state, effects = _given(state, event.record, "", event.at)
    return state, (*acknowledge, *effects)


def _stray(state: State, event: CardRefunded, acknowledge: tuple[Effect, ...]) -> Step:
    """Known already, or given for no return: then the store hears of it, and staff."""
    known = event.attempt in state.paid_attempts
    known = known or (state.refund is not None and any(t.attempt == event.attempt for t in state.refund.tenders))
    if known:
        return state, acknowledge
    report = PublishEvent("card.refund_stray", {"attempt": event.attempt, "amount_minor": event.record.amount.minor})
    return visit.call_staff(state, "refund", event.at, event.attempt), (*acknowledge, report)


def _given(state: State, record: CardRecord | None, evidence: str, at: Moment) -> Step:
    payment, refund = state.payment, state.refund
    assert payment is not None and refund is not None
    data = card_data(record) if record is not None else None
    tender = Tender("card", -payment.amount.minor, payment.attempt, data, evidence=evidence)
    if payment.charge is not None:
        tender = _of_the_charge(tender, refund.ways[0])
    calls = tuple(i for i in state.interventions if i.reason != "bank")
    refund = replace(paying_back.after(refund, tender), slips=(*refund.slips, *payment.slips))
    state = replace(state, refund=refund, payment=None, interventions=calls)
    return paying_back.go(state, at)


def _of_the_charge(tender: Tender, way: Way) -> Tender:
    """It belongs to the charge that it undoes, and so do the card and its kind: the end of day counts neither."""
    card = tender.card if way.card is None or tender.card is None else replace(tender.card, scheme=way.card.scheme)
    return replace(tender, card=card or way.card, reverses=way.attempt)


def declined(state: State, event: RefundDeclined) -> Step:
    """A definite no, unless the bank's yes is on disk already."""
    acknowledge = _acknowledge(event.attempt, event.message)
    if not is_refund(state, event.attempt, *OPEN):
        return state, acknowledge
    payment = state.payment
    assert payment is not None
    if payment.record is not None and event.why != "not_given":
        why = f"approved ({payment.record.amount.minor}), then declined ({event.detail})"
        state, effects = enquire(state, why, event.at)
    elif payment.charge is not None and payment.stage == "sent" and event.why in ("declined", "card_error"):
        state, effects = _not_taken_back(state, event.detail, event.at)
    else:
        state, effects = paying_back.failed(state, event.why, event.detail)
    return state, (*acknowledge, *effects)


def _acknowledge(attempt: str, message: int) -> tuple[Effect, ...]:
    return (AcknowledgeCard(attempt, message),) if message else ()


# --- doubt ------------------------------------------------------------------------------------------------------------


def in_doubt(state: State, event: RefundInDoubt) -> Step:
    """The answer is lost: ask, never repeat."""
    return enquire(state, event.why, event.at) if is_refund(state, event.attempt, "sent", "approved") else (state, ())


def enquire(state: State, why: str, at: Moment) -> Step:
    """The question to the terminal; staff are called."""
    state = changed(state, stage="doubt", why=why, since_tick=at.tick_ms, asked=0, can_cancel=False)
    payment = state.payment
    assert payment is not None
    state = visit.call_staff(state, "bank", at, payment.attempt)
    question = EnquireRefund(payment.attempt, payment.amount, payment.baseline, payment.charge)
    return state, (Beep("attention"), question)


def unknown(state: State, event: RefundUnknown) -> Step:
    """The terminal cannot tell: staff decide; it is asked again meanwhile."""
    if not is_refund(state, event.attempt, "doubt", "unknown"):
        return state, ()
    return leave_to_staff(state, event.evidence, event.at), ()


def leave_to_staff(state: State, evidence: str, at: Moment) -> State:
    """Staff read the terminal's journal."""
    assert state.payment is not None
    state = visit.call_staff(state, "bank", at, state.payment.attempt)
    retry = at.tick_ms + RETRY_UNKNOWN_MS
    return changed(state, stage="unknown", evidence=evidence, retry_tick=retry, can_cancel=False)


def ask_again(state: State, at: Moment) -> Step:
    """The time to ask a terminal that could not tell once more."""
    state = changed(state, retry_tick=at.tick_ms + RETRY_UNKNOWN_MS)
    payment = state.payment
    assert payment is not None
    return state, (EnquireRefund(payment.attempt, payment.amount, payment.baseline, payment.charge),)


def settle(state: State, event: RefundSettled) -> Step:
    """Staff have read the terminal's journal: it was given, with their evidence, or it was not."""
    staff = state.staff
    if staff is None or not is_refund(state, event.attempt, "doubt", "unknown") or not event.evidence:
        return state, ()
    opened = next((i.opened_utc_ms for i in state.interventions if i.reason == "bank"), event.at.utc_ms)
    note = Cleared("bank", opened, event.at.utc_ms, staff.id, evidence=event.evidence)
    state = replace(state, basket=replace(state.basket, cleared=(*state.basket.cleared, note)))
    data = {"attempt": event.attempt, "given": event.given, "evidence": event.evidence, "by": staff.id}
    if event.given:
        state, effects = _given(state, None, event.evidence, event.at)
    else:
        state, effects = paying_back.failed(state, "not_given", event.evidence)
    return state, (*effects, PublishEvent("card.refund_settled", data))
