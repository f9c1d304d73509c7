"""What was taken in from another system, so that it can be taken out again."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "data_import",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False, comment="odoo, square"),
        sa.Column("kind", sa.Text(), nullable=False, comment="products, members, stock, gift-cards"),
        sa.Column("file", sa.Text(), nullable=False, comment="its name"),
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 of the file"),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("left_out", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="the user; empty: the shell, or a program"),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("undone_by", sa.Text(), server_default="", nullable=False),
        sa.Column("undone_utc_ms", sa.BigInteger(), server_default="0", nullable=False, comment="0: stands"),
        sa.Column("kept", sa.BigInteger(), server_default="0", nullable=False, comment="what undoing it had to leave"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_import")),
        comment="what was taken in from another system",
    )
    op.create_index(op.f("ix_data_import_at_utc_ms"), "data_import", ["at_utc_ms"])
    op.create_table(
        "data_import_item",
        sa.Column("import_id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False, comment="a member's id, or a gift card's number"),
        sa.ForeignKeyConstraint(["import_id"], ["data_import.id"], name=op.f("fk_data_import_item_import_id")),
        sa.PrimaryKeyConstraint("import_id", "ref", name=op.f("pk_data_import_item")),
    )
