"""The books added up, for reports. They stay empty here: the hours need the shop's clock, which the store's start has
(`store.rollup_care.keep`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0020"

_EVERYWHERE = ("till", "kind", "currency", "member_group", "staff")
_OF_LINES = ("lines", "count", "weight_g", "amount_minor", "discount_minor", "deposit_minor")


def upgrade() -> None:
    """Make the tables."""
    _roll_ups()
    _facts()
    _clock()


def _rollup(name: str, keys: tuple[str, ...], sums: tuple[str, ...], comment: str | None = None) -> None:
    types = {"hour": sa.Integer, "basket": sa.Integer, "rate_bp": sa.BigInteger}
    comments = {"basket": "from so many pieces on"}
    op.create_table(
        name,
        *(
            sa.Column(key, types.get(key, sa.Text)(), nullable=False, autoincrement=False, comment=comments.get(key))
            for key in keys
        ),
        *(sa.Column(one, sa.BigInteger(), nullable=False) for one in sums),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}")),
        comment=comment,
    )


def _roll_ups() -> None:
    common = ("business_day", "hour", *_EVERYWHERE)
    _rollup(
        "rollup_sale",
        (*common, "basket"),
        ("sales", "pieces", "goods_minor", "deposit_minor", "rounding_minor", "added_tax_minor", "due_minor",
         "donation_minor", "duration_ms", "helped"),
        "sales, returns and voids; helped: those with an intervention",
    )  # fmt: skip
    _rollup(
        "rollup_category",
        (*common, "category"),
        _OF_LINES,
        "lines of sales and returns; amount_minor is before discounts and without deposit",
    )
    keys = ("business_day", "gtin", "kind", "currency", "member_group", "staff", "category")
    _rollup("rollup_product", keys, _OF_LINES, "the same lines by product")
    monthly = "the days of rollup_category added up, for periods with whole months in them"
    _rollup("rollup_category_month", ("month", *common[1:], "category"), _OF_LINES, monthly)
    _rollup("rollup_product_month", ("month", *keys[1:]), _OF_LINES, "likewise of rollup_product")
    _rollup("rollup_tender", (*common, "tender", "scheme"), ("payments", "amount_minor"))
    _rollup("rollup_tax", (*common, "rate_bp"), ("sales", "net_minor", "tax_minor"))


def _facts() -> None:
    op.create_table(
        "sale_fact",
        sa.Column("sale_key", sa.Text(), nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _EVERYWHERE),
        sa.Column("basket", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sale_key", name=op.f("pk_sale_fact")),
        comment="what raw lines are filtered by, of every sale, return and void that is no training",
    )
    op.create_index(op.f("ix_sale_fact_business_day"), "sale_fact", ["business_day"])
    op.create_table(
        "intervention",
        sa.Column("sale_key", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False, comment="from 1, in the sealed record"),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False, comment="who cleared it"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cleared_at", sa.Text(), nullable=False, comment="lane or console"),
        sa.Column("clear_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sale_key", "place", name=op.f("pk_intervention")),
        comment="what staff did in a visit, as it was sealed with it",
    )
    op.create_index(op.f("ix_intervention_business_day"), "intervention", ["business_day"])
    op.create_table(
        "lane_act",
        sa.Column("id", sa.Text(), nullable=False, comment="of the lane's report"),
        sa.Column("business_day", sa.Text(), nullable=False, comment="the day on the shop's clock"),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "staff", "reason", "detail")),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False, comment="money that the act moved or was about"),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lane_act")),
        comment="calls and acts of staff that lanes reported",
    )
    op.create_index(op.f("ix_lane_act_business_day"), "lane_act", ["business_day"])
    op.create_index("ix_lane_act_call", "lane_act", ["till", "reason", "detail", "n"])


def _clock() -> None:
    clock = op.create_table(
        "report_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False, comment="1: there is one row"),
        sa.Column(
            "timezone", sa.Text(), nullable=False, comment="that the hours are of; empty: nothing is added up yet"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_clock")),
    )
    op.bulk_insert(clock, [{"id": 1, "timezone": ""}])
