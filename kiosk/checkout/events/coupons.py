"""Coupon events: paper or an app that opens an offer of the shop."""

from kiosk.checkout.events.fact import Fact


class CouponScanned(Fact, frozen=True, kw_only=True):
    """A code that the price book lists as the coupon of an offer which runs now. `name` is the offer's."""

    code: str
    offer: str
    name: str


CouponEvent = CouponScanned
