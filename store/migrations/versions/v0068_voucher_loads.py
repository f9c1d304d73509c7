"""Money put on gift cards and vouchers after they were issued, and who paid it how."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"


def upgrade() -> None:
    """One table more."""
    op.create_table(
        "voucher_load",
        sa.Column("id", sa.Text(), nullable=False, comment="of the act, which is done once: a lane's question, a key"),
        sa.Column("number", sa.Text(), nullable=False, comment="of the voucher"),
        sa.Column(
            "amount_minor", sa.BigInteger(), nullable=False, comment="put on it; negative: taken off and paid back"
        ),
        sa.Column(
            "paid", sa.Text(), nullable=False, comment="sale, cash, external, invoice; free: the shop gave it away"
        ),
        sa.Column("sale_key", sa.Text(), nullable=True, comment="the sale that sold it; empty: the desk did"),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="user or program; empty: a lane"),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="money put on gift cards and vouchers that were issued with less, or with nothing",
    )
    op.create_index("ix_voucher_load_business_day", "voucher_load", ["business_day"])
    op.create_index("ix_voucher_load_number", "voucher_load", ["number"])
    op.create_index("ix_voucher_load_sale_key", "voucher_load", ["sale_key"])
