"""Reports by e-mail."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Make the table."""
    period = "yesterday, last-week, last-month, ... seen from the day it goes"
    op.create_table(
        "report_schedule",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False, comment="JSON: report, split, filters"),
        sa.Column("period", sa.Text(), nullable=False, comment=period),
        sa.Column("form", sa.Text(), nullable=False, comment="pdf, xlsx or csv"),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("every", sa.Text(), nullable=False, comment="day, week (on Monday), month (on the first)"),
        sa.Column("hour", sa.Integer(), nullable=False, comment="on the shop's clock"),
        sa.Column("staff", sa.Text(), nullable=False, comment="who wanted it"),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("due_utc_ms", sa.BigInteger(), nullable=False, comment="the turn that is next, or being tried"),
        sa.Column("next_utc_ms", sa.BigInteger(), nullable=False, comment="not tried before"),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0", comment="of this turn"),
        sa.Column(
            "sent_utc_ms", sa.BigInteger(), nullable=False, server_default="0", comment="when one last went; 0: never"
        ),
        sa.Column("why", sa.Text(), nullable=False, server_default="", comment="what went wrong last; empty: nothing"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_schedule")),
    )
    op.create_index(op.f("ix_report_schedule_next_utc_ms"), "report_schedule", ["next_utc_ms"])
