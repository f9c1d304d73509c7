"""Every sale once, whatever a network does to it; nothing that came is ever lost."""

import hashlib
import json
from collections.abc import Callable, Iterable
from itertools import count as count_from
from itertools import repeat
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from selling import BANANAS, BREAD, NOW, ROWS, WATER, Till, on, reported, said
from sqlalchemy.engine import Engine
from strangers import asked

from kiosk.checkout.sale import Chain, Sale, seal
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from store import booking, schema
from store.aside import Letter
from store.database import engine_at, open_books
from store.gaps import gaps
from store.ingest import take, take_all
from store.price_book import PriceBook
from store.stock import on_hand


@pytest.fixture
def books(engine: Engine) -> Engine:
    PriceBook(engine).replace(ROWS, NOW, "test")
    return engine


def flags(engine: Engine, sale: Sale | None = None) -> dict[str, str]:
    query = sa.select(schema.sale_flag.c.reason, schema.sale_flag.c.detail)
    if sale is not None:
        query = query.where(schema.sale_flag.c.sale_key == sale.key)
    with engine.connect() as connection:
        return {row.reason: row.detail for row in connection.execute(query)}


def contents(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the books that does not depend on when it came."""
    tables = (schema.sale, schema.sale_line, schema.sale_tax, schema.sale_tender, schema.sale_flag, schema.lane_event)
    moved = schema.stock_movement
    with engine.connect() as connection:
        found = {}
        for table in (*tables, moved):
            columns = [c for c in table.c if not c.name.endswith("_utc_ms") and c is not moved.c.n]
            found[table.name] = sorted(tuple(row) for row in connection.execute(sa.select(*columns)))
        return found


def count(engine: Engine, table: sa.Table) -> int:
    with engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_a_sale_comes_into_the_books_whole(books: Engine) -> None:
    sale = Till().sell((BREAD, 2), (WATER, 1), (BANANAS, 412))
    taken = take(books, on("sale"), said(sale), NOW)
    assert taken.outcome == "new"
    assert taken.ack is not None and taken.ack.ids == (sale.key,) and not taken.ack.refused
    assert flags(books) == {}
    assert {(p.gtin, p.count, p.weight_g) for p in on_hand(books, limit=9)} == {
        (BREAD.code, -2, 0), (WATER.code, -1, 0), (BANANAS.code, 0, -412),
    }  # fmt: skip


def test_a_stranger_finds_the_sale(books: Engine, database_url: str) -> None:
    sale = Till().sell((BREAD, 2))
    take(books, on("sale"), said(sale), NOW)
    query = "SELECT s.key, s.due_minor, l.gtin, l.count FROM sale s JOIN sale_line l ON l.sale_key = s.key"
    assert asked(database_url, query) == f"{sale.key}|6580|{BREAD.code}|2"


def test_a_repetition_changes_nothing_and_is_acknowledged_again(books: Engine) -> None:
    sale = Till().sell((BREAD, 2))
    take(books, on("sale"), said(sale), NOW)
    before = contents(books)
    again = take(books, on("sale"), said(sale), NOW + 5000)
    assert again.outcome == "same" and again.ack is not None and again.ack.ids == (sale.key,)
    assert contents(books) == before


def test_a_repetition_that_is_only_written_otherwise_is_the_same(books: Engine) -> None:
    sale = Till().sell((BREAD, 2))
    take(books, on("sale"), said(sale), NOW)
    assert take(books, on("sale"), json.dumps(json.loads(said(sale)), indent=1).encode(), NOW).outcome == "same"


def test_another_content_under_the_same_key_is_kept_aside_and_the_sale_flagged(books: Engine) -> None:
    first, second = Till().sell((BREAD, 2)), Till().sell((WATER, 9))
    assert first.key == second.key
    take(books, on("sale"), said(first), NOW)
    for _ in range(3):
        taken = take(books, on("sale"), said(second), NOW)
        assert taken.ack is not None and not taken.ack.ids and taken.ack.refused[0].id == first.key
    assert set(flags(books, first)) == {"conflict"}
    assert [product.gtin for product in on_hand(books, limit=9)] == [BREAD.code]
    with books.connect() as connection:
        kept = connection.execute(sa.select(schema.aside)).all()
    assert [row.payload for row in kept] == [said(second)]


def _doctored(sale: Sale, change: Callable[[dict[str, Any]], None]) -> bytes:
    message = json.loads(said(sale))
    change(message["data"])
    return json.dumps(message).encode()


def _resealed(sale: Sale, **changes: Any) -> bytes:
    return said(seal(replace(sale, **changes)))


def _first_line(sale: Sale, **changes: Any) -> Sale:
    return replace(sale, lines=(replace(sale.lines[0], **changes), *sale.lines[1:]))


ODD: dict[str, Callable[[Sale], bytes]] = {
    "hash": lambda s: _doctored(s, lambda data: data["lines"][0].update(name="Caviar")),
    "line": lambda s: said(seal(_first_line(s, count=3))),
    "totals": lambda s: _resealed(s, totals=replace(s.totals, goods_minor=s.totals.goods_minor - 1)),
    "tax": lambda s: _resealed(s, totals=replace(s.totals, tax=(replace(s.totals.tax[0], tax_minor=0),))),
    "tender": lambda s: _resealed(s, tenders=()),
    "price_book": lambda s: said(seal(_first_line(s, price_book="99"))),
}


@pytest.mark.parametrize("reason", ODD)
def test_an_odd_sale_is_kept_and_flagged(books: Engine, reason: str) -> None:
    sale = Till().sell((BREAD, 2), (WATER, 1))
    taken = take(books, on("sale"), ODD[reason](sale), NOW)
    assert taken.ack is not None and taken.ack.ids == (sale.key,)
    assert reason in flags(books, sale)
    assert count(books, schema.sale) == 1


def test_a_sale_is_priced_by_the_book_that_its_lines_name(books: Engine) -> None:
    till, book = Till(), PriceBook(books)
    book.change_price(BREAD.code, 2990, NOW, "test")
    cheap = replace(BREAD, price_minor=2990)
    before, after = till.sell((BREAD, 1), version="1"), till.sell((cheap, 1), version="2")
    late, early = till.sell((BREAD, 1), version="2"), till.sell((cheap, 1), version="1")
    for sale in (before, after, late, early):
        take(books, on("sale"), said(sale), NOW)
    assert flags(books, before) == flags(books, after) == {}
    assert "price" in flags(books, late) and "price" in flags(books, early)


def test_a_missing_sale_shows_in_the_chain_until_it_comes(books: Engine) -> None:
    till = Till()
    first, second, third = (till.sell((BREAD, 1)) for _ in range(3))
    take(books, on("sale"), said(first), NOW)
    take(books, on("sale"), said(third), NOW)
    assert "chain" in flags(books, third)
    take(books, on("sale"), said(second), NOW)
    assert flags(books) == {}


def test_a_restored_till_that_sells_on_from_an_old_copy_shows(books: Engine) -> None:
    till = Till()
    first = till.sell((BREAD, 1))
    lost = till.sell((BREAD, 1))
    fork = seal(replace(till.sell((BREAD, 1)), chain=Chain(first.chain.hash)))
    for sale in (first, lost, fork):
        take(books, on("sale"), said(sale), NOW)
    assert "chain" in flags(books, fork)


def test_a_number_used_twice_shows_on_both(books: Engine) -> None:
    sale = Till().sell((BREAD, 1))
    twin = seal(replace(sale, business_day="2026-11-24"))
    take(books, on("sale"), said(sale), NOW)
    take(books, on("sale"), said(twin), NOW)
    assert "sequence" in flags(books, sale) and "sequence" in flags(books, twin)


def test_a_void_moves_no_stock_and_needs_no_payment(books: Engine) -> None:
    void = Till().sell((BREAD, 2), kind="void")
    take(books, on("sale"), said(void), NOW)
    assert flags(books) == {} and on_hand(books, limit=9) == []


@pytest.mark.parametrize("sale_first", [True, False])
def test_stock_reports_are_compared_and_not_booked(books: Engine, sale_first: bool) -> None:
    till = Till()
    honest, other = till.sell((BREAD, 2)), till.sell((BREAD, 1))
    lie = reported(other).replace(b'"count":-1', b'"count":-7')
    letters = [("sale", said(honest)), ("sale", said(other)), ("stock", reported(honest)), ("stock", lie)]
    for what, payload in letters if sale_first else reversed(letters):
        taken = take(books, on(what), payload, NOW)  # type: ignore[arg-type]
        assert taken.ack is not None and taken.ack.ids
    assert flags(books, honest) == {} and set(flags(books, other)) == {"stock"}
    assert on_hand(books, limit=9)[0].count == -3


@pytest.mark.parametrize(
    "many",
    [
        {"count": 2**50},
        {"amount_minor": -(2**50)},
        {"discounts": [{"offer": "x", "amount_minor": 2**53 - 1}] * 2000},
    ],
)
def test_numbers_that_no_shop_has_are_refused_and_do_not_stop_the_books(books: Engine, many: dict[str, Any]) -> None:
    sale = Till().sell((BREAD, 1))
    taken = take(books, on("sale"), _doctored(sale, lambda data: data["lines"][0].update(many)), NOW)
    assert taken.outcome == "refused" and count(books, schema.aside) == 1 and count(books, schema.sale) == 0
    assert take(books, on("sale"), said(sale), NOW).outcome == "new"


def test_lane_events_are_kept_once(books: Engine) -> None:
    event = encode(event_message("s001", "k01", 1, "drawer", {"open": True}, "2026-11-23T09:12:03.120Z"))
    other = event.replace(b"true", b"false")
    assert [take(books, on("event"), letter, NOW).outcome for letter in (event, event, other)] == [
        "new", "same", "refused",
    ]  # fmt: skip
    assert count(books, schema.lane_event) == 1 and count(books, schema.aside) == 1


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"{}",
        b"[" * 50_000,
        b'{"specversion":"1.0","type":"kassa.sale.v1","id":"","data":{}}',
    ],
)
def test_garbage_is_kept_aside_and_answered_by_nobody(books: Engine, payload: bytes) -> None:
    taken = take(books, on("sale"), payload, NOW)
    assert taken.outcome == "refused" and taken.ack is None
    assert count(books, schema.aside) == 1 and count(books, schema.sale) == 0


def test_a_sale_of_a_newer_till_is_kept_aside_and_refused_by_name(books: Engine) -> None:
    sale = Till().sell((BREAD, 1))
    payload = _doctored(sale, lambda data: data.update(loyalty={"points": 5}))
    taken = take(books, on("sale"), payload, NOW)
    assert taken.ack is not None and taken.ack.refused[0].id == sale.key
    with books.connect() as connection:
        row = connection.execute(sa.select(schema.aside)).one()
    assert row.payload == payload and row.digest == hashlib.sha256(payload).hexdigest() and "loyalty" in row.reason


@pytest.mark.parametrize(
    ("payload", "address"),
    [
        (said(Till("k02").sell((BREAD, 1))), on("sale")),
        (said(Till("k01", "s002").sell((BREAD, 1))), on("sale")),
        (said(Till().sell((BREAD, 1))), on("stock")),
        (reported(Till().sell((BREAD, 1))), on("sale")),
        (encode(event_message("s001", "k02", 1, "x", {}, "")), on("event")),
        (said(Till().sell((BREAD, 1))).replace(b"000001", b"000002"), on("sale")),
    ],
)
def test_nobody_speaks_for_another(books: Engine, payload: bytes, address: Any) -> None:
    assert take(books, address, payload, NOW).outcome == "refused"
    assert count(books, schema.sale) == count(books, schema.lane_event) == count(books, schema.stock_report) == 0


def _traffic() -> list[tuple[Any, bytes]]:
    """What two tills say in a day: sales with a void among them, stock reports, events; one sale doctored."""
    letters = []
    for name in ("k01", "k02"):
        till = Till(name)
        sales = [till.sell((BREAD, 1), (BANANAS, 300)), till.sell((WATER, 2), kind="void"), till.sell((WATER, 5))]
        letters += [(on("sale", name), said(sale)) for sale in sales[:-1]]
        letters += [(on("stock", name), reported(sale)) for sale in sales]
        letters.append((on("sale", name), _doctored(sales[-1], lambda data: data.update(language="en"))))
        letters.append((on("event", name), encode(event_message("s001", name, 1, "drawer", {}, ""))))
    return letters


Contents = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def delivered() -> Callable[..., Contents]:
    """What the books hold when these letters have come, in this order. Opened once, in memory, and copied."""
    first = open_books("sqlite://")
    PriceBook(first).replace(ROWS, NOW, "test")
    with first.connect() as connection:
        opened: bytes = connection.connection.driver_connection.serialize()  # type: ignore[union-attr]

    def deliver(letters: list[tuple[Any, bytes]], batches: Iterable[int] = repeat(1)) -> Contents:
        engine = engine_at("sqlite://")
        with engine.connect() as connection:
            connection.connection.driver_connection.deserialize(opened)  # type: ignore[union-attr]
        waiting = [Letter(*letter) for letter in letters]
        for size in batches:
            take_all(engine, waiting[:size], NOW)
            if not (waiting := waiting[size:]):
                return contents(engine)
        raise AssertionError("some were left")

    return deliver


@pytest.fixture(scope="module")
def in_order(delivered: Callable[..., Contents]) -> Contents:
    return delivered(_traffic())


@settings(max_examples=25)
@given(data=st.data())
def test_whatever_the_order_the_repetitions_and_the_batches_the_books_end_the_same(
    data: st.DataObject, delivered: Callable[..., Contents], in_order: Contents
) -> None:
    letters = _traffic()
    again = data.draw(st.lists(st.sampled_from(letters), max_size=6))
    batches = (data.draw(st.integers(1, 12)) for _ in count_from())
    assert delivered(data.draw(st.permutations(letters + again)), batches) == in_order


def test_one_that_the_books_do_not_take_spoils_nothing_and_is_kept_aside(
    books: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of ours, in one of the rooms, about one sale."""
    till = Till()
    sales = [till.sell((BREAD, 1)) for _ in range(5)]
    spend = booking.spend

    def mistaken(connection: Any, sold: Sale, now_utc_ms: int) -> Any:
        assert sold.key != sales[2].key, "nobody thought of this"
        return spend(connection, sold, now_utc_ms)

    monkeypatch.setattr(booking, "spend", mistaken)
    letters = [Letter(on("sale"), said(sale)) for sale in sales]
    taken = take_all(books, letters, NOW)
    assert [one.outcome for one in taken] == ["new", "new", "refused", "new", "new"]
    assert count(books, schema.sale) == 4 and count(books, schema.aside) == 1
    assert set(flags(books)) == {"chain"}
    monkeypatch.undo()
    assert take(books, *letters_of(sales[2]), NOW).outcome == "new" and flags(books) == {}


def letters_of(sale: Sale) -> tuple[Any, bytes]:
    return on("sale"), said(sale)


def test_bad_ones_among_good_ones_are_kept_aside_alone(books: Engine) -> None:
    first, second = Till().sell((BREAD, 2)), Till().sell((WATER, 9))
    other = Till("k02").sell((BREAD, 1))
    payloads = (said(first), b"garbage", said(second), said(first), said(other))
    taken = take_all(books, [Letter(on("sale"), payload) for payload in payloads], NOW)
    assert [one.outcome for one in taken] == ["new", "refused", "refused", "same", "refused"]
    assert set(flags(books, first)) == {"conflict"} and count(books, schema.aside) == 3


def test_the_day_in_order_is_what_it_should_be(in_order: Contents) -> None:
    assert len(in_order["sale"]) == 6 and len(in_order["lane_event"]) == 2
    assert {row[1] for row in in_order["sale_flag"]} == {"hash"}


def test_what_is_missing_between_two_sales_is_asked_for_and_nothing_else(books: Engine) -> None:
    till = Till()
    sales = [till.sell((BREAD, 1)) for _ in range(6)]
    assert gaps(books, "k01") == ()
    for sale in (sales[0], sales[2], sales[5]):
        take(books, on("sale"), said(sale), NOW)
    assert gaps(books, "k01") == (5, 4, 2) and gaps(books, "k02") == ()
    for sale in sales:
        take(books, on("sale"), said(sale), NOW)
    assert gaps(books, "k01") == ()


def test_a_store_restored_from_an_old_copy_does_not_ask_for_millions(books: Engine) -> None:
    till = Till()
    take(books, on("sale"), said(till.sell((BREAD, 1))), NOW)
    till.sequence = 9_000_000
    take(books, on("sale"), said(till.sell((BREAD, 1))), NOW)
    assert gaps(books, "k01") == tuple(range(9_000_000, 9_000_000 - 64, -1))
