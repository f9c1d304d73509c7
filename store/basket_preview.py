"""Basket preview: what a basket costs at a moment, under the offers that run and one that somebody is still writing.

Reckoned by the lanes' own pricing (`kiosk.checkout.pricing`, offers chosen by `kiosk.wire.leaflet`), so a page shows
what shoppers will pay. Tax that a jurisdiction adds on top of the sum is not in it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from kiosk.checkout import pricing
from kiosk.checkout.basket import Basket, Line
from kiosk.checkout.item import Item
from kiosk.checkout.offers.offer import Coupon
from kiosk.values.money import Money
from kiosk.wire.leaflet import Leaflet
from kiosk.wire.offers_csv import OfferRow
from kiosk.wire.price_csv import PriceRow


class Much(msgspec.Struct, frozen=True):
    """So many of a product, or so many grams of what is sold by weight."""

    row: PriceRow
    count: int = 1
    weight_g: int | None = None


class Shown(msgspec.Struct, frozen=True):
    """One line: goods at the shelf's price, deposit, and what offers take off, in minor units."""

    code: str
    name: str
    count: int
    weight_g: int | None
    amount_minor: int
    deposit_minor: int
    saved_minor: int


class Saving(msgspec.Struct, frozen=True):
    """What one offer takes off the basket."""

    offer: str
    name: str
    saved_minor: int


class Preview(msgspec.Struct, frozen=True):
    """The whole basket: what is due is goods and deposits less what is saved."""

    lines: tuple[Shown, ...]
    savings: tuple[Saving, ...]
    saved_minor: int
    due_minor: int


def preview(
    basket: Sequence[Much],
    offers: Iterable[OfferRow],
    local: datetime,
    *,
    member: bool = False,
    groups: tuple[str, ...] = (),
    coupons: Iterable[str] = (),
) -> Preview:
    """What it costs at this moment of the shop's clock. `coupons`: ids of offers whose coupon lies in the basket."""
    leaflet = Leaflet(offers)
    lines = tuple(_line(number, one, leaflet, local) for number, one in enumerate(basket, start=1))
    held = tuple(Coupon(code=f"preview-{id_}", offer=id_) for id_ in coupons)
    shopper = "preview" if member or groups else ""
    whole = Basket(lines=lines, customer=shopper, groups=groups, coupons=held)
    off: dict[int, int] = {}
    for one in pricing.savings(whole):
        off[one.line] = off.get(one.line, 0) + one.minor
    return Preview(
        lines=tuple(_shown(line, off.get(line.line, 0)) for line in lines),
        savings=tuple(Saving(o.id, o.name, minor.minor) for o, minor in pricing.saved_by_offer(whole)),
        saved_minor=sum(off.values()),
        due_minor=pricing.due(whole).minor,
    )


def _line(number: int, one: Much, leaflet: Leaflet, local: datetime) -> Line:
    row = one.row
    item = Item(
        gtin=row.code, name=row.name, price=Money(row.price_minor), tax_class=row.tax_class, tax_bp=row.tax_bp or 0,
        price_book="", names=row.names, sold_by=row.sold_by, deposit=Money(row.deposit_minor),
        offers=leaflet.offers_on(row, local),
    )  # fmt: skip
    return Line(line=number, item=item, count=one.count, weight_g=one.weight_g)


def _shown(line: Line, saved_minor: int) -> Shown:
    return Shown(
        line.item.gtin, line.item.name, line.count, line.weight_g, pricing.line_amount(line).minor,
        pricing.line_deposit(line).minor, saved_minor,
    )  # fmt: skip
