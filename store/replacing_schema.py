"""Replacing's tables: the machines that a till has had, from the second on; what may be lost with those before."""

import sqlalchemy as sa

from store.schema import metadata

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

till_segment = sa.Table(
    "till_segment",
    metadata,
    sa.Column("till", sa.Text, primary_key=True),
    sa.Column("segment", sa.Integer, primary_key=True, autoincrement=False, comment="from 2: the first has no row"),
    sa.Column("sequence", sa.BigInteger, nullable=False, comment="its first sale's number; below are the others'"),
    sa.Column("head", sa.Text, nullable=False, comment="hash that its first sale follows; empty: any"),
    sa.Column("key_digest", sa.Text, nullable=False, unique=True, comment="of the machine"),
    sa.Column("begun_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("by", sa.Text, nullable=False, comment="user; empty: the shell"),
    sa.Column("body", sa.Text, nullable=False, comment="the Succession, JSON"),
    comment="machines that replaced another as the same till",
)

till_loss = sa.Table(
    "till_loss",
    metadata,
    sa.Column("n", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("till", sa.Text, nullable=False),
    sa.Column("segment", sa.Integer, nullable=False, comment="of the machine that came in its place"),
    sa.Column("kind", sa.Text, nullable=False, comment="sale, payment, basket, hold, unsent"),
    sa.Column(
        "about", sa.Text, nullable=False, comment="what, for programs: a number, a hold's id, a payment's numbers"
    ),
    sa.Column("amount_minor", sa.BigInteger, comment="what is at stake, if that is known"),
    sa.Column("detail", sa.Text, nullable=False, comment="in words"),
    sa.Column("found_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="0: open"),
    sa.Column("by", sa.Text, nullable=False, server_default="", comment="who ended it; empty: it was found"),
    sa.Column("why", sa.Text, nullable=False, server_default=""),
    sa.UniqueConstraint("till", "segment", "kind", "about"),
    comment="what may have been lost with a machine, until somebody has looked into it",
)
