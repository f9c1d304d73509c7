"""Telling stock: what others must hear of levels that have changed, after the commit that changed them.

Each change marks its product (`stock_level.untold`); here the marks are taken off, many at once, and what they come
to is put in words for webhooks and for the web shop. However often a product moves in between, it is told once, as it
is now.
"""

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from store import webhooks
from store.database import writing
from store.outgoing_schema import shop_push
from store.stock import OnHand, levels_in
from store.stock_schema import stock_level

AT_ONCE = 100
"""Products in one message; it is also what WooCommerce takes in one batch."""


def tell_levels(engine: Engine, now_utc_ms: int, at_once: int = AT_ONCE) -> bool:
    """Of some products whose levels nobody was told of. False: there were none."""
    untold = sa.select(stock_level.c.gtin).where(stock_level.c.untold.is_(True)).distinct().limit(at_once)
    with engine.connect() as connection:  # most often there is none: only look
        if connection.execute(untold.limit(1)).first() is None:
            return False
    with writing(engine) as connection:
        codes = connection.scalars(untold.order_by(stock_level.c.gtin)).all()
        seen = sa.update(stock_level).where(stock_level.c.gtin.in_(codes)).values(untold=False)
        connection.execute(seen)
        levels = levels_in(connection, codes)
        webhooks.note(connection, "stock.changed", lambda: _news(levels.values()), now_utc_ms)
        _queue(connection, sorted(levels), now_utc_ms)
    return True


def _news(levels: Iterable[OnHand]) -> dict[str, object]:
    return {"products": [msgspec.to_builtins(one) for one in levels]}


def _queue(connection: Connection, codes: list[str], now_utc_ms: int) -> None:
    """For the web shop, whether there is one today or not: whoever connects one later tells it everything once."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(shop_push)
    waits = {"state": "waiting", "next_utc_ms": now_utc_ms, "tries": 0}
    rows = [{"gtin": gtin, **waits} for gtin in codes]
    connection.execute(insert.on_conflict_do_update(index_elements=["gtin"], set_=waits), rows)
