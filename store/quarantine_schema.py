"""Quarantine's table: what was tried with a message that was kept aside, each try a row."""

import sqlalchemy as sa

from store.schema import aside, metadata

aside_try = sa.Table(
    "aside_try",
    metadata,
    sa.Column("n", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("aside_n", sa.Integer, sa.ForeignKey(aside.c.n), nullable=False, index=True),
    sa.Column("outcome", sa.Text, nullable=False, comment="booked, refused, dismissed"),
    sa.Column(
        "why", sa.Text, nullable=False, server_default="", comment="the books' words, or of whoever dismissed it"
    ),
    sa.Column("staff", sa.Text, nullable=False, server_default="", comment="who wanted it; empty: at the shell"),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    comment="what became of messages that were kept aside; one with booked or dismissed is done with",
)
