"""Batches of prices to come."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0032"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "price_batch",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("starts_utc_ms", sa.BigInteger(), nullable=False, comment="not before"),
        sa.Column("waits_for_labels", sa.Boolean(), nullable=False, comment="not before staff say that they hang"),
        sa.Column(
            "needs_approval", sa.Text(), server_default="", nullable=False, comment="why; empty: nobody is asked"
        ),
        sa.Column("approved_by", sa.Text(), server_default="", nullable=False),
        sa.Column("labels_by", sa.Text(), server_default="", nullable=False, comment="who said that the labels hang"),
        sa.Column("cancelled_by", sa.Text(), server_default="", nullable=False),
        sa.Column("ended_utc_ms", sa.BigInteger(), server_default="0", nullable=False, comment="started, or cancelled"),
        sa.Column("version", sa.Integer(), comment="of the price book that it became; empty: not started"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_batch")),
        comment="changes of prices that begin together",
    )
    op.create_table(
        "price_batch_row",
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("was_minor", sa.BigInteger(), nullable=False, comment="when the batch was made"),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["price_batch.id"], name=op.f("fk_price_batch_row_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "code", name=op.f("pk_price_batch_row")),
        comment="what shall cost how much",
    )
