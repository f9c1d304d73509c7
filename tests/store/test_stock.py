"""What is on hand is the sum of everything that ever moved."""

import pytest
from selling import BANANAS, BREAD, NOW, ROWS, WATER, Till, on, said
from sqlalchemy.engine import Engine

from store import channel_order, channel_orders, stock
from store.ingest import take
from store.price_book import PriceBook, UnknownProduct


@pytest.fixture
def books(engine: Engine) -> Engine:
    PriceBook(engine).replace(ROWS, NOW, "test")
    return engine


def test_fifty_less_what_was_sold(books: Engine) -> None:
    stock.move(books, "delivery", BREAD.code, count=50, weight_g=0, now_utc_ms=NOW, note="van")
    take(books, on("sale"), said(Till().sell((BREAD, 3))), NOW)
    assert stock.levels(books, [BREAD.code])[BREAD.code].count == 47


def test_waste_goes_and_a_count_makes_it_right(books: Engine) -> None:
    stock.move(books, "delivery", "4011", count=0, weight_g=20_000, now_utc_ms=NOW, note="")
    assert stock.move(books, "waste", "4011", count=0, weight_g=500, now_utc_ms=NOW, note="").weight_g == 19_500
    assert stock.move(books, "count", "4011", count=0, weight_g=18_000, now_utc_ms=NOW, note="").weight_g == 18_000
    assert [m.weight_g for m in stock.movements(books, gtin="4011", limit=9)] == [-1500, -500, 20_000]


def test_nothing_moves_that_nobody_knows(books: Engine) -> None:
    with pytest.raises(UnknownProduct):
        stock.move(books, "delivery", "9999", count=1, weight_g=0, now_utc_ms=NOW, note="")
    assert stock.on_hand(books, limit=9) == []


def test_what_left_the_price_book_can_still_be_counted(books: Engine) -> None:
    take(books, on("sale"), said(Till().sell((BREAD, 3))), NOW)
    PriceBook(books).replace([BANANAS], NOW, "no bread")
    assert stock.move(books, "count", BREAD.code, count=4, weight_g=0, now_utc_ms=NOW, note="").count == 4
    assert [p.name for p in stock.on_hand(books, limit=9)] == [""]


def test_stock_is_found_by_name_or_code(books: Engine) -> None:
    for row in ROWS:
        stock.move(books, "delivery", row.code, count=1, weight_g=0, now_utc_ms=NOW, note="")
    assert [p.name for p in stock.on_hand(books, limit=9, words="rye BREAD")] == ["Rye bread"]
    assert [p.name for p in stock.on_hand(books, limit=9, words="952")] == ["Rye bread", "Water"]
    assert len(stock.on_hand(books, limit=2)) == 2 and len(stock.on_hand(books, limit=2, offset=2)) == 1


def test_what_is_short_is_listed_page_by_page_also_if_only_an_order_makes_it_so(books: Engine) -> None:
    stock.move(books, "waste", BREAD.code, count=2, weight_g=0, now_utc_ms=NOW, note="", reason="other")
    stock.move(books, "waste", "4011", count=0, weight_g=300, now_utc_ms=NOW, note="", reason="other")
    stock.move(books, "delivery", WATER.code, count=5, weight_g=0, now_utc_ms=NOW, note="")
    assert [one.name for one in stock.on_hand(books, limit=9, below_zero=True)] == ["Bananas", "Rye bread"]
    lines = (channel_order.Line(1, WATER.code, WATER.code, "Water", 6, 0),)
    new = channel_orders.New("web", "1", lines, "x", oversell=True)
    channel_orders.place(books, new, now_utc_ms=NOW)
    pages = [stock.on_hand(books, limit=2, offset=first, below_zero=True) for first in (0, 2)]
    assert [[one.name for one in page] for page in pages] == [["Bananas", "Rye bread"], ["Water"]]
    assert pages[1][0].available_count == -1
