"""Stock ledger: the one hand that writes movements, and with each of them the level of its product at its place.

A movement is never changed; a stock-taking is the movement that makes the sum right. The level is kept in the
movement's own transaction, so whoever looks sees both or neither, and levels are written in the order of their codes,
so that two writers of a database that locks rows wait for each other instead of for ever. `differences` proves that
the levels are the sums.
"""

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from store.bulk import add_rows, insert_rows
from store.schema import stock_movement
from store.stock_schema import stock_level

FLOOR = "floor"
"""Where what lanes sell is taken from."""


class Moved(msgspec.Struct, frozen=True):
    """One movement to be written: `count` pieces or `weight_g` of loose goods, negative for what leaves.

    `kind` is sale, return, delivery, count, waste, transfer, or order (shipped to another channel).
    """

    gtin: str
    kind: str
    at_utc_ms: int
    count: int = 0
    weight_g: int = 0
    place: str = FLOOR
    sale_key: str | None = None
    note: str = ""
    reason: str = ""
    batch: str = ""
    expiry: str = ""
    staff: str = ""
    cause: str = ""


class Difference(msgspec.Struct, frozen=True):
    """A level that is not the sum of its movements: a bug, or a hand in the database."""

    gtin: str
    place: str
    count: int
    weight_g: int
    sum_count: int
    sum_g: int


def book(connection: Connection, movements: Iterable[Moved]) -> None:
    """Write these movements and what they make of the levels."""
    rows = [msgspec.structs.asdict(moved) for moved in movements]
    if not rows:
        return
    insert_rows(connection, stock_movement, rows)
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows:
        at = (row["gtin"], row["place"])
        count, weight_g = sums.get(at, (0, 0))
        sums[at] = count + row["count"], weight_g + row["weight_g"]
    _add(connection, sums)


def touch(connection: Connection, codes: Iterable[str]) -> None:
    """What others may have of these is another now, though nothing has moved: an order came or went."""
    _add(connection, {(gtin, FLOOR): (0, 0) for gtin in codes})


def lock(connection: Connection, codes: Iterable[str]) -> None:
    """Until the end of the transaction nobody else sells, moves or promises these off the floor."""
    touch(connection, codes)


def _add(connection: Connection, sums: dict[tuple[str, str], tuple[int, int]]) -> None:
    rows = [
        {"gtin": gtin, "place": place, "count": count, "weight_g": weight_g, "untold": True}
        for (gtin, place), (count, weight_g) in sorted(sums.items())
    ]
    add_rows(connection, stock_level, rows)


def differences(engine: Engine) -> list[Difference]:
    """Every level that is not what its movements add up to; reads them all."""
    sums = (
        sa.select(
            stock_movement.c.gtin,
            stock_movement.c.place,
            sa.cast(sa.func.sum(stock_movement.c.count), sa.BigInteger).label("count"),
            sa.cast(sa.func.sum(stock_movement.c.weight_g), sa.BigInteger).label("weight_g"),
        )
        .group_by(stock_movement.c.gtin, stock_movement.c.place)
        .order_by(stock_movement.c.gtin, stock_movement.c.place)
    )
    levels = sa.select(stock_level)
    with engine.connect() as connection:
        kept = {(gtin, place): (count, grams) for gtin, place, count, grams, _ in connection.execute(levels)}
        true = {(gtin, place): (count, grams) for gtin, place, count, grams in connection.execute(sums)}
    return [
        Difference(*at, *kept.get(at, (0, 0)), *true.get(at, (0, 0)))
        for at in sorted({*kept, *true})
        if kept.get(at, (0, 0)) != true.get(at, (0, 0))
    ]
