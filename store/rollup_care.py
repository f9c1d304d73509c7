"""Roll-up care: adds up the whole books (the first time, or on another clock), and proves that the sums are still true.

Both go through the books business day by business day, so that a year fits into a small box's memory.
"""

from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.sale import Sale
from kiosk.wire.messages import LaneEvent
from store.contributions import Sums, add_up, fact_row, intervention_rows
from store.database import writing
from store.lane_acts import act_row
from store.report_schema import DAILY, MONTHLY, ROLLUPS, intervention, lane_act, report_clock, sale_fact
from store.rollups import book, groups_of
from store.schema import lane_event, sale

_AT_ONCE = 2000
Told = Callable[[int, int], None]
"""How far it is: days done, days in all."""


class Difference(msgspec.Struct, frozen=True):
    """Something that the books do not say: where, what is there, what should be."""

    table: str
    day: str
    key: str
    kept: str
    true: str

    def told(self) -> str:
        """One line for a person."""
        return f"{self.table} of {self.day}, {self.key}: has {self.kept}, the books say {self.true}"


def keep(engine: Engine, timezone: str, told: Told = lambda done, days: None, *, anew: bool = False) -> bool:
    """See that the roll-ups are kept on this clock. True if they had to be added up for it, which takes a while."""
    kept = sa.select(report_clock.c.timezone).where(report_clock.c.id == 1)
    with engine.connect() as connection:
        if connection.scalar(kept) == timezone and not anew:
            return False
    with writing(engine) as connection:
        if connection.scalar(kept.with_for_update()) == timezone and not anew:
            return False  # somebody else has just done it
        _fill(connection, ZoneInfo(timezone), told)
        connection.execute(sa.update(report_clock).where(report_clock.c.id == 1).values(timezone=timezone))
    return True


def _fill(connection: Connection, zone: ZoneInfo, told: Told) -> None:
    """All of it anew. The groups that a sale was booked with stay what they were."""
    was = sa.select(sale_fact.c.sale_key, sale_fact.c.member_group).where(sale_fact.c.member_group != "")
    groups = {row.sale_key: row.member_group for row in connection.execute(was)}
    for table in (*ROLLUPS, sale_fact, intervention, lane_act):
        connection.execute(sa.delete(table))
    days = _days(connection)
    for done, day in enumerate(days, start=1):
        for sales in _sales_of(connection, day):
            joined = groups_of(connection, [sold.key for sold in sales]) | _of(groups, sales)
            book(connection, sales, joined, zone)
        told(done, len(days))
    for rows in _acts(connection, zone):
        connection.execute(sa.insert(lane_act), rows)


def _of(groups: dict[str, str], sales: list[Sale]) -> dict[str, str]:
    return {sold.key: groups[sold.key] for sold in sales if sold.key in groups}


def _days(connection: Connection) -> list[str]:
    days = sa.select(sale.c.business_day).distinct().order_by(sale.c.business_day)
    return list(connection.scalars(days))


def _sales_of(connection: Connection, day: str) -> Iterator[list[Sale]]:
    """The sales of a business day, some at a time."""
    last = ""
    query = sa.select(sale.c.key, sale.c.body).where(sale.c.business_day == day).order_by(sale.c.key).limit(_AT_ONCE)
    while rows := connection.execute(query.where(sale.c.key > last)).all():
        last = rows[-1].key
        yield [msgspec.json.decode(row.body, type=Sale) for row in rows]


def _acts(connection: Connection, zone: ZoneInfo) -> Iterator[list[dict[str, Any]]]:
    """The rows of `lane_act`, some at a time."""
    last = ""
    query = sa.select(lane_event.c.id, lane_event.c.body).order_by(lane_event.c.id).limit(_AT_ONCE)
    while events := connection.execute(query.where(lane_event.c.id > last)).all():
        last = events[-1].id
        read = ((event.id, msgspec.json.decode(event.body, type=LaneEvent)) for event in events)
        rows = [row for id_, event in read if (row := act_row(id_, event, zone)) is not None]
        if rows:
            yield rows


def differences(engine: Engine, told: Told = lambda done, days: None) -> Iterator[Difference]:
    """Where the roll-ups say something else than the books. Nothing, while nothing is added up."""
    with engine.connect() as connection:
        name = connection.scalar(sa.select(report_clock.c.timezone).where(report_clock.c.id == 1))
        if not name:
            return
        zone, days = ZoneInfo(name), _days(connection)
        orphans = sa.select(sale_fact.c.business_day).distinct()
        for day in sorted(set(connection.scalars(orphans)) - set(days)):
            yield Difference("sale_fact", day, "the day", "sales", "none")
        month: Sums = {}
        for done, day in enumerate(days, start=1):
            yield from _of_day(connection, day, zone, month)
            if done == len(days) or days[done][:7] != day[:7]:
                for table in MONTHLY:
                    yield from _compared(connection, table, day[:7], month.get(table, {}))
                month = {}
            told(done, len(days))


def _of_day(connection: Connection, day: str, zone: ZoneInfo, month: Sums) -> Iterator[Difference]:
    """Of one day; what it adds to its month is added to `month`."""
    kept = sa.select(sale_fact.c.sale_key, sale_fact.c.member_group).where(sale_fact.c.business_day == day)
    groups = {row.sale_key: row.member_group for row in connection.execute(kept)}
    sums: Sums = {}
    facts: dict[tuple[Any, ...], list[Any]] = {}
    cleared: dict[tuple[Any, ...], list[Any]] = {}
    for sales in _sales_of(connection, day):
        for sold in sales:
            if sold.training:
                continue
            add_up(sums, sold, groups.get(sold.key, ""), zone)
            facts[(sold.key,)] = list(fact_row(sold, groups.get(sold.key, ""), zone).values())[1:]
            cleared |= {tuple(list(r.values())[:2]): list(r.values())[2:] for r in intervention_rows(sold, zone)}
    for table in DAILY:
        yield from _compared(connection, table, day, sums.get(table, {}))
    for table in MONTHLY:
        for key, measures in sums.get(table, {}).items():
            so_far = month.setdefault(table, {}).get(key, [0] * len(measures))
            month[table][key] = [one + more for one, more in zip(so_far, measures, strict=True)]
    yield from _compared(connection, sale_fact, day, facts)
    yield from _compared(connection, intervention, day, cleared)


def _compared(
    connection: Connection, table: sa.Table, day: str, true: dict[tuple[Any, ...], list[Any]]
) -> Iterator[Difference]:
    """Key by key. A row that has come to nothing is as good as none."""
    keys = len(table.primary_key)
    period = table.c.month if table in MONTHLY else table.c.business_day
    rows = connection.execute(sa.select(table).where(period == day))
    kept = {tuple(row[:keys]): list(row[keys:]) for row in rows}
    for key in sorted(kept.keys() | true.keys()):
        ours, theirs = kept.get(key, []), true.get(key, [])
        if ours != theirs and any((*ours, *theirs)):
            yield Difference(table.name, day, " ".join(map(str, key)), _said(ours), _said(theirs))


def _said(values: list[Any]) -> str:
    return " ".join(map(str, values)) or "nothing"
