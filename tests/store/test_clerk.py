"""The clerk alone: nothing is promised before it is kept, even if a disk is full or a till is mad."""

from typing import Any

import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from patience import raise_it, until
from selling import BREAD, NOW, ROWS, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.wire import asking
from kiosk.wire.asking import StaffAnswer, answered
from kiosk.wire.codec import decode, encode
from kiosk.wire.messages import LaneState
from kiosk.wire.outgoing import till_message
from kiosk.wire.topics import Address
from store import schema
from store.clerk import BATCH, TRAY_SIZE
from store.config import Config, StoreTable
from store.parts import Parts, make_parts
from store.user_changes import By, Changes
from store.users import add_user


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
        alone.clerk.turn()
    acks = [(data.ids, seen) for _, data, seen in _said(alone)]
    assert acks == [((sale.key,), n) for n, sale in enumerate(sales, start=1)]


def test_what_waits_is_booked_together_and_each_lane_hears_once_what_of_it_is_there(alone: Parts) -> None:
    tills = [Till("k01"), Till("k02")]
    sales = [till.sell((BREAD, 1)) for till in tills for _ in range(BATCH // 2)]
    for sale in (*sales, tills[0].sell((BREAD, 1))):
        alone.clerk.put(Address("s001", sale.till, "sale"), said(sale))
    alone.clerk.turn()
    acks = {topic: (data.ids, seen) for topic, data, seen in _said(alone)}
    for till in ("k01", "k02"):
        keys = tuple(sale.key for sale in sales if sale.till == till)
        assert acks[f"kassa/v1/s001/{till}/ack"] == (keys, BATCH)
    assert alone.clerk.waiting == 1


def test_a_question_is_answered_behind_what_came_before_it(alone: Parts) -> None:
    """Its lane may ask for what it has just let go."""
    till = Till()
    ask = till_message(asking.question("1", asking.ResumeAsk()), store="s001", till="k01", id="x", at="")
    alone.clerk.put(on("sale"), said(till.sell((BREAD, 1))))
    alone.clerk.put(on("ask"), encode(ask))
    alone.clerk.put(on("sale"), said(till.sell((BREAD, 1))))
    while alone.clerk.waiting:
        alone.clerk.turn()
    topics = [topic.rpartition("/")[2] for topic, _, _ in _said(alone)]
    assert topics == ["ack", "answer", "ack"]
    assert asking.answered(_said(alone)[1][1], asking.ResumeAnswer).sequence == 1  # type: ignore[union-attr]


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


def test_tills_that_are_there_are_told_of_another_list_of_staff(engine: Engine) -> None:
    now = [NOW]
    parts = make_parts(Config(store=StoreTable(id="s001")), engine, lambda: now[0], raise_it)
    parts.clerk.link = Deaf(engine)
    add_user(engine, "Eva", "manager", "2468")
    add_user(engine, "Bo", "cashier", "1357")
    state = LaneState(store="s001", till="k01", online=True, phase="welcome", currency="SEK")
    parts.lanes.hear("k01", state, NOW)
    parts.lanes.hear("k02", replace(state, till="k02", online=False), NOW)
    for turn in range(6):
        now[0] = NOW + 1_000 * turn
        if turn == 3:
            Changes(engine).deactivate(By(), now[0], "u2")  # a shell: nobody tells the clerk
        parts.clerk.turn()
    assert [topic for topic, _, _ in _said(parts)] == ["kassa/v1/s001/k01/answer"] * 2
    told = [answered(data, StaffAnswer) for _, data, _ in _said(parts)]
    assert [[one.name for one in list_.staff] for list_ in told if list_] == [["Eva", "Bo"], ["Eva"]]


def test_a_flood_is_dropped_and_not_acknowledged(alone: Parts) -> None:
    for _ in range(TRAY_SIZE + 7):
        alone.clerk.put(Address("s001", "k01", "sale"), b"{}")
    alone.clerk.look()
    assert alone.clerk.waiting == TRAY_SIZE and alone.clerk.counts["sale", "dropped"] == 7


def test_a_bug_ends_the_clerk_and_is_told(engine: Engine) -> None:
    bugs: list[BaseException] = []
    times = [NOW] * 9
    parts = make_parts(Config(store=StoreTable(id="s001")), engine, times.pop, bugs.append)
    times.clear()  # from now on whoever looks at the clock falls over
    parts.clerk.start()
    parts.clerk.put(Address("s001", "k01", "sale"), said(Till().sell((BREAD, 1))))
    until(lambda: bool(bugs), "nobody was told")
    assert isinstance(bugs[0], IndexError)
