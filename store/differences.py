"""Differences: the work list of what does not agree. A row is written when it is found and never changes; beside it
comes an end, with a reason and who gave it, and then it is no work any more. Nothing is deleted.

A difference that goes away by itself (the late sale came, the payout named the payment) is ended by the books. One that
changes its amount is ended as replaced, and the new amount is a new row. What somebody has explained stays explained as
long as it is the same.
"""

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from store.close_schema import difference, difference_end
from store.database import writing
from store.day_close import Check

REASONS = {
    "counted_wrong": "Counted wrong",
    "wrong_change": "Wrong change given",
    "cash_missing": "Cash is missing",
    "cash_too_much": "Cash too much, nobody missed it",
    "terminal": "The terminal’s fault",
    "claimed": "Claimed from the acquirer",
    "till_broken": "The till was broken or replaced",
    "test": "A test, no trade",
    "accepted": "Small; accepted",
    "other": "Something else",
}
"""What people may give; `other` needs a note."""
RESOLVED, REPLACED = "resolved", "replaced"
"""What the books give by themselves: it agrees now; the amount is another now."""
MOST_NOTE = 300


class Difference(msgspec.Struct, frozen=True):
    """One row, with its end if it has one."""

    n: int
    business_day: str
    till: str
    what: str
    about: str
    expected: int
    told: int
    amount: int
    note: str
    found_utc_ms: int
    reason: str = ""
    """Empty: it is open."""
    end_note: str = ""
    by: str = ""
    ended_utc_ms: int = 0


class CannotEnd(Exception):
    """The difference cannot be ended so; the message says what to do."""


def found_again(connection: Connection, business_day: str, wanted: Iterable[Check], now_utc_ms: int) -> None:
    """These are the differences of the day now: new ones are written, those that are gone are ended."""
    rows = _read(connection, difference.c.business_day == business_day)
    by_key: dict[tuple[str, str, str], Check] = {(one.till, one.what, one.about): one for one in wanted}
    for row in rows:
        if row.reason:
            continue
        now = by_key.get((row.till, row.what, row.about))
        if now is None:
            _end(connection, row.n, RESOLVED, "agrees now", "", now_utc_ms)
        elif not _is_same(row, now):
            _end(connection, row.n, REPLACED, "", "", now_utc_ms)
    said = [row for row in rows if row.reason not in (RESOLVED, REPLACED)]
    for check in by_key.values():
        mine = [row for row in said if (row.till, row.what, row.about) == (check.till, check.what, check.about)]
        if not any(_is_same(row, check) for row in mine):
            connection.execute(sa.insert(difference).values(_row(business_day, check, now_utc_ms)))


def alarm(connection: Connection, till: str, sale_key: str, why: str, now_utc_ms: int) -> None:
    """Something else came under a sale's key and was kept aside: that is work at once, whatever the day's state."""
    business_day = sale_key.split("/")[2]
    check = Check(till, "conflict", sale_key, 0, 1, note=why)
    same = (difference.c.business_day == business_day, difference.c.what == check.what, difference.c.about == sale_key)
    if not _read(connection, *same):
        connection.execute(sa.insert(difference).values(_row(business_day, check, now_utc_ms)))


def _is_same(row: Difference, check: Check) -> bool:
    return (row.expected, row.amount) == (check.expected, check.amount)


def _row(business_day: str, check: Check, now_utc_ms: int) -> dict[str, object]:
    about = {"till": check.till, "what": check.what, "about": check.about, "note": check.note}
    figures = {"expected": check.expected, "told": check.told, "amount": check.amount}
    return {"business_day": business_day, **about, **figures, "found_utc_ms": now_utc_ms}


def end(engine: Engine, n: int, reason: str, note: str, by: str, now_utc_ms: int) -> Difference:
    """Somebody gives the reason. CannotEnd: there is none, it has one already, or the reason does not do."""
    if reason not in REASONS:
        raise CannotEnd(f"{reason!r} is no reason; there is {', '.join(REASONS)}")
    if reason == "other" and not note.strip():
        raise CannotEnd("say in the note what it was")
    if len(note) > MOST_NOTE:
        raise CannotEnd(f"the note is longer than {MOST_NOTE} letters")
    with writing(engine) as connection:
        rows = _read(connection, difference.c.n == n)
        if not rows:
            raise CannotEnd(f"there is no difference {n}")
        if rows[0].reason:
            raise CannotEnd(f"difference {n} has a reason already: {rows[0].reason}")
        _end(connection, n, reason, note.strip(), by, now_utc_ms)
        return _read(connection, difference.c.n == n)[0]


def _end(connection: Connection, n: int, reason: str, note: str, by: str, now_utc_ms: int) -> None:
    row = {"difference": n, "reason": reason, "note": note, "by": by, "ended_utc_ms": now_utc_ms}
    connection.execute(sa.insert(difference_end).values(row))


def open_ones(engine: Engine, limit: int = 500) -> list[Difference]:
    """The work list, the oldest day first."""
    with engine.connect() as connection:
        return _read(connection, difference_end.c.difference.is_(None), limit=limit)


def of_day(connection: Connection, business_day: str) -> list[Difference]:
    """All of one day, those with an end among them."""
    return _read(connection, difference.c.business_day == business_day)


def open_by_kind(engine: Engine) -> dict[str, int]:
    """How many are open, by what they are about: for whoever watches."""
    query = (
        sa.select(difference.c.what, sa.func.count().label("many"))
        .select_from(difference.join(difference_end, difference_end.c.difference == difference.c.n, isouter=True))
        .where(difference_end.c.difference.is_(None))
        .group_by(difference.c.what)
    )
    with engine.connect() as connection:
        return {row.what: row.many for row in connection.execute(query)}


def open_by_day(connection: Connection) -> dict[str, int]:
    """How many are open, by business day."""
    query = (
        sa.select(difference.c.business_day, sa.func.count().label("many"))
        .select_from(difference.join(difference_end, difference_end.c.difference == difference.c.n, isouter=True))
        .where(difference_end.c.difference.is_(None))
        .group_by(difference.c.business_day)
    )
    return {row.business_day: row.many for row in connection.execute(query)}


def _read(connection: Connection, *where: "sa.ColumnElement[bool]", limit: int | None = None) -> list[Difference]:
    ends = (
        difference_end.c.reason,
        difference_end.c.note.label("end_note"),
        difference_end.c.by,
        difference_end.c.ended_utc_ms,
    )
    query = (
        sa.select(difference, *(sa.func.coalesce(end, _nothing(end)).label(end.name) for end in ends))
        .select_from(difference.join(difference_end, difference_end.c.difference == difference.c.n, isouter=True))
        .where(*where)
        .order_by(difference.c.business_day, difference.c.n)
        .limit(limit)
    )
    return [Difference(**row) for row in connection.execute(query).mappings()]


def _nothing(column: "sa.ColumnElement[object]") -> object:
    return 0 if isinstance(column.type, sa.Integer) else ""
