"""Bundles, rollouts over the lanes, and which version ran when."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"


def upgrade() -> None:
    """Make the tables."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "bundle",
        sa.Column("sha256", sa.Text(), nullable=False, comment="and the name of its file"),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("compatible", sa.Text(), nullable=False, comment="which machines it is for"),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="bytes"),
        sa.Column("name", sa.Text(), nullable=False, comment="as the file was called"),
        sa.Column("by", sa.Text(), nullable=False, comment="user; empty: the shell"),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_bundle")),
        comment="versions of the lanes' image",
    )
    op.create_table(
        "rollout",
        sa.Column("n", number, autoincrement=True, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False, comment="JSON: waves, window, limits"),
        sa.Column("by", sa.Text(), nullable=False, comment="user in whose name lanes are ordered"),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="running, stopped, done, aborted"),
        sa.Column("why", sa.Text(), server_default="", nullable=False, comment="why it stopped"),
        sa.ForeignKeyConstraint(["sha256"], ["bundle.sha256"], name=op.f("fk_rollout_sha256")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_rollout")),
        comment="another version for many lanes, in waves",
    )
    op.create_table(
        "rollout_lane",
        sa.Column("rollout", number, autoincrement=False, nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False, comment="from 1"),
        sa.Column("state", sa.Text(), nullable=False, comment="waiting, ordered, updated, failed"),
        sa.Column("command", sa.Text(), server_default="", nullable=False, comment="the last order"),
        sa.Column("ordered_utc_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "out_utc_ms", sa.BigInteger(), server_default="0", nullable=False, comment="since when it serves nobody"
        ),
        sa.Column("ended_utc_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["rollout"], ["rollout.n"], name=op.f("fk_rollout_lane_rollout")),
        sa.PrimaryKeyConstraint("rollout", "till", name=op.f("pk_rollout_lane")),
        comment="one lane's part in a rollout",
    )
    op.create_table(
        "lane_version",
        sa.Column("n", number, autoincrement=True, nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False, comment="of the image, or else of the program"),
        sa.Column("software", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False, comment="as the lane says, RFC 3339"),
        sa.Column("heard_utc_ms", sa.BigInteger(), nullable=False, comment="when it was said first"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_lane_version")),
        comment="which version ran on which lane, from when on",
    )
    op.create_index(op.f("ix_lane_version_till"), "lane_version", ["till"])
