"""Prices that begin later: at their time, when the labels hang, after somebody else has looked, and once."""

import pytest
from selling import BREAD, NOW, ROWS, WATER
from sqlalchemy.engine import Engine

from store.database import writing
from store.price_batches import (
    BadBatch,
    Batch,
    Limits,
    approve,
    ask,
    cancel,
    ended_batches,
    find,
    labels_hang,
    next_start,
    open_batches,
    plan,
    start_due,
)
from store.price_book import PriceBook
from store.price_history import UnknownVersion, change_of, history_of, roll_back, versions, way_back

HOUR_MS = 3_600_000


@pytest.fixture
def book(engine: Engine) -> PriceBook:
    book = PriceBook(engine)
    book.replace(ROWS, NOW, "test")
    return book


def planned(
    engine: Engine, starts: int = 0, labels: bool = False, limits: Limits | None = None, **prices: int
) -> Batch:
    wanted = {BREAD.code: prices.get("bread", 1_000)}
    return plan(
        engine, wanted, name="Week 48", by="u3", starts_utc_ms=NOW + starts, waits_for_labels=labels,
        limits=limits or Limits(), now_utc_ms=NOW,
    )  # fmt: skip


def bread(book: PriceBook) -> int:
    return book.row(BREAD.code).price_minor


def test_a_price_begins_at_its_time_and_not_before(engine: Engine, book: PriceBook) -> None:
    batch = planned(engine, starts=HOUR_MS)
    assert batch.state(NOW) == "planned" and next_start(engine) == NOW + HOUR_MS
    assert start_due(engine, NOW + HOUR_MS - 1) == [] and bread(book) == BREAD.price_minor
    ((started, change),) = start_due(engine, NOW + HOUR_MS)
    assert (started.id, change.version, bread(book)) == (batch.id, 2, 1_000)
    assert start_due(engine, NOW + 2 * HOUR_MS) == [] and open_batches(engine) == []
    assert find(engine, batch.id).state(NOW) == "started" and book.row(WATER.code) == WATER


def test_it_waits_until_the_labels_hang(engine: Engine, book: PriceBook) -> None:
    batch = planned(engine, labels=True)
    assert batch.state(NOW) == "labels" and start_due(engine, NOW) == []
    labels_hang(engine, batch.id, "u2")
    assert [one.labels_by for one, _ in start_due(engine, NOW)] == ["u2"] and bread(book) == 1_000


def test_a_large_change_waits_for_somebody_else(engine: Engine, book: PriceBook) -> None:
    batch = planned(engine, limits=Limits(percent=30))
    assert batch.state(NOW) == "approval" and "30 per cent" in batch.needs_approval
    for who in ("u3", ""):
        with pytest.raises(BadBatch, match="somebody else"):
            approve(engine, batch.id, who)
    approve(engine, batch.id, "u4")
    assert start_due(engine, NOW) and bread(book) == 1_000


@pytest.mark.parametrize(
    ("minor", "asked"), [(3290 * 13 // 10, ""), (3290 * 13 // 10 + 1, "per cent"), (0, "per cent")]
)
def test_how_large_is_large(engine: Engine, book: PriceBook, minor: int, asked: str) -> None:
    assert asked in planned(engine, limits=Limits(percent=30), bread=minor).needs_approval
    assert bool(planned(engine, limits=Limits(percent=30), bread=minor).needs_approval) == bool(asked)


def test_many_prices_wait_too(engine: Engine, book: PriceBook) -> None:
    prices = {BREAD.code: 1, WATER.code: 2}
    batch = plan(engine, prices, name="", by="u3", starts_utc_ms=NOW, waits_for_labels=False, limits=Limits(rows=1),
                 now_utc_ms=NOW)  # fmt: skip
    assert batch.state(NOW) == "approval" and batch.name == "2 prices"


def test_a_batch_that_is_called_off_never_starts(engine: Engine, book: PriceBook) -> None:
    batch = planned(engine, starts=HOUR_MS)
    cancel(engine, batch.id, "u3", NOW)
    assert start_due(engine, NOW + HOUR_MS) == [] and find(engine, batch.id).state(NOW) == "cancelled"
    for act in (lambda: approve(engine, batch.id, "u4"), lambda: cancel(engine, batch.id, "u3", NOW)):
        with pytest.raises(BadBatch, match="cancelled"):
            act()
    assert [one.id for one in ended_batches(engine)] == [batch.id]


def test_nonsense_is_no_batch(engine: Engine, book: PriceBook) -> None:
    with pytest.raises(BadBatch, match="nothing would change"):
        planned(engine, bread=BREAD.price_minor)
    with pytest.raises(BadBatch, match="minor units"):
        planned(engine, bread=-1)
    with pytest.raises(BadBatch, match="no product"):
        plan(engine, {"0000": 1}, name="x", by="", starts_utc_ms=0, waits_for_labels=False, limits=Limits(),
             now_utc_ms=NOW)  # fmt: skip


def test_what_is_gone_by_then_is_left_out_and_stays_gone(engine: Engine, book: PriceBook) -> None:
    planned(engine, starts=HOUR_MS)
    book.replace([WATER], NOW, "without bread")
    start_due(engine, NOW + HOUR_MS)
    assert [row.code for row in book.rows()] == [WATER.code]


def test_a_cut_between_the_book_and_the_mark_changes_nothing_twice(engine: Engine, book: PriceBook) -> None:
    batch = planned(engine)
    book.change_price(BREAD.code, 1_000, NOW, "as if it had started and the power went")
    start_due(engine, NOW)
    assert [one.version for one in versions(engine)] == [2, 1] and find(engine, batch.id).version == 2


# --- history ----------------------------------------------------------------------------------------------------------


def test_every_version_tells_what_it_changed(engine: Engine, book: PriceBook) -> None:
    planned(engine)
    start_due(engine, NOW)
    change = change_of(engine, 2)
    assert [(old.price_minor, new.price_minor) for old, new in change.changed] == [(BREAD.price_minor, 1_000)]  # type: ignore[union-attr]
    assert not change.added and not change.removed and "Week 48 (by u3)" in versions(engine)[0].why
    assert [row.price_minor for _, _, row in history_of(engine, BREAD.code)] == [1_000, BREAD.price_minor]
    with pytest.raises(UnknownVersion):
        change_of(engine, 9)


def test_the_way_back_as_a_batch_is_just_what_is_otherwise_now(engine: Engine, book: PriceBook) -> None:
    first = book.rows()
    book.replace([WATER], NOW, "without bread")
    edits = way_back(engine, 1)
    assert [(edit.was, edit.becomes) for edit in edits] == [(None, row) for row in first if row != WATER]
    assert way_back(engine, 2) == []
    with writing(engine) as connection:
        alone = Limits(rows=len(edits))
        assert ask(connection, edits, alone, name="back", by="u3", now_utc_ms=NOW) is None
    assert BREAD.code in {edit.code for edit in edits}
    plan(
        engine, {}, name="", by="u3", starts_utc_ms=0, waits_for_labels=False, limits=Limits(), now_utc_ms=NOW,
        edits=edits,
    )  # fmt: skip
    book.change_price(WATER.code, 1, NOW, "between")
    start_due(engine, NOW)
    assert book.row(BREAD.code) == BREAD and book.row(WATER.code).price_minor == 1, "what was not meant stays"
    with pytest.raises(UnknownVersion):
        way_back(engine, 99)


def test_going_back_is_a_new_version_that_is_as_the_old_one_was(engine: Engine, book: PriceBook) -> None:
    first = book.rows()
    book.replace([WATER], NOW, "without bread")
    change = roll_back(engine, 1, "u3", NOW)
    assert change.version == 3 and book.rows() == first
    with pytest.raises(UnknownVersion):
        roll_back(engine, 9, "u3", NOW)
