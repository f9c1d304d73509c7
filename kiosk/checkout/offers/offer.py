"""Offer: how many of which things make a bundle, and what a bundle saves.

Three for two is a bundle of three of which the cheapest is free; a percentage off is a bundle of one; a meal deal has
one place for each of its courses. The kinds that a shopkeeper knows (`kiosk.wire.offers_csv`) all come down to that.
An item carries the offers that it is in as they were when it was scanned, like its price: so replay needs no price
book, and what the shopper saw stays true when the price book changes or midnight comes in the middle of a basket.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from kiosk.values.money import Money
from kiosk.values.quantity import Weight, price_of_weight

WHOLE_BP = 10_000
Gives = Literal["free", "price", "percent", "amount"]


class Offer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """One offer of the shop. `value` is what it gives: see `gives`."""

    id: str
    name: str
    names: dict[str, str] = {}
    """Name by language (BCP 47)."""
    gives: Gives
    """`free`: of each bundle the `value` cheapest things; `price`: a bundle costs `value` minor units, a weighed thing
    that per kilogram; `percent`: each thing `value` basis points less; `amount`: a bundle `value` minor units less."""
    value: int
    need: tuple[int, ...] = (1,)
    """How many things a bundle has of each place: (3,) in three for two, (1, 1, 1) in a meal of three courses."""
    same: bool = False
    """All things of a bundle are the same product."""
    whole: bool = False
    """On all of its things at once, after every other offer. Only `percent` and `amount`."""
    spend_minor: int = 0
    """A whole offer asks that its things cost so much together, before anything is taken off."""
    priority: int = 0
    """Higher comes first."""
    excludes: tuple[str, ...] = ()
    """Offers (their ids) that are not used beside this one."""
    members: bool = False
    """Only for a customer who is known."""
    groups: tuple[str, ...] = ()
    """Only for a known customer who is in one of these groups."""
    coupon: bool = False
    """Only as often as the basket holds a coupon of it, times `limit`."""
    limit: int = 0
    """How many bundles a basket may have of it; 0: any number (with a coupon: one)."""

    def name_in(self, language: str) -> str:
        """The name in that language, or the name that it always has."""
        return self.names.get(language) or self.name

    def __hash__(self) -> int:
        return hash((self.id, self.value, self.need))


class Offered(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """That an item is in an offer: at which of its places (0 is the first; a meal's item may fit several)."""

    offer: Offer
    places: tuple[int, ...] = (0,)


class Coupon(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A coupon in the basket: the code that was scanned and the id of the offer that it opens."""

    code: str
    offer: str
    hold: str = ""
    """The question under which the store keeps it for this visit, of a coupon that may be used only once."""
    risk_minor: int = 0
    """What it may take off at most, of one that was taken although nobody could be asked."""


def saving(offer: Offer, prices: Sequence[int], weight_g: int | None = None) -> int:
    """What one bundle of things of these prices saves, in minor units: never less than nothing, never more than all.

    `weight_g` is that of a weighed thing, which is alone in its bundle.
    """
    match offer.gives:
        case "free":
            return sum(sorted(prices)[: offer.value])
        case "price":
            costs = offer.value
            if weight_g is not None:
                costs = price_of_weight(Money(offer.value), Weight(weight_g)).minor
            return max(0, sum(prices) - costs)
        case "percent":
            return sum(percent_of(price, offer.value) for price in prices)
        case "amount":
            return min(sum(prices), offer.value)


def percent_of(price_minor: int, value_bp: int) -> int:
    """So many basis points of a price, half a minor unit up."""
    return (2 * price_minor * value_bp + WHOLE_BP) // (2 * WHOLE_BP)
