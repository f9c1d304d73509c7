"""The link with a store that comes, goes, changes its mind and answers late: nothing stays half done for ever."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from till_and_store import Store, Till, shelf

from kiosk.app.background import Job
from kiosk.app.link import Anew, Arrived, Connected, Disconnected
from kiosk.checkout import events as e
from kiosk.storage.database import StorageFull
from kiosk.storage.outbox import OutboxRow
from kiosk.storage.price_book import PriceBook, open_price_book
from kiosk.wire.codec import encode
from kiosk.wire.messages import Ack, Command
from kiosk.wire.outgoing import till_message
from kiosk.wire.topics import price_book_topic, till_topic


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    prices = open_price_book(tmp_path / "prices.db")
    yield Till(Store(), prices)
    prices.close()


def test_what_the_store_lacks_is_sent_once_more_as_far_as_it_was_ever_sealed(till: Till) -> None:
    till.store.lacks = (9, 4, 2)
    till.connect()
    till.all_answered()
    assert [[row.id for row in one.rows] for one in till.heard if isinstance(one, Anew)] == [["sale 4", "sale 2"]]


# --- the price book -------------------------------------------------------------------------------------------------


def test_a_line_lost_in_the_middle_of_a_book_does_not_lose_the_book(till: Till) -> None:
    till.connect()
    asks, till.store.asks = till.store.asks, []
    till.answered(*asks)
    till.turn(Disconnected("cable"))
    till.store.asks.clear()
    till.connect()
    till.all_answered()
    assert till.price == 100


def test_a_new_head_while_the_book_arrives_ends_with_the_new_book(till: Till) -> None:
    till.connect()
    asks, till.store.asks = till.store.asks, []
    till.answered(*asks)
    till.store.sells("2", shelf(200))
    till.turn(till.head())
    till.all_answered()
    assert till.price == 200
    assert [event.version for event in till.heard if isinstance(event, e.PriceBookChanged)] == ["2"]


def test_a_book_that_changes_just_before_its_head_comes_is_fetched_once(till: Till) -> None:
    till.connect()
    asks, till.store.asks = till.store.asks, []
    till.answered(*asks)
    till.store.sells("2", shelf(200, count=9))
    asks, till.store.asks = till.store.asks, []
    till.answered(*asks)
    till.turn(till.head())
    till.all_answered()
    assert till.price == 200
    till.turn(Disconnected("cable"))
    till.store.asks.clear()
    till.connect()
    assert [ask for ask in till.store.asks if ask.kind == "price_book"] == []


def test_changes_that_do_not_fit_are_followed_by_the_whole_book(till: Till) -> None:
    till.connect()
    till.all_answered()
    till.store.sells("2", shelf(200))
    till.store.deltas["1"] = till.store.rows[:1]
    till.turn(till.head())
    till.all_answered()
    assert till.price == 200


def test_a_book_that_never_fits_is_not_asked_for_without_end(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = msgspec.structs.replace(till.store.head, digest="0" * 64)
    monkeypatch.setattr(Store, "head", wrong)
    till.connect()
    till.all_answered()
    assert till.price == 0


def test_a_head_taken_back_is_not_fetched_any_more(till: Till) -> None:
    till.connect()
    till.all_answered()
    till.store.sells("2", shelf(200, count=2))
    till.turn(till.head())
    stale, till.store.asks = till.store.asks, []
    answers = [till_message(till.store.answer(ask), store="s001", till="k01", id="a", at="") for ask in stale]
    till.store.sells("1", shelf(100))
    till.turn(till.head())
    till.turn(*[Arrived(till_topic("s001", "k01", "answer"), encode(answer)) for answer in answers])
    till.all_answered()
    assert till.price == 100


def test_a_full_disk_keeps_the_old_book_and_the_lane(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    till.connect()
    till.all_answered()
    till.store.sells("2", shelf(200))

    def full(*_: object) -> None:
        raise StorageFull("no room")

    with monkeypatch.context() as patch:
        patch.setattr(PriceBook, "add", full)
        till.turn(till.head())
        till.all_answered()
    assert till.price == 100
    till.turn(Disconnected("later"))
    till.connect()
    till.all_answered()
    assert till.price == 200


def test_a_head_that_comes_before_the_subscription_is_confirmed_is_not_lost(till: Till) -> None:
    till.turn(till.head(), Connected())
    till.all_answered()
    assert till.price == 100


def test_large_parts_are_read_and_kept_beside_the_loop_one_after_another(tmp_path: Path) -> None:
    jobs: list[Job] = []
    prices = open_price_book(tmp_path / "prices.db")
    till = Till(Store(), prices, background=jobs.append)
    long = {f"l{n:02}": "x" * 290 for n in range(40)}
    till.store.sells("1", tuple(msgspec.structs.replace(row, names=long) for row in shelf(100)))
    till.connect()
    while asks := till.store.asks:
        till.store.asks = []
        till.answered(*asks)
        assert till.store.asks == [], "the next part was asked for before this one was read"
        assert till.price == 0, "a book is charged before its last part is kept"
        while jobs and not till.store.asks:
            for message in jobs.pop(0)():
                till.hear(message)
    assert till.price == 100
    assert [event.version for event in till.heard if isinstance(event, e.PriceBookChanged)] == ["1"]
    prices.close()


def test_a_part_that_waits_for_a_slow_disk_is_not_asked_for_again_at_once(tmp_path: Path) -> None:
    """What was asked is asked again after ten seconds without an answer, and the store counts as away by then."""
    jobs: list[Job] = []
    prices = open_price_book(tmp_path / "prices.db")
    till = Till(Store(), prices, background=jobs.append)
    long = {f"l{n:02}": "x" * 290 for n in range(40)}
    till.store.sells("1", tuple(msgspec.structs.replace(row, names=long) for row in shelf(100)))
    till.connect()
    asks, till.store.asks = till.store.asks, []
    till.tick_ms += 8_000
    till.answered(*asks)
    till.tick_ms += 8_000
    till.turn()
    assert (till.store.asks, till.links()) == ([], [])
    till.tick_ms += 3_000
    till.turn()
    assert [ask.kind for ask in till.store.asks] == ["price_book"] and till.links() == [False]
    prices.close()


def test_what_a_shopper_waits_for_does_not_queue_behind_a_price_book(tmp_path: Path) -> None:
    jobs: list[Job] = []
    prices = open_price_book(tmp_path / "prices.db")
    till = Till(Store(), prices, background=jobs.append)
    till.store.sequence = 7
    till.connect()
    resume = [ask for ask in till.store.asks if ask.kind == "resume"]
    jobs.append(lambda: [])
    till.answered(*resume)
    assert [event.sequence for event in till.heard if isinstance(event, e.SequenceSeen)] == [7]
    prices.close()


def test_a_large_message_that_cannot_be_read_is_no_more_than_that(till: Till) -> None:
    till.connect()
    till.all_answered()
    till.turn(Arrived(till_topic("s001", "k01", "answer"), b"{" + b"x" * 100_000))
    till.turn(Arrived(till_topic("s001", "k01", "answer"), b"[" * 2_000_000))
    assert till.price == 100


# --- is the store there? --------------------------------------------------------------------------------------------


def test_a_broker_that_was_never_there_is_told(till: Till) -> None:
    till.turn(Disconnected("connection refused"))
    assert till.links() == [False]
    till.connect()
    till.all_answered()
    assert till.links() == [False, True]


def test_a_store_that_is_silent_behind_its_broker_is_told(till: Till) -> None:
    till.connect()
    till.all_answered()
    till.link.offer([OutboxRow("s001/k01/event/1", "event", '{"id":"x"}', 0)])
    monkey = till.store.publish
    till.store.publish = lambda topic, payload, retain=False: None  # type: ignore[method-assign,misc]
    for _ in range(12):
        till.turn()
        till.tick_ms += 2_000
    till.store.publish = monkey  # type: ignore[method-assign]
    assert till.links() == [False]
    till.acked("s001/k01/event/1")
    assert till.links() == [False, True]


def test_a_store_that_begins_anew_hears_at_once_what_may_have_died_with_it(till: Till) -> None:
    till.connect()
    till.all_answered()
    outbox = Outbox()
    till.link.offer([outbox.add(number) for number in range(3)])
    rows = [row.id for row in outbox.rows]
    till.turn()
    till.turn(till.head())
    assert till.store.sent == rows, "the broker's copy of the head says nothing of the store"
    till.turn(till.head(retained=False))
    assert till.store.sent == [*rows, *rows]


def test_only_a_number_that_is_news_is_kept_for_ever(till: Till) -> None:
    for _ in range(5):
        till.turn(Disconnected("flapping"))
        till.connect()
        till.all_answered()
    assert [event for event in till.heard if isinstance(event, e.SequenceSeen)] == []
    till.store.sequence = 7
    till.turn(Disconnected("flapping"))
    till.connect()
    till.all_answered()
    assert [event.sequence for event in till.heard if isinstance(event, e.SequenceSeen)] == [7]


# --- the outbox -----------------------------------------------------------------------------------------------------


class Outbox:
    """Rows on the disk: what was acknowledged stays there until its deletion is committed."""

    def __init__(self) -> None:
        self.rows: list[OutboxRow] = []
        self.most_read = 0

    def pending(self, limit: int) -> list[OutboxRow]:
        self.most_read = max(self.most_read, limit)
        return self.rows[:limit]

    def add(self, number: int) -> OutboxRow:
        id_ = f"s001/k01/event/{number}"
        data = {"store": "s001", "till": "k01", "n": number, "kind": "paper", "at": "", "data": {}}
        body = {"specversion": "1.0", "id": id_, "source": "/kassa/s001/k01", "type": "kassa.event.v1", "time": "",
                "datacontenttype": "application/json", "data": data}  # fmt: skip
        row = OutboxRow(id_, "event", msgspec.json.encode(body).decode(), 0)
        self.rows.append(row)
        return row


def test_a_year_of_acknowledgements_does_not_make_the_backlog_slow(tmp_path: Path) -> None:
    outbox, store, prices = Outbox(), Store(), open_price_book(tmp_path / "prices.db")
    till = Till(store, prices, outbox.pending)
    till.connect()
    till.all_answered()
    for number in range(2_000):
        row = outbox.add(number)
        till.link.offer([row])
        till.turn()
        outbox.rows.clear()
        till.acked(row.id)
    outbox.most_read = 0
    for number in range(2_000, 2_200):
        till.link.offer([outbox.add(number)])
    till.turn()
    till.acked(f"s001/k01/event/{2_000}")
    assert 0 < outbox.most_read <= 4 * 64
    prices.close()


def test_two_hundred_rows_go_out_in_order_and_none_twice_while_the_store_answers(tmp_path: Path) -> None:
    outbox, store, prices = Outbox(), Store(), open_price_book(tmp_path / "prices.db")
    till = Till(store, prices, outbox.pending)
    rows = [outbox.add(number) for number in range(200)]
    till.link.offer(rows)
    till.connect()
    till.all_answered()
    done = 0
    while done < len(rows):
        fresh = store.sent[done : done + 7]
        assert fresh, "the till stopped sending"
        odd, good = fresh[:1], fresh[1:]
        till.acked(*good, refused=tuple(odd))
        if done % 3 == 0:
            gone = set(store.sent[: done + len(fresh)])
            outbox.rows = [row for row in outbox.rows if row.id not in gone]
        done += len(fresh)
    assert store.sent == [row.id for row in rows]
    prices.close()


# --- who speaks -----------------------------------------------------------------------------------------------------


def test_what_the_store_says_counts_on_this_lanes_own_topics_only(till: Till) -> None:
    """A broker lets each till write to its own topics: what stands there, or on a neighbour's, is not the store's."""
    order = Command(id="c1", kind="close", staff="u1", expires="2026-11-24T23:00:00Z", data={"on": True})
    said = encode(till_message(order, store="s001", till="k01", id="c1", at="2026-11-24T00:00:00Z"))
    ack = encode(till_message(Ack(ids=("x",)), store="s001", till="k01", id="a1", at="2026-11-24T00:00:00Z"))
    for what in ("answer", "ack", "result", "event"):
        till.turn(Arrived(till_topic("s001", "k01", what), said))  # type: ignore[arg-type]  # of the four
    till.turn(Arrived(till_topic("s001", "k02", "command"), said), Arrived(price_book_topic("s001"), said))
    till.turn(Arrived(till_topic("s001", "k01", "command"), ack))
    assert till.heard == []
    till.turn(Arrived(till_topic("s001", "k01", "command"), said))
    assert [event.id for event in till.heard if isinstance(event, e.CommandCame)] == ["c1"]
