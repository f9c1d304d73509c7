"""Pieces of a sale that come back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "returned_unit",
        sa.Column("hold_id", sa.Text(), nullable=False, comment="kept, spent or let go with it"),
        sa.Column("sale_key", sa.Text(), nullable=False, comment="of the sale that it was bought in"),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.BigInteger(), nullable=False, comment="from 0; a weighed line is one unit"),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name=op.f("fk_returned_unit_hold_id")),
        sa.PrimaryKeyConstraint("hold_id", "sale_key", "line", "unit", name=op.f("pk_returned_unit")),
        comment="pieces that come back",
    )
    op.create_index(op.f("ix_returned_unit_sale_key"), "returned_unit", ["sale_key"], unique=False)
