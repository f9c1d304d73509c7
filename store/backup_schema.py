"""The table of backups: that one was made, or could not be. The copies themselves lie wherever somebody wants them."""

import sqlalchemy as sa

from store.schema import metadata

backup_made = sa.Table(
    "backup_made",
    metadata,
    sa.Column(
        "n", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True
    ),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False, comment="when it began"),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("problem", sa.Text, nullable=False, comment="why there is none; empty: verified"),
    comment="backups of the books: when, where, and whether they succeeded",
)  # fmt: skip
