"""Webhooks, and the web shop's stock."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def _text(name: str, default: str | None = None, comment: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False, server_default=default, comment=comment)


def _number(name: str, default: str | None = None, comment: str | None = None) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default=default, comment=comment)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "webhook",
        _text("id"),
        _text("url"),
        _text("secret", comment="whsec_ and base64, of this subscriber alone"),
        _text("events", comment="types that it wants, separated by spaces"),
        _text("state", comment="active, stopped"),
        _text("why", "", "why it was stopped"),
        _number("rests_until_utc_ms", "0", "not tried before"),
        _number("made_utc_ms"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        comment="other programs that want to hear what happens",
    )
    op.create_table(
        "webhook_delivery",
        _text("id", comment="the same at every attempt"),
        _text("webhook_id"),
        _text("type"),
        _text("body", comment="as it is signed; empty as soon as it has arrived"),
        _text("state", comment="waiting, done, dead"),
        _number("since_utc_ms", comment="when it happened, or was wanted again"),
        _number("next_utc_ms", comment="not tried before"),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        _number("ended_utc_ms", "0"),
        _text("why", "", "what went wrong last"),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhook.id"], name=op.f("fk_webhook_delivery_webhook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
        comment="what waits to be told, written in the transaction of what happened",
    )
    op.create_index(op.f("ix_webhook_delivery_webhook_id"), "webhook_delivery", ["webhook_id"])
    op.create_index("ix_webhook_delivery_state_next", "webhook_delivery", ["state", "next_utc_ms"])
    op.create_table(
        "shop_push",
        _text("gtin"),
        _text("state", comment="waiting, told, absent"),
        _number("next_utc_ms", comment="not tried before"),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        _text("why", "", "what went wrong last"),
        _number("product", "0", "the web shop's id; 0: not known"),
        _number("parent", "0", "of a variation"),
        _number("looked_utc_ms", "0", "when we asked for the id"),
        sa.Column("told_count", sa.BigInteger(), comment="what it was told last"),
        _number("told_utc_ms", "0"),
        sa.PrimaryKeyConstraint("gtin", name=op.f("pk_shop_push")),
        comment="what the web shop knows of each product's stock",
    )
    op.create_index("ix_shop_push_state_next", "shop_push", ["state", "next_utc_ms"])
