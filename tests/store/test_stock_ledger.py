"""The kept level of everything is the sum of its movements, whatever moved, and a second look finds what is not."""

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from selling import BREAD, NOW, ROWS, WATER, Till, on, said
from sqlalchemy.engine import Engine

from store import stock, stock_counts, stock_ledger, stock_slips, stock_transfers
from store.database import engine_at, open_books
from store.ingest import take
from store.price_book import PriceBook
from store.stock_schema import stock_level
from store.stock_slips import SlipLine

GOODS = st.sampled_from([BREAD.code, WATER.code])
STEPS = st.lists(
    st.tuples(st.sampled_from(["deliver", "waste", "sell", "count", "send", "receive", "take stock"]), GOODS,
              st.integers(1, 30)),
    max_size=12,
)  # fmt: skip


def act(engine: Engine, till: Till, step: str, gtin: str, much: int) -> None:
    """One thing that happens in a shop."""
    row = next(row for row in ROWS if row.code == gtin)
    match step:
        case "deliver":
            stock_slips.book_slip(engine, "delivery", [SlipLine(gtin, much)], now_utc_ms=NOW, place="back")
        case "waste":
            stock_slips.book_slip(engine, "waste", [SlipLine(gtin, much, reason="damaged")], now_utc_ms=NOW)
        case "sell":
            take(engine, on("sale"), said(till.sell((row, much))), NOW)
        case "count":
            stock.move(engine, "count", gtin, count=much, weight_g=0, now_utc_ms=NOW, note="")
        case "send":
            stock_transfers.send(engine, "back", "floor", [SlipLine(gtin, much)], now_utc_ms=NOW)
        case "receive":
            for one in stock_transfers.transfers(engine, "sent", limit=1):
                stock_transfers.receive(engine, one.id, None, now_utc_ms=NOW)
        case _:
            id_ = stock_counts.begin(engine, "back", "", now_utc_ms=NOW)
            stock_counts.note(engine, id_, gtin, count=much, weight_g=0, now_utc_ms=NOW)
            stock_counts.book(engine, id_, now_utc_ms=NOW)


def test_levels_are_the_sums_after_anything(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('any')}/store.db"
    open_books(url).dispose()
    engine = engine_at(url)
    PriceBook(engine).replace(ROWS, NOW, "test")
    till = Till()

    @settings(max_examples=40, deadline=None, database=None)
    @given(STEPS)
    def anything(steps: list[tuple[str, str, int]]) -> None:
        for step in steps:
            act(engine, till, *step)
        assert stock_ledger.differences(engine) == []

    anything()
    assert sum(one.count for one in stock.movements(engine, gtin=BREAD.code, limit=100_000)) == (
        stock.levels(engine, [BREAD.code])[BREAD.code].count
    )


def test_a_hand_in_the_database_is_found(engine: Engine) -> None:
    PriceBook(engine).replace(ROWS, NOW, "test")
    stock.move(engine, "delivery", BREAD.code, count=5, weight_g=0, now_utc_ms=NOW, note="")
    with engine.begin() as connection:
        connection.execute(sa.update(stock_level).values(count=6))
    (found,) = stock_ledger.differences(engine)
    assert (found.gtin, found.place, found.count, found.sum_count) == (BREAD.code, "floor", 6, 5)
