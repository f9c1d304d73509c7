"""Counts: taking stock while the shop is open, blind, and booking what differs.

Whoever counts sees names, never what the books say: an expected number is found by everybody. The books' number is
written down in the very moment in which the count is, so what is sold between the counting and the booking changes
nothing: booked is the difference of that moment, on top of whatever has moved since.
"""

from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.wire.offers_csv import PREFIX
from store import stock_ledger
from store.database import writing
from store.schema import price
from store.stock import at_place, check_place
from store.stock_ledger import Moved
from store.stock_schema import stock_count, stock_counted, stock_level
from store.stock_slips import BadSlip, check_known, new_id


class NoSuchCount(LookupError):
    """There is none under this id, or it is over."""


class Count(msgspec.Struct, frozen=True):
    """One stock-taking."""

    id: str
    place: str
    words: str
    state: Literal["open", "booked", "dropped"]
    made_utc_ms: int
    staff: str
    ended_utc_ms: int
    ended_by: str
    counted: int = 0
    """Products that have been counted so far."""


class SheetLine(msgspec.Struct, frozen=True):
    """One product of the list that is counted by; None: not counted yet."""

    gtin: str
    name: str
    count: int | None
    weight_g: int | None


class Differs(msgspec.Struct, frozen=True):
    """A product whose count is not what the books said in that moment."""

    gtin: str
    name: str
    count: int
    weight_g: int
    book_count: int
    book_g: int

    @property
    def by(self) -> tuple[int, int]:
        """(pieces, grams) that are there and not in the books; less than nothing is missing."""
        return self.count - self.book_count, self.weight_g - self.book_g


def begin(engine: Engine, place: str, words: str, *, now_utc_ms: int, staff: str = "") -> str:
    """A new stock-taking of what has all these words in code or name; its id. UnknownPlace."""
    id_ = new_id("count", now_utc_ms)
    row = {"id": id_, "place": place, "words": words.strip(), "state": "open", "staff": staff}
    with writing(engine) as connection:
        check_place(connection, place)
        connection.execute(sa.insert(stock_count).values(**row, made_utc_ms=now_utc_ms))
    return id_


def note(
    engine: Engine,
    id_: str,
    gtin: str,
    *,
    count: int,
    weight_g: int,
    now_utc_ms: int,
    staff: str = "",
    more: bool = False,
) -> SheetLine:
    """So much is there, or so much `more` than was counted before. NoSuchCount, UnknownProduct, BadSlip."""
    with writing(engine) as connection:
        about = _open(connection, id_)
        check_known(connection, [gtin])
        stock_ledger.lock(connection, [gtin])
        at = (stock_counted.c.count_id == id_, stock_counted.c.gtin == gtin)
        before = connection.execute(sa.select(stock_counted.c.count, stock_counted.c.weight_g).where(*at)).first()
        if more and before is not None:
            count, weight_g = count + before[0], weight_g + before[1]
        if count < 0 or weight_g < 0:
            raise BadSlip("less than nothing cannot be there")
        book_count, book_g = at_place(connection, about.place, [gtin]).get(gtin, (0, 0))
        row = {"count": count, "weight_g": weight_g, "book_count": book_count, "book_g": book_g}
        connection.execute(sa.delete(stock_counted).where(*at))
        connection.execute(
            sa.insert(stock_counted).values(count_id=id_, gtin=gtin, **row, at_utc_ms=now_utc_ms, staff=staff)
        )
        name = connection.scalar(sa.select(price.c.name).where(price.c.code == gtin, price.c.until.is_(None)))
    return SheetLine(gtin, name or "", count, weight_g)


def sheet(engine: Engine, id_: str, *, limit: int, offset: int = 0, words: str = "") -> list[SheetLine]:
    """The list that is counted by, by name; `words` narrow it further. NoSuchCount."""
    with engine.connect() as connection:
        about = _find(connection, id_)
        on = sa.and_(stock_counted.c.gtin == price.c.code, stock_counted.c.count_id == id_)
        query = sa.select(price.c.code, price.c.name, stock_counted.c.count, stock_counted.c.weight_g)
        query = query.select_from(price.join(stock_counted, on, isouter=True)).where(*_listed(f"{about.words} {words}"))
        query = query.order_by(price.c.name, price.c.code).limit(limit).offset(offset)
        return [SheetLine(*row) for row in connection.execute(query)]


def _listed(words: str) -> list["sa.ColumnElement[bool]"]:
    """Products of the price book in use with all these words; offers are in the same table and have another code."""
    each = [price.c.found_by.contains(word.casefold(), autoescape=True) for word in words.split()]
    return [price.c.until.is_(None), sa.not_(price.c.code.startswith(PREFIX)), *each]


def differing(engine: Engine, id_: str, *, rest_is_gone: bool = False) -> list[Differs]:
    """What would be booked, by name. `rest_is_gone`: also what is on the list and was not found at all."""
    with engine.connect() as connection:
        return _differing(connection, _find(connection, id_), rest_is_gone)


def _differing(connection: Connection, about: Count, rest_is_gone: bool) -> list[Differs]:
    named = sa.select(price.c.code, price.c.name).where(price.c.until.is_(None)).subquery()
    counted = stock_counted.c
    query = sa.select(
        counted.gtin, sa.func.coalesce(named.c.name, ""), counted.count, counted.weight_g, counted.book_count,
        counted.book_g,
    )  # fmt: skip
    query = query.select_from(stock_counted.join(named, counted.gtin == named.c.code, isouter=True))
    differs = sa.or_(counted.count != counted.book_count, counted.weight_g != counted.book_g)
    found = [Differs(*row) for row in connection.execute(query.where(counted.count_id == about.id, differs))]
    if rest_is_gone:
        level = stock_level.c
        seen = sa.select(counted.gtin).where(counted.count_id == about.id)
        rest = sa.select(level.gtin, price.c.name, level.count, level.weight_g).join(price, price.c.code == level.gtin)
        rest = rest.where(level.place == about.place, *_listed(about.words), level.gtin.not_in(seen))
        rest = rest.where(sa.or_(level.count != 0, level.weight_g != 0))
        found += [Differs(gtin, name, 0, 0, *books) for gtin, name, *books in connection.execute(rest)]
    return sorted(found, key=lambda one: (one.name, one.gtin))


def book(engine: Engine, id_: str, *, now_utc_ms: int, staff: str = "", rest_is_gone: bool = False) -> list[Differs]:
    """Make the books say what was counted; what differed. NoSuchCount if it is over."""
    with writing(engine) as connection:
        about = _end(connection, id_, "booked", now_utc_ms, staff)
        found = _differing(connection, about, rest_is_gone)
        stock_ledger.book(
            connection,
            [
                Moved(
                    one.gtin, "count", now_utc_ms, count=one.by[0], weight_g=one.by[1], place=about.place, staff=staff,
                    cause=id_,
                )
                for one in found
            ],
        )  # fmt: skip
    return found


def drop(engine: Engine, id_: str, *, now_utc_ms: int, staff: str = "") -> None:
    """Nothing of it is booked. NoSuchCount if it is over."""
    with writing(engine) as connection:
        _end(connection, id_, "dropped", now_utc_ms, staff)


def _end(connection: Connection, id_: str, state: str, now_utc_ms: int, staff: str) -> Count:
    ended = {"state": state, "ended_utc_ms": now_utc_ms, "ended_by": staff}
    still = (stock_count.c.id == id_, stock_count.c.state == "open")
    if connection.execute(sa.update(stock_count).where(*still).values(**ended)).rowcount != 1:
        raise NoSuchCount(f"no count {id_} is open")
    return _find(connection, id_)


def counts(engine: Engine, state: str = "", limit: int = 100) -> list[Count]:
    """The newest first; of one state if it is said."""
    query = _counts().order_by(stock_count.c.made_utc_ms.desc(), stock_count.c.id).limit(limit)
    if state:
        query = query.where(stock_count.c.state == state)
    with engine.connect() as connection:
        return [Count(**row) for row in connection.execute(query).mappings()]


def find(engine: Engine, id_: str) -> Count:
    """NoSuchCount."""
    with engine.connect() as connection:
        return _find(connection, id_)


def _counts() -> "sa.Select[Any]":
    counted = sa.select(sa.func.count()).where(stock_counted.c.count_id == stock_count.c.id).scalar_subquery()
    return sa.select(stock_count, counted.label("counted"))


def _find(connection: Connection, id_: str) -> Count:
    found = connection.execute(_counts().where(stock_count.c.id == id_)).mappings().first()
    if found is None:
        raise NoSuchCount(f"there is no count {id_}")
    return Count(**found)


def _open(connection: Connection, id_: str) -> Count:
    found = _find(connection, id_)
    if found.state != "open":
        raise NoSuchCount(f"the count {id_} is over: it is {found.state}")
    return found
