"""Coupon events: paper or an app that opens an offer of the shop."""

from typing import Literal

from kiosk.checkout.events.fact import Fact


class CouponScanned(Fact, frozen=True, kw_only=True):
    """A code that the price book lists as the coupon of an offer which runs now. `name` is the offer's."""

    code: str
    offer: str
    name: str
    once: bool = False
    """Each code of it may be used once: the store is asked."""
    offline: Literal["", "accept", "refuse"] = ""
    """What to do when the store says nothing; empty: what the lane always does."""
    worth_minor: int | None = None
    """What it may take off at most; None: that depends on the basket."""


CouponEvent = CouponScanned
