"""Receipts by e-mail."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "mail",
        sa.Column("id", sa.Text(), nullable=False, comment="the till and its question"),
        sa.Column("sale_key", sa.Text(), nullable=False, comment="whose receipt; it may come later"),
        sa.Column("address", sa.Text(), nullable=False, comment="empty as soon as nothing more is sent to it"),
        sa.Column("state", sa.Text(), nullable=False, comment="waiting, sent, given_up"),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("next_utc_ms", sa.BigInteger(), nullable=False, comment="not tried before"),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("ended_utc_ms", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column(
            "why", sa.Text(), nullable=False, server_default="", comment="what went wrong last; never an address"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        comment="receipts by e-mail",
    )
    op.create_index(op.f("ix_mail_sale_key"), "mail", ["sale_key"], unique=False)
    op.create_index(op.f("ix_mail_next_utc_ms"), "mail", ["next_utc_ms"], unique=False)
