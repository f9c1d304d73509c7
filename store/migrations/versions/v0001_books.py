"""The first books: sales, stock, lane events, price book, staff."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _sales()
    _payments_and_flags()
    _stock()
    _lanes_and_staff()
    _prices()


def _sales() -> None:
    """A sale as the till sealed it."""
    op.create_table(
        "sale",
        sa.Column("key", sa.Text(), nullable=False, comment="store/till/business_day/sequence"),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("training", sa.Boolean(), nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("goods_minor", sa.BigInteger(), nullable=False),
        sa.Column("deposit_minor", sa.BigInteger(), nullable=False),
        sa.Column("due_minor", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False, comment="of the receipt's address"),
        sa.Column("received_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="canonical JSON, as the till sealed it"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sale")),
    )
    op.create_index("ix_sale_business_day", "sale", ["business_day"], unique=False)
    op.create_index(op.f("ix_sale_hash"), "sale", ["hash"], unique=False)
    op.create_index("ix_sale_till_sequence", "sale", ["till", "sequence"], unique=False)
    op.create_index(op.f("ix_sale_token"), "sale", ["token"], unique=False)
    op.create_table(
        "sale_line",
        sa.Column("sale_key", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="from 1, in the order of the message"),
        sa.Column("gtin", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("weight_g", sa.BigInteger(), nullable=True),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("deposit_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_bp", sa.BigInteger(), nullable=False),
        sa.Column("price_book", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sale_key"], ["sale.key"], name=op.f("fk_sale_line_sale_key")),
        sa.PrimaryKeyConstraint("sale_key", "place", name=op.f("pk_sale_line")),
    )
    op.create_index(op.f("ix_sale_line_gtin"), "sale_line", ["gtin"], unique=False)
    op.create_table(
        "sale_tax",
        sa.Column("sale_key", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("rate_bp", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["sale_key"], ["sale.key"], name=op.f("fk_sale_tax_sale_key")),
        sa.PrimaryKeyConstraint("sale_key", "place", name=op.f("pk_sale_tax")),
    )


def _payments_and_flags() -> None:
    """How it was paid, what is odd about it, and what is not in the books at all."""
    op.create_table(
        "sale_tender",
        sa.Column("sale_key", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sale_key"], ["sale.key"], name=op.f("fk_sale_tender_sale_key")),
        sa.PrimaryKeyConstraint("sale_key", "place", name=op.f("pk_sale_tender")),
    )
    op.create_table(
        "sale_flag",
        sa.Column("sale_key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="one word, see flags.py"),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sale_key"], ["sale.key"], name=op.f("fk_sale_flag_sale_key")),
        sa.PrimaryKeyConstraint("sale_key", "reason", name=op.f("pk_sale_flag")),
    )
    op.create_table(
        "aside",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False, comment="the topic's last word"),
        sa.Column("id", sa.Text(), nullable=False, comment="the message's, where it could be read"),
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 of the payload"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("received_utc_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_aside")),
        sa.UniqueConstraint("till", "what", "digest", name=op.f("uq_aside_till_what_digest")),
        comment="messages that are not in the books, kept for whoever looks into it",
    )


def _stock() -> None:
    """What left and what came."""
    op.create_table(
        "stock_report",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sale_key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_report")),
        comment="what the till says that its sale moved; only compared",
    )
    op.create_index(op.f("ix_stock_report_sale_key"), "stock_report", ["sale_key"], unique=False)
    op.create_table(
        "stock_movement",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("gtin", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="sale, return, delivery, count, waste"),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("weight_g", sa.BigInteger(), nullable=False),
        sa.Column("sale_key", sa.Text(), nullable=True),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["sale_key"], ["sale.key"], name=op.f("fk_stock_movement_sale_key")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_stock_movement")),
    )
    op.create_index(op.f("ix_stock_movement_gtin"), "stock_movement", ["gtin"], unique=False)
    op.create_index(op.f("ix_stock_movement_sale_key"), "stock_movement", ["sale_key"], unique=False)


def _lanes_and_staff() -> None:
    """What happened on the lanes, and who may sign in."""
    op.create_table(
        "lane_event",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="canonical JSON of the message's data"),
        sa.Column("received_utc_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lane_event")),
    )
    op.create_index("ix_lane_event_till_n", "lane_event", ["till", "n"], unique=False)
    op.create_table(
        "staff",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False, comment="Argon2id, PHC string format"),
        sa.Column("badge", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_name")),
    )


def _prices() -> None:
    """Every price there ever was."""
    op.create_table(
        "price_book",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_price_book")),
    )
    op.create_table(
        "price",
        sa.Column("code", sa.Text(), nullable=False, comment="GTIN, or PLU of goods without one"),
        sa.Column("since", sa.Integer(), nullable=False, comment="first version with this row"),
        sa.Column("until", sa.Integer(), nullable=True, comment="first version without it; empty: it is in use"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=False, comment="code, names and search words in small letters"),
        sa.Column("row", sa.Text(), nullable=False, comment="canonical JSON of the whole row"),
        sa.PrimaryKeyConstraint("code", "since", name=op.f("pk_price")),
    )
    op.create_index("ix_price_since", "price", ["since"], unique=False)
    op.create_index(op.f("ix_price_until"), "price", ["until"], unique=False)
