"""Orders from other channels."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def _number(name: str, comment: str | None = None) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False, comment=comment)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "channel_order",
        sa.Column("id", sa.Text(), nullable=False, comment="channel/number"),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False, comment="as the channel calls it"),
        sa.Column("state", sa.Text(), nullable=False, comment="reserved, part_shipped, shipped, cancelled"),
        sa.Column("idempotency_key", sa.Text()),
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 of what was asked for"),
        sa.Column(
            "version", sa.Text(), nullable=False, server_default="", comment="the channel's own clock, where it has one"
        ),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        _number("made_utc_ms"),
        _number("changed_utc_ms"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_order")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_channel_order_idempotency_key")),
        comment="orders from other channels",
    )
    op.create_index(op.f("ix_channel_order_state"), "channel_order", ["state"])
    op.create_index(op.f("ix_channel_order_made_utc_ms"), "channel_order", ["made_utc_ms"])
    op.create_table(
        "channel_order_line",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("line", sa.BigInteger(), autoincrement=False, nullable=False, comment="the number of it"),
        sa.Column("gtin", sa.Text(), nullable=False, comment="empty: the price book does not know it"),
        sa.Column("said", sa.Text(), nullable=False, comment="the code as the channel wrote it"),
        sa.Column("name", sa.Text(), nullable=False),
        _number("count"),
        _number("weight_g"),
        _number("shipped_count"),
        _number("shipped_g"),
        _number("released_count", "cancelled: nobody waits for them any more"),
        _number("released_g"),
        sa.ForeignKeyConstraint(["order_id"], ["channel_order.id"], name=op.f("fk_channel_order_line_order_id")),
        sa.PrimaryKeyConstraint("order_id", "line", name=op.f("pk_channel_order_line")),
    )
    op.create_index(op.f("ix_channel_order_line_gtin"), "channel_order_line", ["gtin"])
    op.create_table(
        "channel_order_event",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="placed, amended, shipped, cancelled"),
        _number("at_utc_ms"),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["channel_order.id"], name=op.f("fk_channel_order_event_order_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_channel_order_event")),
    )
    op.create_index(op.f("ix_channel_order_event_order_id"), "channel_order_event", ["order_id"])
