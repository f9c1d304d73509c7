"""Tables about customers beyond those of `store.schema`: points by hand, what was changed of a member, whose coupon."""

import sqlalchemy as sa

from store.schema import metadata

point_entry = sa.Table(
    "point_entry",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="who asked twice with one id asked once"),
    sa.Column("member_id", sa.Text, sa.ForeignKey("member.id"), nullable=False, index=True),
    sa.Column("points", sa.BigInteger, nullable=False, comment="negative: taken"),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("voucher", sa.Text, nullable=False, server_default="", comment="what they were changed into"),
    sa.Column("by", sa.Text, nullable=False, comment="the user; empty: the shell, or a program"),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    comment="points that no sale brought or took",
)

member_change = sa.Table(
    "member_change",
    metadata,
    sa.Column("member_id", sa.Text, sa.ForeignKey("member.id"), primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False, comment="from 1"),
    sa.Column("what", sa.Text, nullable=False, comment="the field, or the purpose of a consent"),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    comment="what was changed of a member, and by whom",
)

member_voucher = sa.Table(
    "member_voucher",
    metadata,
    sa.Column("number", sa.Text, sa.ForeignKey("voucher.number"), primary_key=True),
    sa.Column("member_id", sa.Text, sa.ForeignKey("member.id"), nullable=False, index=True),
    comment="coupons and vouchers that were made for one member",
)
