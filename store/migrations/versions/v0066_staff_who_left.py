"""People who are not of the staff any more, and sessions that somebody else has ended."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"


def upgrade() -> None:
    """One column more for each."""
    op.add_column(
        "staff",
        sa.Column("ended_utc_ms", sa.BigInteger(), server_default="0", nullable=False, comment="0: one of the staff"),
    )
    op.add_column(
        "session",
        sa.Column(
            "why", sa.Text(), server_default="", nullable=False, comment="why somebody else ended it, see sessions.py"
        ),
    )
