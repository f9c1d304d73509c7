"""Closing days: each is closed once, by a person or the calendar, and corrected whenever something comes late.

What is written down at a close are the day's figures, per till. A sale that comes afterwards changes nothing of that:
closing again writes a correction, which is the difference alone, with a voucher number of its own. So what the
bookkeeper was handed stays what it was, and all rows of a day add up to the day as the books have it.
"""

from collections.abc import Mapping

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.canonical import canonical_json
from kiosk.values.moment import business_day as day_of
from store import differences
from store.bookkeeping import BookVoucher, book_voucher, is_bookable
from store.close_schema import cash_count, day_close
from store.config import Config
from store.database import writing
from store.day_close import (
    Check,
    ShopDay,
    State,
    checks,
    figures_by_till,
    state_of,
)
from store.day_close import differences as work_of
from store.day_evidence import Rules, gather
from store.day_figures import Figures, added, less

BY_CALENDAR, BY_SHELL = "", "shell"


class CannotClose(Exception):
    """The day cannot be closed; one line that says why."""


class Closing(msgspec.Struct, frozen=True):
    """One row: the first close of a day, or a correction."""

    business_day: str
    revision: int
    voucher: int | None
    closed_utc_ms: int
    by: str
    missing: tuple[str, ...]
    figures: dict[str, dict[str, int]]

    @property
    def total(self) -> dict[str, int]:
        """Of the whole shop."""
        return added(*self.figures.values())


class DayView(msgspec.Struct, frozen=True):
    """A day as people look at it."""

    business_day: str
    state: State
    shop: ShopDay
    figures: dict[str, dict[str, int]]
    checks: tuple[Check, ...]
    transit_minor: int
    closings: tuple[Closing, ...]
    differences: tuple[differences.Difference, ...]


def rules_of(config: Config) -> Rules:
    """What a look at a day needs of store.toml."""
    expired = bool(config.bookkeeping.accounts.expired)
    return Rules(config.store.id, config.store.currency, config.day, bool(config.payouts), expired)


def today_of(config: Config, now_utc_ms: int) -> str:
    """The business day that it is."""
    hours, minutes = config.day.starts.split(":")
    return day_of(now_utc_ms, config.zone, int(hours) * 60 + int(minutes))


# --- closing ----------------------------------------------------------------------------------------------------------


def close(engine: Engine, config: Config, business_day: str, by: str, now_utc_ms: int) -> Closing | None:
    """Close it, or write what has changed since; None: nothing has. CannotClose for a day that has not begun."""
    today = today_of(config, now_utc_ms)
    if business_day > today:
        raise CannotClose(f"{business_day} has not begun")
    shop = _look(engine, config, business_day, today)
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":  # SQLite has one writer; here two could take the same number
            connection.execute(sa.text("LOCK TABLE day_close IN SHARE ROW EXCLUSIVE MODE"))
        before = closings_of(connection, business_day)
        row = _close(connection, config, shop, before, by, now_utc_ms)
        differences.found_again(connection, business_day, _differing(shop, closed=True), now_utc_ms)
    return row


def _close(
    connection: Connection, config: Config, shop: ShopDay, before: tuple[Closing, ...], by: str, now_utc_ms: int
) -> Closing | None:
    new = since(figures_by_till(shop, frozenset(config.bookkeeping.accounts.categories)), before)
    if before and not new:
        return None
    last = connection.scalar(sa.select(sa.func.max(day_close.c.voucher))) or 0
    row = Closing(
        business_day=shop.business_day,
        revision=len(before) + 1,
        voucher=last + 1 if is_bookable(added(*new.values())) else None,
        closed_utc_ms=now_utc_ms,
        by=by,
        missing=shop.missing,
        figures=new,
    )
    written = {**msgspec.structs.asdict(row), "missing": " ".join(row.missing)}
    connection.execute(sa.insert(day_close).values({**written, "figures": canonical_json(new).decode()}))
    return row


def since(now: Mapping[str, Figures], before: tuple[Closing, ...]) -> dict[str, dict[str, int]]:
    """What has to be added to what was closed, per till."""
    tills = sorted({*now, *(till for row in before for till in row.figures)})
    closed = {till: added(*(row.figures.get(till, {}) for row in before)) for till in tills}
    found = {till: less(now.get(till, {}), closed[till]) for till in tills}
    return {till: figures for till, figures in found.items() if figures}


def recheck(engine: Engine, config: Config, business_day: str, now_utc_ms: int) -> None:
    """Bring the work list of a day up to date."""
    shop = _look(engine, config, business_day, today_of(config, now_utc_ms))
    with writing(engine) as connection:
        is_closed = bool(closings_of(connection, business_day))
        differences.found_again(connection, business_day, _differing(shop, closed=is_closed), now_utc_ms)


def _look(engine: Engine, config: Config, business_day: str, today: str) -> ShopDay:
    """The day as it is now. Not inside a transaction that writes: tills' messages would wait for it."""
    with engine.connect() as connection:
        return gather(connection, rules_of(config), business_day, today)


def _differing(shop: ShopDay, *, closed: bool) -> list[Check]:
    return work_of(checks(shop, closed))


def count_cash(
    engine: Engine, config: Config, business_day: str, till: str, pieces: Mapping[int, int], by: str, note: str,
    now_utc_ms: int,
) -> int:  # fmt: skip
    """Write down what was counted in a till's drawer: piece -> how many. The sum, in minor units."""
    counted = sum(piece * many for piece, many in pieces.items())
    row = {"business_day": business_day, "till": till, "counted_minor": counted, "by": by, "note": note}
    kept = canonical_json({str(piece): many for piece, many in pieces.items() if many}).decode()
    with writing(engine) as connection:
        connection.execute(sa.insert(cash_count).values(**row, pieces=kept, at_utc_ms=now_utc_ms))
    recheck(engine, config, business_day, now_utc_ms)
    return counted


# --- reading ----------------------------------------------------------------------------------------------------------


def closings_of(connection: Connection, business_day: str) -> tuple[Closing, ...]:
    """The first one first."""
    query = sa.select(day_close).where(day_close.c.business_day == business_day).order_by(day_close.c.revision)
    return tuple(closing(row._mapping) for row in connection.execute(query))


def closing(row: "sa.RowMapping") -> Closing:
    figures = msgspec.json.decode(row["figures"], type=dict[str, dict[str, int]])
    return Closing(**{**row, "missing": tuple(row["missing"].split()), "figures": figures})


def view(engine: Engine, config: Config, business_day: str, now_utc_ms: int) -> DayView:
    """The day with everything that is known of it."""
    with engine.connect() as connection:
        return _view(connection, config, business_day, today_of(config, now_utc_ms))


def _view(connection: Connection, config: Config, business_day: str, today: str) -> DayView:
    shop = gather(connection, rules_of(config), business_day, today)
    closed = closings_of(connection, business_day)
    figures = figures_by_till(shop, frozenset(config.bookkeeping.accounts.categories))
    found = tuple(checks(shop, bool(closed)))
    known = tuple(differences.of_day(connection, business_day))
    state = state_of(
        is_closed=bool(closed),
        is_stale=bool(closed) and bool(since(figures, closed)),
        open_differences=sum(not one.reason for one in known),
        transit_minor=shop.transit_minor,
    )
    return DayView(business_day, state, shop, figures, found, shop.transit_minor, closed, known)


def vouchers(engine: Engine, config: Config, from_day: str, to_day: str) -> list[BookVoucher]:
    """The vouchers of all days that were closed in this time, corrections among them. NoAccount."""
    query = sa.select(day_close).where(
        day_close.c.business_day.between(from_day, to_day), day_close.c.voucher.is_not(None)
    )
    with engine.connect() as connection:
        rows = [closing(row._mapping) for row in connection.execute(query.order_by(day_close.c.voucher))]
    return [
        book_voucher(row.voucher or 0, row.business_day, row.revision, row.total, config.bookkeeping) for row in rows
    ]
