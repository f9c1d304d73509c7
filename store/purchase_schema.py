"""Tables of buying: suppliers, what was ordered from them, and which deliveries came of it.

What is on its way is a sum over the open lines, asked by the proposal each time (`purchase_orders.on_order`). The
orders' own mail stands with them: one mail an order, until the supplier's mail server has it.
"""

import sqlalchemy as sa

from store.schema import metadata

supplier = sa.Table(
    "supplier",
    metadata,
    sa.Column("name", sa.Text, primary_key=True, comment="as the rules name it (stock_rule.supplier)"),
    sa.Column("email", sa.Text, nullable=False, server_default="", comment="where orders go"),
    sa.Column("account", sa.Text, nullable=False, server_default="", comment="our number at theirs"),
    sa.Column("lead_days", sa.Integer, nullable=False, server_default="0", comment="from order to delivery; 0: unsaid"),
)

purchase_order = sa.Table(
    "purchase_order",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("supplier", sa.Text, nullable=False, index=True),
    sa.Column("state", sa.Text, nullable=False, index=True, comment="draft, sent, closed, dropped"),
    sa.Column("expected", sa.Text, nullable=False, server_default="", comment="ISO day"),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("sent_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sent_by", sa.Text, nullable=False, server_default=""),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("ended_by", sa.Text, nullable=False, server_default=""),
    sa.Column("mail", sa.Text, nullable=False, server_default="", comment="empty: none; waiting, sent, given_up"),
    sa.Column("mail_to", sa.Text, nullable=False, server_default=""),
    sa.Column("mail_tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("mail_next_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("mail_why", sa.Text, nullable=False, server_default=""),
    comment="what the shop has ordered from suppliers",
)
sa.Index(
    "ix_purchase_order_mail", purchase_order.c.mail_next_utc_ms, sqlite_where=purchase_order.c.mail == "waiting",
    postgresql_where=purchase_order.c.mail == "waiting",
)  # fmt: skip

purchase_line = sa.Table(
    "purchase_line",
    metadata,
    sa.Column("number", sa.Integer, sa.ForeignKey("purchase_order.number"), primary_key=True),
    sa.Column("gtin", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, nullable=False, comment="from 0, in the order of the paper"),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("supplier_code", sa.Text, nullable=False),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Column("weight_g", sa.BigInteger, nullable=False),
    sa.Column("price_minor", sa.BigInteger, comment="of a piece or a kilogram, without tax; empty: not said"),
    sa.Column("received_count", sa.BigInteger, nullable=False),
    sa.Column("received_g", sa.BigInteger, nullable=False),
    sa.Column("given_up_count", sa.BigInteger, nullable=False),
    sa.Column("given_up_g", sa.BigInteger, nullable=False),
)
sa.Index("ix_purchase_line_gtin", purchase_line.c.gtin)

purchase_delivery = sa.Table(
    "purchase_delivery",
    metadata,
    sa.Column("slip", sa.Text, primary_key=True, comment="the cause of its movements"),
    sa.Column("number", sa.Integer, sa.ForeignKey("purchase_order.number"), nullable=False, index=True),
    sa.Column("note", sa.Text, nullable=False, comment="the delivery note's number"),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
)
sa.Index(
    "uq_purchase_delivery_note", purchase_delivery.c.number, purchase_delivery.c.note, unique=True,
    sqlite_where=purchase_delivery.c.note != "", postgresql_where=purchase_delivery.c.note != "",
)  # fmt: skip
