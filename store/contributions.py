"""Contributions: what one sealed sale adds to each roll-up, and which facts are taken out of it. Pure.

A claim of a member that comes after the payment takes the sale's contributions away and adds them again under the new
group: everything here follows from the sale, the member's groups and the shop's clock, and from nothing else.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from msgspec import UNSET

from kiosk.checkout.sale import Sale, SaleLine
from store.report_schema import (
    rollup_category,
    rollup_category_month,
    rollup_product,
    rollup_product_month,
    rollup_sale,
    rollup_tax,
    rollup_tender,
)

BASKETS = (0, 1, 2, 4, 7, 11, 21, 51)
"""The sizes that baskets are told apart by: from so many pieces on."""

Sums = dict[sa.Table, dict[tuple[Any, ...], list[int]]]
"""Table -> key, in the order of its primary key -> measures, in the order of its other columns."""


class Where(NamedTuple):
    """What all contributions of a sale have in common, in the order of the tables' keys."""

    business_day: str
    hour: int
    till: str
    kind: str
    currency: str
    member_group: str
    staff: str


def where_of(sold: Sale, member_group: str, zone: ZoneInfo) -> Where:
    """The sale's place in the roll-ups."""
    staff = "" if sold.served_by is UNSET else sold.served_by
    hour = local(sold.sealed, zone)[1]
    return Where(sold.business_day, hour, sold.till, sold.kind, sold.currency, member_group, staff)


def local(rfc3339: str, zone: ZoneInfo) -> tuple[str, int]:
    """(day, hour) of that moment on the shop's clock; ("", -1) if it is none."""
    try:
        moment = datetime.fromisoformat(rfc3339).astimezone(zone)
    except (ValueError, OverflowError):
        return "", -1
    return moment.date().isoformat(), moment.hour


def between_ms(from_rfc3339: str, to_rfc3339: str) -> int:
    """Milliseconds from one to the other, never less than 0; 0 where one of them is no time."""
    try:
        gone = datetime.fromisoformat(to_rfc3339) - datetime.fromisoformat(from_rfc3339)
    except (ValueError, TypeError):
        return 0
    return max(0, gone.days * 86_400_000 + gone.seconds * 1000 + gone.microseconds // 1000)


def basket_of(sold: Sale) -> int:
    """The size of its basket: the largest of BASKETS that its pieces reach."""
    pieces = sum(line.count for line in sold.lines)
    return max(size for size in BASKETS if size <= max(0, pieces))


def is_empty_back(kind: str, amount_minor: int, discount_minor: int, deposit_minor: int) -> bool:
    """Whether the line of a return is only an empty container: money for its deposit, and no goods."""
    return kind == "return" and amount_minor == 0 and discount_minor == 0 and deposit_minor != 0


def add_up(sums: Sums, sold: Sale, member_group: str, zone: ZoneInfo, times: int = 1) -> None:
    """Add what this sale comes to; `times` -1 takes it away. Training adds nothing."""
    if sold.training:
        return
    where = where_of(sold, member_group, zone)
    for table, key, measures in _parts(sold, where):
        kept = sums.setdefault(table, {}).setdefault(key, [0] * len(measures))
        for place, measure in enumerate(measures):
            kept[place] += times * measure


def _parts(sold: Sale, where: Where) -> Iterator[tuple[sa.Table, tuple[Any, ...], tuple[int, ...]]]:
    sign = -1 if sold.kind == "return" else 1
    totals = sold.totals
    yield (
        rollup_sale,
        (*where, basket_of(sold)),
        (
            1, sign * sum(line.count for line in sold.lines), totals.goods_minor, totals.deposit_minor,
            totals.rounding_minor, totals.on_top_minor, totals.due_minor,
            0 if sold.donation is UNSET else sold.donation.amount_minor,
            between_ms(sold.started, sold.sealed), 1 if sold.interventions else 0,
        ),
    )  # fmt: skip
    if sold.kind == "void":
        return
    month = where.business_day[:7]
    for line in sold.lines:
        measures = _of_line(line, sold.kind, sign)
        product = (line.gtin, where.kind, where.currency, where.member_group, where.staff, line.category)
        yield rollup_category, (*where, line.category), measures
        yield rollup_category_month, (month, *where[1:], line.category), measures
        yield rollup_product, (where.business_day, *product), measures
        yield rollup_product_month, (month, *product), measures
    for tender in sold.tenders:
        scheme = tender.card.scheme if tender.card else ""
        yield rollup_tender, (*where, tender.kind, scheme), (1, tender.amount_minor)
    for tax in totals.tax:
        yield rollup_tax, (*where, tax.rate_bp), (1, tax.net_minor, tax.tax_minor)


def _of_line(line: SaleLine, kind: str, sign: int) -> tuple[int, ...]:
    off = sum(discount.amount_minor for discount in line.discounts)
    goods = 0 if is_empty_back(kind, line.amount_minor, off, line.deposit_minor) else sign
    return (1, goods * line.count, goods * (line.weight_g or 0), line.amount_minor, off, line.deposit_minor)


def fact_row(sold: Sale, member_group: str, zone: ZoneInfo) -> dict[str, Any]:
    """The row of `sale_fact`."""
    where = where_of(sold, member_group, zone)
    return {"sale_key": sold.key, **where._asdict(), "basket": basket_of(sold)}


def intervention_rows(sold: Sale, zone: ZoneInfo) -> Iterable[dict[str, Any]]:
    """The rows of `intervention`: what staff cleared or did in this visit."""
    for place, one in enumerate(sold.interventions, start=1):
        yield {
            "sale_key": sold.key, "place": place, "business_day": sold.business_day,
            "hour": local(one.cleared, zone)[1], "till": sold.till, "staff": one.by, "reason": one.reason,
            "cleared_at": one.where, "clear_ms": between_ms(one.opened, one.cleared),
        }  # fmt: skip
