"""Day: what a lane has sold and taken since its last Z, counted up sale by sale. Voids are counted, training is not.

`cash_minor` is what must lie in the drawer now; it goes from day to day, since closing a day takes nothing out.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from kiosk.checkout.day_report import DEPOSIT, Elsewhere, group_of
from kiosk.checkout.events import SchemeSum
from kiosk.checkout.sale import Sale, SaleLine, TaxTotal, is_container
from kiosk.checkout.signing import turnover_sign
from kiosk.values.money import Money


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
    machine_minor: int | None = None
    """What must be in the cash machine now, its box included; None: there is none."""
    machine_float_minor: int = 0
    """Change that staff put into it."""
    machine_pickup_minor: int = 0
    """What was in the boxes that they took out."""
    machine_difference_minor: int = 0
    """What those had too much (negative: too little)."""
    opening_minor: int = 0
    """What lay in the drawer when the day began."""
    goods_sold: int = 0
    groups: tuple[SchemeSum, ...] = ()
    """By main group of goods, after discounts; the deposit is one of its own."""
    discounted: int = 0
    """Lines that something was taken off."""
    voids_minor: int = 0
    returns: int = 0
    returns_minor: int = 0
    """What was paid back; a positive amount."""
    drawer_openings: int = 0
    copies: int = 0
    copies_minor: int = 0
    lines_removed: int = 0
    lines_removed_minor: int = 0
    price_checks: int = 0
    training: int = 0
    training_minor: int = 0
    donations: int = 0
    donations_minor: int = 0
    """What shoppers gave to a charity: in the tenders, and in no other sum."""
    loads: int = 0
    loads_minor: int = 0
    """What was put on gift cards: likewise."""
    containers: int = 0
    """Empties that staff took back,"""
    containers_minor: int = 0
    """and the deposit that was paid out for them: a positive amount, part of the returns."""
    grand_sales_minor: int = 0
    """Of all days since the lane's first, this one included, as far as they were counted; the next one likewise."""
    grand_returns_minor: int = 0


class DaySlip(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A report on its way to paper: X of the day so far, or Z of one that is closed. `at_utc_ms`: as it was then."""

    kind: Literal["x", "z"]
    day: Day
    at_utc_ms: int
    by: str = ""
    """Staff who asked for it or closed the day; empty: the calendar did."""
    copy: bool = False


class LastZ(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The last day that was closed. `printed`: it may be on paper, so that the next one is a copy."""

    slip: DaySlip
    printed: bool = False


def removed(day: Day, amount: Money) -> Day:
    """The day with one more line that was taken out of a basket."""
    return replace(day, lines_removed=day.lines_removed + 1, lines_removed_minor=day.lines_removed_minor + amount.minor)


def booked(day: Day, sale: Sale) -> Day:
    """The day with one more sealed sale, return or void."""
    if sale.training:
        return replace(day, training=day.training + 1, training_minor=day.training_minor + sale.totals.due_minor)
    if sale.kind == "void":
        return replace(day, voids=day.voids + 1, voids_minor=day.voids_minor + sale.totals.due_minor)
    totals, sign = sale.totals, turnover_sign(sale)
    turnover = sign * (totals.due_minor - totals.rounding_minor)
    if sale.kind == "return":
        grand = day.grand_returns_minor - turnover
        day = replace(
            day, returns=day.returns + 1, returns_minor=day.returns_minor - turnover, grand_returns_minor=grand
        )
    else:
        day = replace(day, sales=day.sales + 1, grand_sales_minor=day.grand_sales_minor + turnover)
    off = sum(d.amount_minor for line in sale.lines for d in line.discounts)
    empties = [line for line in sale.lines if is_container(line)]
    return replace(
        day,
        containers=day.containers + sum(line.count for line in empties),
        containers_minor=day.containers_minor - sign * sum(line.deposit_minor for line in empties),
        goods_minor=day.goods_minor + sign * totals.goods_minor,
        discounts_minor=day.discounts_minor + sign * off,
        discounted=day.discounted + sign * sum(bool(line.discounts) for line in sale.lines),
        goods_sold=day.goods_sold + sign * sum(line.count for line in sale.lines if not is_container(line)),
        groups=added(day.groups, (one for line in sale.lines for one in _grouped(line, sign))),
        deposit_minor=day.deposit_minor + sign * totals.deposit_minor,
        rounding_minor=day.rounding_minor + sign * totals.rounding_minor,
        donations=day.donations + (sale.donation is not UNSET),
        donations_minor=day.donations_minor + sale.to_pay_minor - totals.due_minor - sale.loaded_minor,
        loads=day.loads + len(sale.loads or ()),
        loads_minor=day.loads_minor + sale.loaded_minor,
        due_minor=day.due_minor + sign * totals.due_minor,
        tax=_taxed(day.tax, totals.tax, sign),
        tenders=added(day.tenders, ((tender.kind, 1, sign * tender.amount_minor) for tender in sale.tenders)),
    )


def added(sums: tuple[SchemeSum, ...], more: Iterable[tuple[str, int, int]]) -> tuple[SchemeSum, ...]:
    """The sums with (name, count, minor units) added to each, in order of their names."""
    by_name = {one.name: one for one in sums}
    for name, count, minor in more:
        one = by_name.get(name, SchemeSum(name, 0, 0))
        by_name[name] = SchemeSum(name, one.count + count, one.amount_minor + minor)
    return tuple(by_name[name] for name in sorted(by_name))


def _grouped(line: SaleLine, sign: int) -> Iterator[tuple[str, int, int]]:
    off = sum(discount.amount_minor for discount in line.discounts)
    if not is_container(line):
        yield group_of(line), sign * line.count, sign * (line.amount_minor + off)
    if line.deposit_minor:
        yield DEPOSIT, sign * line.count, sign * line.deposit_minor


def _taxed(sums: tuple[TaxTotal, ...], more: tuple[TaxTotal, ...], sign: int) -> tuple[TaxTotal, ...]:
    by_rate = {one.rate_bp: one for one in sums}
    for tax in more:
        one = by_rate.get(tax.rate_bp, TaxTotal(tax.rate_bp, 0, 0))
        net, inside = one.net_minor + sign * tax.net_minor, one.tax_minor + sign * tax.tax_minor
        by_rate[tax.rate_bp] = TaxTotal(tax.rate_bp, net, inside)
    return tuple(by_rate[rate] for rate in sorted(by_rate))


def untold(days: Iterable[Day]) -> dict[str, Elsewhere]:
    """What no sale tells of each business day. A day that was closed several times began with the first one's float."""
    found: dict[str, Elsewhere] = {}
    for day in days:
        before = found.get(day.business_day, Elsewhere(opening_float_minor=day.opening_minor))
        found[day.business_day] = replace(
            before,
            drawer_openings=before.drawer_openings + day.drawer_openings,
            copies=before.copies.plus(day.copies_minor, day.copies),
            lines_removed=before.lines_removed.plus(day.lines_removed_minor, day.lines_removed),
            price_inquiries=before.price_inquiries.plus(0, day.price_checks),
            training=before.training.plus(day.training_minor, day.training),
        )
    return found


def is_empty(day: Day) -> bool:
    """Whether nothing at all happened in it: such a day needs no Z."""
    nothing = Day(grand_sales_minor=day.grand_sales_minor, grand_returns_minor=day.grand_returns_minor)
    return (
        replace(day, number=1, business_day="", opened_utc_ms=0, cash_minor=0, machine_minor=None, opening_minor=0)
        == nothing
    )


def figures(day: Day) -> dict[str, Any]:
    """As plain JSON values, for the report that leaves the lane."""
    return {name: msgspec.to_builtins(getattr(day, name)) for name in day.__struct_fields__}
