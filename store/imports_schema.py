"""Tables of imports: what was taken in from another system, and which members and gift cards came with it.

Prices and stock need no list: the version of the price book and the movements name the import. Nothing of the file is
kept but its name and its digest, for it is full of people.
"""

import sqlalchemy as sa

from store.schema import metadata

data_import = sa.Table(
    "data_import",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("profile", sa.Text, nullable=False, comment="odoo, square"),
    sa.Column("kind", sa.Text, nullable=False, comment="products, members, stock, gift-cards"),
    sa.Column("file", sa.Text, nullable=False, comment="its name"),
    sa.Column("digest", sa.Text, nullable=False, comment="SHA-256 of the file"),
    sa.Column("added", sa.BigInteger, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False),
    sa.Column("left_out", sa.BigInteger, nullable=False),
    sa.Column("by", sa.Text, nullable=False, comment="the user; empty: the shell, or a program"),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False, index=True),
    sa.Column("undone_by", sa.Text, nullable=False, server_default=""),
    sa.Column("undone_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="0: stands"),
    sa.Column("kept", sa.BigInteger, nullable=False, server_default="0", comment="what undoing it had to leave"),
    comment="what was taken in from another system",
)

data_import_item = sa.Table(
    "data_import_item",
    metadata,
    sa.Column("import_id", sa.Text, sa.ForeignKey("data_import.id"), primary_key=True),
    sa.Column("ref", sa.Text, primary_key=True, comment="a member's id, or a gift card's number"),
)
