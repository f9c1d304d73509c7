"""Tables of signing in: who is at the console, which programs may ask, who tried too often, and what people did."""

import sqlalchemy as sa

from store.schema import metadata

session = sa.Table(
    "session",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="SHA-256 of the cookie's secret"),
    sa.Column("staff", sa.Text, nullable=False, index=True),
    sa.Column("address", sa.Text, nullable=False, comment="of the browser, when it signed in"),
    sa.Column("only", sa.Text, nullable=False, server_default="", comment="the one page that it may see; empty: all"),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("seen_utc_ms", sa.BigInteger, nullable=False, comment="when somebody last touched it"),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("why", sa.Text, nullable=False, server_default="", comment="why somebody else ended it, see sessions.py"),
    comment="who is signed in at the console",
)

api_token = sa.Table(
    "api_token",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False, unique=True, comment="SHA-256: its 256 bits need no slow hash"),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    comment="programs that may use the API",
)

sign_in_try = sa.Table(
    "sign_in_try",
    metadata,
    sa.Column("key", sa.Text, primary_key=True, comment="a person, or an address"),
    sa.Column("wrong", sa.Integer, nullable=False, comment="in a row"),
    sa.Column("last_utc_ms", sa.BigInteger, nullable=False),
    comment="wrong PINs at the console's door",
)

act = sa.Table(
    "act",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False, index=True),
    sa.Column("who", sa.Text, nullable=False, index=True, comment="a user's id, or token: and its name"),
    sa.Column("kind", sa.Text, nullable=False, comment="see acts.py"),
    sa.Column("till", sa.Text, nullable=False, server_default=""),
    sa.Column("about", sa.Text, nullable=False, server_default=""),
    sa.Column("address", sa.Text, nullable=False, server_default=""),
    sa.Column("command", sa.Text, nullable=False, server_default="", comment="the order, which knows what came of it"),
    comment="what people and programs did at the store, for ever",
)
