"""Tendering: one card attempt from the wish to the sealed sale. Never twice, never `paid` without proof.

    PrepareCard -> CardReady(baseline) -> [on disk] AuthorizeCard, sent once -> CardApproved -> [on disk] acknowledged
    -> CardCompleted -> [on disk: Stored] -> Sale sealed.

At every arrow the power may go. Until AuthorizeCard is performed nothing can have been charged, so a cut before it is
a clean no. After it, only the terminal's own journal can tell: the phase is DOUBT, the lane locks, and
EnquireCard asks until the terminal answers or staff decide. An answer about an attempt that is no longer open is
never dropped: a charge without a sale is reversed.
"""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.basket import EMPTY, Cleared
from kiosk.checkout.effects import (
    AcknowledgeCard,
    AuthorizeCard,
    Beep,
    CancelCard,
    Effect,
    EnquireCard,
    PrepareCard,
    PublishEvent,
    ReverseCard,
)
from kiosk.checkout.events import (
    BackPressed,
    BasketSaved,
    CancelPressed,
    CardApproved,
    CardAsked,
    CardChosen,
    CardCompleted,
    CardDeclined,
    CardInDoubt,
    CardNotCharged,
    CardReady,
    CardRecord,
    CardRefused,
    CardReversed,
    CardSlip,
    CardText,
    CardUnknown,
    DoubtSettled,
    ReversalSettled,
    ShoppingStopped,
    Stored,
)
from kiosk.checkout.paying import working_tenders
from kiosk.checkout.pricing import due
from kiosk.checkout.sale import CardSlipData, Tender
from kiosk.checkout.state import Notice, Payment, Phase, Reversal, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

RETRY_UNKNOWN_MS = 30_000
_OPEN = ("sent", "approved", "doubt", "unknown")


def choose(state: State, event: CardChosen) -> Step:
    """Card, or `Try again`."""
    if "card" not in working_tenders(state):
        return replace(state, phase=Phase.PAYING, payment=None, notice=Notice("no_tender")), (Beep("not-found"),)
    return choose_card(state, event.at)


def choose_card(state: State, at: Moment) -> Step:
    """A new attempt, named by till, sequence and number."""
    number = state.attempts + 1
    attempt = f"{state.lane.till}-{state.sequence:06d}-{number}"
    payment = Payment(
        attempt=attempt, amount=due(state.basket), stage="preparing", since_tick=at.tick_ms, can_cancel=True
    )
    state = replace(state, phase=Phase.CARD, payment=payment, attempts=number)
    return state, (Beep("attention"), PrepareCard(attempt))


def _is_open(state: State, attempt: str, *stages: str) -> bool:
    return state.payment is not None and state.payment.attempt == attempt and state.payment.stage in stages


def _with(state: State, phase: Phase | None = None, **changes: object) -> State:
    assert state.payment is not None
    payment: Payment = replace(state.payment, **changes)
    return replace(state, payment=payment, phase=phase or state.phase)


def ready(state: State, event: CardReady) -> Step:
    """The intent: on disk before the order goes out."""
    if not _is_open(state, event.attempt, "preparing"):
        return state, ()
    assert state.payment is not None
    if state.payment.cancelling:
        return _no(state, "cancelled")
    state = _with(state, stage="sent", baseline=event.baseline)
    assert state.payment is not None
    return state, (AuthorizeCard(event.attempt, state.payment.amount, event.baseline),)


def refused(state: State, event: CardRefused) -> Step:
    """Not accepted at all: a definite no."""
    if not _is_open(state, event.attempt, "preparing", "sent"):
        return state, ()
    assert state.payment is not None
    return _no(state, "cancelled" if state.payment.cancelling else "unreachable", event.why)


def text(state: State, event: CardText) -> Step:
    """The terminal's display, shown as it is."""
    if not _is_open(state, event.attempt, "preparing", "sent", "approved"):
        return state, ()
    assert state.payment is not None
    louder = event.step != state.payment.step
    state = _with(state, text=event.text, step=event.step, can_cancel=event.can_cancel)
    return state, (Beep("attention"),) if louder else ()


def slip(state: State, event: CardSlip) -> Step:
    """Kept for the receipt, then acknowledged; the terminal does not wait for paper."""
    acknowledge = AcknowledgeCard(event.attempt, event.message)
    if event.slip == "customer" and _is_open(state, event.attempt, *_OPEN, "completed"):
        assert state.payment is not None
        state = _with(state, slips=(*state.payment.slips, *event.lines))
    return state, (acknowledge,)


def approved(state: State, event: CardApproved) -> Step:
    """Provisional: acknowledged to the terminal when this event is on disk. It does not end a doubt."""
    acknowledge = _acknowledge(event.attempt, event.message)
    if not _is_open(state, event.attempt, *_OPEN):
        return state, acknowledge
    assert state.payment is not None
    stage = state.payment.stage if state.phase is Phase.DOUBT else "approved"
    return _with(state, stage=stage, record=event.record, step="done", can_cancel=False), acknowledge


def completed(state: State, event: CardCompleted) -> Step:
    """The charge stands. The sale is sealed by Stored, when this event is on disk."""
    acknowledge = _acknowledge(event.attempt, event.message)
    if not _is_open(state, event.attempt, *_OPEN):
        state, more = _stray(state, event.attempt, event.record, event.at)
        return state, (*acknowledge, *more)
    assert state.payment is not None
    if event.record.amount != state.payment.amount:
        why = f"the terminal reports {event.record.amount.minor} instead of {state.payment.amount.minor}"
        return _unknown(_with(state, record=event.record), why, event.at), acknowledge
    return _with(state, stage="completed", record=event.record, step="done", can_cancel=False), acknowledge


def _acknowledge(attempt: str, message: int) -> tuple[Effect, ...]:
    return (AcknowledgeCard(attempt, message),) if message else ()


def _stray(state: State, attempt: str, record: CardRecord, at: Moment) -> Step:
    """A charge for an attempt that is not open: known already, or to be given back."""
    known = (
        _is_open(state, attempt, "completed")
        or attempt in state.paid_attempts
        or any(r.attempt == attempt for r in state.reversals)
    )
    if known:
        return state, ()
    state = replace(state, reversals=(*state.reversals, Reversal(attempt, record)))
    return state, (ReverseCard(attempt, record), PublishEvent("card.reversing", {"attempt": attempt}))


def declined(state: State, event: CardDeclined) -> Step:
    """A definite no, unless the bank's yes is on disk already: then nobody may be asked to pay again."""
    acknowledge = _acknowledge(event.attempt, event.message)
    if not _is_open(state, event.attempt, *_OPEN):
        return state, (*acknowledge, *_contradiction(state, event.attempt, event.detail))
    payment = state.payment
    assert payment is not None
    if payment.record is None:
        state, effects = _no(state, event.why, event.detail)
        return state, (*acknowledge, *effects)
    why = f"approved ({payment.record.amount.minor}), then declined ({event.detail})"
    if payment.stage == "approved":
        state, effects = enquire(state, why, event.at)
    else:
        state, effects = _unknown(state, why, event.at), ()
    return state, (*acknowledge, *effects)


def _contradiction(state: State, attempt: str, evidence: str) -> tuple[Effect, ...]:
    """The terminal denies a charge that is in the books, because staff said so: the store must hear it."""
    if not (attempt in state.paid_attempts or _is_open(state, attempt, "completed")):
        return ()
    return (PublishEvent("card.contradicted", {"attempt": attempt, "evidence": evidence}),)


def not_charged(state: State, event: CardNotCharged) -> Step:
    """The enquiry proved it."""
    if not _is_open(state, event.attempt, *_OPEN):
        return state, _contradiction(state, event.attempt, event.evidence)
    return _no(state, "not_charged", event.evidence)


def denied(state: State, event: CardNotCharged) -> Step:
    """The same about an attempt that is over."""
    return state, _contradiction(state, event.attempt, event.evidence)


def _no(state: State, why: str, evidence: str = "") -> Step:
    calls = tuple(i for i in state.interventions if i.reason != "bank")
    state = replace(_with(state, Phase.CARD, stage="declined", why=why, evidence=evidence), interventions=calls)
    return state, (Beep("declined"),)


def in_doubt(state: State, event: CardInDoubt) -> Step:
    """The answer is lost: ask, never repeat."""
    if not _is_open(state, event.attempt, "sent", "approved"):
        return state, ()
    return enquire(state, event.why, event.at)


def enquire(state: State, why: str, at: Moment) -> Step:
    """Screen 13, and the question to the terminal."""
    payment = state.payment
    assert payment is not None
    state = _with(state, Phase.DOUBT, stage="doubt", why=why, since_tick=at.tick_ms, asked=0, can_cancel=False)
    state = visit.call_staff(state, "bank", at, payment.attempt)
    return state, (Beep("attention"), EnquireCard(payment.attempt, payment.amount, payment.baseline))


def asked(state: State, event: CardAsked) -> Step:
    """Shown on 13."""
    if not _is_open(state, event.attempt, "doubt", "unknown"):
        return state, ()
    assert state.payment is not None
    return _with(state, asked=state.payment.asked + 1), ()


def unknown(state: State, event: CardUnknown) -> Step:
    """The terminal cannot tell: staff decide; it is asked again meanwhile."""
    if not _is_open(state, event.attempt, "doubt", "unknown"):
        return state, ()
    return _unknown(state, event.evidence, event.at), ()


def _unknown(state: State, evidence: str, at: Moment) -> State:
    assert state.payment is not None
    state = visit.call_staff(state, "bank", at, state.payment.attempt)
    return _with(
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
    state = _with(state, retry_tick=at.tick_ms + RETRY_UNKNOWN_MS)
    return state, (EnquireCard(payment.attempt, payment.amount, payment.baseline),)


def settle_doubt(state: State, event: DoubtSettled) -> Step:
    """Staff have read the terminal's journal. Paid: as good as its word, with their evidence. Else a definite no."""
    staff = state.staff
    if staff is None or not _is_open(state, event.attempt, "doubt", "unknown") or not event.evidence:
        return state, ()
    opened = next((i.opened_utc_ms for i in state.interventions if i.reason == "bank"), event.at.utc_ms)
    cleared = Cleared("bank", opened, event.at.utc_ms, staff.id, evidence=event.evidence)
    state = replace(state, basket=replace(state.basket, cleared=(*state.basket.cleared, cleared)))
    report = PublishEvent(
        "card.settled_by_staff",
        {"attempt": event.attempt, "paid": event.paid, "evidence": event.evidence, "by": staff.id},
    )
    if event.paid:
        return _with(state, stage="completed", evidence=event.evidence), (report,)
    state, effects = _no(state, "not_charged", event.evidence)
    return state, (*effects, report)


def cancel(state: State, event: CancelPressed) -> Step:
    """Asks the terminal to stop; what becomes of it the terminal says."""
    payment = state.payment
    if payment is None or payment.stage not in ("preparing", "sent") or not payment.can_cancel or payment.cancelling:
        return state, ()
    return _with(state, cancelling=True), (CancelCard(payment.attempt),)


def back(state: State, event: BackPressed) -> Step:
    """Pay another way, after a decline."""
    if state.payment is None or state.payment.stage != "declined":
        return state, ()
    return replace(state, phase=Phase.PAYING, payment=None), ()


def _is_declined(state: State) -> bool:
    return state.payment is not None and state.payment.stage == "declined"


def try_again(state: State, event: CardChosen) -> Step:
    """A new attempt, only after a definite no."""
    return choose(state, event) if _is_declined(state) else (state, ())


def save_after_decline(state: State, event: BasketSaved) -> Step:
    """`Save basket and ask staff`."""
    return visit.park(state, event.at) if _is_declined(state) else (state, ())


def stop_after_decline(state: State, event: ShoppingStopped) -> Step:
    """Stop shopping from 17 over 12."""
    if not _is_declined(state):
        return state, ()
    state, effects = visit.void(state, state.basket, event.at)
    return visit.end(state), effects


def stored(state: State, event: Stored) -> Step:
    """The approval is on disk: now, and only now, the sale is sealed."""
    payment = state.payment
    if payment is None or payment.stage != "completed":
        return state, ()
    record = payment.record
    card = (
        None
        if record is None
        else CardSlipData(
            scheme=record.scheme,
            masked=record.masked,
            terminal=record.terminal,
            receipt=record.receipt,
            trace=record.trace,
            authorization=record.authorization,
        )
    )
    tender = Tender("card", payment.amount.minor, payment.attempt, card, evidence=payment.evidence)
    return sell(state, (tender,), event.at)


def sell(state: State, tenders: tuple[Tender, ...], at: Moment) -> Step:
    """Seal the sale and go to the receipt."""
    state, effects = visit.seal_basket(state, state.basket, "sale", tenders, at)
    calls = tuple(i for i in state.interventions if i.reason not in ("bank", "age"))
    state = replace(state, phase=Phase.RECEIPT, basket=EMPTY, interventions=calls, receipt="", prompt="")
    return state, (*effects, Beep("paid"))


def settle_reversal(state: State, event: ReversalSettled) -> Step:
    """Staff have given the charge back themselves, or seen at the terminal that it is given back."""
    found = next((r for r in state.reversals if r.attempt == event.attempt and r.failed), None)
    if state.staff is None or found is None:
        return state, ()
    others = tuple(r for r in state.reversals if r != found)
    calls = tuple(i for i in state.interventions if not (i.reason == "reversal" and i.detail == event.attempt))
    data = {"attempt": event.attempt, "evidence": found.failed, "by": state.staff.id}
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
