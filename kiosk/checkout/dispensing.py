"""Dispensing: the cash machine pays out, change or what was put in, each once, and what it paid its counters tell.

    CloseCash -> CashMetered (the counters before) -> [on disk] DispenseCash, sent once -> CashDispensed (those after)

Until the order is on disk nothing can have been paid, and a machine that does not answer is passed by: staff pay. After
it, only the counters can tell; they are asked for after a restart, and when the machine is back. What it has not paid
is owed, and staff pay it by hand; the machine is never told a second time. Counters that cannot be true are a doubt:
staff see what was ordered and find out what came.
"""

from typing import Literal

from msgspec.structs import replace

from kiosk.checkout.effects import Beep, CloseCash, DispenseCash, Effect, PublishEvent
from kiosk.checkout.events import CashDispensed, CashMetered, CashRefused, PayoutSettled
from kiosk.checkout.machine_books import DEVICE, counted, put_in
from kiosk.checkout.meter import Meter
from kiosk.checkout.notice import Notice
from kiosk.checkout.payment import Owed, Payout
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step, call_staff
from kiosk.values.moment import Moment
from kiosk.values.money import ZERO, Money

SILENT = "it did not answer"
UNTOLD = "it has more coins than it told before it went away"


def order(state: State, attempt: str, amount: Money, why: Literal["change", "back"]) -> State:
    """The machine is to pay this when it is its turn."""
    return replace(state, payouts=(*state.payouts, Payout(f"{attempt}:{why}", amount, why)))


def lose(state: State, at: Moment) -> Step:
    """The machine has gone away: what it was paying is in doubt."""
    effects: tuple[Effect, ...] = ()
    for payout in state.payouts:
        if payout.stage == "sent":
            state, more = _doubt(state, payout, SILENT, at)
            effects = (*effects, *more)
    return state, effects


def ask_again(state: State) -> tuple[Effect, ...]:
    """After a restart, or when the machine is back: what has it paid?"""
    return tuple(CloseCash(one.attempt) for one in state.payouts if one.stage == "preparing" or one.before)


def take_turns(state: State, at: Moment) -> Step:
    """The next one's turn comes when nobody else is at the machine; where it is away, staff pay."""
    head = next((payout for payout in state.payouts if payout.stage == "waiting"), None)
    busy = any(payout.stage == "preparing" or payout.before for payout in state.payouts)
    payment = state.payment
    inserting = (
        payment is not None and payment.kind == "cash" and payment.stage in ("preparing", "accepting", "closing")
    )
    if head is None:
        return state, ()
    if DEVICE in state.devices.lost or not state.lane.cash_machine:
        return _owe(state, head, ZERO, SILENT, at)
    if busy or inserting:
        return state, ()
    return _changed(state, head, stage="preparing"), (CloseCash(head.attempt),)


def metered(state: State, event: CashMetered) -> Step:
    """The counters before: now the order. Or, of an order that is out, what they say that it came to."""
    payout = _found(state, event.attempt)
    if payout is None or payout.stage == "waiting":
        return state, ()
    if payout.stage == "preparing":
        state = _changed(state, payout, stage="sent", before=event.meter)
        return state, (DispenseCash(payout.attempt, payout.amount),)
    return _ended(state, payout, event.meter, SILENT, event.at)


def dispensed(state: State, event: CashDispensed) -> Step:
    """It has stopped."""
    state, payout = counted(state, event.meter), _found(state, event.attempt)
    if payout is None or payout.before is None:
        return state, ()
    return _ended(state, payout, event.meter, event.why, event.at)


def refused(state: State, event: CashRefused) -> Step:
    """Nothing was ordered: staff pay. Else nobody knows."""
    payout = _found(state, event.attempt)
    if payout is not None and payout.stage == "preparing":
        return _owe(state, payout, ZERO, event.why, event.at)
    if payout is not None and payout.stage == "sent":
        return _doubt(state, payout, event.why, event.at)
    return state, ()


def _ended(state: State, payout: Payout, meter: Meter, why: str, at: Moment) -> Step:
    if payout.before is None:
        return state, ()
    paid = payout.before.stored - meter.stored
    if not ZERO <= paid <= payout.amount:
        state = _changed(state, payout, before=None)  # they are of no use: the machine is not asked again
        return _doubt(state, payout, f"its counters say {paid.minor}", at)
    state = put_in(state, -paid)
    if paid < payout.amount:
        return _owe(state, payout, paid, why, at)
    report = {"attempt": payout.attempt, "paid_minor": paid.minor}
    return _without(state, payout), (PublishEvent("cash.dispensed", report),)


def _owe(state: State, payout: Payout, paid: Money, why: str, at: Moment) -> Step:
    """What the machine has not paid, staff pay."""
    rest = payout.amount - paid
    owed = Owed(payout.attempt, rest, payout.amount)
    state = replace(_without(state, payout), owed=(*state.owed, owed), notice=Notice("cash_owed", str(rest.minor)))
    report = {
        "attempt": payout.attempt,
        "asked_minor": payout.amount.minor,
        "paid_minor": paid.minor,
        "owed_minor": rest.minor,
        "why": why,
    }
    state = call_staff(state, "payback", at, payout.attempt)
    return state, (Beep("attention"), PublishEvent("cash.dispense_failed", report))


def _doubt(state: State, payout: Payout, evidence: str, at: Moment) -> Step:
    state = _changed(state, payout, stage="doubt", evidence=evidence)
    state = call_staff(replace(state, notice=Notice("cash_owed", "")), "payout", at, payout.attempt)
    report = {"attempt": payout.attempt, "asked_minor": payout.amount.minor, "evidence": evidence}
    return state, (Beep("attention"), PublishEvent("cash.in_doubt", report))


def doubt_note(state: State, attempt: str, amount: Money, evidence: str, at: Moment) -> Step:
    """A note of which nobody knows whether the machine took it in: if it did, it is the shopper's."""
    payout = Payout(f"{attempt}:note", amount, "note")
    return _doubt(replace(state, payouts=(*state.payouts, payout)), payout, evidence, at)


def hear(state: State, meter: Meter, at: Moment) -> Step:
    """The machine is back. What it had taken and not told when it went away is the shopper's, who may have left by now;
    or staff have filled it meanwhile: they know."""
    unheard = state.unheard
    if unheard is None:
        return state, ()
    state, more = replace(state, unheard=None), meter.coins_minor - unheard.meter.coins_minor
    if more <= 0:
        return state, ()
    payout = Payout(f"{unheard.attempt}:coins", Money(more), "coins", "doubt", evidence=UNTOLD)
    state = call_staff(replace(state, payouts=(*state.payouts, payout)), "payout", at, payout.attempt)
    report = {"attempt": payout.attempt, "asked_minor": more, "evidence": UNTOLD}
    return state, (PublishEvent("cash.in_doubt", report),)


def settle(state: State, event: PayoutSettled) -> Step:
    """Staff have looked, asked and counted: so much the shopper has yet to get."""
    payout = _found(state, event.attempt)
    if state.staff is None or payout is None or payout.stage != "doubt":
        return state, ()
    if not ZERO <= event.owed <= payout.amount or event.owed.minor % state.lane.cash_step_minor:
        return replace(state, notice=Notice("cash_step")), (Beep("not-found"),)
    paid = payout.amount - event.owed
    # A note or coins that are owed are in the machine; change that is not owed is out of it.
    state = put_in(_without(state, payout), event.owed if payout.is_inside else -paid)
    report = {
        "by": state.staff.id if state.staff is not None else "",
        "attempt": payout.attempt,
        "asked_minor": payout.amount.minor,
        "owed_minor": event.owed.minor,
        "evidence": payout.evidence,
    }
    effects: tuple[Effect, ...] = (Beep("staff-ok"), PublishEvent("cash.payout_settled", report))
    if not event.owed:
        return state, effects
    state = replace(state, owed=(*state.owed, Owed(payout.attempt, event.owed, payout.amount)))
    return call_staff(state, "payback", event.at, payout.attempt), effects


def _found(state: State, attempt: str) -> Payout | None:
    return next((payout for payout in state.payouts if payout.attempt == attempt), None)


def _changed(state: State, payout: Payout, **changes: object) -> State:
    payouts = tuple(replace(one, **changes) if one.attempt == payout.attempt else one for one in state.payouts)
    return replace(state, payouts=payouts)


def _without(state: State, payout: Payout) -> State:
    calls = tuple(i for i in state.interventions if not (i.reason == "payout" and i.detail == payout.attempt))
    payouts = tuple(one for one in state.payouts if one.attempt != payout.attempt)
    return replace(state, payouts=payouts, interventions=calls)
