"""A count is blind, does not stop the sale, and books the difference of the moment in which it was counted."""

import pytest
from selling import BREAD, NOW, ROWS, WATER, Till, on, said
from sqlalchemy.engine import Engine

from store import stock, stock_counts
from store.ingest import take
from store.price_book import PriceBook
from store.stock_counts import NoSuchCount
from store.stock_slips import BadSlip


@pytest.fixture
def books(engine: Engine) -> Engine:
    PriceBook(engine).replace(ROWS, NOW, "test")
    for gtin, much in ((BREAD.code, 50), (WATER.code, 24)):
        stock.move(engine, "delivery", gtin, count=much, weight_g=0, now_utc_ms=NOW, note="")
    return engine


def test_what_is_sold_after_the_count_does_not_spoil_it(books: Engine) -> None:
    id_ = stock_counts.begin(books, "floor", "", now_utc_ms=NOW, staff="u1")
    stock_counts.note(books, id_, BREAD.code, count=48, weight_g=0, now_utc_ms=NOW)
    take(books, on("sale"), said(Till().sell((BREAD, 10))), NOW)
    (differs,) = stock_counts.book(books, id_, now_utc_ms=NOW, staff="u3")
    assert (differs.name, differs.by, differs.book_count) == ("Rye bread", (-2, 0), 50)
    assert stock.levels(books, [BREAD.code])[BREAD.code].count == 38
    with pytest.raises(NoSuchCount):
        stock_counts.book(books, id_, now_utc_ms=NOW)
    with pytest.raises(NoSuchCount):
        stock_counts.note(books, id_, BREAD.code, count=1, weight_g=0, now_utc_ms=NOW)
    assert stock.levels(books, [BREAD.code])[BREAD.code].count == 38


def test_the_list_is_blind_and_only_what_was_asked_for(books: Engine) -> None:
    id_ = stock_counts.begin(books, "floor", "bread", now_utc_ms=NOW)
    (line,) = stock_counts.sheet(books, id_, limit=9)
    assert (line.name, line.count) == ("Rye bread", None)
    assert stock_counts.note(books, id_, BREAD.code, count=3, weight_g=0, now_utc_ms=NOW).count == 3
    assert stock_counts.note(books, id_, BREAD.code, count=1, weight_g=0, now_utc_ms=NOW, more=True).count == 4
    assert stock_counts.sheet(books, id_, limit=9)[0].count == 4
    assert stock_counts.find(books, id_).counted == 1
    with pytest.raises(BadSlip):
        stock_counts.note(books, id_, BREAD.code, count=-9, weight_g=0, now_utc_ms=NOW, more=True)


def test_what_was_not_found_at_all_is_gone_only_if_somebody_says_so(books: Engine) -> None:
    id_ = stock_counts.begin(books, "floor", "", now_utc_ms=NOW)
    stock_counts.note(books, id_, BREAD.code, count=50, weight_g=0, now_utc_ms=NOW)
    assert stock_counts.differing(books, id_) == []
    (gone,) = stock_counts.differing(books, id_, rest_is_gone=True)
    assert (gone.name, gone.by) == ("Water", (-24, 0))
    stock_counts.book(books, id_, now_utc_ms=NOW, rest_is_gone=True)
    assert stock.levels(books, [WATER.code])[WATER.code].count == 0


def test_a_dropped_count_books_nothing(books: Engine) -> None:
    id_ = stock_counts.begin(books, "back", "", now_utc_ms=NOW)
    stock_counts.note(books, id_, BREAD.code, count=5, weight_g=0, now_utc_ms=NOW)
    stock_counts.drop(books, id_, now_utc_ms=NOW)
    assert stock.levels(books, [BREAD.code])[BREAD.code].count == 50
    assert [one.state for one in stock_counts.counts(books)] == ["dropped"] and not stock_counts.counts(books, "open")
