"""Report schema: what the reports stand on: the books added up beside themselves, and small facts taken from them.

The roll-ups (`rollup_*`) are the one exception from "sums are queries": a year of a busy shop has ten million lines,
and nobody waits for their sum. They are added to in the transaction that books the sale, can be worked out anew from
the books at any time, and are compared with them by `store rollups check`. `hour` is the hour of the sealing on the
shop's clock (-1: the till said no time), `member_group` the groups of the member as they were when the sale was booked,
`staff` who served ("": nobody did). Pieces carry the sign of the money: what came back is negative. Training is in none
of them.
"""

import sqlalchemy as sa

from store.schema import metadata


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _hour() -> "sa.Column[int]":
    return sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False)


def _sums(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


_EVERYWHERE = ("till", "kind", "currency", "member_group", "staff")
_OF_LINES = ("lines", "count", "weight_g", "amount_minor", "discount_minor", "deposit_minor")

rollup_sale = sa.Table(
    "rollup_sale",
    metadata,
    *_text("business_day"),
    _hour(),
    *_text(*_EVERYWHERE),
    sa.Column("basket", sa.Integer, primary_key=True, autoincrement=False, comment="from so many pieces on"),
    *_sums("sales", "pieces", "goods_minor", "deposit_minor", "rounding_minor", "added_tax_minor", "due_minor"),
    *_sums("donation_minor", "duration_ms", "helped"),
    comment="sales, returns and voids; helped: those with an intervention",
)
rollup_category = sa.Table(
    "rollup_category",
    metadata,
    *_text("business_day"),
    _hour(),
    *_text(*_EVERYWHERE, "category"),
    *_sums(*_OF_LINES),
    comment="lines of sales and returns; amount_minor is before discounts and without deposit",
)
rollup_product = sa.Table(
    "rollup_product",
    metadata,
    *_text("business_day", "gtin", "kind", "currency", "member_group", "staff", "category"),
    *_sums(*_OF_LINES),
    comment="the same lines by product",
)
rollup_category_month = sa.Table(
    "rollup_category_month",
    metadata,
    *_text("month"),
    _hour(),
    *_text(*_EVERYWHERE, "category"),
    *_sums(*_OF_LINES),
    comment="the days of rollup_category added up, for periods with whole months in them",
)
rollup_product_month = sa.Table(
    "rollup_product_month",
    metadata,
    *_text("month", "gtin", "kind", "currency", "member_group", "staff", "category"),
    *_sums(*_OF_LINES),
    comment="likewise of rollup_product",
)
rollup_tender = sa.Table(
    "rollup_tender",
    metadata,
    *_text("business_day"),
    _hour(),
    *_text(*_EVERYWHERE, "tender", "scheme"),
    *_sums("payments", "amount_minor"),
)
rollup_tax = sa.Table(
    "rollup_tax",
    metadata,
    *_text("business_day"),
    _hour(),
    *_text(*_EVERYWHERE),
    sa.Column("rate_bp", sa.BigInteger, primary_key=True, autoincrement=False),
    *_sums("sales", "net_minor", "tax_minor"),
)
DAILY = (rollup_sale, rollup_category, rollup_product, rollup_tender, rollup_tax)
MONTHLY = (rollup_category_month, rollup_product_month)
ROLLUPS = (*DAILY, *MONTHLY)

sale_fact = sa.Table(
    "sale_fact",
    metadata,
    sa.Column("sale_key", sa.Text, primary_key=True),
    sa.Column("business_day", sa.Text, nullable=False, index=True),
    sa.Column("hour", sa.Integer, nullable=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in _EVERYWHERE),
    sa.Column("basket", sa.Integer, nullable=False),
    comment="what raw lines are filtered by, of every sale, return and void that is no training",
)

intervention = sa.Table(
    "intervention",
    metadata,
    sa.Column("sale_key", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False, comment="from 1, in the sealed record"),
    sa.Column("business_day", sa.Text, nullable=False, index=True),
    sa.Column("hour", sa.Integer, nullable=False),
    sa.Column("till", sa.Text, nullable=False),
    sa.Column("staff", sa.Text, nullable=False, comment="who cleared it"),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("cleared_at", sa.Text, nullable=False, comment="lane or console"),
    sa.Column("clear_ms", sa.BigInteger, nullable=False),
    comment="what staff did in a visit, as it was sealed with it",
)

lane_act = sa.Table(
    "lane_act",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="of the lane's report"),
    sa.Column("business_day", sa.Text, nullable=False, index=True, comment="the day on the shop's clock"),
    sa.Column("hour", sa.Integer, nullable=False),
    sa.Column("till", sa.Text, nullable=False),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("staff", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False, comment="money that the act moved or was about"),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    sa.Index("ix_lane_act_call", "till", "reason", "detail", "n"),
    comment="calls and acts of staff that lanes reported",
)

report_clock = sa.Table(
    "report_clock",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False, comment="1: there is one row"),
    sa.Column("timezone", sa.Text, nullable=False, comment="that the hours are of; empty: nothing is added up yet"),
)
