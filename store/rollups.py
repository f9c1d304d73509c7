"""Roll-ups: kept true by adding to them in the transaction that books a sale, hears a lane or learns of a member.

Rows are added to in the order of their keys, table after table in the same order, so two workers that book at the same
time wait for each other and never for ever. Until the store has said on which clock its hours are (`rollup_care.keep`),
nothing is added: everything that is in the books by then is added up at once. Whoever books holds a share of that one
row, so that nothing is added while all is added up anew.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kiosk.checkout.sale import Sale
from kiosk.wire.messages import LaneEvent
from store.bulk import add_rows, insert_rows
from store.contributions import Sums, add_up, fact_row, intervention_rows
from store.lane_acts import act_row
from store.report_schema import ROLLUPS, intervention, lane_act, report_clock, sale_fact
from store.schema import member, member_sale, sale

_AT_ONCE = 500


def after_booking(connection: Connection, sales: Sequence[Sale]) -> None:
    """These are new in the books: add them up. In their transaction, after their members are known."""
    zone = kept_zone(connection)
    if zone is not None:
        book(connection, sales, groups_of(connection, [sold.key for sold in sales]), zone)


def after_event(connection: Connection, id_: str, event: LaneEvent) -> None:
    """A lane has reported this, for the first time."""
    zone = kept_zone(connection)
    row = act_row(id_, event, zone) if zone is not None else None
    if row is not None:
        connection.execute(sa.insert(lane_act).values(row))


def after_claim(connection: Connection, sale_key: str) -> None:
    """The sale may have got a member after it was booked: it moves to the member's groups. Once: groups of a sale that
    has some stay what they were."""
    zone = kept_zone(connection)
    known = connection.scalar(sa.select(sale_fact.c.member_group).where(sale_fact.c.sale_key == sale_key))
    group = groups_of(connection, [sale_key]).get(sale_key, "")
    if zone is None or known != "" or not group:
        return
    body = connection.scalar(sa.select(sale.c.body).where(sale.c.key == sale_key))
    sold = msgspec.json.decode(body or "", type=Sale)
    sums: Sums = {}
    add_up(sums, sold, "", zone, times=-1)
    add_up(sums, sold, group, zone)
    add(connection, sums)
    moved = sa.update(sale_fact).where(sale_fact.c.sale_key == sale_key).values(member_group=group)
    connection.execute(moved)


def kept_zone(connection: Connection) -> ZoneInfo | None:
    """The clock that the hours are of; None while nothing is added up."""
    query = sa.select(report_clock.c.timezone).where(report_clock.c.id == 1).with_for_update(read=True)
    name = connection.scalar(query)
    return ZoneInfo(name) if name else None


def groups_of(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    """Sale -> the groups of its member now, in the order of the alphabet with spaces between them."""
    found: dict[str, str] = {}
    for start in range(0, len(keys), _AT_ONCE):
        query = sa.select(member_sale.c.sale_key, member.c.member_groups).join(member)
        some = query.where(member_sale.c.sale_key.in_(keys[start : start + _AT_ONCE]))
        found |= {row.sale_key: " ".join(sorted(set(row.member_groups.split()))) for row in connection.execute(some)}
    return found


def book(connection: Connection, sales: Iterable[Sale], groups: dict[str, str], zone: ZoneInfo) -> None:
    """Add these sales to the roll-ups, and write the facts that are taken out of them."""
    sums: Sums = {}
    facts: list[dict[str, Any]] = []
    cleared: list[dict[str, Any]] = []
    for sold in sales:
        if not sold.training:
            add_up(sums, sold, groups.get(sold.key, ""), zone)
            facts.append(fact_row(sold, groups.get(sold.key, ""), zone))
            cleared += intervention_rows(sold, zone)
    add(connection, sums)
    for table, rows in ((sale_fact, facts), (intervention, cleared)):
        insert_rows(connection, table, rows)


def add(connection: Connection, sums: Sums) -> None:
    """Add to what the roll-ups have; a key that is new gets its row."""
    for table in ROLLUPS:
        names = [column.name for column in table.c]
        rows = [
            dict(zip(names, (*key, *measures), strict=True)) for key, measures in sorted(sums.get(table, {}).items())
        ]
        add_rows(connection, table, rows)
