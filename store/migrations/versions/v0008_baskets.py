"""Suspended baskets that any lane may bring back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "basket",
        sa.Column("id", sa.Text(), nullable=False, comment="of the report that is it"),
        sa.Column("till", sa.Text(), nullable=False, comment="the lane that set it aside"),
        sa.Column("code", sa.Text(), nullable=False, comment="four letters; they repeat in time"),
        sa.Column("items", sa.BigInteger(), nullable=False),
        sa.Column("due_minor", sa.BigInteger(), nullable=False),
        sa.Column("parked_utc_ms", sa.BigInteger(), nullable=False, comment="as the lane said"),
        sa.Column("received_utc_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["lane_event.id"], name=op.f("fk_basket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basket")),
        comment="suspended baskets that any lane may bring back; a hold of kind basket has one",
    )
    op.create_index(op.f("ix_basket_received_utc_ms"), "basket", ["received_utc_ms"], unique=False)
    op.create_index("ix_basket_till_code", "basket", ["till", "code"], unique=False)
