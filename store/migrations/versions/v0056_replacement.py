"""Machines that show a code of their own; machines that replace another as the same till, and what may be lost."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and the column of the codes that are for a replacement."""
    replaces: sa.Column[bool] = sa.Column(
        "replaces",
        sa.Boolean(),
        server_default=sa.false(),
        nullable=False,
        comment="the till is known: a new machine of it",
    )
    op.add_column("adoption", replaces)
    op.create_table(
        "introduction",
        sa.Column("key_digest", sa.Text(), nullable=False, comment="SHA-256 of the machine's public key"),
        sa.Column("request", sa.Text(), nullable=False, comment="PKCS #10 in PEM"),
        sa.Column("proof", sa.Text(), nullable=False, comment="that it knows the code on its screen; never the code"),
        sa.Column("address", sa.Text(), nullable=False, comment="of the machine"),
        sa.Column("first_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("heard_utc_ms", sa.BigInteger(), nullable=False, comment="when it last asked"),
        sa.Column("till", sa.Text(), server_default="", nullable=False, comment="what it has become; empty: it waits"),
        sa.Column("by", sa.Text(), server_default="", nullable=False, comment="user"),
        sa.Column("adopted_utc_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False, comment="JSON, as the machine gets it"),
        sa.Column("answer_proof", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key_digest", name=op.f("pk_introduction")),
        comment="machines that show a code, and wait for somebody to type it",
    )
    _segments()
    _losses()


def _segments() -> None:
    op.create_table(
        "till_segment",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("segment", sa.Integer(), autoincrement=False, nullable=False, comment="from 2: the first has no row"),
        sa.Column(
            "sequence", sa.BigInteger(), nullable=False, comment="its first sale's number; below are the others'"
        ),
        sa.Column("head", sa.Text(), nullable=False, comment="hash that its first sale follows; empty: any"),
        sa.Column("key_digest", sa.Text(), nullable=False, comment="of the machine"),
        sa.Column("begun_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="user; empty: the shell"),
        sa.Column("body", sa.Text(), nullable=False, comment="the Succession, JSON"),
        sa.PrimaryKeyConstraint("till", "segment", name=op.f("pk_till_segment")),
        sa.UniqueConstraint("key_digest", name=op.f("uq_till_segment_key_digest")),
        comment="machines that replaced another as the same till",
    )


def _losses() -> None:
    op.create_table(
        "till_loss",
        sa.Column("n", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False, comment="of the machine that came in its place"),
        sa.Column("kind", sa.Text(), nullable=False, comment="sale, payment, basket, hold, unsent"),
        sa.Column(
            "about", sa.Text(), nullable=False, comment="what, for programs: a number, a hold's id, a payment's numbers"
        ),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True, comment="what is at stake, if that is known"),
        sa.Column("detail", sa.Text(), nullable=False, comment="in words"),
        sa.Column("found_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_utc_ms", sa.BigInteger(), server_default="0", nullable=False, comment="0: open"),
        sa.Column("by", sa.Text(), server_default="", nullable=False, comment="who ended it; empty: it was found"),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_till_loss")),
        sa.UniqueConstraint("till", "segment", "kind", "about", name=op.f("uq_till_loss_till_segment_kind_about")),
        comment="what may have been lost with a machine, until somebody has looked into it",
    )
