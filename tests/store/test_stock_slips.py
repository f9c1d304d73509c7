"""Deliveries, waste and transfers: scanned line by line, booked whole, and nothing is in two places."""

from datetime import date

import pytest
from selling import BANANAS, BREAD, NOW, ROWS, WATER
from sqlalchemy.engine import Engine

from store import stock, stock_slips, stock_transfers
from store.price_book import PriceBook, UnknownProduct
from store.stock import Place, UnknownPlace
from store.stock_slips import BadSlip, SlipLine

TODAY = date(2026, 11, 23)


@pytest.fixture
def books(engine: Engine) -> Engine:
    PriceBook(engine).replace(ROWS, NOW, "test")
    return engine


def test_a_label_says_product_batch_and_last_day(books: Engine) -> None:
    row, line = stock_slips.read_label(PriceBook(books), "]C10109520000000011" + "17261130" + "10L77", TODAY)
    assert row.name == "Rye bread"
    assert line == SlipLine(BREAD.code, 1, batch="L77", expiry="2026-11-30")
    _, best = stock_slips.read_label(PriceBook(books), "]C10109520000000028" + "15270200", TODAY)
    assert best.expiry == "2027-02-28"
    assert stock_slips.read_label(PriceBook(books), "4011", TODAY)[1] == SlipLine("4011")
    with pytest.raises(UnknownProduct, match="12345670"):
        stock_slips.read_label(PriceBook(books), "12345670", TODAY)


def test_what_is_scanned_twice_is_one_line_unless_it_is_another_batch() -> None:
    one, other = SlipLine("1", 1, batch="a"), SlipLine("1", 1, batch="b")
    lines = stock_slips.added(stock_slips.added(stock_slips.added((), one), other), one)
    assert [(line.batch, line.count) for line in lines] == [("a", 2), ("b", 1)]


def test_a_delivery_is_booked_whole_or_not_at_all(books: Engine) -> None:
    lines = [SlipLine(BREAD.code, 12, batch="L77", expiry="2026-11-30"), SlipLine("4011", weight_g=18_000)]
    id_ = stock_slips.book_slip(books, "delivery", lines, now_utc_ms=NOW, place="back", note="note 4711", staff="u1")
    assert stock.by_place(books, BREAD.code) == {"back": (12, 0)}
    moved = stock.movements(books, limit=9)
    assert {(one.cause, one.staff, one.note, one.place) for one in moved} == {(id_, "u1", "note 4711", "back")}
    with pytest.raises(UnknownProduct):
        stock_slips.book_slip(books, "delivery", [SlipLine(WATER.code, 1), SlipLine("9999", 1)], now_utc_ms=NOW)
    assert stock.levels(books, [WATER.code]) == {}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "nothing on it"),
        ([SlipLine(BREAD.code, 0, reason="damaged")], "more than nothing"),
        ([SlipLine(BREAD.code, -1, reason="damaged")], "more than nothing"),
        ([SlipLine(BREAD.code, 1)], "reason"),
    ],
)
def test_waste_without_sense_is_refused(books: Engine, lines: list[SlipLine], why: str) -> None:
    with pytest.raises(BadSlip, match=why):
        stock_slips.book_slip(books, "waste", lines, now_utc_ms=NOW)


def test_a_draft_outlives_the_page(books: Engine) -> None:
    lines = (SlipLine(BREAD.code, 2, batch="L77"), SlipLine("4011", weight_g=900))
    stock_slips.keep_draft(books, "delivery u1", lines, NOW)
    assert stock_slips.draft(books, "delivery u1") == lines and stock_slips.draft(books, "delivery u2") == ()
    stock_slips.keep_draft(books, "delivery u1", (), NOW)
    assert stock_slips.draft(books, "delivery u1") == ()


def test_a_transfer_leaves_arrives_and_shows_what_is_missing(books: Engine) -> None:
    stock_slips.book_slip(books, "delivery", [SlipLine(BREAD.code, 20)], now_utc_ms=NOW, place="back")
    id_ = stock_transfers.send(
        books, "back", "floor", [SlipLine(BREAD.code, 7), SlipLine(BREAD.code, 5)], now_utc_ms=NOW, staff="u1"
    )
    assert stock.by_place(books, BREAD.code)["back"] == (8, 0)
    assert stock.levels(books, [BREAD.code])[BREAD.code].count == 8
    done = stock_transfers.receive(books, id_, {BREAD.code: (11, 0)}, now_utc_ms=NOW + 1, staff="u2")
    assert stock.by_place(books, BREAD.code) == {"back": (8, 0), "floor": (11, 0)}
    assert done.state == "received" and done.lines[0].missing == (1, 0) and done.lines[0].name == "Rye bread"
    with pytest.raises(stock_transfers.NoSuchTransfer):
        stock_transfers.receive(books, id_, None, now_utc_ms=NOW)
    assert stock_transfers.transfers(books, "sent") == []


def test_what_was_not_sent_or_came_less_than_nothing_is_refused_and_nothing_moves(books: Engine) -> None:
    id_ = stock_transfers.send(books, "back", "floor", [SlipLine(BREAD.code, 7)], now_utc_ms=NOW)
    for came in ({WATER.code: (1, 0)}, {BREAD.code: (-1, 0)}):
        with pytest.raises(BadSlip):
            stock_transfers.receive(books, id_, came, now_utc_ms=NOW)
    assert stock_transfers.find(books, id_).state == "sent"
    assert stock.by_place(books, BREAD.code) == {"back": (-7, 0)}
    with pytest.raises(BadSlip):
        stock_transfers.send(books, "back", "back", [SlipLine(BREAD.code, 7)], now_utc_ms=NOW)


def test_goods_of_another_shop_are_not_ours(books: Engine) -> None:
    stock.add_place(books, Place("s002", "Harbour shop", "shop"))
    away = stock_transfers.send(books, "floor", "s002", [SlipLine(BREAD.code, 3)], now_utc_ms=NOW)
    stock_transfers.receive(books, away, None, now_utc_ms=NOW)
    assert stock.levels(books, [BREAD.code])[BREAD.code].count == -3
    back = stock_transfers.send(books, "s002", "back", [SlipLine("4011", weight_g=5000)], now_utc_ms=NOW)
    assert "4011" not in stock.levels(books, ["4011"])
    stock_transfers.receive(books, back, None, now_utc_ms=NOW)
    assert stock.by_place(books, BANANAS.code) == {"back": (0, 5000)}
    with pytest.raises(UnknownPlace):
        stock_slips.book_slip(books, "delivery", [SlipLine(BREAD.code, 1)], now_utc_ms=NOW, place="s002")
    assert [place.id for place in stock.places(books, "here")] == ["back", "floor"]
