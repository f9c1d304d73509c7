"""Bundles whose files are gone, while the record of their rollouts stays."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"


def upgrade() -> None:
    """One column more."""
    op.add_column(
        "bundle",
        sa.Column(
            "forgotten_utc_ms", sa.BigInteger(), server_default="0", nullable=False, comment="0: its file is here"
        ),
    )
