"""Permitting: what self-service does not sell, and staff may: blocked and staff's own goods, goods without a price of
their own, things past their best, what the shop sells at other hours, and what the price book does not know.

What a shopper tried to buy is held (`scanning.hold`) and staff are called; shopping goes on. Staff sell it as it is,
key a price for it, or say no, with their name in the sale's record. What the law forbids is not held at all: a
recalled batch and a passed use-by date are nobody's to sell.
"""

from msgspec.structs import replace

from kiosk.checkout import scanning
from kiosk.checkout.basket import Cleared
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import HoursOverridden, ItemAllowed, ItemDenied, ItemFound, ItemKeyed
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment
from kiosk.values.money import Money

PRICE_MOST_MINOR = 9_999_999
"""The highest price that a person may key."""


def allow(state: State, event: ItemAllowed) -> Step:
    """The held item is sold as it is; one without a price needs `key`."""
    held = state.held
    if held is None or held.why == "shop_hours":
        return state, ()
    return _sell_held(state, event.at)


def override(state: State, event: HoursOverridden) -> Step:
    """The held item is sold outside the shop's hours; the law's are not asked here, and hold (`scanning.take`)."""
    held = state.held
    return _sell_held(state, event.at) if held is not None and held.why == "shop_hours" else (state, ())


def _sell_held(state: State, at: Moment) -> Step:
    held = state.held
    if state.staff is None or held is None or held.found is None or held.found.item.open_price:
        return state, ()
    return _sell(state, replace(held.found, at=at), held.why)


def key(state: State, event: ItemKeyed) -> Step:
    """A price by hand: for the held item, if it has none of its own, else for a thing of this kind of goods."""
    if state.staff is None or not 0 < event.item.price.minor <= PRICE_MOST_MINOR:
        return state, (Beep("not-found"),)
    held = state.held
    item, why = event.item, held.why if held is not None else "keyed"
    if held is not None and held.found is not None and held.found.item.open_price:
        item = replace(held.found.item, price=event.item.price, priced="staff", open_price=False)
    return _sell(state, ItemFound(at=event.at, item=item, entry="key"), why)


def deny(state: State, event: ItemDenied) -> Step:
    """It is not sold."""
    held = state.held
    if state.staff is None or held is None:
        return state, ()
    report = PublishEvent("item.denied", {"by": state.staff.id, "why": held.why, "code": held.code})
    return _let_go(state, event.at, f"{held.code}: {held.why}; not sold"), (Beep("attention"), report)


def _sell(state: State, found: ItemFound, why: str) -> Step:
    assert state.staff is not None, "staff sell this"
    before, by = state.basket.next_line, state.staff.id
    state, effects = scanning.take(state, found)
    if state.basket.next_line == before and state.weighing is None:
        return state, effects
    price: Money = found.item.price
    code = found.item.gtin
    report = PublishEvent("item.allowed", {"by": by, "why": why, "code": code, "price_minor": price.minor})
    return _let_go(state, found.at, f"{code}: {why}; sold at {price.minor}"), (*effects, report)


def _let_go(state: State, at: Moment, evidence: str) -> State:
    """The call is over, and in the record."""
    assert state.staff is not None, "staff decide this"
    call = next((i for i in state.interventions if i.reason == "item"), None)
    opened = call.opened_utc_ms if call is not None else at.utc_ms
    note = Cleared("item", opened, at.utc_ms, state.staff.id, evidence=evidence)
    return replace(
        state,
        held=None,
        notice=None,
        interventions=tuple(i for i in state.interventions if i.reason != "item"),
        basket=replace(state.basket, cleared=(*state.basket.cleared, note)),
    )
