"""Commands to lanes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "command",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="approve, deny, open, close, pause, message, ..."),
        sa.Column("staff", sa.Text(), nullable=False, comment="who gave it"),
        sa.Column("data", sa.Text(), nullable=False, comment="JSON, by kind"),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="waiting, done, refused, expired"),
        sa.Column("why", sa.Text(), nullable=False, server_default="", comment="the lane's words, if it was not done"),
        sa.Column("ended_utc_ms", sa.BigInteger(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_command")),
        comment="what somebody wanted of a lane",
    )
    op.create_index(op.f("ix_command_till"), "command", ["till"], unique=False)
    op.create_index(op.f("ix_command_state"), "command", ["state"], unique=False)
