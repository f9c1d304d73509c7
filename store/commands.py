"""Commands: what somebody wants of a lane, from the console. Kept, sent until the lane has answered, done at most once.

A command is a row before it is a message. It is sent at once and again every few seconds until the lane's result is
here or its time is over; the lane knows its id and does it once. Whoever orders proves with their PIN who they are,
and the lane itself decides whether they may: its list of staff is the same.
"""

import secrets
from typing import Any, Literal, get_args

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.events import CommandKind
from kiosk.values.moment import rfc3339
from kiosk.wire.messages import Command, Result
from store.database import writing
from store.schema import command

KINDS: tuple[str, ...] = (*get_args(CommandKind), "update")
LASTS_MS = 60_000
"""So long a lane may take to hear of it: what was wanted a minute ago is no longer wanted."""
AGAIN_MS = 3_000
State = Literal["waiting", "done", "refused", "expired"]


class Ordered(msgspec.Struct, frozen=True):
    """One command and what became of it."""

    id: str
    till: str
    kind: str
    staff: str
    data: dict[str, Any]
    made_utc_ms: int
    expires_utc_ms: int
    state: State
    why: str


def order(engine: Engine, till: str, kind: str, staff: str, data: dict[str, Any], now_utc_ms: int) -> str:
    """Write it down; its id. AssertionError for a kind that there is not."""
    with writing(engine) as connection:
        return add(connection, till, kind, staff, data, now_utc_ms)


def add(connection: Connection, till: str, kind: str, staff: str, data: dict[str, Any], now_utc_ms: int) -> str:
    """The same, in the caller's transaction."""
    assert kind in KINDS, f"no lane knows {kind}"
    row = {
        "id": f"c-{now_utc_ms}-{secrets.token_hex(4)}",
        "till": till,
        "kind": kind,
        "staff": staff,
        "data": msgspec.json.encode(data).decode(),
        "made_utc_ms": now_utc_ms,
        "expires_utc_ms": now_utc_ms + LASTS_MS,
        "state": "waiting",
    }
    connection.execute(sa.insert(command).values(row))
    return str(row["id"])


def waiting(engine: Engine, now_utc_ms: int) -> list[Ordered]:
    """What lanes have not answered, oldest first; what is too late is written off."""
    late = sa.and_(command.c.state == "waiting", command.c.expires_utc_ms <= now_utc_ms)
    if _exists(engine, late):  # an approval must not wait for whoever else writes at this moment
        with writing(engine) as connection:
            ended = {"state": "expired", "ended_utc_ms": now_utc_ms, "why": "the checkout did not answer in time"}
            connection.execute(sa.update(command).where(late).values(ended))
    query = sa.select(command).where(command.c.state == "waiting").order_by(command.c.made_utc_ms)
    with engine.connect() as connection:
        return [_ordered(row) for row in connection.execute(query)]


def _exists(engine: Engine, where: "sa.ColumnElement[bool]") -> bool:
    """Without a transaction that writes: the clerk looks every second."""
    with engine.connect() as connection:
        return connection.execute(sa.select(command.c.id).where(where).limit(1)).first() is not None


def ended(engine: Engine, till: str, result: Result, now_utc_ms: int) -> None:
    """A lane has answered."""
    with writing(engine) as connection:
        settle(connection, till, result, now_utc_ms)


def settle(connection: Connection, till: str, result: Result, now_utc_ms: int) -> None:
    """What a lane says of its command, by message or in its reports, which are never lost: too late is still true.

    A second word, or another till's, changes nothing.
    """
    found = {"state": "done" if result.done else "refused", "why": result.why[:200], "ended_utc_ms": now_utc_ms}
    where = (command.c.id == result.id, command.c.till == till, command.c.state.in_(("waiting", "expired")))
    connection.execute(sa.update(command).where(*where).values(found))


def latest(engine: Engine, till: str, limit: int = 20) -> list[Ordered]:
    """The newest first."""
    query = sa.select(command).where(command.c.till == till).order_by(command.c.made_utc_ms.desc()).limit(limit)
    with engine.connect() as connection:
        return [_ordered(row) for row in connection.execute(query)]


def find(engine: Engine, id_: str) -> Ordered | None:
    """By its id."""
    with engine.connect() as connection:
        row = connection.execute(sa.select(command).where(command.c.id == id_)).first()
    return None if row is None else _ordered(row)


def message(one: Ordered) -> Command:
    """As the lane hears it."""
    return Command(id=one.id, kind=one.kind, staff=one.staff, expires=rfc3339(one.expires_utc_ms), data=one.data)


def _ordered(row: Any) -> Ordered:
    return Ordered(
        row.id,
        row.till,
        row.kind,
        row.staff,
        msgspec.json.decode(row.data),
        row.made_utc_ms,
        row.expires_utc_ms,
        row.state,
        row.why,
    )
