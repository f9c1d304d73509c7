"""Exit codes, each used once at a gate."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "exit_code",
        sa.Column("sale_key", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False, comment="four letters; they repeat in time"),
        sa.Column("known_utc_ms", sa.BigInteger(), nullable=False, comment="when the sale came into the books"),
        sa.Column("used_utc_ms", sa.BigInteger(), server_default="0", nullable=False, comment="0: not used"),
        sa.Column("used_as", sa.Text(), server_default="", nullable=False, comment="the gate's name for its question"),
        sa.ForeignKeyConstraint(["sale_key"], ["sale.key"], name=op.f("fk_exit_code_sale_key")),
        sa.PrimaryKeyConstraint("sale_key", name=op.f("pk_exit_code")),
    )
    op.create_index(op.f("ix_exit_code_code"), "exit_code", ["code"], unique=False)
