"""Day: what a lane has sold and taken since its last Z, counted up sale by sale. Voids are counted, training is not.

`cash_minor` is what must lie in the drawer now; it goes from day to day, since closing a day takes nothing out.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from kiosk.checkout.events import SchemeSum
from kiosk.checkout.sale import Sale, TaxTotal


class Day(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The figures of X and, when it is closed, of Z. Amounts are minor units."""

    number: int = 1
    """Of the Z that will close it."""
    business_day: str = ""
    opened_utc_ms: int = 0
    sales: int = 0
    voids: int = 0
    goods_minor: int = 0
    discounts_minor: int = 0
    deposit_minor: int = 0
    rounding_minor: int = 0
    due_minor: int = 0
    tax: tuple[TaxTotal, ...] = ()
    tenders: tuple[SchemeSum, ...] = ()
    float_minor: int = 0
    pickup_minor: int = 0
    counted_minor: int | None = None
    """The last count of the drawer; None: not counted."""
    difference_minor: int = 0
    """What that count had too much (negative: too little)."""
    cash_minor: int = 0


def booked(day: Day, sale: Sale) -> Day:
    """The day with one more sealed sale, return or void."""
    if sale.training:
        return day
    if sale.kind == "void":
        return replace(day, voids=day.voids + 1)
    totals = sale.totals
    return replace(
        day,
        sales=day.sales + 1,
        goods_minor=day.goods_minor + totals.goods_minor,
        discounts_minor=day.discounts_minor + sum(d.amount_minor for line in sale.lines for d in line.discounts),
        deposit_minor=day.deposit_minor + totals.deposit_minor,
        rounding_minor=day.rounding_minor + totals.rounding_minor,
        due_minor=day.due_minor + totals.due_minor,
        tax=_taxed(day.tax, totals.tax),
        tenders=added(day.tenders, ((tender.kind, 1, tender.amount_minor) for tender in sale.tenders)),
    )


def added(sums: tuple[SchemeSum, ...], more: Iterable[tuple[str, int, int]]) -> tuple[SchemeSum, ...]:
    """The sums with (name, count, minor units) added to each, in order of their names."""
    by_name = {one.name: one for one in sums}
    for name, count, minor in more:
        one = by_name.get(name, SchemeSum(name, 0, 0))
        by_name[name] = SchemeSum(name, one.count + count, one.amount_minor + minor)
    return tuple(by_name[name] for name in sorted(by_name))


def _taxed(sums: tuple[TaxTotal, ...], more: tuple[TaxTotal, ...]) -> tuple[TaxTotal, ...]:
    by_rate = {one.rate_bp: one for one in sums}
    for tax in more:
        one = by_rate.get(tax.rate_bp, TaxTotal(tax.rate_bp, 0, 0))
        by_rate[tax.rate_bp] = TaxTotal(tax.rate_bp, one.net_minor + tax.net_minor, one.tax_minor + tax.tax_minor)
    return tuple(by_rate[rate] for rate in sorted(by_rate))


def is_empty(day: Day) -> bool:
    """Whether nothing at all happened in it: such a day needs no Z."""
    return replace(day, number=1, business_day="", opened_utc_ms=0, cash_minor=0) == Day()


def figures(day: Day) -> dict[str, Any]:
    """As plain JSON values, for the report that leaves the lane."""
    return {name: msgspec.to_builtins(getattr(day, name)) for name in day.__struct_fields__}
