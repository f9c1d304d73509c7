"""Suppliers, what is ordered from them, and what came of it; goods of channels' orders that came back."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "supplier",
        sa.Column("name", sa.Text(), nullable=False, comment="as the rules name it (stock_rule.supplier)"),
        sa.Column("email", sa.Text(), server_default="", nullable=False, comment="where orders go"),
        sa.Column("account", sa.Text(), server_default="", nullable=False, comment="our number at theirs"),
        sa.Column(
            "lead_days", sa.Integer(), server_default="0", nullable=False, comment="from order to delivery; 0: unsaid"
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_supplier")),
    )
    _orders()
    for name, said in (("restocked_count", "as the channel says"), ("returned_count", "of shipped: back in stock")):
        op.add_column(
            "channel_order_line", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False, comment=said)
        )
    op.create_table(
        "purchase_line",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("gtin", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="from 0, in the order of the paper"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("supplier_code", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("weight_g", sa.BigInteger(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), comment="of a piece or a kilogram, without tax; empty: not said"),
        sa.Column("received_count", sa.BigInteger(), nullable=False),
        sa.Column("received_g", sa.BigInteger(), nullable=False),
        sa.Column("given_up_count", sa.BigInteger(), nullable=False),
        sa.Column("given_up_g", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["purchase_order.number"], name=op.f("fk_purchase_line_number")),
        sa.PrimaryKeyConstraint("number", "gtin", name=op.f("pk_purchase_line")),
    )
    op.create_index("ix_purchase_line_gtin", "purchase_line", ["gtin"])
    op.create_table(
        "purchase_delivery",
        sa.Column("slip", sa.Text(), nullable=False, comment="the cause of its movements"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, comment="the delivery note's number"),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["purchase_order.number"], name=op.f("fk_purchase_delivery_number")),
        sa.PrimaryKeyConstraint("slip", name=op.f("pk_purchase_delivery")),
    )
    op.create_index(op.f("ix_purchase_delivery_number"), "purchase_delivery", ["number"])
    op.create_index(
        "uq_purchase_delivery_note", "purchase_delivery", ["number", "note"], unique=True,
        sqlite_where=sa.text("note != ''"), postgresql_where=sa.text("note != ''"),
    )  # fmt: skip


def _orders() -> None:
    op.create_table(
        "purchase_order",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="draft, sent, closed, dropped"),
        sa.Column("expected", sa.Text(), server_default="", nullable=False, comment="ISO day"),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("sent_utc_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sent_by", sa.Text(), server_default="", nullable=False),
        sa.Column("ended_utc_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("ended_by", sa.Text(), server_default="", nullable=False),
        sa.Column("mail", sa.Text(), server_default="", nullable=False, comment="empty: none; waiting, sent, given_up"),
        sa.Column("mail_to", sa.Text(), server_default="", nullable=False),
        sa.Column("mail_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("mail_next_utc_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("mail_why", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_purchase_order")),
        comment="what the shop has ordered from suppliers",
    )
    op.create_index(op.f("ix_purchase_order_supplier"), "purchase_order", ["supplier"])
    op.create_index(op.f("ix_purchase_order_state"), "purchase_order", ["state"])
    op.create_index(
        "ix_purchase_order_mail", "purchase_order", ["mail_next_utc_ms"],
        sqlite_where=sa.text("mail = 'waiting'"), postgresql_where=sa.text("mail = 'waiting'"),
    )  # fmt: skip
