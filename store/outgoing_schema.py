"""Tables of what goes out to other programs: who wants to hear, what waits for them, what the web shop was told."""

import sqlalchemy as sa

from store.schema import metadata

webhook = sa.Table(
    "webhook",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("secret", sa.Text, nullable=False, comment="whsec_ and base64, of this subscriber alone"),
    sa.Column("events", sa.Text, nullable=False, comment="types that it wants, separated by spaces"),
    sa.Column("state", sa.Text, nullable=False, comment="active, stopped"),
    sa.Column("why", sa.Text, nullable=False, server_default="", comment="why it was stopped"),
    sa.Column("rests_until_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="not tried before"),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    comment="other programs that want to hear what happens",
)

webhook_delivery = sa.Table(
    "webhook_delivery",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="the same at every attempt"),
    sa.Column("webhook_id", sa.Text, sa.ForeignKey("webhook.id"), nullable=False, index=True),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False, comment="as it is signed; empty as soon as it has arrived"),
    sa.Column("state", sa.Text, nullable=False, comment="waiting, done, dead"),
    sa.Column("since_utc_ms", sa.BigInteger, nullable=False, comment="when it happened, or was wanted again"),
    sa.Column("next_utc_ms", sa.BigInteger, nullable=False, comment="not tried before"),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("why", sa.Text, nullable=False, server_default="", comment="what went wrong last"),
    sa.Index("ix_webhook_delivery_state_next", "state", "next_utc_ms"),
    comment="what waits to be told, written in the transaction of what happened",
)

shop_push = sa.Table(
    "shop_push",
    metadata,
    sa.Column("gtin", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False, comment="waiting, told, absent"),
    sa.Column("next_utc_ms", sa.BigInteger, nullable=False, comment="not tried before"),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("why", sa.Text, nullable=False, server_default="", comment="what went wrong last"),
    sa.Column("product", sa.BigInteger, nullable=False, server_default="0", comment="the web shop's id; 0: not known"),
    sa.Column("parent", sa.BigInteger, nullable=False, server_default="0", comment="of a variation"),
    sa.Column("looked_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="when we asked for the id"),
    sa.Column("told_count", sa.BigInteger, comment="what it was told last"),
    sa.Column("told_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Index("ix_shop_push_state_next", "state", "next_utc_ms"),
    comment="what the web shop knows of each product's stock",
)
