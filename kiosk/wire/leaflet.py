"""Leaflet: the shop's offers as they run now, and which of them an item is in.

Read from the price book once a version. What runs at the moment of the scan goes into the item, which keeps it; so an
offer that ends at midnight holds for what was scanned before. An item carries at most MOST offers, those of the highest
priority: an event must stay small.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

import msgspec

from kiosk.checkout.events import CouponScanned
from kiosk.checkout.offers.hours import Hours, runs
from kiosk.checkout.offers.offer import Gives, Offer, Offered
from kiosk.wire.offers_csv import OfferRow
from kiosk.wire.offers_together import MOST, names_of
from kiosk.wire.price_csv import PriceRow

LONGEST = 40
"""Characters of a coupon's code."""


class _Entry(msgspec.Struct, frozen=True):
    row: OfferRow
    offer: Offer
    hours: Hours


class Leaflet:
    """The offers of one version of the price book."""

    def __init__(self, rows: Iterable[OfferRow]) -> None:
        entries = [_Entry(row, offer_of(row), hours_of(row)) for row in rows]
        self._coupons = [entry for entry in entries if entry.row.coupon]
        self._of: dict[str, list[_Entry]] = {}
        for entry in sorted(entries, key=lambda entry: (-entry.row.priority, entry.row.offer)):
            for word in {word for place in entry.row.items for word in place}:
                self._of.setdefault(word, []).append(entry)

    def offers_on(self, row: PriceRow, now: datetime) -> tuple[Offered, ...]:
        """The offers that this product is in at this moment of the shop's wall clock, the highest priority first."""
        if not self._of:
            return ()
        words = names_of(row)
        found = {entry.offer: entry for word in words for entry in self._of.get(word, ()) if runs(entry.hours, now)}
        first = sorted(found.values(), key=lambda entry: (-entry.row.priority, entry.row.offer))[:MOST]
        return tuple(Offered(entry.offer, _places(entry.row, words)) for entry in first)

    def coupon(self, code: str, now: datetime) -> CouponScanned | None:
        """What it means that this code was scanned, if it is the coupon of an offer that runs at this moment."""
        for entry in self._coupons:
            row, offer = entry.row, entry.offer
            if _is_coupon(row.coupon, code) and runs(entry.hours, now):
                worth = offer.value * max(1, offer.limit) if offer.gives == "amount" else None
                return CouponScanned(
                    code=code,
                    offer=offer.id,
                    name=offer.name,
                    once=row.once,
                    offline=row.offline,
                    worth_minor=worth if row.once else None,
                )
        return None


def _is_coupon(listed: str, code: str) -> bool:
    if len(code) > LONGEST or not code.isascii() or " " in code or not code.isprintable():
        return False
    return code.startswith(listed[:-1]) if listed.endswith("*") else code == listed


def _places(row: OfferRow, words: set[str]) -> tuple[int, ...]:
    return tuple(place for place, listed in enumerate(row.items) if words & set(listed))


def offer_of(row: OfferRow) -> Offer:
    """The row as the checkout understands it."""
    gives, value = _gives(row)
    return Offer(
        id=row.offer,
        name=row.name,
        names=row.names,
        gives=gives,
        value=value,
        need=(1,) * len(row.items) if row.kind == "meal_deal" else (row.need,),
        same=row.kind == "multibuy",
        whole=row.whole,
        spend_minor=row.spend_minor,
        priority=row.priority,
        excludes=row.excludes,
        members=row.kind == "member_price",
        groups=row.groups,
        coupon=bool(row.coupon),
        limit=row.limit,
    )


def _gives(row: OfferRow) -> tuple[Gives, int]:
    if row.pay is not None:
        return "free", row.need - row.pay
    if row.price_minor is not None:
        return "price", row.price_minor
    if row.percent_bp is not None:
        return "percent", row.percent_bp
    assert row.amount_minor is not None, "an offer gives something: the file was read so"
    return "amount", row.amount_minor


def hours_of(row: OfferRow) -> Hours:
    """When it runs."""
    return Hours(
        first_day=date.fromisoformat(row.first_day) if row.first_day else date.min,
        last_day=date.fromisoformat(row.last_day) if row.last_day else date.max,
        weekdays=row.weekdays,
        since=time.fromisoformat(row.since) if row.since else None,
        until=time.fromisoformat(row.until) if row.until else None,
    )
