"""Report mail schema: reports that somebody wants by e-mail, again and again."""

import sqlalchemy as sa

from store.schema import metadata

report_schedule = sa.Table(
    "report_schedule",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("ask", sa.Text, nullable=False, comment="JSON: report, split, filters"),
    sa.Column(
        "period", sa.Text, nullable=False, comment="yesterday, last-week, last-month, ... seen from the day it goes"
    ),
    sa.Column("form", sa.Text, nullable=False, comment="pdf, xlsx or csv"),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("every", sa.Text, nullable=False, comment="day, week (on Monday), month (on the first)"),
    sa.Column("hour", sa.Integer, nullable=False, comment="on the shop's clock"),
    sa.Column("staff", sa.Text, nullable=False, comment="who wanted it"),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("due_utc_ms", sa.BigInteger, nullable=False, comment="the turn that is next, or being tried"),
    sa.Column("next_utc_ms", sa.BigInteger, nullable=False, index=True, comment="not tried before"),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0", comment="of this turn"),
    sa.Column("sent_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="when one last went; 0: never"),
    sa.Column("why", sa.Text, nullable=False, server_default="", comment="what went wrong last; empty: nothing"),
)
