"""Expiry: which goods reach their last day, as far as labels said one when they came.

A batch is known by what its deliveries said (AI 10 and 17 or 15). What left with that batch on its label is taken off
it. Most things are sold by a code that says no batch, so how much of it is left is not known for certain: *at most*
what came and did not leave, and never more than is on hand of the product at all. Too many to look for on the shelf
is the safe side; food that is past its use-by date and still there is not (Regulation (EU) 1169/2011, article 24).
"""

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from store.schema import stock_movement
from store.stock import OnHand, levels_in


class Lot(msgspec.Struct, frozen=True):
    """What is left at most of one batch, and its last day (ISO 8601)."""

    gtin: str
    name: str
    batch: str
    expiry: str
    at_most_count: int
    at_most_g: int


Came = tuple[str, str, str, int, int]
"""(code, batch, last day, pieces, grams)"""


def expiring(engine: Engine, until: str) -> list[Lot]:
    """Everything whose last day is `until` or before and of which something may be left, the first to go first."""
    with engine.connect() as connection:
        came = _came(connection, until)
        codes = sorted({gtin for gtin, *_ in came})
        return lots(came, _left(connection, codes), levels_in(connection, codes))


def lots(came: list[Came], left: dict[tuple[str, str], tuple[int, int]], on_hand: dict[str, OnHand]) -> list[Lot]:
    """Pure: what came by last day, less what left by batch (the first to go first), bounded by what is on hand."""
    still = dict(left)
    found = []
    for gtin, batch, expiry, count, weight_g in sorted(came, key=lambda one: (one[2], one[0], one[1])):
        gone_count, gone_g = still.get((gtin, batch), (0, 0))
        rest_count, rest_g = max(0, count - gone_count), max(0, weight_g - gone_g)
        still[gtin, batch] = max(0, gone_count - count), max(0, gone_g - weight_g)
        there = on_hand.get(gtin, OnHand(gtin, "", 0, 0))
        most_count, most_g = min(rest_count, max(0, there.count)), min(rest_g, max(0, there.weight_g))
        if most_count or most_g:
            found.append(Lot(gtin, there.name, batch, expiry, most_count, most_g))
    return found


def _came(connection: Connection, until: str) -> list[Came]:
    moved = stock_movement.c
    sums = (sa.cast(sa.func.sum(column), sa.BigInteger) for column in (moved.count, moved.weight_g))
    query = sa.select(moved.gtin, moved.batch, moved.expiry, *sums).where(moved.expiry != "", moved.expiry <= until)
    rows = connection.execute(query.group_by(moved.gtin, moved.batch, moved.expiry))
    return [(gtin, batch, expiry, count, weight_g) for gtin, batch, expiry, count, weight_g in rows]


def _left(connection: Connection, codes: list[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """What left (sold, wasted, less what came back) under a batch whose last day the label or till did not say."""
    moved = stock_movement.c
    sums = (sa.cast(sa.func.sum(column), sa.BigInteger) for column in (moved.count, moved.weight_g))
    query = sa.select(moved.gtin, moved.batch, *sums).where(
        moved.gtin.in_(codes), moved.batch != "", moved.expiry == ""
    )
    rows = connection.execute(query.group_by(moved.gtin, moved.batch))
    return {(gtin, batch): (-count, -weight_g) for gtin, batch, count, weight_g in rows}
