"""Acts: what people and programs did at the store, each with who, when and from where. Only ever added.

`kind` is one of: `sign_in`, `sign_in_refused` (not their PIN; `who` is whom they said they are, if it is one
of ours), `locked`, `sign_out`, `first_user`, `order` (of a lane), `rollout` (of another version), `coming` (somebody
takes a call in hand), `board` (a wall screen was set up), `configure` (what a lane runs on was changed), `purchase` (an
order to a supplier), `api` (a program, or a page, changed something over HTTP), `revoke` (a till was turned away),
`user` (somebody was added to the staff, changed or taken off it).
"""

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from store.database import writing
from store.schema import command, staff
from store.sign_in_schema import act


class Act(msgspec.Struct, frozen=True):
    """One of them. `who` is a user's id or `token:name`; `command` the id of an order."""

    who: str
    kind: str
    till: str = ""
    about: str = ""
    address: str = ""
    command: str = ""


class Told(msgspec.Struct, frozen=True):
    """An act as people read it: with the name, and what came of it where it was an order."""

    n: int
    at_utc_ms: int
    who: str
    name: str
    kind: str
    till: str
    about: str
    address: str
    outcome: str
    why: str


def record(engine: Engine, one: Act, now_utc_ms: int) -> None:
    """Add it, in a transaction of its own."""
    with writing(engine) as connection:
        add(connection, one, now_utc_ms)


def add(connection: Connection, one: Act, now_utc_ms: int) -> None:
    """The same, in the transaction of what was done."""
    row = {**msgspec.structs.asdict(one), "about": one.about[:200], "at_utc_ms": now_utc_ms}
    connection.execute(sa.insert(act).values(row))


def latest(engine: Engine, *, limit: int = 100, before: int = 0, words: str = "") -> list[Told]:
    """The newest first; `before` an act's number, for the next page; `words` in who, what or where."""
    query = (
        sa.select(act, staff.c.name, command.c.state, command.c.why)
        .join(staff, staff.c.id == act.c.who, isouter=True)
        .join(command, command.c.id == act.c.command, isouter=True)
        .order_by(act.c.n.desc())
        .limit(limit)
    )
    if before:
        query = query.where(act.c.n < before)
    for word in words.lower().split():
        columns = (act.c.who, act.c.kind, act.c.till, act.c.about, sa.func.coalesce(staff.c.name, ""))
        query = query.where(sa.or_(*(sa.func.lower(column).contains(word, autoescape=True) for column in columns)))
    with engine.connect() as connection:
        return [
            Told(
                row.n, row.at_utc_ms, row.who, row.name or row.who, row.kind, row.till, row.about, row.address,
                row.state or "", row.why or "",
            )
            for row in connection.execute(query)
        ]  # fmt: skip
