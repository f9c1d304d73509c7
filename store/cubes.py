"""Cubes: what can be summed, over what, and split by what. Pure.

A cube is a table with dimensions (columns to split and filter by) and measures (sums). A subject such as the sold lines
has several, the cheapest first: the roll-ups answer most questions, and raw lines the rest. Amounts are minor units; a
return's are negative, so a plain sum is what the shop really sold. Voids have measures of their own: they are in no
turnover.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from store.report_schema import (
    intervention,
    lane_act,
    rollup_category,
    rollup_category_month,
    rollup_product,
    rollup_product_month,
    rollup_sale,
    rollup_tax,
    rollup_tender,
    sale_fact,
)
from store.schema import LINE_DAY, sale_line

Number = sa.ColumnElement[int]
QUICK_MS = 60_000
"""A call that is cleared within this time was cleared quickly."""


class Cube(NamedTuple):
    """One way to sum a subject. `raw`: over single lines, which takes a while for a long period. `monthly`: over whole
    months and the days beside them (`store.months`); such a table has the period's borders in it already. `near`: the
    day again, as PostgreSQL finds the lines of some days by it without reading those of a year."""

    table: sa.FromClause
    day: "sa.ColumnElement[str]"
    dims: Mapping[str, "sa.ColumnElement[Any]"]
    measures: Mapping[str, Number]
    raw: bool = False
    monthly: bool = False
    near: "sa.ColumnElement[str] | None" = None


def _sum(value: Any, *when: "sa.ColumnElement[bool]") -> Number:
    counted = sa.case((sa.and_(*when), value), else_=0) if when else value
    return sa.cast(sa.func.coalesce(sa.func.sum(counted), 0), sa.BigInteger)


def _count(*when: "sa.ColumnElement[bool]") -> Number:
    return _sum(sa.literal_column("1"), *when)


def _periods(day: "sa.ColumnElement[str]") -> dict[str, "sa.ColumnElement[Any]"]:
    return {"day": day, "month": sa.func.substr(day, 1, 7), "year": sa.func.substr(day, 1, 4)}


def _everywhere(table: sa.Table) -> dict[str, "sa.ColumnElement[Any]"]:
    c = table.c
    return {
        **_periods(c.business_day), "hour": c.hour, "till": c.till, "kind": c.kind, "currency": c.currency,
        "group": c.member_group, "staff": c.staff,
    }  # fmt: skip


# --- sales ------------------------------------------------------------------------------------------------------------


def _of_sales() -> Cube:
    c = rollup_sale.c
    is_sale, is_return, is_void = c.kind == "sale", c.kind == "return", c.kind == "void"
    measures = {
        "sales": _sum(c.sales, ~is_void),
        "sold": _sum(c.sales, is_sale),
        "returns": _sum(c.sales, is_return),
        "items": _sum(c.pieces, ~is_void),
        "sold_items": _sum(c.pieces, is_sale),
        "sold_goods_minor": _sum(c.goods_minor, is_sale),
        "returned_minor": _sum(c.due_minor, is_return),
        "duration_ms": _sum(c.duration_ms, is_sale),
        "assisted": _sum(c.sales, is_sale, c.staff != ""),
        "helped": _sum(c.helped, is_sale, c.staff == ""),
        "voids": _sum(c.sales, is_void),
        "void_items": _sum(c.pieces, is_void),
        "void_minor": _sum(c.goods_minor + c.deposit_minor, is_void),
    }
    for name in ("goods_minor", "deposit_minor", "rounding_minor", "added_tax_minor", "due_minor", "donation_minor"):
        measures[name] = _sum(c[name], ~is_void)
    return Cube(rollup_sale, c.business_day, {**_everywhere(rollup_sale), "basket": c.basket}, measures)


# --- lines ------------------------------------------------------------------------------------------------------------


def _of_lines(c: Any, kind: "sa.ColumnElement[str]", count: Any, weight_g: Any, lines: Any) -> dict[str, Number]:
    back = kind == "return"
    return {
        "lines": _sum(lines),
        "count": _sum(count),
        "weight_g": _sum(weight_g),
        "amount_minor": _sum(c.amount_minor),
        "discount_minor": _sum(c.discount_minor),
        "goods_minor": _sum(c.amount_minor + c.discount_minor),
        "deposit_minor": _sum(c.deposit_minor),
        "returned_count": _sum(-count, back),
        "returned_minor": _sum(c.amount_minor + c.discount_minor, back),
    }


def _monthly_lines(days: sa.Table, months: sa.Table) -> "sa.Subquery":
    """Rows of whole months, and of the days before and after them."""
    rest = [column.name for column in days.c if column.name != "business_day"]
    day, month = days.c.business_day, sa.func.substr(days.c.business_day, 1, 7).label("month")
    beside = sa.select(month, *(days.c[name] for name in rest))
    whole = sa.select(months.c.month, *(months.c[name] for name in rest))
    return sa.union_all(
        beside.where(day >= sa.bindparam("from_day"), day < sa.bindparam("months_from")),
        whole.where(months.c.month.between(sa.bindparam("from_month"), sa.bindparam("to_month"))),
        beside.where(day > sa.bindparam("months_to"), day <= sa.bindparam("to_day")),
    ).subquery("months")


def _by_month(days: sa.Table, months: sa.Table, *names: str) -> Cube:
    """The same sums as of the days' table, by whatever it has but days."""
    c = _monthly_lines(days, months).c
    called = {"group": "member_group", "product": "gtin"}
    dims = {"month": c.month, "year": sa.func.substr(c.month, 1, 4)}
    dims |= {name: c[called.get(name, name)] for name in names}
    return Cube(c.month.table, c.month, dims, _of_lines(c, c.kind, c["count"], c.weight_g, c.lines), monthly=True)


def _rolled_lines(table: sa.Table, dims: dict[str, "sa.ColumnElement[Any]"]) -> Cube:
    c = table.c
    return Cube(table, c.business_day, dims, _of_lines(c, c.kind, c["count"], c.weight_g, c.lines))


def _raw_lines() -> Cube:
    """The same sums over the lines of sales and returns; an empty container is no piece of goods here either."""
    fact, line = sale_fact.c, sale_line.c
    is_back = fact.kind == "return"
    is_empty = sa.and_(is_back, line.amount_minor == 0, line.discount_minor == 0, line.deposit_minor != 0)
    sign = sa.case((is_empty, 0), (is_back, -1), else_=1)
    measures = _of_lines(
        line, fact.kind, sign * line["count"], sign * sa.func.coalesce(line.weight_g, 0), sa.literal_column("1")
    )
    dims = {
        **_everywhere(sale_fact), "basket": fact.basket, "product": line.gtin, "category": line.category,
        "entry": line.entry, "rate": line.tax_bp,
    }  # fmt: skip
    joined = sale_fact.join(sale_line, sa.and_(line.sale_key == fact.sale_key, fact.kind != "void"))
    return Cube(joined, fact.business_day, dims, measures, raw=True, near=LINE_DAY)


# --- payments and tax -------------------------------------------------------------------------------------------------


def _of_tenders() -> Cube:
    c = rollup_tender.c
    dims = {**_everywhere(rollup_tender), "tender": c.tender, "scheme": c.scheme}
    measures = {
        "payments": _sum(c.payments),
        "amount_minor": _sum(c.amount_minor),
        "paid_in_minor": _sum(c.amount_minor, c.kind == "sale"),
        "paid_out_minor": _sum(c.amount_minor, c.kind == "return"),
    }
    return Cube(rollup_tender, c.business_day, dims, measures)


def _of_taxes() -> Cube:
    c = rollup_tax.c
    measures = {
        "sales": _sum(c.sales),
        "net_minor": _sum(c.net_minor),
        "tax_minor": _sum(c.tax_minor),
        "gross_minor": _sum(c.net_minor + c.tax_minor),
    }
    return Cube(rollup_tax, c.business_day, {**_everywhere(rollup_tax), "rate": c.rate_bp}, measures)


# --- calls and acts ---------------------------------------------------------------------------------------------------


def _flat(table: Any) -> dict[str, "sa.ColumnElement[Any]"]:
    c = table.c
    return {**_periods(c.business_day), "hour": c.hour, "till": c.till, "reason": c.reason}


def _of_calls() -> Cube:
    """Every call for staff and how it ended: the next report of the same lane about the same thing.

    Of the lane's own numbering, so that it does not matter in which order the reports came.
    """
    c = lane_act.c
    told: dict[str, Any] = {"partition_by": (c.till, c.reason, c.detail), "order_by": c.n}
    names = (c.business_day, c.hour, c.till, c.kind, c.reason, c.at_utc_ms)
    after = sa.func.lead(c.kind).over(**told).label("after"), sa.func.lead(c.at_utc_ms).over(**told).label("after_ms")
    rows = (
        sa.select(*names, *after)
        .where(c.kind.in_(("intervention.opened", "intervention.cleared")), c.business_day >= sa.bindparam("from_day"))
        .subquery("call")
    )
    is_cleared = rows.c.after == "intervention.cleared"
    took = sa.case((rows.c.after_ms > rows.c.at_utc_ms, rows.c.after_ms - rows.c.at_utc_ms), else_=0)
    is_call = rows.c.kind == "intervention.opened"
    measures = {
        "calls": _count(is_call),
        "cleared": _count(is_call, is_cleared),
        "clear_ms": _sum(took, is_call, is_cleared),
        "quick": _count(is_call, is_cleared, took <= QUICK_MS),
        "bag_calls": _count(is_call, rows.c.reason == "bag"),
    }
    return Cube(rows, rows.c.business_day, _flat(rows), measures)


DESK_ACTS = ("price", "discount", "void")
"""What staff did at the lane of their own accord; sealed beside the calls that they cleared."""


def _of_interventions() -> Cube:
    c = intervention.c
    is_desk = c.reason.in_(DESK_ACTS)
    measures = {"cleared": _count(~is_desk), "clear_ms": _sum(c.clear_ms, ~is_desk)}
    dims = {**_flat(intervention), "staff": c.staff, "where": c.cleared_at}
    return Cube(intervention, c.business_day, dims, measures)


def _of_acts() -> Cube:
    c = lane_act.c
    counted = {
        "price_changes": "staff.price", "discounts": "staff.discount", "removed": "staff.void",
        "refunds": "return.confirmed", "drawer_opened": "drawer.asked", "items_allowed": "item.allowed",
        "items_denied": "item.denied", "age_approved": "age.approved", "age_refused": "age.refused",
        "bag_stopped": "bagging.stopped", "bag_accepted": "bagging.accepted", "bag_skipped": "bagging.skipped",
        "gate_refused": "gate.refused", "audits": "audit.result", "copies": "receipt.copied",
        "approvals": "approval.given", "pin_pauses": "staff.pin_paused", "parked": "basket.parked",
        "drawer_counts": "drawer.counted",
    }  # fmt: skip
    summed = {
        "price_changed_minor": "staff.price", "discounted_minor": "staff.discount", "removed_minor": "staff.void",
        "refunded_minor": "return.confirmed", "cash_difference_minor": "drawer.counted",
    }  # fmt: skip
    measures = {name: _count(c.kind == kind) for name, kind in counted.items()}
    measures |= {name: _sum(c.amount_minor, c.kind == kind) for name, kind in summed.items()}
    measures["audits_differing"] = _count(c.kind == "audit.result", c.reason.in_(("differs", "added")))
    dims = {**_flat(lane_act), "staff": c.staff, "act": c.kind}
    return Cube(lane_act, c.business_day, dims, measures)


_PRODUCT = rollup_product.c
SUBJECTS: Mapping[str, tuple[Cube, ...]] = {
    "sale": (_of_sales(),),
    "line": (
        _by_month(
            rollup_category, rollup_category_month, "hour", "till", "kind", "currency", "group", "staff", "category"
        ),
        _rolled_lines(rollup_category, {**_everywhere(rollup_category), "category": rollup_category.c.category}),
        _by_month(rollup_product, rollup_product_month, "product", "kind", "currency", "group", "staff", "category"),
        _rolled_lines(
            rollup_product,
            {
                **_periods(_PRODUCT.business_day), "product": _PRODUCT.gtin, "kind": _PRODUCT.kind,
                "currency": _PRODUCT.currency, "group": _PRODUCT.member_group, "staff": _PRODUCT.staff,
                "category": _PRODUCT.category,
            },
        ),
        _raw_lines(),
    ),
    "tender": (_of_tenders(),),
    "tax": (_of_taxes(),),
    "call": (_of_calls(),),
    "intervention": (_of_interventions(),),
    "act": (_of_acts(),),
}  # fmt: skip
"""What can be summed -> its cubes, the cheapest first."""


def cube_of(subject: str, dims: set[str], *, months: bool = False) -> Cube | None:
    """The cheapest cube that can be split and filtered by all of these; None if there is none.

    `months`: the period has whole months in it.
    """
    fitting = (cube for cube in SUBJECTS[subject] if dims <= cube.dims.keys() and (months or not cube.monthly))
    return next(fitting, None)
