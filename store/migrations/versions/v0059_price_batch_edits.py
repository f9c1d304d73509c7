"""Batches that change products and offers, and what a batch had to leave out."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    """Make the table, and one column more."""
    op.add_column(
        "price_batch",
        sa.Column(
            "left_out", sa.Text(), server_default="", nullable=False, comment="what did not fit any more, in words"
        ),
    )
    op.create_table(
        "price_batch_edit",
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False, comment="of the product, or offer: and the offer's name"),
        sa.Column("was", sa.Text(), comment="the entry, JSON, when somebody began to write; empty: it is new"),
        sa.Column("becomes", sa.Text(), comment="the entry, JSON; empty: it leaves the price book"),
        sa.ForeignKeyConstraint(["batch_id"], ["price_batch.id"], name=op.f("fk_price_batch_edit_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "code", name=op.f("pk_price_batch_edit")),
        comment="what shall be otherwise of products and offers",
    )
