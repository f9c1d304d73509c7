"""Rights: who may do what on the lane, as one table. Pure.

Cashier, supervisor and manager are three steps of one ladder: who stands higher may do all that is done below. The
operator stands beside it: at home in the machine, never at the money. Some acts weigh more the larger they are; from
the shop's thresholds on they need the next right (`StaffLimits`).

Somebody whose right does not reach is not turned away: the act waits, a second person proves on the same screen who
they are, and it is done in the name of both (`approving`).
"""

from typing import Literal

from kiosk.checkout import events as e
from kiosk.checkout.basket import Basket
from kiosk.checkout.brought_back import category_of, is_by_hand, worth
from kiosk.checkout.events import Event
from kiosk.checkout.lane import StaffLimits
from kiosk.checkout.pricing import due, line_total
from kiosk.checkout.refund import Refund
from kiosk.values.money import ZERO

Role = Literal["cashier", "supervisor", "manager", "operator"]
Right = Literal[
    "assist", "line", "large_line", "lane", "doubt", "drawer", "day", "machine", "hours", "manage", "large_refund",
    "deposit_return", "training", "audit", "configure",
]  # fmt: skip

_CASHIER: tuple[Role, ...] = ("cashier", "supervisor", "manager")
_SUPERVISOR: tuple[Role, ...] = ("supervisor", "manager")

RIGHTS: dict[Right, tuple[Role, ...]] = {
    "assist": _CASHIER,
    "line": _CASHIER,
    "large_line": _SUPERVISOR,
    "drawer": _SUPERVISOR,
    "day": _SUPERVISOR,
    "hours": _SUPERVISOR,
    "doubt": _SUPERVISOR,
    "large_refund": _SUPERVISOR,
    "deposit_return": _CASHIER,
    "manage": ("manager",),
    "training": _SUPERVISOR,
    "audit": _CASHIER,
    "lane": (*_CASHIER, "operator"),
    "machine": ("supervisor", "manager", "operator"),
    "configure": ("manager", "operator"),
}
"""Each right with the roles that have it: see a shopper through (ages, help, baskets); take a line out, change its
price or give a discount, and the same above the shop's thresholds; open the drawer without a sale; put cash in, take it
out, count it and close the day; sell outside the shop's own hours; decide about money that the terminal cannot tell of,
pay back more than the shop's threshold; take empties back for their deposit; what the shop leaves to its manager
(doubts, returns without proof or against its rule, cash for what was paid otherwise); open and close the lane; see to
printers and devices; begin training; look at a basket before it pays; change the lane's own settings, in which the
limits of everybody else stand."""

_DOUBT: dict[str, Right] = {"cashier": "assist", "supervisor": "doubt", "manager": "manage"}
"""Who decides about money in doubt, as the shop has it (`[staff] doubt`)."""


_FIXED: dict[type[Event], Right] = {
    e.AgeApproved: "assist",
    e.AgeRefused: "assist",
    e.HelpCleared: "assist",
    e.BagAccepted: "assist",
    e.ItemAllowed: "assist",
    e.ItemDenied: "assist",
    e.ItemKeyed: "assist",
    e.CashGiven: "assist",
    e.ExternalTaken: "assist",
    e.CashReturned: "assist",
    e.SignatureChecked: "assist",
    e.SignatureSlipAsked: "assist",
    e.BasketRecalled: "assist",
    e.ReprintAsked: "assist",
    e.GateAsked: "assist",
    e.ReturnBegan: "assist",
    e.CopyAsked: "assist",
    e.NoReceipt: "assist",
    e.EmptiesBegan: "deposit_return",
    e.DrawerAsked: "drawer",
    e.CashMoved: "day",
    e.DrawerCounted: "day",
    e.BoxCounted: "day",
    e.MachineEmptied: "day",
    e.DayClosed: "day",
    e.DaySlipAsked: "day",
    e.HoursOverridden: "hours",
    e.TrainingBegan: "training",
    e.AuditBegan: "audit",
    e.AuditWidened: "audit",
    e.AuditFinished: "audit",
    e.AuditSkipped: "audit",
    e.AssistedBegan: "assist",
    e.AssistedEnded: "assist",
    e.PartTried: "machine",
    e.RollChanged: "lane",
    e.CleaningBegan: "lane",
    e.LaneTuned: "machine",
    e.LanePaused: "lane",
    e.LaneClosed: "lane",
    e.LaneOpened: "lane",
}


def right_for(event: Event, basket: Basket, limits: StaffLimits, refund: Refund | None = None) -> Right | None:
    """The right that this act of staff needs; None for what needs none, or is no act of staff."""
    match event:
        case e.LineRemoved(line=line):
            worth = next((line_total(one) for one in basket.lines if one.line == line), ZERO)
            return "large_line" if worth.minor > limits.void_minor else "line"
        case e.PriceChanged() | e.DiscountGiven():
            return "large_line" if _is_large(event, basket, limits) else "line"
        case e.DoubtSettled() | e.ReversalSettled() | e.RefundSettled() | e.PayoutSettled():
            return _DOUBT[limits.doubt]
        case e.PieceReturned() | e.ReturnConfirmed() if refund is not None and refund.proof == "containers":
            return "deposit_return"
        case e.PieceReturned(line=line, count=count):
            kept_out = count and refund is not None and comes_under(category_of(refund, line), limits.not_returned)
            return "manage" if kept_out else "assist"
        case e.ReturnConfirmed(cash=cash) if refund is not None:
            unusual = cash or refund.proof != "store" or is_by_hand(refund)
            return "manage" if unusual else _paid_back(refund, limits)
        case _:
            return _FIXED.get(type(event))


def _paid_back(refund: Refund, limits: StaffLimits) -> Right:
    return "large_refund" if worth(refund).minor > limits.refund_minor else "assist"


def comes_under(category: str, rules: tuple[str, ...]) -> bool:
    """Whether a category is one of these, or lies below one."""
    return any(category == rule or category.startswith(f"{rule}/") for rule in rules)


def _is_large(event: e.PriceChanged | e.DiscountGiven, basket: Basket, limits: StaffLimits) -> bool:
    """Whether it gives away more than a cashier may. A dearer price gives nothing away."""
    line = next((one for one in basket.lines if one.line == event.line), None)
    if isinstance(event, e.PriceChanged):
        if line is None:
            return False
        before, off = line.item.price, (line.item.price - event.price) * line.count
        return off.minor > limits.off_minor or (before - event.price).minor * 10_000 > before.minor * limits.off_bp
    before = line_total(line) if line is not None else due(basket)
    if event.percent_bp:
        return event.percent_bp > limits.off_bp or before.minor * event.percent_bp > limits.off_minor * 10_000
    return event.amount.minor > limits.off_minor or event.amount.minor * 10_000 > before.minor * limits.off_bp


def may(role: str, right: str) -> bool:
    """Whether somebody with this role has the right."""
    return role in RIGHTS[right]  # type: ignore[index]  # only what `right_for` gave


def least(right: str) -> Role:
    """Whom to ask for: the lowest role that has it."""
    return RIGHTS[right][0]  # type: ignore[index]  # only what `right_for` gave
