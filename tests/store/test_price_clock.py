"""The clock starts what is due, tells the lanes once, and hands a bug over."""

import pytest
from patience import until
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
    clock = PriceClock(engine, lambda: now, lambda: told.append("told"), lambda bug: None)
    assert clock.turn() == [] and told == []
    now = NOW + 5
    assert len(clock.turn()) == 1 and told == ["told"] and book.row(BREAD.code).price_minor == 1
    assert clock.turn() == [] and told == ["told"]


def test_a_bug_is_not_swallowed(engine: Engine) -> None:
    found: list[BaseException] = []

    def broken() -> int:
        raise ZeroDivisionError

    clock = PriceClock(engine, broken, lambda: None, found.append)
    clock.start()
    until(lambda: bool(found), "the bug was not handed over")
    clock.stop()
    assert isinstance(found[0], ZeroDivisionError)


def test_what_stands_on_a_label() -> None:
    label = label_of(BREAD, "SEK", 123_450)
    assert (label.price, label.unit_price, label.code) == ("1,234.50", "", BREAD.code)
