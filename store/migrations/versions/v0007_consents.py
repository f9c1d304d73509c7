"""What members have agreed to."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "member_consent",
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False, comment="membership, marketing"),
        sa.Column("text", sa.Text(), nullable=False, comment="version of the words that were agreed to"),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("given_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False, comment="the till, or desk"),
        sa.Column("asked_as", sa.Text(), server_default="", nullable=False, comment="the lane's question"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_consent_member_id")),
        sa.PrimaryKeyConstraint("member_id", "purpose", name=op.f("pk_member_consent")),
        comment="who agreed to what, when, where and in which words",
    )
    op.create_index(op.f("ix_member_consent_asked_as"), "member_consent", ["asked_as"], unique=False)
