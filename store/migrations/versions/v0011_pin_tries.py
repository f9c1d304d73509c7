"""Wrong PINs at the console."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "pin_tries",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False, comment="1: there is one row"),
        sa.Column("wrong", sa.Integer(), nullable=False, comment="in a row"),
        sa.Column("last_utc_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin_tries")),
        comment="wrong PINs at the console, of everybody together",
    )
