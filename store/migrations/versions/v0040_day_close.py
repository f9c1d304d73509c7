"""The day's end: closed days, differences, counts of cash, the acquirer's payouts."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0036"


def upgrade() -> None:
    """Make the tables, and the two indexes by which a day is found."""
    _closed_days()
    _counts()
    _payouts()
    op.create_index("ix_lane_event_of_the_day", "lane_event", ["kind", "till", "n"], unique=False)
    op.create_index("ix_sale_of_late", "sale", ["received_utc_ms"], unique=False)


def _closed_days() -> None:
    op.create_table(
        "day_close",
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.Column(
            "revision",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="1; from 2 on corrections, with the difference alone",
        ),
        sa.Column(
            "voucher", sa.Integer(), nullable=True, comment="its number in the bookkeeping; empty: there was no money"
        ),
        sa.Column("closed_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="user; shell; empty: the calendar"),
        sa.Column("missing", sa.Text(), nullable=False, comment="tills that had not closed it, words between spaces"),
        sa.Column("figures", sa.Text(), nullable=False, comment="canonical JSON: till -> figure -> minor units"),
        sa.PrimaryKeyConstraint("business_day", "revision", name=op.f("pk_day_close")),
        sa.UniqueConstraint("voucher", name=op.f("uq_day_close_voucher")),
        comment="business days that were closed",
    )
    op.create_table(
        "difference",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False, comment="empty: the shop's"),
        sa.Column("what", sa.Text(), nullable=False, comment="see day_close.py"),
        sa.Column("about", sa.Text(), nullable=False, comment="tender, scheme, key"),
        sa.Column("expected", sa.BigInteger(), nullable=False, comment="minor units; or receipts"),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="what is too much (negative: too little)"),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("found_utc_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_difference")),
        comment="what did not agree, when it was found",
    )
    op.create_index(op.f("ix_difference_business_day"), "difference", ["business_day"], unique=False)
    op.create_table(
        "difference_end",
        sa.Column("difference", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="user; shell; empty: the books themselves"),
        sa.Column("ended_utc_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["difference"], ["difference.n"], name=op.f("fk_difference_end_difference")),
        sa.PrimaryKeyConstraint("difference", name=op.f("pk_difference_end")),
        comment="why a difference is no work any more, and who says so",
    )


def _counts() -> None:
    op.create_table(
        "cash_count",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("counted_minor", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.Text(), nullable=False, comment="JSON: minor units of a piece -> how many"),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_cash_count")),
        comment="cash of a till's drawer that was counted at the desk; the last one counts",
    )
    op.create_index(op.f("ix_cash_count_business_day"), "cash_count", ["business_day"], unique=False)


def _payouts() -> None:
    op.create_table(
        "payout_file",
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 of the file"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_payout_file")),
        comment="files of the acquirer that were taken in",
    )
    op.create_table(
        "payout_line",
        sa.Column("id", sa.Text(), nullable=False, comment="digest of all that it says: a line counts once"),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="its line in that file"),
        sa.Column("paid_day", sa.Text(), nullable=False),
        sa.Column("sold_day", sa.Text(), nullable=False, comment="empty: the file does not say"),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("authorization", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["file"], ["payout_file.digest"], name=op.f("fk_payout_line_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_line")),
        comment="what the acquirer says that it pays",
    )
    op.create_index(op.f("ix_payout_line_paid_day"), "payout_line", ["paid_day"], unique=False)
    op.create_index(op.f("ix_payout_line_sold_day"), "payout_line", ["sold_day"], unique=False)
    op.create_table(
        "payout_match",
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("sale_key", sa.Text(), nullable=False),
        sa.Column("tender", sa.Integer(), nullable=False, comment="its place in the sale, from 1"),
        sa.Column("scheme", sa.Text(), nullable=False, comment="as the till named it, in small letters"),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["sale_key"], ["sale.key"], name=op.f("fk_payout_match_sale_key")),
        sa.ForeignKeyConstraint(["line"], ["payout_line.id"], name=op.f("fk_payout_match_line")),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_payout_match")),
        sa.UniqueConstraint("sale_key", "tender", name=op.f("uq_payout_match_sale_key_tender")),
        comment="which payment of which sale that is",
    )
