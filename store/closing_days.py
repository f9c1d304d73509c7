"""Closing days: each is closed once, by a person or the calendar, and corrected whenever something comes late.

What is written down at a close are the day's figures, per till. A sale that comes afterwards changes nothing of that:
closing again writes a correction, which is the difference alone, with a voucher number of its own. So what the
bookkeeper was handed stays what it was, and all rows of a day add up to the day as the books have it.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.canonical import canonical_json
from kiosk.values.moment import business_day as day_of
from store import differences
from store.bookkeeping import BookVoucher, book_voucher, is_bookable
from store.close_schema import cash_count, day_close, payout_line
from store.config import Config
from store.database import writing
from store.day_close import (
    Check,
    ShopDay,
    State,
    checks,
    figures_by_till,
    in_transit_minor,
    state_of,
)
from store.day_close import differences as work_of
from store.day_evidence import Rules, gather
from store.day_figures import Figures, added, less, turnover_minor
from store.schema import sale

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


class DaySummary(msgspec.Struct, frozen=True):
    """A day in one line. `missing`: tills that have not closed it."""

    business_day: str
    state: State
    turnover_minor: int
    transit_minor: int
    open_differences: int
    missing: tuple[str, ...]


def rules_of(config: Config) -> Rules:
    """What a look at a day needs of store.toml."""
    return Rules(config.store.id, config.store.currency, config.day, bool(config.payouts))


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
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":  # SQLite has one writer; here two could take the same number
            connection.execute(sa.text("LOCK TABLE day_close IN SHARE ROW EXCLUSIVE MODE"))
        shop = gather(connection, rules_of(config), business_day, today)
        before = closings_of(connection, business_day)
        row = _close(connection, config, shop, before, by, now_utc_ms)
        differences.found_again(connection, business_day, _differing(shop, closed=True), now_utc_ms)
    return row


def _close(
    connection: Connection, config: Config, shop: ShopDay, before: tuple[Closing, ...], by: str, now_utc_ms: int
) -> Closing | None:
    new = _since(figures_by_till(shop, frozenset(config.bookkeeping.accounts.categories)), before)
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


def _since(now: Mapping[str, Figures], before: tuple[Closing, ...]) -> dict[str, dict[str, int]]:
    """What has to be added to what was closed, per till."""
    tills = sorted({*now, *(till for row in before for till in row.figures)})
    closed = {till: added(*(row.figures.get(till, {}) for row in before)) for till in tills}
    found = {till: less(now.get(till, {}), closed[till]) for till in tills}
    return {till: figures for till, figures in found.items() if figures}


def recheck(engine: Engine, config: Config, business_day: str, now_utc_ms: int) -> None:
    """Bring the work list of a day up to date."""
    with writing(engine) as connection:
        shop = gather(connection, rules_of(config), business_day, today_of(config, now_utc_ms))
        is_closed = bool(closings_of(connection, business_day))
        differences.found_again(connection, business_day, _differing(shop, closed=is_closed), now_utc_ms)


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
    return tuple(_closing(row._mapping) for row in connection.execute(query))


def _closing(row: "sa.RowMapping") -> Closing:
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
    transit = in_transit_minor(found)
    state = state_of(
        is_closed=bool(closed),
        is_stale=bool(closed) and bool(_since(figures, closed)),
        open_differences=sum(not one.reason for one in known),
        transit_minor=transit,
    )
    return DayView(business_day, state, shop, figures, found, transit, closed, known)


def latest(engine: Engine, config: Config, now_utc_ms: int, limit: int = 31) -> list[DaySummary]:
    """Business days, the newest first, today among them.

    Only of days that money may still be on its way for is everything looked at again; an older one is what was closed.
    """
    today = today_of(config, now_utc_ms)
    fresh = (date.fromisoformat(today) - timedelta(days=config.day.in_transit_days + 1)).isoformat()
    with engine.connect() as connection:
        days = known_days(connection, limit)
        open_ones = differences.open_by_day(connection)
        return [_summary(connection, config, day, today, fresh, open_ones.get(day, 0)) for day in days]


def known_days(connection: Connection, limit: int) -> list[str]:
    """Business days on which something was sold or paid, the newest first."""
    days = sa.union(
        sa.select(sale.c.business_day.label("day")),
        sa.select(day_close.c.business_day.label("day")),
        sa.select(payout_line.c.paid_day.label("day")),
    ).subquery()
    return list(connection.scalars(sa.select(days.c.day).order_by(days.c.day.desc()).limit(limit)))


def _summary(
    connection: Connection, config: Config, day: str, today: str, fresh: str, open_differences: int
) -> DaySummary:
    closed = closings_of(connection, day)
    if day < fresh and closed:
        turnover = sum(turnover_minor(row.total) for row in closed)
        state = state_of(is_closed=True, is_stale=False, open_differences=open_differences, transit_minor=0)
        return DaySummary(day, state, turnover, 0, open_differences, ())
    seen = _view(connection, config, day, today)
    turnover = turnover_minor(added(*seen.figures.values()))
    return DaySummary(day, seen.state, turnover, seen.transit_minor, open_differences, seen.shop.missing)


def vouchers(engine: Engine, config: Config, from_day: str, to_day: str) -> list[BookVoucher]:
    """The vouchers of all days that were closed in this time, corrections among them. NoAccount."""
    query = sa.select(day_close).where(
        day_close.c.business_day.between(from_day, to_day), day_close.c.voucher.is_not(None)
    )
    with engine.connect() as connection:
        rows = [_closing(row._mapping) for row in connection.execute(query.order_by(day_close.c.voucher))]
    return [
        book_voucher(row.voucher or 0, row.business_day, row.revision, row.total, config.bookkeeping) for row in rows
    ]
