"""Gift cards, vouchers, coupons and deposit slips, and what visits keep of them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "voucher",
        sa.Column("number", sa.Text(), nullable=False, comment="as it is scanned"),
        sa.Column("kind", sa.Text(), nullable=False, comment="gift_card, voucher, coupon, deposit"),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column(
            "amount_minor", sa.BigInteger(), nullable=False, comment="what it was issued with; 0: an offer decides"
        ),
        sa.Column("offer", sa.Text(), server_default="", nullable=False, comment="of a coupon"),
        sa.Column("issued_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_utc_ms", sa.BigInteger(), server_default="0", nullable=False, comment="0: never"),
        sa.Column("blocked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_voucher")),
        comment="whatever is worth something at a till and can be used up",
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.Text(), nullable=False, comment="of the question that asked for it"),
        sa.Column("number", sa.Text(), nullable=False, comment="of the voucher, also of one never issued here"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="held, spent, released"),
        sa.Column("sale_key", sa.Text(), nullable=True, comment="the sale that spent it"),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_utc_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        comment="what a visit keeps for itself until it is sold or let go",
    )
    op.create_index(op.f("ix_hold_number"), "hold", ["number"], unique=False)
