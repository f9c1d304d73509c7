"""Stock: what is on the shelves, as the sum of everything that ever moved.

A movement is never changed; a stock-taking (`count`) is the movement that makes the sum right. What is sold by piece
moves by `count`, loose goods by `weight_g`. Goods may be below zero: what was sold was there, whatever the books say.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.sale import Sale
from kiosk.wire.messages import StockMovement
from kiosk.wire.stock import stock_of
from store.database import writing
from store.price_book import UnknownProduct
from store.schema import price, stock_movement

Kind = Literal["delivery", "count", "waste"]


class OnHand(msgspec.Struct, frozen=True):
    """One product now."""

    gtin: str
    name: str
    count: int
    weight_g: int


class Movement(msgspec.Struct, frozen=True):
    """One line of the stock's history."""

    n: int
    gtin: str
    kind: str
    count: int
    weight_g: int
    sale_key: str | None
    at_utc_ms: int
    note: str


def book_sales(connection: Connection, sales: Sequence[Sale], now_utc_ms: int) -> None:
    """Write what sealed sales move, in the transaction that writes the sales."""
    moved = [
        {
            "gtin": movement.gtin,
            "kind": sale.kind,
            "count": movement.count,
            "weight_g": movement.weight_g,
            "sale_key": sale.key,
            "at_utc_ms": now_utc_ms,
        }
        for sale in sales
        for movement in stock_of(sale).movements
    ]
    if moved:
        connection.execute(sa.insert(stock_movement), moved)


def move(engine: Engine, kind: Kind, gtin: str, *, count: int, weight_g: int, now_utc_ms: int, note: str) -> OnHand:
    """A delivery (comes), waste (goes) or stock-taking (this much is there). UnknownProduct if nothing has the code."""
    with writing(engine) as connection:
        before = _one(connection, gtin)
        if kind == "count":
            moved = StockMovement(gtin=gtin, count=count - before.count, weight_g=weight_g - before.weight_g)
        else:
            sign = 1 if kind == "delivery" else -1
            moved = StockMovement(gtin=gtin, count=sign * count, weight_g=sign * weight_g)
        values = {**msgspec.structs.asdict(moved), "kind": kind, "at_utc_ms": now_utc_ms, "note": note}
        connection.execute(sa.insert(stock_movement).values(values))
        return _one(connection, gtin)


def _sums() -> "sa.Select[tuple[str, str | None, int, int]]":
    """(gtin, name, count, weight_g) of everything that ever moved or is in the price book."""
    sums = (
        sa.select(
            stock_movement.c.gtin.label("gtin"),
            sa.cast(sa.func.sum(stock_movement.c.count), sa.BigInteger).label("count"),
            sa.cast(sa.func.sum(stock_movement.c.weight_g), sa.BigInteger).label("weight_g"),
        )
        .group_by(stock_movement.c.gtin)
        .subquery()
    )
    named = sa.select(price.c.code, price.c.name).where(price.c.until.is_(None)).subquery()
    joined = sums.join(named, sums.c.gtin == named.c.code, isouter=True)
    return sa.select(sums.c.gtin, named.c.name, sums.c.count, sums.c.weight_g).select_from(joined)


def _one(connection: Connection, gtin: str) -> OnHand:
    name = connection.scalar(sa.select(price.c.name).where(price.c.code == gtin, price.c.until.is_(None)))
    sums = _sums().subquery()
    found = connection.execute(sa.select(sums).where(sums.c.gtin == gtin)).first()
    if found is None and name is None:
        raise UnknownProduct(f"no product has the code {gtin}")
    _, _, count, weight_g = found or (gtin, name, 0, 0)
    return OnHand(gtin, name or "", count, weight_g)


def on_hand(engine: Engine, *, limit: int, offset: int = 0, words: str = "") -> list[OnHand]:
    """What ever moved, by name; `words` must all be in the code or the name."""
    sums = _sums().subquery()
    name = sa.func.coalesce(sums.c.name, "")
    query = sa.select(sums.c.gtin, name.label("name"), sums.c.count, sums.c.weight_g).order_by(name, sums.c.gtin)
    for word in words.split():
        found = [sa.func.lower(column).contains(word.lower(), autoescape=True) for column in (sums.c.gtin, name)]
        query = query.where(sa.or_(*found))
    with engine.connect() as connection:
        return [OnHand(*row) for row in connection.execute(query.limit(limit).offset(offset))]


def levels(engine: Engine, codes: Sequence[str]) -> dict[str, OnHand]:
    """What is on hand of these; what never moved is not among them."""
    sums = _sums().subquery()
    query = sa.select(sums.c.gtin, sa.func.coalesce(sums.c.name, ""), sums.c.count, sums.c.weight_g)
    with engine.connect() as connection:
        found = [OnHand(*row) for row in connection.execute(query.where(sums.c.gtin.in_(codes)))]
    return {one.gtin: one for one in found}


def movements(engine: Engine, *, gtin: str = "", limit: int, offset: int = 0) -> list[Movement]:
    """The stock's history, the newest first."""
    columns = [getattr(stock_movement.c, name) for name in Movement.__struct_fields__]
    query = sa.select(*columns).order_by(stock_movement.c.n.desc()).limit(limit).offset(offset)
    if gtin:
        query = query.where(stock_movement.c.gtin == gtin)
    with engine.connect() as connection:
        return [Movement(*row) for row in connection.execute(query)]
