"""Tables of prices to come: batches of changes, of prices alone and of whole products and offers."""

import sqlalchemy as sa

from store.schema import metadata

price_batch = sa.Table(
    "price_batch",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("starts_utc_ms", sa.BigInteger, nullable=False, comment="not before"),
    sa.Column("waits_for_labels", sa.Boolean, nullable=False, comment="not before staff say that they hang"),
    sa.Column("needs_approval", sa.Text, nullable=False, server_default="", comment="why; empty: nobody is asked"),
    sa.Column("approved_by", sa.Text, nullable=False, server_default=""),
    sa.Column("labels_by", sa.Text, nullable=False, server_default="", comment="who said that the labels hang"),
    sa.Column("cancelled_by", sa.Text, nullable=False, server_default=""),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="started, or cancelled"),
    sa.Column("version", sa.Integer, comment="of the price book that it became; empty: not started"),
    sa.Column("left_out", sa.Text, nullable=False, server_default="", comment="what did not fit any more, in words"),
    comment="changes of prices that begin together",
)

price_batch_row = sa.Table(
    "price_batch_row",
    metadata,
    sa.Column("batch_id", sa.Text, sa.ForeignKey("price_batch.id"), primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("was_minor", sa.BigInteger, nullable=False, comment="when the batch was made"),
    sa.Column("price_minor", sa.BigInteger, nullable=False),
    comment="what shall cost how much",
)

price_batch_edit = sa.Table(
    "price_batch_edit",
    metadata,
    sa.Column("batch_id", sa.Text, sa.ForeignKey("price_batch.id"), primary_key=True),
    sa.Column("code", sa.Text, primary_key=True, comment="of the product, or offer: and the offer's name"),
    sa.Column("was", sa.Text, comment="the entry, JSON, when somebody began to write; empty: it is new"),
    sa.Column("becomes", sa.Text, comment="the entry, JSON; empty: it leaves the price book"),
    comment="what shall be otherwise of products and offers",
)
