"""What became of messages that were kept aside; and room for more movements of stock than 32 bits can number."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0011"


def upgrade() -> None:
    """Make the table; widen the number on PostgreSQL (on SQLite it has 64 bits)."""
    op.create_table(
        "aside_try",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("aside_n", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False, comment="booked, refused, dismissed"),
        sa.Column(
            "why", sa.Text(), server_default="", nullable=False, comment="the books' words, or of whoever dismissed it"
        ),
        sa.Column("staff", sa.Text(), server_default="", nullable=False, comment="who wanted it; empty: at the shell"),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["aside_n"], ["aside.n"], name=op.f("fk_aside_try_aside_n")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_aside_try")),
        comment="what became of messages that were kept aside; one with booked or dismissed is done with",
    )
    op.create_index(op.f("ix_aside_try_aside_n"), "aside_try", ["aside_n"])
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("stock_movement", "n", type_=sa.BigInteger())
        op.execute("ALTER SEQUENCE stock_movement_n_seq AS bigint")
