"""Taking over: this machine goes on as a till that another machine was (the store's half is `store.replacing`).

The first start of such a machine brings what the store told when it was adopted: before its first report and its first
sale the lane has the numbers, the head of the chain and the counters. Until that start is on the disk every start
brings it; after that it changes nothing.

Money may have been taken by the machine before and never told. The payment terminal still knows its last payment, and
only that one; so what the terminal says of it before our first payment is reported (`terminal.last`, in the words of
its driver, empty if it told nothing), and the store compares it with its sales. The question is the one that every
payment begins with: it charges nothing. It is put as soon as the terminal is there, and if a shopper is faster, their
payment has asked it for us.
"""

from msgspec.structs import replace

from kiosk.checkout.effects import PrepareCard, PublishEvent
from kiosk.checkout.events import CardReady, CardRefused, DeviceFound, Event
from kiosk.checkout.state import State
from kiosk.checkout.succession import Succession
from kiosk.checkout.visit import Step

TERMINAL = "card_terminal"


def begin(state: State, place: Succession | None) -> Step:
    """Go on where the store says; once, however often it is said."""
    if place is None or place.segment <= state.segment:
        return state, ()
    day, lots = state.day, state.audit_day
    signed = replace(state.signatures, count=max(state.signatures.count, place.signed), last=place.signature)
    state = replace(
        state,
        segment=place.segment,
        sequence=max(state.sequence, place.sequence),
        attempts=0,
        chain=place.head or state.chain,
        reports=max(state.reports, place.reports),
        day=replace(day, number=max(day.number, place.day)),
        audit_day=replace(lots, number=max(lots.number, place.period)),
        signatures=signed if place.signed else state.signatures,
        last_payment="due",
    )
    begun = {"segment": place.segment, "sequence": state.sequence, "follows": place.head_sale, "head": place.head}
    return state, (PublishEvent("segment.begun", begun),)


def attempt_of(state: State) -> str:
    """Under which name the terminal is asked when nobody pays."""
    return f"{state.lane.till}-last-{state.segment}"


def follow(state: State, event: Event) -> Step:
    """The rule of every step while the last payment of the machine before is not known."""
    if not state.last_payment or state.training is not None:
        return state, ()
    match event:
        case DeviceFound(device=device) if device == TERMINAL and state.payment is None and state.refund is None:
            return state, (PrepareCard(attempt_of(state)),)
        case CardReady(attempt=attempt, baseline=baseline) if attempt == attempt_of(state) or _is_by_card(state):
            return replace(state, last_payment=""), (PublishEvent("terminal.last", {"said": baseline}),)
        case CardRefused(attempt=attempt, why=why) if attempt == attempt_of(state):
            return state, (PublishEvent("terminal.silent", {"why": why}),)
    return state, ()


def _is_by_card(state: State) -> bool:
    return state.payment is not None and state.payment.kind == "card"
