"""Signing in, tokens of programs, and what people did."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0040"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "session",
        sa.Column("id", sa.Text(), nullable=False, comment="SHA-256 of the cookie's secret"),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False, comment="of the browser, when it signed in"),
        sa.Column(
            "only", sa.Text(), nullable=False, server_default="", comment="the one page that it may see; empty: all"
        ),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("seen_utc_ms", sa.BigInteger(), nullable=False, comment="when somebody last touched it"),
        sa.Column("ended_utc_ms", sa.BigInteger(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        comment="who is signed in at the console",
    )
    op.create_index(op.f("ix_session_staff"), "session", ["staff"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False, comment="SHA-256: its 256 bits need no slow hash"),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_utc_ms", sa.BigInteger(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_api_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_token_hash")),
        comment="programs that may use the API",
    )
    op.create_table(
        "sign_in_try",
        sa.Column("key", sa.Text(), nullable=False, comment="a person, or an address"),
        sa.Column("wrong", sa.Integer(), nullable=False, comment="in a row"),
        sa.Column("last_utc_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_try")),
        comment="wrong PINs at the console's door",
    )
    op.create_table(
        "act",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False, comment="a user's id, or token: and its name"),
        sa.Column("kind", sa.Text(), nullable=False, comment="see acts.py"),
        sa.Column("till", sa.Text(), nullable=False, server_default=""),
        sa.Column("about", sa.Text(), nullable=False, server_default=""),
        sa.Column("address", sa.Text(), nullable=False, server_default=""),
        sa.Column(
            "command", sa.Text(), nullable=False, server_default="", comment="the order, which knows what came of it"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_act")),
        comment="what people and programs did at the store, for ever",
    )
    op.create_index(op.f("ix_act_at_utc_ms"), "act", ["at_utc_ms"], unique=False)
    op.create_index(op.f("ix_act_who"), "act", ["who"], unique=False)
