"""Report schedules: who gets which report by e-mail, and when the next one goes.

A turn is due at an hour on the shop's clock: every day, on Mondays, or on the first of the month. It is tried until the
mail server takes it; one that is still not taken when the next turn comes gives way to it, for nobody wants two.
"""

from datetime import UTC, date, datetime, timedelta
from secrets import token_hex
from typing import Literal, get_args
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.values.contact import read_email
from store.database import writing
from store.periods import PERIODS
from store.report_mail_schema import report_schedule
from store.report_shapes import Ask

Every = Literal["day", "week", "month"]
Form = Literal["pdf", "xlsx", "csv"]
FIRST_WAIT_MS, LONGEST_WAIT_MS = 60_000, 60 * 60_000
MOST = 100
"""So many schedules a shop may have."""


class BadSchedule(ValueError):
    """It cannot be kept; the message says what to mend."""


class Wish(msgspec.Struct, frozen=True):
    """What somebody wants. The days of `ask` do not count: `period` gives them on the day it goes."""

    ask: Ask
    period: str
    form: Form
    address: str
    every: Every
    hour: int


class Schedule(msgspec.Struct, frozen=True):
    """A wish that is kept, and how it has gone. `due_utc_ms` is its turn."""

    id: str
    wish: Wish
    staff: str
    due_utc_ms: int
    next_utc_ms: int
    tries: int
    sent_utc_ms: int
    why: str


def add(engine: Engine, wish: Wish, staff: str, now_utc_ms: int, zone: ZoneInfo) -> Schedule:
    """Keep it. BadSchedule."""
    _check(wish)
    due = next_turn(wish.every, wish.hour, now_utc_ms, zone)
    row = {
        "id": token_hex(8), "ask": msgspec.json.encode(wish.ask).decode(), "period": wish.period, "form": wish.form,
        "address": read_email(wish.address), "every": wish.every, "hour": wish.hour, "staff": staff,
        "made_utc_ms": now_utc_ms, "due_utc_ms": due, "next_utc_ms": due,
    }  # fmt: skip
    with writing(engine) as connection:
        if (connection.scalar(sa.select(sa.func.count()).select_from(report_schedule)) or 0) >= MOST:
            raise BadSchedule(f"there are {MOST} already; take one away first")
        connection.execute(sa.insert(report_schedule).values(row))
    return next(one for one in everything(engine) if one.id == row["id"])


def _check(wish: Wish) -> None:
    if read_email(wish.address) is None:
        raise BadSchedule(f"{wish.address[:60]!r} is no e-mail address")
    if wish.period not in PERIODS:
        raise BadSchedule(f"period {wish.period!r}: there is {', '.join(PERIODS)}")
    if wish.every not in get_args(Every) or wish.form not in get_args(Form) or not 0 <= wish.hour <= 23:
        raise BadSchedule("every is day, week or month; form pdf, xlsx or csv; hour 0 to 23")


def remove(engine: Engine, id_: str) -> bool:
    """Send it no more. False: there was none."""
    with writing(engine) as connection:
        gone = connection.execute(sa.delete(report_schedule).where(report_schedule.c.id == id_))
    return bool(gone.rowcount)


def everything(engine: Engine) -> list[Schedule]:
    """All of them, the oldest first."""
    query = sa.select(report_schedule).order_by(report_schedule.c.made_utc_ms, report_schedule.c.id)
    with engine.connect() as connection:
        return [_read(row) for row in connection.execute(query)]


def _read(row: "sa.Row[tuple[object, ...]]") -> Schedule:
    ask = msgspec.json.decode(row.ask, type=Ask)
    wish = Wish(ask, row.period, row.form, row.address, row.every, row.hour)
    return Schedule(row.id, wish, row.staff, row.due_utc_ms, row.next_utc_ms, row.tries, row.sent_utc_ms, row.why)


# --- turns ------------------------------------------------------------------------------------------------------------


def next_turn(every: Every, hour: int, after_utc_ms: int, zone: ZoneInfo) -> int:
    """UTC milliseconds of the first turn after that moment. An hour that the clock skips is the one after it."""
    day = datetime.fromtimestamp(after_utc_ms // 1000, UTC).astimezone(zone).date()
    while True:
        if _goes(every, day):
            turn = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
            turn_utc_ms = int(turn.timestamp()) * 1000
            if turn_utc_ms > after_utc_ms:
                return turn_utc_ms
        day += timedelta(days=1)


def _goes(every: Every, day: date) -> bool:
    return every == "day" or (every == "week" and day.weekday() == 0) or (every == "month" and day.day == 1)


def take_due(engine: Engine, now_utc_ms: int, zone: ZoneInfo) -> Schedule | None:
    """One whose turn has come, with its next attempt already put off; `due_utc_ms` says which turn it is."""
    due = (
        sa.select(report_schedule)
        .where(report_schedule.c.next_utc_ms <= now_utc_ms)
        .order_by(report_schedule.c.next_utc_ms)
    )
    with engine.connect() as connection:  # most often there is none: only look
        if connection.execute(due.limit(1)).first() is None:
            return None
    with writing(engine) as connection:
        found = connection.execute(due.limit(1).with_for_update()).first()
        if found is None:
            return None
        turn = _latest_turn(found, now_utc_ms, zone)
        tries = found.tries if turn == found.due_utc_ms else 0
        wait_ms = min(LONGEST_WAIT_MS, FIRST_WAIT_MS << min(tries, 10))
        later = {"due_utc_ms": turn, "tries": tries + 1, "next_utc_ms": now_utc_ms + wait_ms}
        connection.execute(sa.update(report_schedule).where(report_schedule.c.id == found.id).values(**later))
    return msgspec.structs.replace(_read(found), due_utc_ms=turn)


def _latest_turn(row: "sa.Row[tuple[object, ...]]", now_utc_ms: int, zone: ZoneInfo) -> int:
    """The last turn that has come: those before it, that a store which was off has missed, are left out."""
    turn: int = row.due_utc_ms
    while (after := next_turn(row.every, row.hour, turn, zone)) <= now_utc_ms:
        turn = after
    return turn


def sent(engine: Engine, one: Schedule, now_utc_ms: int, zone: ZoneInfo) -> None:
    """It has gone: the next turn."""
    _settle(engine, one, zone, {"sent_utc_ms": now_utc_ms, "why": ""})


def refused(engine: Engine, one: Schedule, why: str, zone: ZoneInfo) -> None:
    """This turn is never taken: the next one is tried again."""
    _settle(engine, one, zone, {"why": why})


def _settle(engine: Engine, one: Schedule, zone: ZoneInfo, more: dict[str, object]) -> None:
    turn = next_turn(one.wish.every, one.wish.hour, one.due_utc_ms, zone)
    values = {"due_utc_ms": turn, "next_utc_ms": turn, "tries": 0, **more}
    with writing(engine) as connection:
        connection.execute(sa.update(report_schedule).where(report_schedule.c.id == one.id).values(**values))


def failed(engine: Engine, one: Schedule, why: str) -> None:
    """Not this time."""
    with writing(engine) as connection:
        connection.execute(sa.update(report_schedule).where(report_schedule.c.id == one.id).values(why=why))
