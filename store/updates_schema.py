"""Updates' tables: bundles, rollouts over the lanes, each lane's part in one, and which version ran when."""

import sqlalchemy as sa

from store.schema import metadata

OPEN = ("running", "stopped")
"""States of a rollout that is not over."""
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

bundle = sa.Table(
    "bundle",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True, comment="and the name of its file"),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("compatible", sa.Text, nullable=False, comment="which machines it is for"),
    sa.Column("size", sa.BigInteger, nullable=False, comment="bytes"),
    sa.Column("name", sa.Text, nullable=False, comment="as the file was called"),
    sa.Column("by", sa.Text, nullable=False, comment="user; empty: the shell"),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("forgotten_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="0: its file is here"),
    comment="versions of the lanes' image",
)

rollout = sa.Table(
    "rollout",
    metadata,
    sa.Column("n", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("sha256", sa.Text, sa.ForeignKey("bundle.sha256"), nullable=False),
    sa.Column("plan", sa.Text, nullable=False, comment="JSON: waves, window, limits"),
    sa.Column("by", sa.Text, nullable=False, comment="user in whose name lanes are ordered"),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False, comment="running, stopped, done, aborted"),
    sa.Column("why", sa.Text, nullable=False, server_default="", comment="why it stopped"),
    comment="another version for many lanes, in waves",
)

rollout_lane = sa.Table(
    "rollout_lane",
    metadata,
    sa.Column("rollout", _NUMBER, sa.ForeignKey("rollout.n"), primary_key=True, autoincrement=False),
    sa.Column("till", sa.Text, primary_key=True),
    sa.Column("wave", sa.Integer, nullable=False, comment="from 1"),
    sa.Column("state", sa.Text, nullable=False, comment="waiting, ordered, updated, failed"),
    sa.Column("command", sa.Text, nullable=False, server_default="", comment="the last order"),
    sa.Column("ordered_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("out_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="since when it serves nobody"),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("why", sa.Text, nullable=False, server_default=""),
    comment="one lane's part in a rollout",
)

lane_version = sa.Table(
    "lane_version",
    metadata,
    sa.Column("n", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("till", sa.Text, nullable=False, index=True),
    sa.Column("version", sa.Text, nullable=False, comment="of the image, or else of the program"),
    sa.Column("software", sa.Text, nullable=False),
    sa.Column("slot", sa.Text, nullable=False),
    sa.Column("since", sa.Text, nullable=False, comment="as the lane says, RFC 3339"),
    sa.Column("heard_utc_ms", sa.BigInteger, nullable=False, comment="when it was said first"),
    comment="which version ran on which lane, from when on",
)
