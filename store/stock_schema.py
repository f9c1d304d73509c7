"""Tables of the stock: places, kept levels, what to keep in store, counts and transfers.

`stock_level` is the one table here that repeats what others say: the sum of a product's movements at a place, written
in the transaction of each movement, because a shop with 100,000 products and years of sales wants to see its stock at
once. `store.stock_ledger` alone writes it, and proves on request that it is the sum.
"""

import sqlalchemy as sa

from store.schema import metadata, stock_movement

stock_place = sa.Table(
    "stock_place",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False, comment="here: its goods are this shop's; shop: another shop"),
)

stock_level = sa.Table(
    "stock_level",
    metadata,
    sa.Column("gtin", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Column("weight_g", sa.BigInteger, nullable=False),
    sa.Column("untold", sa.Boolean, nullable=False, comment="changed since others were told (telling_stock)"),
    comment="the sum of stock_movement by product and place",
)
sa.Index(
    "ix_stock_level_untold", stock_level.c.untold, sqlite_where=stock_level.c.untold.is_(True),
    postgresql_where=stock_level.c.untold.is_(True),
)  # fmt: skip
sa.Index("ix_stock_level_count", stock_level.c.count)
sa.Index(
    "ix_stock_movement_expiry", stock_movement.c.expiry, sqlite_where=stock_movement.c.expiry != "",
    postgresql_where=stock_movement.c.expiry != "",
)  # fmt: skip
sa.Index(
    "ix_stock_movement_batch", stock_movement.c.gtin, stock_movement.c.batch,
    sqlite_where=stock_movement.c.batch != "", postgresql_where=stock_movement.c.batch != "",
)  # fmt: skip

stock_rule = sa.Table(
    "stock_rule",
    metadata,
    sa.Column("gtin", sa.Text, primary_key=True),
    sa.Column("minimum_count", sa.BigInteger, nullable=False, server_default="0", comment="below it, buy"),
    sa.Column("fill_to_count", sa.BigInteger, nullable=False, server_default="0", comment="buy up to it; 0: minimum"),
    sa.Column("pack_count", sa.BigInteger, nullable=False, server_default="1", comment="pieces in what one buys"),
    sa.Column("minimum_g", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("fill_to_g", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("pack_g", sa.BigInteger, nullable=False, server_default="1"),
    sa.Column("safety_count", sa.BigInteger, comment="never offered by other channels; empty: as configured"),
    sa.Column("supplier", sa.Text, nullable=False, server_default="", index=True),
    sa.Column("supplier_code", sa.Text, nullable=False, server_default="", comment="the supplier's own number"),
    sa.Column("changed_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("staff", sa.Text, nullable=False, server_default=""),
    comment="how much of a product the shop wants to have, and from whom",
)

stock_count = sa.Table(
    "stock_count",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False, comment="what is counted: words in code or name; empty: everything"),
    sa.Column("state", sa.Text, nullable=False, index=True, comment="open, booked, dropped"),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("staff", sa.Text, nullable=False),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("ended_by", sa.Text, nullable=False, server_default=""),
    comment="stock-takings",
)

stock_counted = sa.Table(
    "stock_counted",
    metadata,
    sa.Column("count_id", sa.Text, sa.ForeignKey("stock_count.id"), primary_key=True),
    sa.Column("gtin", sa.Text, primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False, comment="what was there"),
    sa.Column("weight_g", sa.BigInteger, nullable=False),
    sa.Column("book_count", sa.BigInteger, nullable=False, comment="what the books said in that moment"),
    sa.Column("book_g", sa.BigInteger, nullable=False),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("staff", sa.Text, nullable=False),
)

stock_transfer = sa.Table(
    "stock_transfer",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("from_place", sa.Text, nullable=False),
    sa.Column("to_place", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True, comment="sent, received"),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    sa.Column("sent_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("sent_by", sa.Text, nullable=False),
    sa.Column("received_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("received_by", sa.Text, nullable=False, server_default=""),
)

stock_transfer_line = sa.Table(
    "stock_transfer_line",
    metadata,
    sa.Column("transfer_id", sa.Text, sa.ForeignKey("stock_transfer.id"), primary_key=True),
    sa.Column("gtin", sa.Text, primary_key=True),
    sa.Column("sent_count", sa.BigInteger, nullable=False),
    sa.Column("sent_g", sa.BigInteger, nullable=False),
    sa.Column("received_count", sa.BigInteger, comment="empty until it is received"),
    sa.Column("received_g", sa.BigInteger),
)

stock_draft = sa.Table(
    "stock_draft",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="what it will be, and whose it is"),
    sa.Column("body", sa.Text, nullable=False, comment="JSON, the lines so far"),
    sa.Column("changed_utc_ms", sa.BigInteger, nullable=False),
    comment="deliveries and the like that somebody is scanning; a page that is closed loses nothing",
)
