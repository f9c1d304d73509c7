"""Backup record: every backup that was made or tried is a row in the books, so that a forgotten one is missed.

A copy has no row of itself: it was made before. So books that were restored show the backup before theirs as the last,
and ask for another one sooner, which is right.
"""

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.backup_schema import backup_made
from store.database import writing


class Made(msgspec.Struct, frozen=True):
    """One try. `problem`: why there is no copy; empty: there is one, verified."""

    at_utc_ms: int
    file: str
    problem: str = ""


def remember(engine: Engine, made: Made) -> None:
    """Keep it. OperationalError: the books cannot be written."""
    with writing(engine) as connection:
        connection.execute(sa.insert(backup_made).values(msgspec.structs.asdict(made)))


def last_made(engine: Engine) -> Made | None:
    """The last try, however it ended."""
    return _last(engine, sa.true())


def last_good(engine: Engine) -> Made | None:
    """The last one that succeeded."""
    return _last(engine, backup_made.c.problem == "")


def _last(engine: Engine, which: sa.ColumnElement[bool]) -> Made | None:
    names = [backup_made.c[name] for name in Made.__struct_fields__]
    query = sa.select(*names).where(which).order_by(backup_made.c.at_utc_ms.desc(), backup_made.c.n.desc()).limit(1)
    with engine.connect() as connection:
        row = connection.execute(query).first()
    return Made(*row) if row is not None else None
