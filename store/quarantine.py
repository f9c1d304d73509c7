"""Quarantine: the messages that could not be booked, for staff to see, to try again, or to be done with.

Nothing that a till says is silently dropped: what the books refuse lies here as it came (`aside`), with the reason,
until somebody has booked it (after an update that can read it, or when what it contradicted is mended) or has said that
it is nothing (and why). A try is a row; what was tried is never changed. When one is booked at last its till is told,
and its own list of refused messages shrinks.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.wire.topics import Address
from store.aside import Letter
from store.database import writing
from store.ingest import take_all
from store.quarantine_schema import aside_try
from store.schema import aside

Outcome = Literal["booked", "refused", "dismissed"]
WHY_LONGEST = 200
_ENDED = ("booked", "dismissed")


class Kept(msgspec.Struct, frozen=True):
    """One message. `id` is what it calls itself; empty if that cannot be read. `tries`: how often it was tried again.

    `outcome` is that of the last try; empty before the first.
    """

    n: int
    till: str
    what: str
    id: str
    reason: str
    size: int
    received_utc_ms: int
    tries: int = 0
    outcome: str = ""
    why: str = ""
    staff: str = ""
    ended_utc_ms: int = 0

    @property
    def waits(self) -> bool:
        """Whether somebody should look at it."""
        return self.outcome not in _ENDED

    @property
    def is_alarm(self) -> bool:
        """Whether it contradicts what is in the books: two sales under one key, one of which happened elsewhere."""
        return self.what == "sale" and self.reason.startswith("another sale")


class NotWaiting(Exception):
    """There is no such message, or it is done with; one line for a person."""


def waiting(engine: Engine, *, limit: int, offset: int = 0, till: str = "", ended: bool = False) -> list[Kept]:
    """Those that wait, the newest first; `ended`: also those that are done with."""
    query = sa.select(*_COLUMNS).order_by(aside.c.n.desc()).limit(limit).offset(offset)
    if not ended:
        query = query.where(~_is_ended())
    if till:
        query = query.where(aside.c.till == till)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
        return list(_with_tries(connection, rows))


def count_waiting(engine: Engine) -> int:
    """How many wait."""
    with engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(aside).where(~_is_ended())) or 0


def find(engine: Engine, n: int) -> Kept | None:
    """One of them, whether it waits or not."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(*_COLUMNS).where(aside.c.n == n)).all()
        return next(_with_tries(connection, rows), None)


def payload(engine: Engine, n: int) -> bytes:
    """The message as it came. NotWaiting if there is none."""
    with engine.connect() as connection:
        found = connection.scalar(sa.select(aside.c.payload).where(aside.c.n == n))
    if found is None:
        raise NotWaiting(f"there is no message {n} in the quarantine")
    return bytes(found)


def retry(engine: Engine, store: str, n: int, staff: str, now_utc_ms: int) -> Kept:
    """Try to book it now; what became of it. NotWaiting. Two who try at once book it once: it is a message like any."""
    kept = _waiting(engine, n)
    address = Address(store, kept.till, kept.what)  # type: ignore[arg-type]  # it was one when it came
    taken = take_all(engine, [Letter(address, payload(engine, n))], now_utc_ms)[0]
    outcome: Outcome = "refused" if taken.outcome == "refused" else "booked"
    return _note(engine, kept, outcome, taken.reason, staff, now_utc_ms)


def dismiss(engine: Engine, n: int, why: str, staff: str, now_utc_ms: int) -> Kept:
    """Be done with it: it will not be booked, and `why` is for whoever asks. NotWaiting; ValueError without one."""
    if not why.strip():
        raise ValueError("say why it will not be booked")
    return _note(engine, _waiting(engine, n), "dismissed", why.strip()[:WHY_LONGEST], staff, now_utc_ms)


def booked_since(engine: Engine, n: int, since_utc_ms: int) -> list[tuple[int, str, str]]:
    """(try, till, id) of the messages that were booked by a try after this one, and not long ago."""
    query = sa.select(aside_try.c.n, aside.c.till, aside.c.id).join(aside, aside.c.n == aside_try.c.aside_n)
    lately = (aside_try.c.n > n, aside_try.c.at_utc_ms > since_utc_ms)
    query = query.where(*lately, aside_try.c.outcome == "booked").order_by(aside_try.c.n)
    with engine.connect() as connection:
        return [(row[0], row[1], row[2]) for row in connection.execute(query)]


_COLUMNS = (
    aside.c.n, aside.c.till, aside.c.what, aside.c.id, aside.c.reason, aside.c.received_utc_ms,
    sa.func.length(aside.c.payload).label("size"),
)  # fmt: skip


def _is_ended() -> "sa.ColumnElement[bool]":
    return sa.exists().where(aside_try.c.aside_n == aside.c.n, aside_try.c.outcome.in_(_ENDED))


def _with_tries(connection: Connection, rows: Sequence[Any]) -> Iterator[Kept]:
    tries: dict[int, list[Any]] = {}
    tried = sa.select(aside_try).where(aside_try.c.aside_n.in_([row.n for row in rows])).order_by(aside_try.c.n)
    for row in connection.execute(tried):
        tries.setdefault(row.aside_n, []).append(row)
    for row in rows:
        kept = Kept(row.n, row.till, row.what, row.id, row.reason, row.size, row.received_utc_ms)
        mine = tries.get(row.n, [])
        if mine:
            last = next((one for one in mine if one.outcome in _ENDED), mine[-1])
            kept = msgspec.structs.replace(
                kept, tries=len(mine), outcome=last.outcome, why=last.why, staff=last.staff, ended_utc_ms=last.at_utc_ms
            )
        yield kept


def _waiting(engine: Engine, n: int) -> Kept:
    kept = find(engine, n)
    if kept is None:
        raise NotWaiting(f"there is no message {n} in the quarantine")
    if not kept.waits:
        raise NotWaiting(f"message {n} was {kept.outcome} already")
    return kept


def _note(engine: Engine, kept: Kept, outcome: Outcome, why: str, staff: str, now_utc_ms: int) -> Kept:
    row = {"aside_n": kept.n, "outcome": outcome, "why": why, "staff": staff, "at_utc_ms": now_utc_ms}
    with writing(engine) as connection:
        connection.execute(sa.insert(aside_try).values(row))
    found = find(engine, kept.n)
    assert found is not None, "what is kept aside stays"
    return found
