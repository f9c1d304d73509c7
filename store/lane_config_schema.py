"""Tables of the lanes' settings: what each lane runs on, every version of it, changes of several lanes, their logs."""

import sqlalchemy as sa

from store.schema import metadata

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

lane_config = sa.Table(
    "lane_config",
    metadata,
    sa.Column("till", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False, comment="as the lane says it: of text and keys"),
    sa.Column("text", sa.Text, nullable=False, comment="kiosk.toml without what is secret"),
    sa.Column("keys", sa.Text, nullable=False, comment="JSON: the settings that this lane's version knows"),
    sa.Column("told_utc_ms", sa.BigInteger, nullable=False, comment="when it was another than before"),
    comment="what lanes run on, as they have told",
)

lane_change = sa.Table(
    "lane_change",
    metadata,
    sa.Column("n", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("till", sa.Text, nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False, comment="of this lane's versions, from 1"),
    sa.Column("text", sa.Text, nullable=False, comment="kiosk.toml without what is secret"),
    sa.Column("sent", sa.Text, nullable=False, server_default="", comment="as it was typed, until the lane is done"),
    sa.Column("by", sa.Text, nullable=False, comment="user; empty: found on the lane"),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True, comment="ordered, waiting, trying, kept, back, ..."),
    sa.Column("told", sa.Text, nullable=False, server_default="", comment="why it was not done, in words"),
    sa.Column("line", sa.Integer, nullable=False, server_default="0", comment="of the text; 0: of none"),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("command", sa.Text, nullable=False, server_default="", comment="that ordered it"),
    sa.Column("bank", sa.BigInteger, nullable=False, server_default="0", comment="of lane_bank; 0: of none"),
    sa.UniqueConstraint("till", "number"),
    comment="versions of a lane's settings, and what became of each",
)

lane_bank = sa.Table(
    "lane_bank",
    metadata,
    sa.Column("n", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("tills", sa.Text, nullable=False, comment="JSON: one after another"),
    sa.Column("edits", sa.Text, nullable=False, comment="JSON: settings and their values; without what is secret"),
    sa.Column("sent", sa.Text, nullable=False, server_default="", comment="the same as typed, until it is over"),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False, comment="running, done, stopped"),
    sa.Column("told", sa.Text, nullable=False, server_default="", comment="why it was stopped"),
    comment="one change of several lanes",
)

lane_log = sa.Table(
    "lane_log",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="of the command that asked for it"),
    sa.Column("till", sa.Text, nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False, comment="JSON lines, as the lane told them"),
    sa.Column("told_utc_ms", sa.BigInteger, nullable=False),
    comment="excerpts of lanes' logs, the last of each",
)
