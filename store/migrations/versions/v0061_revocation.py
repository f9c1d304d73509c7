"""Certificates that must not be believed any more."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "revocation",
        sa.Column("serial", sa.Text(), nullable=False, comment="the certificate's number, hexadecimal"),
        sa.Column("name", sa.Text(), nullable=False, comment="whose it was: its common name"),
        sa.Column("till", sa.Text(), nullable=False, comment="that is turned away with it; empty: none"),
        sa.Column("ends", sa.Text(), nullable=False, comment="its last day, ISO 8601"),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="user; empty: the shell"),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_revocation")),
        comment="certificates that must not be believed any more",
    )
    op.create_index(op.f("ix_revocation_till"), "revocation", ["till"])
