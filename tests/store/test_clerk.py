"""The clerk alone: nothing is promised before it is kept, even if a disk is full or a till is mad."""

from typing import Any

import pytest
import sqlalchemy as sa
from patience import raise_it, until
from selling import BREAD, NOW, ROWS, Till, said
from sqlalchemy.engine import Engine

from kiosk.wire.codec import decode
from kiosk.wire.topics import Address
from store import schema
from store.clerk import TRAY_SIZE
from store.config import Config, StoreTable
from store.parts import Parts, make_parts


class Deaf:
    """A link that remembers what was said, and when: before or after the books were full."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.said = engine, list[tuple[str, Any, int]]()

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        with self.engine.connect() as connection:
            sales = connection.scalar(sa.select(sa.func.count()).select_from(schema.sale))
        self.said.append((topic, decode(payload).data, sales or 0))


@pytest.fixture
def alone(engine: Engine) -> Parts:
    config = Config(store=StoreTable(id="s001"))
    parts = make_parts(config, engine, lambda: NOW, raise_it)
    parts.prices.replace(ROWS, NOW, "test")
    parts.clerk.link = Deaf(engine)
    return parts


def _said(parts: Parts) -> list[tuple[str, Any, int]]:
    assert isinstance(parts.clerk.link, Deaf)
    return parts.clerk.link.said


def test_nothing_is_acknowledged_before_it_is_committed(alone: Parts) -> None:
    till = Till()
    sales = [till.sell((BREAD, 1)) for _ in range(3)]
    for sale in sales:
        alone.clerk.put(Address("s001", "k01", "sale"), said(sale))
    while alone.clerk.waiting:
        alone.clerk.turn()
    acks = [(data.ids, seen) for _, data, seen in _said(alone)]
    assert acks == [((sale.key,), n) for n, sale in enumerate(sales, start=1)]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_the_books_do_not_take_is_not_acknowledged_and_comes_again(alone: Parts, engine: Engine) -> None:
    sale = Till().sell(*[(BREAD, 1)] * 500)
    engine.dispose()
    full = sa.event.listens_for(engine, "connect")(_no_room)
    alone.clerk.put(Address("s001", "k01", "sale"), said(sale))
    alone.clerk.turn()
    assert _said(alone) == []
    sa.event.remove(engine, "connect", full)
    engine.dispose()
    alone.clerk.put(Address("s001", "k01", "sale"), said(sale))
    alone.clerk.turn()
    assert [data.ids for _, data, _ in _said(alone)] == [(sale.key,)]


def _no_room(connection: Any, _record: object) -> None:
    """SQLite says FULL as on a full disk."""
    connection.execute("PRAGMA max_page_count = 1")


def test_a_price_changed_by_a_shell_is_told_in_a_shop_that_is_never_quiet(engine: Engine) -> None:
    now = [NOW]
    parts = make_parts(Config(store=StoreTable(id="s001")), engine, lambda: now[0], raise_it)
    parts.prices.replace(ROWS, NOW, "test")
    parts.clerk.link = Deaf(engine)
    till = Till()
    for turn in range(8):
        now[0] = NOW + 400 * turn
        if turn == 4:
            parts.prices.change_price(BREAD.code, 1, NOW, "a shell")
        parts.clerk.put(Address("s001", "k01", "sale"), said(till.sell((BREAD, 1))))
        parts.clerk.turn(1)
    versions = [data.version for topic, data, _ in _said(parts) if topic == "kassa/v1/s001/pricebook"]
    assert versions == ["1", "2"]


def test_a_flood_is_dropped_and_not_acknowledged(alone: Parts) -> None:
    for _ in range(TRAY_SIZE + 7):
        alone.clerk.put(Address("s001", "k01", "sale"), b"{}")
    alone.clerk.look()
    assert alone.clerk.waiting == TRAY_SIZE and alone.clerk.counts["sale", "dropped"] == 7


def test_a_bug_ends_the_clerk_and_is_told(engine: Engine) -> None:
    bugs: list[BaseException] = []
    times = [NOW]
    parts = make_parts(Config(store=StoreTable(id="s001")), engine, times.pop, bugs.append)
    parts.clerk.start()
    parts.clerk.put(Address("s001", "k01", "sale"), said(Till().sell((BREAD, 1))))
    until(lambda: bool(bugs), "nobody was told")
    assert isinstance(bugs[0], IndexError)
