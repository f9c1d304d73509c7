"""Paying: whether the shopper may pay now, and with what. One place, so that button, handler and voice agree."""

from typing import Literal

from kiosk.checkout.devices import MAINTENANCE
from kiosk.checkout.lane import Limit
from kiosk.checkout.sale import TenderKind
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tenders import in_all, to_take

Blocked = Literal["", "empty", "age", "bag", "no_tender", "weighing", "value"]
TenderBlocked = Literal["", "device", "store", "paid", "too_little", "too_much"]

TENDER_DEVICE = {"card": "card_terminal", "qr": "qr_payment"}
"""The device without which a tender cannot be taken; staff take the others by hand."""


def age_needed(state: State) -> int:
    """The highest age limit in the basket that staff have not checked yet; 0: none."""
    limits = [line.item.age_limit for line in state.basket.lines]
    highest = max(limits, default=0)
    return highest if highest > state.basket.age_approved else 0


def working_tenders(state: State) -> tuple[TenderKind, ...]:
    """The lane's tenders that can pay what is left now, in the lane's order."""
    return tuple(tender for tender in state.lane.tenders if not tender_blocked(state, tender))


def tender_blocked(state: State, tender: TenderKind) -> TenderBlocked:
    """Why this tender cannot be chosen now; empty: it can."""
    if TENDER_DEVICE.get(tender) in state.devices.lost:
        return "device"
    if tender in ("gift_card", "voucher") and not state.devices.link_up:
        return "store"
    amount = to_take(state).minor
    so_far = sum(one.tender.amount_minor for one in state.basket.taken if one.tender.kind == tender)
    limit = next((limit for limit in state.lane.tender_limits if limit.tender == tender), Limit(tender))
    if amount <= 0 and state.basket.taken:
        return "paid"
    if 0 < amount < limit.least_minor:
        return "too_little"
    return "too_much" if 0 < limit.most_minor < amount + so_far else ""


def is_settling(state: State) -> bool:
    """Whether a payment is on its way to the disk: until it is there, nothing of the visit may change."""
    return state.payment is not None and state.payment.stage == "completed"


def pay_blocked(state: State) -> Blocked:
    """Why Pay cannot be pressed now; empty: it can. A missing tender is told on 10, not by a dead button."""
    if not state.basket.lines:
        return "empty"
    if age_needed(state):
        return "age"
    if state.shelf.kind:
        return "bag"
    if state.weighing is not None:
        return "weighing"
    most = state.lane.basket_most_minor
    return "value" if most and not state.assisted and in_all(state.basket).minor > most else ""


def may_begin(state: State) -> bool:
    """Whether a new visit may begin: every needed device answers, and the disk has room for a sale."""
    return not fault(state)


def fault(state: State) -> str:
    """The first thing that keeps the lane from selling: a device's name, `disk` or `signer`; empty: nothing."""
    if state.lane.signer_missing:
        return "signer"
    for device in state.lane.needs:
        if device in state.devices.lost:
            return device
    return "disk" if state.devices.disk_low else ""


def is_resting(state: State) -> bool:
    """Whether all that keeps the lane from selling is the maintenance of a device, which ends by itself."""
    device = fault(state)
    return bool(device) and state.devices.lost.get(device, ("", 0))[0] == MAINTENANCE


def is_between_visits(state: State) -> bool:
    """Whether nobody is served right now."""
    return state.phase in (Phase.WELCOME, Phase.CLOSED)
