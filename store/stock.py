"""Stock: what is in the shop, what of it is promised to orders, and what anybody else may still have.

On hand is the sum of everything that ever moved, over all places of the shop. What an order of another channel waits
for is reserved: still there, not for anybody else. Goods may be below zero: what was sold was there, whatever the
books say. What is sold by piece moves by `count`, loose goods by `weight_g`.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.sale import Sale, SaleLine
from kiosk.wire.stock import stock_of
from kiosk.wire.topics import NAME
from store import stock_ledger
from store.channel_schema import channel_order, channel_order_line
from store.database import writing
from store.price_book import UnknownProduct
from store.schema import price, stock_movement
from store.stock_ledger import FLOOR, Moved
from store.stock_schema import stock_level, stock_place

Kind = Literal["delivery", "count", "waste"]
Reason = Literal["", "damaged", "expired", "theft", "own_use", "given_away", "recalled", "other"]
OPEN = ("reserved", "part_shipped")
"""States of an order that somebody still waits for."""


class UnknownPlace(LookupError):
    """No place of this shop has the name."""


class OnHand(msgspec.Struct, frozen=True):
    """One product now: what is in the shop, what orders wait for, and the rest, which may be less than nothing."""

    gtin: str
    name: str
    count: int
    weight_g: int
    reserved_count: int = 0
    reserved_g: int = 0
    available_count: int = 0
    available_g: int = 0


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
    place: str
    reason: str
    batch: str
    expiry: str
    staff: str
    cause: str


class Place(msgspec.Struct, frozen=True):
    """Where goods are: `here` in this shop, or in another `shop`, whose goods are not ours."""

    id: str
    name: str
    kind: str


# --- writing ----------------------------------------------------------------------------------------------------------


def book_sale(connection: Connection, sale: Sale, now_utc_ms: int) -> None:
    """Write what a sealed sale moves, in the transaction that writes the sale."""
    book_sales(connection, (sale,), now_utc_ms)


def book_sales(connection: Connection, sales: Iterable[Sale], now_utc_ms: int) -> None:
    """The same of many at once."""
    stock_ledger.book(connection, chain.from_iterable(_moved_by(sale, now_utc_ms) for sale in sales))


def _moved_by(sale: Sale, now_utc_ms: int) -> Iterable[Moved]:
    """As the till reports it, and apart by batch where labels said one."""
    batches: dict[str, list[SaleLine]] = {}
    for line in sale.lines:
        batches.setdefault(line.batch or "", []).append(line)
    for batch, lines in batches.items():
        for moved in stock_of(replace(sale, lines=tuple(lines))).movements:
            yield Moved(moved.gtin, sale.kind, now_utc_ms, moved.count, moved.weight_g, sale_key=sale.key, batch=batch)


def move(
    engine: Engine,
    kind: Kind,
    gtin: str,
    *,
    count: int,
    weight_g: int,
    now_utc_ms: int,
    note: str,
    place: str = FLOOR,
    reason: Reason = "",
    batch: str = "",
    expiry: str = "",
    staff: str = "",
) -> OnHand:
    """A delivery (comes), waste (goes) or stock-taking (this much is there). UnknownProduct, UnknownPlace."""
    said = {"note": note, "place": place, "reason": reason, "batch": batch, "expiry": expiry, "staff": staff}
    with writing(engine) as connection:
        _one(connection, gtin)
        check_place(connection, place)
        stock_ledger.lock(connection, [gtin])
        if kind == "count":
            there = at_place(connection, place, [gtin]).get(gtin, (0, 0))
            count, weight_g = count - there[0], weight_g - there[1]
        sign = -1 if kind == "waste" else 1
        moved = Moved(gtin, kind, now_utc_ms, count=sign * count, weight_g=sign * weight_g, **said)
        stock_ledger.book(connection, [moved])
        return _one(connection, gtin)


def check_place(connection: Connection, place: str, kinds: Sequence[str] = ("here",)) -> None:
    """UnknownPlace if there is none of this name, or none of these kinds."""
    query = sa.select(stock_place.c.id).where(stock_place.c.id == place, stock_place.c.kind.in_(kinds))
    if connection.scalar(query) is None:
        raise UnknownPlace(f"no place of this shop is called {place!r}; `places` lists them")


def is_place_id(text: str) -> bool:
    """a-z, 0-9 and -, at most 32."""
    return NAME.fullmatch(text) is not None


def add_place(engine: Engine, place: Place) -> None:
    """Another one, or another name for one that there is."""
    with writing(engine) as connection:
        connection.execute(sa.delete(stock_place).where(stock_place.c.id == place.id))
        connection.execute(sa.insert(stock_place).values(**msgspec.structs.asdict(place)))


# --- reading ----------------------------------------------------------------------------------------------------------


def _sum(column: "sa.ColumnElement[int]", name: str) -> "sa.Label[int]":
    return sa.cast(sa.func.sum(column), sa.BigInteger).label(name)


Codes = Sequence[str] | sa.Select[tuple[str]] | sa.CompoundSelect[tuple[str]] | None
"""Which products: these, those that a query finds, or all."""


def _levels(codes: Codes) -> "sa.Subquery":
    query = sa.select(
        stock_level.c.gtin, _sum(stock_level.c.count, "count"), _sum(stock_level.c.weight_g, "weight_g")
    ).group_by(stock_level.c.gtin)
    return (query if codes is None else query.where(stock_level.c.gtin.in_(codes))).subquery()


def _reserved(codes: Codes) -> "sa.Subquery":
    line = channel_order_line.c
    query = sa.select(
        line.gtin,
        _sum(line.count - line.shipped_count - line.released_count, "count"),
        _sum(line.weight_g - line.shipped_g - line.released_g, "weight_g"),
    ).join(channel_order, channel_order.c.id == line.order_id)
    query = query.where(channel_order.c.state.in_(OPEN)).group_by(line.gtin)
    return (query if codes is None else query.where(line.gtin.in_(codes))).subquery()


def all_on_hand(codes: Codes = None) -> "sa.Select[Any]":
    """The fields of OnHand for everything that ever moved or was promised, or for those of it with these codes."""
    levels, reserved = _levels(codes), _reserved(codes)
    named = sa.select(price.c.code, price.c.name).where(price.c.until.is_(None)).subquery()
    joined = levels.join(reserved, levels.c.gtin == reserved.c.gtin, isouter=True)
    joined = joined.join(named, levels.c.gtin == named.c.code, isouter=True)
    count, weight_g = sa.func.coalesce(reserved.c.count, 0), sa.func.coalesce(reserved.c.weight_g, 0)
    return sa.select(
        levels.c.gtin,
        sa.func.coalesce(named.c.name, "").label("name"),
        levels.c.count,
        levels.c.weight_g,
        count.label("reserved_count"),
        weight_g.label("reserved_g"),
        (levels.c.count - count).label("available_count"),
        (levels.c.weight_g - weight_g).label("available_g"),
    ).select_from(joined)


def _may_be_short() -> "sa.CompoundSelect[tuple[str]]":
    """Of what is below zero somewhere, or promised to an order: nothing else can have less than nothing available.

    So a shop with 100,000 products adds up the few that it asks about, and not all of them.
    """
    waits = sa.select(channel_order_line.c.gtin).join(
        channel_order, channel_order.c.id == channel_order_line.c.order_id
    )
    return sa.union(
        sa.select(stock_level.c.gtin).where(stock_level.c.count < 0),
        sa.select(stock_level.c.gtin).where(stock_level.c.weight_g < 0),
        waits.where(channel_order.c.state.in_(OPEN)),
    )


def _one(connection: Connection, gtin: str) -> OnHand:
    if found := levels_in(connection, [gtin]).get(gtin):
        return found
    name = connection.scalar(sa.select(price.c.name).where(price.c.code == gtin, price.c.until.is_(None)))
    if name is None:
        raise UnknownProduct(f"no product has the code {gtin}")
    return OnHand(gtin, name, 0, 0)


def one(engine: Engine, gtin: str) -> OnHand:
    """Of a product that moved or is in the price book. UnknownProduct."""
    with engine.connect() as connection:
        return _one(connection, gtin)


def on_hand(engine: Engine, *, limit: int, offset: int = 0, words: str = "", below_zero: bool = False) -> list[OnHand]:
    """What ever moved, by name; `words` must all be in the code or the name."""
    sums = all_on_hand(_may_be_short() if below_zero else None).subquery()
    query = sa.select(sums).order_by(sums.c.name, sums.c.gtin)
    for word in words.split():
        found = [sa.func.lower(column).contains(word.lower(), autoescape=True) for column in (sums.c.gtin, sums.c.name)]
        query = query.where(sa.or_(*found))
    if below_zero:
        query = query.where(sa.or_(sums.c.available_count < 0, sums.c.available_g < 0))
    with engine.connect() as connection:
        return [OnHand(*row) for row in connection.execute(query.limit(limit).offset(offset))]


def levels(engine: Engine, codes: Sequence[str]) -> dict[str, OnHand]:
    """What is on hand of these; what never moved is not among them."""
    with engine.connect() as connection:
        return levels_in(connection, codes)


def levels_in(connection: Connection, codes: Sequence[str]) -> dict[str, OnHand]:
    """The same, as this transaction sees it."""
    return {row.gtin: OnHand(*row) for row in connection.execute(all_on_hand(codes))}


def at_place(connection: Connection, place: str, codes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """(count, weight in grams) of these at one place."""
    level = stock_level.c
    query = sa.select(level.gtin, level.count, level.weight_g).where(level.place == place, level.gtin.in_(codes))
    return {gtin: (count, weight_g) for gtin, count, weight_g in connection.execute(query)}


def by_place(engine: Engine, gtin: str) -> dict[str, tuple[int, int]]:
    """(count, weight in grams) of one product, by place."""
    with engine.connect() as connection:
        level = stock_level.c
        query = sa.select(level.place, level.count, level.weight_g).where(level.gtin == gtin).order_by(level.place)
        return {place: (count, weight_g) for place, count, weight_g in connection.execute(query)}


def places(engine: Engine, kind: str = "") -> list[Place]:
    """All places, or those of one kind, by name."""
    query = sa.select(stock_place.c.id, stock_place.c.name, stock_place.c.kind).order_by(stock_place.c.name)
    with engine.connect() as connection:
        return [Place(*row) for row in connection.execute(query) if not kind or row.kind == kind]


def movements(engine: Engine, *, gtin: str = "", kind: str = "", limit: int, offset: int = 0) -> list[Movement]:
    """The stock's history, the newest first."""
    columns = [getattr(stock_movement.c, name) for name in Movement.__struct_fields__]
    query = sa.select(*columns).order_by(stock_movement.c.n.desc()).limit(limit).offset(offset)
    if gtin:
        query = query.where(stock_movement.c.gtin == gtin)
    if kind:
        query = query.where(stock_movement.c.kind == kind)
    with engine.connect() as connection:
        return [Movement(*row) for row in connection.execute(query)]
