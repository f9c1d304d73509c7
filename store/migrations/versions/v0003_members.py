"""Members, what they are known by, and the sales that they collect points with."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "member",
        sa.Column("id", sa.Text(), nullable=False, comment="ours: it says nothing of the person"),
        sa.Column("first_name", sa.Text(), server_default="", nullable=False),
        sa.Column("member_groups", sa.Text(), server_default="", nullable=False, comment="words between spaces"),
        sa.Column("receipt", sa.Text(), server_default="", nullable=False, comment="standing choice; empty: ask"),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("blocked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("consented_utc_ms", sa.BigInteger(), nullable=False, comment="when the person agreed to be a member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    for name, key, comment in (
        ("member_key", "key", "card, app code, or telephone number in digits"),
        ("member_sale", "sale_key", "a sale collects points once, for one member"),
    ):
        op.create_table(
            name,
            sa.Column(key, sa.Text(), nullable=False, comment=comment),
            sa.Column("member_id", sa.Text(), nullable=False),
            sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f(f"fk_{name}_member_id")),
            sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{name}")),
        )
        op.create_index(op.f(f"ix_{name}_member_id"), name, ["member_id"], unique=False)
