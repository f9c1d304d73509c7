"""Nothing that the store must hear is lost, doubled or reordered."""

import pytest

from kiosk.storage.journal import Acked, Batch, Journal, Refused
from kiosk.storage.outbox import OutboxRow, rows_of


def row(number: int, body: str = "{}") -> OutboxRow:
    return OutboxRow(f"s001/k01/event/{number}", "event", body, created_utc_ms=number)


def ids(journal: Journal, limit: int = 64) -> list[str]:
    return [row.id.rpartition("/")[2] for row in journal.outbox.pending(limit)]


@pytest.fixture
def filled(journal: Journal) -> Journal:
    journal.write(Batch(outbox=(row(1), row(2))))
    journal.write(Batch(outbox=(row(3), row(4))))
    return journal


def test_rows_wait_in_the_order_in_which_they_came(filled: Journal) -> None:
    assert ids(filled) == ["1", "2", "3", "4"]
    assert ids(filled, limit=3) == ["1", "2", "3"]
    assert filled.outbox.pending(1) == [row(1)]
    assert filled.outbox.length() == 4


def test_a_row_dies_on_the_stores_word_in_any_order_and_twice(filled: Journal) -> None:
    filled.write(Acked(("s001/k01/event/3", "s001/k01/event/1")))
    filled.write(Acked(("s001/k01/event/3", "s001/k01/event/77")))
    assert ids(filled) == ["2", "4"]


def test_order_holds_when_the_newest_was_acknowledged_first(filled: Journal) -> None:
    filled.write(Acked(("s001/k01/event/4",)))
    filled.write(Batch(outbox=(row(5),)))
    assert ids(filled) == ["1", "2", "3", "5"]


def test_a_refused_row_is_put_aside_with_its_reason_and_blocks_nobody(filled: Journal) -> None:
    filled.write(Refused("s001/k01/event/1", "unknown till"))
    assert ids(filled) == ["2", "3", "4"]
    assert filled.outbox.length() == 3
    assert [(refused.row, refused.reason) for refused in filled.outbox.refused()] == [(row(1), "unknown till")]


def test_the_same_message_again_is_one_row(filled: Journal) -> None:
    filled.write(Batch(outbox=(row(2),)))
    assert ids(filled) == ["1", "2", "3", "4"]


def test_another_message_under_a_waiting_id_is_a_bug(filled: Journal) -> None:
    with pytest.raises(AssertionError, match="another message under the id"):
        filled.write(Batch(outbox=(row(2, '{"other":1}'),)))


def test_a_row_cannot_speak_of_a_sale_that_the_journal_does_not_have(journal: Journal) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        journal.write(Batch(outbox=(OutboxRow("x", "sale", "{}", 0, sale="s001/k01/2026-11-18/000009"),)))


def test_what_the_store_lacks_goes_out_as_it_did_the_first_time_and_what_waits_anyway_does_not(sold: Journal) -> None:
    first, _, third = sold.sales()
    sold.write(Acked(tuple(row.id for row in sold.outbox.pending(99))))
    sold.write(Batch(outbox=rows_of(first, 1)))
    before = {row.id: row.body for row in sold.outbox.pending(9) if row.sale == first.key}
    assert sold.outbox.anew([1], 2) == ()
    sold.write(Acked(tuple(before)))
    anew = sold.outbox.anew([99, 3, 1], 2)
    assert {row.id: row.body for row in anew if row.sale == first.key} == before
    assert anew[0].id == first.key and {row.sale for row in anew} <= {first.key, third.key}
    sold.write(Batch(outbox=anew))
    assert sold.outbox.anew([1, 3], 3) == ()
