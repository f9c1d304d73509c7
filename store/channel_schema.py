"""Tables of orders from other channels: what was ordered, what became of each line, and who did it when."""

import sqlalchemy as sa

from store.schema import metadata

channel_order = sa.Table(
    "channel_order",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="channel/number"),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False, comment="as the channel calls it"),
    sa.Column("state", sa.Text, nullable=False, index=True, comment="reserved, part_shipped, shipped, cancelled"),
    sa.Column("idempotency_key", sa.Text, unique=True),
    sa.Column("digest", sa.Text, nullable=False, comment="SHA-256 of what was asked for"),
    sa.Column(
        "version", sa.Text, nullable=False, server_default="", comment="the channel's own clock, where it has one"
    ),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False, index=True),
    sa.Column("changed_utc_ms", sa.BigInteger, nullable=False),
    comment="orders from other channels",
)

channel_order_line = sa.Table(
    "channel_order_line",
    metadata,
    sa.Column("order_id", sa.Text, sa.ForeignKey("channel_order.id"), primary_key=True),
    sa.Column("line", sa.BigInteger, primary_key=True, autoincrement=False, comment="the number of it"),
    sa.Column("gtin", sa.Text, nullable=False, index=True, comment="empty: the price book does not know it"),
    sa.Column("said", sa.Text, nullable=False, comment="the code as the channel wrote it"),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Column("weight_g", sa.BigInteger, nullable=False),
    sa.Column("shipped_count", sa.BigInteger, nullable=False),
    sa.Column("shipped_g", sa.BigInteger, nullable=False),
    sa.Column("released_count", sa.BigInteger, nullable=False, comment="cancelled: nobody waits for them any more"),
    sa.Column("released_g", sa.BigInteger, nullable=False),
    sa.Column("restocked_count", sa.BigInteger, nullable=False, server_default="0", comment="as the channel says"),
    sa.Column("returned_count", sa.BigInteger, nullable=False, server_default="0", comment="of shipped: back in stock"),
)

channel_order_event = sa.Table(
    "channel_order_event",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("order_id", sa.Text, sa.ForeignKey("channel_order.id"), nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False, comment="placed, amended, shipped, cancelled"),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("staff", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
)
