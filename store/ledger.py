"""Ledger: reading the sales that are in the books."""

from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.checkout.sale import Sale
from store.flags import Flag
from store.quarantine import count_waiting
from store.schema import sale, sale_flag, sale_line


class Summary(msgspec.Struct, frozen=True):
    """A sale in one line. `items`: pieces, a weighed line counting as one."""

    key: str
    till: str
    business_day: str
    sequence: int
    kind: str
    training: bool
    sealed: str
    currency: str
    items: int
    due_minor: int
    flags: tuple[str, ...]


class Entry(msgspec.Struct, frozen=True):
    """A sale with all that is said about it. `body` is the record as the till sealed it."""

    sale: Sale
    body: dict[str, Any]
    flags: tuple[Flag, ...]


def latest(
    engine: Engine,
    *,
    limit: int,
    offset: int = 0,
    words: str = "",
    till: str = "",
    from_day: str = "",
    to_day: str = "",
    flagged: bool = False,
) -> list[Summary]:
    """Sales, the last sealed first. `words` is a part of the key; days are business days, both included."""
    items = sa.select(sa.func.sum(sale_line.c.count)).where(sale_line.c.sale_key == sale.c.key).scalar_subquery()
    is_flagged = sa.exists().where(sale_flag.c.sale_key == sale.c.key)
    query = sa.select(sale, sa.cast(sa.func.coalesce(items, 0), sa.BigInteger).label("items")).where(
        *([sale.c.key.contains(words.strip(), autoescape=True)] if words.strip() else ()),
        *([sale.c.till == till] if till else ()),
        *([sale.c.business_day >= from_day] if from_day else ()),
        *([sale.c.business_day <= to_day] if to_day else ()),
        *([is_flagged] if flagged else ()),
    )
    query = query.order_by(sale.c.sealed.desc(), sale.c.key.desc()).limit(limit).offset(offset)
    with engine.connect() as connection:
        rows = connection.execute(query).mappings().all()
        keys = [row["key"] for row in rows]
        reasons: dict[str, list[str]] = {key: [] for key in keys}
        flagged_with = sa.select(sale_flag).where(sale_flag.c.sale_key.in_(keys)).order_by(sale_flag.c.reason)
        for flag in connection.execute(flagged_with):
            reasons[flag.sale_key].append(flag.reason)
    told = [name for name in Summary.__struct_fields__ if name != "flags"]
    return [Summary(**{name: row[name] for name in told}, flags=tuple(reasons[row["key"]])) for row in rows]


def find(engine: Engine, key: str) -> Entry | None:
    """The sale under this key."""
    return _entry(engine, sale.c.key == key)


def find_by_token(engine: Engine, token: str) -> Entry | None:
    """The sale whose receipt has this address."""
    return _entry(engine, sale.c.token == token)


def _entry(engine: Engine, where: "sa.ColumnElement[bool]") -> Entry | None:
    with engine.connect() as connection:
        found = connection.execute(sa.select(sale.c.key, sale.c.body).where(where).order_by(sale.c.key)).first()
        if found is None:
            return None
        query = sa.select(sale_flag).where(sale_flag.c.sale_key == found.key).order_by(sale_flag.c.reason)
        flags = tuple(Flag(row.reason, row.detail) for row in connection.execute(query))
    return Entry(msgspec.json.decode(found.body, type=Sale), msgspec.json.decode(found.body), flags)


def tills(engine: Engine) -> dict[str, str]:
    """Every till that ever sold, and when its last sale was sealed."""
    with engine.connect() as connection:
        query = sa.select(sale.c.till, sa.func.max(sale.c.sealed).label("last")).group_by(sale.c.till)
        return {row.till: row.last for row in connection.execute(query)}


class Counts(msgspec.Struct, frozen=True):
    """How much is in the books."""

    sales: int
    flagged: int
    aside: int


def counts(engine: Engine) -> Counts:
    """Sales, sales with flags, and messages in the quarantine that wait for somebody."""
    with engine.connect() as connection:
        sales = connection.scalar(sa.select(sa.func.count()).select_from(sale))
        flagged = connection.scalar(sa.select(sa.func.count(sa.distinct(sale_flag.c.sale_key))))
    return Counts(sales or 0, flagged or 0, count_waiting(engine))
