"""Goods: a basket as the rule sees it. A line is so many things of one price; a weighed line is one thing.

Which offers may be used at all is decided before anything is reckoned: by who the customer is and by the coupons that
lie in the basket.
"""

from collections.abc import Iterable, Sequence

import msgspec

from kiosk.checkout.offers.offer import Coupon, Offer, Offered


class Good(msgspec.Struct, frozen=True):
    """One line: `count` things of `price_minor`, and the offers that they are in."""

    line: int
    product: str
    price_minor: int
    """Of one; of all of it where it was weighed."""
    count: int = 1
    weight_g: int | None = None
    offers: tuple[Offered, ...] = ()


class Shopper(msgspec.Struct, frozen=True):
    """Who shops, as far as offers ask: whether known, in which groups, with which coupons."""

    customer: str = ""
    groups: tuple[str, ...] = ()
    coupons: tuple[Coupon, ...] = ()


Bundle = tuple[Offer, tuple[int, ...]]
"""An offer and the things in one bundle of it, each named by its place among the goods; a place may come again."""


def in_order(offers: Iterable[Offer]) -> list[Offer]:
    """As they are listed: the highest priority first, then by name. This order decides between equals."""
    return sorted(offers, key=lambda offer: (-offer.priority, offer.id, offer.value, offer.need))


def usable(goods: Sequence[Good], shopper: Shopper) -> list[Offer]:
    """The offers that these goods are in and that this shopper may use, as listed."""
    found: dict[Offer, None] = {}
    for good in goods:
        for offered in good.offers:
            found.setdefault(offered.offer)
    return in_order(offer for offer in found if _may_use(offer, shopper))


def _may_use(offer: Offer, shopper: Shopper) -> bool:
    if (offer.members or offer.groups) and not shopper.customer:
        return False
    if offer.groups and not set(offer.groups) & set(shopper.groups):
        return False
    return not offer.coupon or any(coupon.offer == offer.id for coupon in shopper.coupons)


def most_bundles(offer: Offer, shopper: Shopper, goods: Sequence[Good]) -> int:
    """How many bundles of it this basket may have."""
    things = sum(good.count for good in goods)
    if not offer.coupon:
        return offer.limit or things
    coupons = sum(coupon.offer == offer.id for coupon in shopper.coupons)
    return coupons * (offer.limit or 1)


def fits(good: Good, offer: Offer) -> tuple[int, ...]:
    """The places of the offer that this thing can take; none if it is not in it, costs nothing, or was weighed and the
    offer needs more than one or takes an amount off each."""
    if good.price_minor <= 0 or (good.weight_g is not None and not takes_weighed(offer)):
        return ()
    return next((offered.places for offered in good.offers if offered.offer == offer), ())


def takes_weighed(offer: Offer) -> bool:
    """Whether a weighed line can be a bundle of it."""
    return offer.whole or (offer.need == (1,) and offer.gives in ("percent", "price"))
