"""Points that no sale brought, changes of members, whose coupon it is."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0050"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "point_entry",
        sa.Column("id", sa.Text(), nullable=False, comment="who asked twice with one id asked once"),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False, comment="negative: taken"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("voucher", sa.Text(), server_default="", nullable=False, comment="what they were changed into"),
        sa.Column("by", sa.Text(), nullable=False, comment="the user; empty: the shell, or a program"),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_point_entry_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_entry")),
        comment="points that no sale brought or took",
    )
    op.create_index(op.f("ix_point_entry_member_id"), "point_entry", ["member_id"])
    op.create_table(
        "member_change",
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False, comment="from 1"),
        sa.Column("what", sa.Text(), nullable=False, comment="the field, or the purpose of a consent"),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_change_member_id")),
        sa.PrimaryKeyConstraint("member_id", "n", name=op.f("pk_member_change")),
        comment="what was changed of a member, and by whom",
    )
    op.create_table(
        "member_voucher",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_voucher_member_id")),
        sa.ForeignKeyConstraint(["number"], ["voucher.number"], name=op.f("fk_member_voucher_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_member_voucher")),
        comment="coupons and vouchers that were made for one member",
    )
    op.create_index(op.f("ix_member_voucher_member_id"), "member_voucher", ["member_id"])
