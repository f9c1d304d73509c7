"""What lanes run on, its versions, changes of several lanes, excerpts of their logs."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "lane_config",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False, comment="as the lane says it: of text and keys"),
        sa.Column("text", sa.Text(), nullable=False, comment="kiosk.toml without what is secret"),
        sa.Column("keys", sa.Text(), nullable=False, comment="JSON: the settings that this lane's version knows"),
        sa.Column("told_utc_ms", sa.BigInteger(), nullable=False, comment="when it was another than before"),
        sa.PrimaryKeyConstraint("till", name=op.f("pk_lane_config")),
        comment="what lanes run on, as they have told",
    )
    _changes()
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "lane_bank",
        sa.Column("n", number, autoincrement=True, nullable=False),
        sa.Column("tills", sa.Text(), nullable=False, comment="JSON: one after another"),
        sa.Column(
            "edits", sa.Text(), nullable=False, comment="JSON: settings and their values; without what is secret"
        ),
        sa.Column("sent", sa.Text(), server_default="", nullable=False, comment="the same as typed, until it is over"),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="running, done, stopped"),
        sa.Column("told", sa.Text(), server_default="", nullable=False, comment="why it was stopped"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_lane_bank")),
        comment="one change of several lanes",
    )
    op.create_table(
        "lane_log",
        sa.Column("id", sa.Text(), nullable=False, comment="of the command that asked for it"),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="JSON lines, as the lane told them"),
        sa.Column("told_utc_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lane_log")),
        comment="excerpts of lanes' logs, the last of each",
    )
    op.create_index(op.f("ix_lane_log_till"), "lane_log", ["till"])


def _changes() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    sent = "as it was typed, until the lane is done"
    op.create_table(
        "lane_change",
        sa.Column("n", number, autoincrement=True, nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of this lane's versions, from 1"),
        sa.Column("text", sa.Text(), nullable=False, comment="kiosk.toml without what is secret"),
        sa.Column("sent", sa.Text(), server_default="", nullable=False, comment=sent),
        sa.Column("by", sa.Text(), nullable=False, comment="user; empty: found on the lane"),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="ordered, waiting, trying, kept, back, ..."),
        sa.Column("told", sa.Text(), server_default="", nullable=False, comment="why it was not done, in words"),
        sa.Column("line", sa.Integer(), server_default="0", nullable=False, comment="of the text; 0: of none"),
        sa.Column("ended_utc_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("command", sa.Text(), server_default="", nullable=False, comment="that ordered it"),
        sa.Column("bank", sa.BigInteger(), server_default="0", nullable=False, comment="of lane_bank; 0: of none"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_lane_change")),
        sa.UniqueConstraint("till", "number", name=op.f("uq_lane_change_till_number")),
        comment="versions of a lane's settings, and what became of each",
    )
    op.create_index(op.f("ix_lane_change_till"), "lane_change", ["till"])
    op.create_index(op.f("ix_lane_change_state"), "lane_change", ["state"])
