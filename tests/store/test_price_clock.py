"""The clock starts what is due and tells the lanes once."""

import pytest
from selling import BREAD, NOW, ROWS
from sqlalchemy.engine import Engine

from store.label_words import label_of
from store.price_batches import Limits, plan
from store.price_book import PriceBook
from store.price_clock import PriceClock


@pytest.fixture
def book(engine: Engine) -> PriceBook:
    book = PriceBook(engine)
    book.replace(ROWS, NOW, "test")
    plan(engine, {BREAD.code: 1}, name="x", by="", starts_utc_ms=NOW + 5, waits_for_labels=False, limits=Limits(),
         now_utc_ms=NOW)  # fmt: skip
    return book


def test_lanes_are_told_once(engine: Engine, book: PriceBook) -> None:
    told: list[str] = []
    now = NOW
    clock = PriceClock(engine, lambda: now, lambda: told.append("told"))
    assert clock.turn() == [] and told == []
    now = NOW + 5
    assert len(clock.turn()) == 1 and told == ["told"] and book.row(BREAD.code).price_minor == 1
    assert clock.turn() == [] and told == ["told"]


def test_what_stands_on_a_label() -> None:
    label = label_of(BREAD, "SEK", 123_450)
    assert (label.price, label.unit_price, label.code) == ("1,234.50", "", BREAD.code)
