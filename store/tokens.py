"""Tokens: programs that may use the API, each with a name and a role. Said once, when made; the books hold a hash.

A token is 256 random bits, so a plain SHA-256 keeps it: what makes a hash slow protects only what people can remember.
It begins with `kassa_`, so that whoever finds one somewhere knows what it opens.
"""

import re
import secrets

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.database import writing
from store.sessions import Person, hashed
from store.sign_in_schema import api_token
from store.users import ROLES

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


class BadToken(ValueError):
    """Cannot be made or ended; the message says why and what to do."""


class Token(msgspec.Struct, frozen=True):
    """One program's, without its secret."""

    name: str
    role: str
    made_utc_ms: int
    ended_utc_ms: int


def add_token(engine: Engine, name: str, role: str, now_utc_ms: int) -> str:
    """The secret of a new token, said now and never again. BadToken."""
    if not _NAME.fullmatch(name):
        raise BadToken("a token's name has 1 to 40 of a-z, 0-9, dot, dash and underscore")
    if role not in ROLES:
        raise BadToken(f"{role!r} is no role; there are: {', '.join(ROLES)}")
    secret = f"kassa_{secrets.token_urlsafe(32)}"
    with writing(engine) as connection:
        if connection.scalar(sa.select(api_token.c.name).where(api_token.c.name == name)):
            raise BadToken(f"there is, or was, a token {name} already; use another name")
        row = {"name": name, "role": role, "hash": hashed(secret), "made_utc_ms": now_utc_ms}
        connection.execute(sa.insert(api_token).values(row))
    return secret


def end_token(engine: Engine, name: str, now_utc_ms: int) -> None:
    """From now on it opens nothing. BadToken if there is none."""
    live = sa.update(api_token).where(api_token.c.name == name, api_token.c.ended_utc_ms == 0)
    with writing(engine) as connection:
        if not connection.execute(live.values(ended_utc_ms=now_utc_ms)).rowcount:
            raise BadToken(f"no token {name} is in use; `store token list` names those that are")


def program(engine: Engine, secret: str) -> Person | None:
    """Whose token this is."""
    query = sa.select(api_token).where(api_token.c.hash == hashed(secret), api_token.c.ended_utc_ms == 0)
    with engine.connect() as connection:
        row = connection.execute(query).first()
    return None if row is None else Person(f"token:{row.name}", row.name, row.role)


def tokens(engine: Engine) -> list[Token]:
    """All that there ever were, by name."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(api_token).order_by(api_token.c.name)).all()
    return [Token(row.name, row.role, row.made_utc_ms, row.ended_utc_ms) for row in rows]
