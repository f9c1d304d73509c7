"""That a backup was made, or could not be."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0063"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "backup_made",
        sa.Column(
            "n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False, comment="when it began"),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False, comment="why there is none; empty: verified"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_backup_made")),
        comment="backups of the books: when, where, and whether they succeeded",
    )  # fmt: skip
