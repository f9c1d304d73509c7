"""The tally of a price book, by which a till checks a change without reading all of its rows."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"


def upgrade() -> None:
    """Make the column. Books from before have none: their tills read all rows once more."""
    op.add_column(
        "price_book",
        sa.Column("tally", sa.Text(), nullable=False, server_default="", comment="kiosk.wire.tally; empty: not known"),
    )
