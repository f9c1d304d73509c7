"""Day list: the last business days, each in one line, quickly enough to look at every day.

A day that was closed is what was closed, unless something has come since; only then, and while it is open, is all of it
looked at again. What is in transit is a sum that the database makes for all days at once.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.wire.messages import LaneEvent
from store import differences
from store.close_schema import cash_count, day_close, payout_file, payout_line, payout_match
from store.closing_days import Closing, closing, today_of, view
from store.config import Config
from store.day_close import State, state_of
from store.day_figures import added, turnover_minor
from store.schema import lane_event, sale, sale_tender, voucher_load


class DaySummary(msgspec.Struct, frozen=True):
    """A day in one line. `missing`: tills that have not closed it."""

    business_day: str
    state: State
    turnover_minor: int
    transit_minor: int
    open_differences: int
    missing: tuple[str, ...]


def latest(engine: Engine, config: Config, now_utc_ms: int, limit: int = 31) -> list[DaySummary]:
    """Business days, the newest first, today among them."""
    today = today_of(config, now_utc_ms)
    with engine.connect() as connection:
        days = known_days(connection, limit)
        open_ones = differences.open_by_day(connection)
        closed = _closings(connection, days)
        transit = _in_transit(connection, config, days, today)
        fresh = {day for day in days if day not in closed or _touched(connection, day, closed[day][-1].closed_utc_ms)}
    found = []
    for day in days:
        if day in fresh:
            seen = view(engine, config, day, now_utc_ms)
            turnover = turnover_minor(added(*seen.figures.values()))
            many = open_ones.get(day, 0)
            found.append(DaySummary(day, seen.state, turnover, seen.transit_minor, many, seen.shop.missing))
        else:
            found.append(_as_closed(day, closed[day], open_ones.get(day, 0), transit.get(day, 0)))
    return found


def _as_closed(day: str, rows: list[Closing], open_differences: int, transit_minor: int) -> DaySummary:
    state = state_of(is_closed=True, is_stale=False, open_differences=open_differences, transit_minor=transit_minor)
    turnover = sum(turnover_minor(row.total) for row in rows)
    return DaySummary(day, state, turnover, transit_minor, open_differences, rows[-1].missing)


def known_days(connection: Connection, limit: int) -> list[str]:
    """Business days on which something was sold or paid, at a lane or the desk, the newest first."""
    days = sa.union(
        sa.select(sale.c.business_day.label("day")),
        sa.select(day_close.c.business_day.label("day")),
        sa.select(payout_line.c.paid_day.label("day")),
        sa.select(voucher_load.c.business_day.label("day")),
    ).subquery()
    return list(connection.scalars(sa.select(days.c.day).order_by(days.c.day.desc()).limit(limit)))


def _closings(connection: Connection, days: Iterable[str]) -> dict[str, list[Closing]]:
    query = sa.select(day_close).where(day_close.c.business_day.in_(list(days))).order_by(day_close.c.revision)
    found: dict[str, list[Closing]] = {}
    for row in connection.execute(query):
        found.setdefault(row.business_day, []).append(closing(row._mapping))
    return found


def _touched(connection: Connection, day: str, since_utc_ms: int) -> bool:
    """Whether anything that is in the figures of a day may have come since then."""
    zs = (lane_event.c.kind == "day.closed", lane_event.c.body.contains(f'"business_day":"{day}"', autoescape=True))
    paid = payout_line.join(payout_file, payout_file.c.digest == payout_line.c.file)
    looks = (
        sa.exists().where(sale.c.business_day == day, sale.c.received_utc_ms >= since_utc_ms),
        sa.exists().where(*zs, lane_event.c.received_utc_ms >= since_utc_ms),
        sa.exists().where(cash_count.c.business_day == day, cash_count.c.at_utc_ms >= since_utc_ms),
        sa.exists().where(voucher_load.c.business_day == day, voucher_load.c.at_utc_ms >= since_utc_ms),
        sa.select(payout_line.c.id).select_from(paid)
        .where(payout_line.c.paid_day == day, payout_file.c.at_utc_ms >= since_utc_ms).exists(),
    )  # fmt: skip
    return any(connection.scalar(sa.select(look)) for look in looks)


def _in_transit(connection: Connection, config: Config, days: list[str], today: str) -> dict[str, int]:
    """`ShopDay.transit_minor` of these days, in one question to the database."""
    oldest = (date.fromisoformat(today) - timedelta(days=config.day.in_transit_days)).isoformat()
    young = [day for day in days if day >= oldest]
    waits = [sa.and_(sale.c.till == last.till, _after(last)) for last in _last_settlements(connection)]
    waits += [sale.c.till.in_(_never_settled(connection))]
    if config.payouts:
        match = (payout_match.c.sale_key == sale_tender.c.sale_key, payout_match.c.tender == sale_tender.c.place)
        waits.append(sa.not_(sa.exists().where(*match)))
    turned = sa.and_(sale.c.kind == "return", sale.c.due_minor > 0)
    minor = sa.case((turned, -sale_tender.c.amount_minor), else_=sale_tender.c.amount_minor)
    query = (
        sa.select(sale.c.business_day, sa.cast(sa.func.sum(minor), sa.BigInteger).label("minor"))
        .join(sale_tender, sale_tender.c.sale_key == sale.c.key)
        .where(sale.c.business_day.in_(young), sale.c.kind != "void", sale.c.training.is_(False))
        .where(sale_tender.c.kind == "card", sa.or_(*waits))
        .group_by(sale.c.business_day)
    )
    return {row.business_day: int(row.minor) for row in connection.execute(query)}


def _after(last: LaneEvent) -> "sa.ColumnElement[bool]":
    through = last.data.get("sequence")
    return sale.c.sequence > through if isinstance(through, int) else sale.c.sealed > last.at


def _last_settlements(connection: Connection) -> list[LaneEvent]:
    """The last one of each till."""
    newest = (
        sa.select(lane_event.c.till, sa.func.max(lane_event.c.n).label("n"))
        .where(lane_event.c.kind == "settlement")
        .group_by(lane_event.c.till)
        .subquery()
    )
    query = sa.select(lane_event.c.body).join(
        newest, sa.and_(newest.c.till == lane_event.c.till, newest.c.n == lane_event.c.n)
    )
    return [msgspec.json.decode(body, type=LaneEvent) for body in connection.scalars(query)]


def _never_settled(connection: Connection) -> list[str]:
    """Tills whose terminal has tried an end of day and never had one."""
    done = sa.select(lane_event.c.till).where(lane_event.c.kind == "settlement")
    query = sa.select(lane_event.c.till).where(lane_event.c.kind == "settlement.failed", lane_event.c.till.not_in(done))
    return list(connection.scalars(query.distinct()))
