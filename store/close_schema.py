"""Close schema: the tables of the day's end. Facts are added; what is open is what has no end beside it."""

import sqlalchemy as sa

from store.schema import lane_event, metadata, sale

day_close = sa.Table(
    "day_close",
    metadata,
    sa.Column("business_day", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True, comment="1; from 2 on corrections, with the difference alone"),
    sa.Column("voucher", sa.Integer, unique=True, comment="its number in the bookkeeping; empty: there was no money"),
    sa.Column("closed_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("by", sa.Text, nullable=False, comment="user; shell; empty: the calendar"),
    sa.Column("missing", sa.Text, nullable=False, comment="tills that had not closed it, words between spaces"),
    sa.Column("figures", sa.Text, nullable=False, comment="canonical JSON: till -> figure -> minor units"),
    comment="business days that were closed",
)

difference = sa.Table(
    "difference",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("business_day", sa.Text, nullable=False, index=True),
    sa.Column("till", sa.Text, nullable=False, comment="empty: the shop's"),
    sa.Column("what", sa.Text, nullable=False, comment="see day_close.py"),
    sa.Column("about", sa.Text, nullable=False, comment="tender, scheme, key"),
    sa.Column("expected", sa.BigInteger, nullable=False, comment="minor units; or receipts"),
    sa.Column("told", sa.BigInteger, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False, comment="what is too much (negative: too little)"),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("found_utc_ms", sa.BigInteger, nullable=False),
    comment="what did not agree, when it was found",
)

difference_end = sa.Table(
    "difference_end",
    metadata,
    sa.Column("difference", sa.Integer, sa.ForeignKey("difference.n"), primary_key=True, autoincrement=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False, comment="user; shell; empty: the books themselves"),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False),
    comment="why a difference is no work any more, and who says so",
)

cash_count = sa.Table(
    "cash_count",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("business_day", sa.Text, nullable=False, index=True),
    sa.Column("till", sa.Text, nullable=False),
    sa.Column("counted_minor", sa.BigInteger, nullable=False),
    sa.Column("pieces", sa.Text, nullable=False, comment="JSON: minor units of a piece -> how many"),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    comment="cash of a till's drawer that was counted at the desk; the last one counts",
)

payout_file = sa.Table(
    "payout_file",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True, comment="SHA-256 of the file"),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("profile", sa.Text, nullable=False),
    sa.Column("lines", sa.Integer, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    comment="files of the acquirer that were taken in",
)

payout_line = sa.Table(
    "payout_line",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="digest of all that it says: a line counts once"),
    sa.Column("file", sa.Text, sa.ForeignKey("payout_file.digest"), nullable=False),
    sa.Column("place", sa.Integer, nullable=False, comment="its line in that file"),
    sa.Column("paid_day", sa.Text, nullable=False, index=True),
    sa.Column("sold_day", sa.Text, nullable=False, index=True, comment="empty: the file does not say"),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("terminal", sa.Text, nullable=False),
    sa.Column("receipt", sa.Text, nullable=False),
    sa.Column("trace", sa.Text, nullable=False),
    sa.Column("authorization", sa.Text, nullable=False),
    sa.Column("scheme", sa.Text, nullable=False),
    sa.Column("gross_minor", sa.BigInteger, nullable=False),
    sa.Column("fee_minor", sa.BigInteger, nullable=False),
    comment="what the acquirer says that it pays",
)

payout_match = sa.Table(
    "payout_match",
    metadata,
    sa.Column("line", sa.Text, sa.ForeignKey("payout_line.id"), primary_key=True),
    sa.Column("sale_key", sa.Text, sa.ForeignKey("sale.key"), nullable=False),
    sa.Column("tender", sa.Integer, nullable=False, comment="its place in the sale, from 1"),
    sa.Column("scheme", sa.Text, nullable=False, comment="as the till named it, in small letters"),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("sale_key", "tender"),
    comment="which payment of which sale that is",
)

sa.Index("ix_lane_event_of_the_day", lane_event.c.kind, lane_event.c.till, lane_event.c.n)
sa.Index("ix_sale_of_late", sale.c.received_utc_ms)
