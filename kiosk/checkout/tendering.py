"""Tendering: what the shopper pays with, one tender after the other, until nothing is left to pay.

A tender is taken when it is on disk (Stored), and only then. It is kept with the basket (`Basket.taken`): whatever
becomes of the visit, the money goes with it, into the sale or back to where it came from. The sale is sealed in the
moment in which nothing is left. How a card is charged is `charging`'s, how cash is taken `taking_cash`'s.
"""

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from kiosk.checkout import charging, dispensing, inserting, out_of_hours, standalone, taking_cash, trusting, visit
from kiosk.checkout.basket import EMPTY, Taken
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import (
    BackPressed,
    BasketSaved,
    CardChosen,
    CardRecord,
    CashChosen,
    ShoppingStopped,
    Stored,
    TenderCancelled,
)
from kiosk.checkout.notice import Notice
from kiosk.checkout.paying import is_settling, working_tenders
from kiosk.checkout.payment import Payment
from kiosk.checkout.sale import CardSlipData, CashCounted, Tender, TenderKind
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tenders import left, rounding, to_round_up
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment
from kiosk.values.money import ZERO

CHARGED = ("card", "qr")
"""Tenders that are taken by a device, and by its word."""


def choose(state: State, event: CardChosen) -> Step:
    """Card, or `Try again`."""
    return start(state, event.kind, event.at)


def choose_cash(state: State, event: CashChosen) -> Step:
    """Cash, on 10 or after a decline."""
    return start(state, "cash", event.at)


def offer(state: State, at: Moment) -> Step:
    """On to the payment: a single working tender needs no choice."""
    working = working_tenders(state)
    if len(working) == 1 and not (state.basket.taken or trusting.is_open(state) or to_round_up(state)):
        return start(state, working[0], at)
    return replace(state, phase=Phase.PAYING), (Beep("touch"),)


def start(state: State, tender: TenderKind, at: Moment) -> Step:
    """Begin to pay what is left with this tender, if it can be taken now."""
    if is_settling(state):
        return state, ()
    state = taking_cash.no_longer_waiting(state)
    if late := out_of_hours.put_out(state, at):
        return replace(late[0], phase=Phase.SCANNING, payment=None), late[1]
    if state.shelf.kind:
        return replace(state, notice=Notice("pay_waits")), (Beep("not-found"),)
    if tender not in working_tenders(state):
        return replace(state, phase=Phase.PAYING, payment=None, notice=Notice("no_tender")), (Beep("not-found"),)
    if tender == "external":
        return standalone.start(state, at)
    return charging.start(state, tender, at) if tender in ("card", "qr") else inserting.start(state, at)


def _is_declined(state: State) -> bool:
    return state.payment is not None and state.payment.stage == "declined"


def try_again(state: State, event: CardChosen) -> Step:
    """A new attempt, only after a definite no."""
    return choose(state, event) if _is_declined(state) else (state, ())


def back(state: State, event: BackPressed) -> Step:
    """Pay another way, after a decline."""
    return (replace(state, phase=Phase.PAYING, payment=None), ()) if _is_declined(state) else (state, ())


def save_after_decline(state: State, event: BasketSaved) -> Step:
    """`Save basket and ask staff`."""
    return visit.park(state, event.at) if _is_declined(state) else (state, ())


def stop_after_decline(state: State, event: ShoppingStopped) -> Step:
    """Stop shopping from 17 over 12."""
    if not _is_declined(state):
        return state, ()
    state, effects = visit.void(state, state.basket, event.at)
    return visit.end(state), effects


def cancel_tender(state: State, event: TenderCancelled) -> Step:
    """Give one back; as much is due again."""
    found = next((t for t in state.basket.taken if t.tender.attempt == event.attempt), None)
    if found is None or is_settling(state):
        return state, ()
    others = tuple(t for t in state.basket.taken if t is not found)
    state = replace(state, basket=replace(state.basket, taken=others))
    state, effects = visit.give_back(state, (found,), event.at)
    return state, (Beep("touch"), *effects)


def stored(state: State, event: Stored) -> Step:
    """The money is on disk: now, and only now, it is taken; and when nothing is left the sale is sealed."""
    payment = state.payment
    if payment is None or payment.stage != "completed":
        return state, ()
    record = payment.record if payment.kind in CHARGED else None
    rest = payment.given - payment.amount if payment.kind in visit.HELD_TENDERS else ZERO
    in_machine = payment.cash_in is not None
    taken = Taken(_tender(payment), payment.rounding, record, payment.slips, rest, in_machine)
    if in_machine and (change := payment.given - payment.amount):
        state = dispensing.order(state, payment.attempt, change, "change")
        state = replace(state, notice=Notice("cash_change", str(change.minor)))
    calls = tuple(i for i in state.interventions if i.reason not in ("bank", "cash", "external"))
    basket = replace(state.basket, taken=(*state.basket.taken, taken))
    state = replace(state, basket=basket, interventions=calls, slips_seen=trusting.seen(state, payment, event.at))
    if left(basket):
        data = {"kind": payment.kind, "attempt": payment.attempt, "amount_minor": payment.amount.minor}
        state = replace(state, phase=Phase.PAYING, payment=None, part=ZERO)
        return state, (Beep("attention"), PublishEvent("tender.taken", data))
    return sell(state, event.at)


def _tender(payment: Payment) -> Tender:
    given = CashCounted(payment.given.minor, (payment.given - payment.amount).minor)
    return Tender(
        payment.kind,
        payment.amount.minor,
        payment.attempt,
        card_data(payment.record) if payment.kind == "card" and payment.record is not None else None,
        evidence=payment.evidence,
        cash=given if payment.kind == "cash" else UNSET,
        reference=_reference(payment),
        slip=payment.slip.code if payment.slip is not None and payment.on_trust else UNSET,
    )


def _reference(payment: Payment) -> str | UnsetType:
    """What the other end calls it, where that is no card."""
    if payment.kind in (*visit.HELD_TENDERS, "external"):
        return payment.text
    return payment.record.receipt if payment.kind == "qr" and payment.record is not None else UNSET


def card_data(record: CardRecord) -> CardSlipData:
    """What the sale keeps of the terminal's record."""
    return CardSlipData(
        scheme=record.scheme,
        masked=record.masked,
        terminal=record.terminal,
        receipt=record.receipt,
        trace=record.trace,
        authorization=record.authorization,
    )


def sell(state: State, at: Moment) -> Step:
    """Seal the sale with all that was taken and go to the receipt."""
    taken = state.basket.taken
    tenders = tuple(t.tender for t in taken)
    state, effects = visit.seal_basket(state, state.basket, "sale", tenders, at, rounding(state.basket))
    calls = tuple(i for i in state.interventions if i.reason not in ("bank", "age", "cash", "external"))
    earlier = tuple(line for t in taken[:-1] for line in t.slips)
    state = replace(state, phase=Phase.RECEIPT, basket=EMPTY, interventions=calls, slips=earlier, receipt="", prompt="")
    return state, (*effects, Beep("paid"))
