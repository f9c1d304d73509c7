"""Desk events: what staff change in a basket and do at the counter. Whether they may is asked before (`rights`)."""

from typing import Literal

from kiosk.checkout.events.fact import Fact
from kiosk.values.money import ZERO, Money

Reason = Literal["damaged", "short_date", "wrong_label", "other"]


class BadgeShown(Fact, frozen=True, kw_only=True):
    """A staff badge was scanned. It says who, and proves nothing: anybody can have photographed it."""

    staff: str
    name: str


class BadgeUnknown(Fact, frozen=True):
    """A badge was held before the reader that is nobody's here, or could not be read. What it said is kept nowhere."""


class ApprovalDropped(Fact, frozen=True):
    """The act that waits for a second person is not done after all."""


class LineRemoved(Fact, frozen=True, kw_only=True):
    """Staff take a line out, for a reason."""

    line: int
    reason: Reason


class PriceChanged(Fact, frozen=True, kw_only=True):
    """Staff set another price of one (or of one kilogram) on a line; 0 is allowed, less is not."""

    line: int
    price: Money
    reason: Reason


class DiscountGiven(Fact, frozen=True, kw_only=True):
    """Staff take something off a line, or off the whole basket (`line` 0): basis points or an amount, not both.

    A second one on the same place takes the place of the first; nothing off takes it away.
    """

    line: int
    reason: Reason
    percent_bp: int = 0
    amount: Money = ZERO


DeskEvent = BadgeShown | BadgeUnknown | ApprovalDropped | LineRemoved | PriceChanged | DiscountGiven
