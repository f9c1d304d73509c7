"""The loop hands work over and goes on; what it is told is on the disk, in order."""

import select
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kiosk.checkout import events as e
from kiosk.storage.database import StorageFull
from kiosk.storage.journal import Batch, Journal, Noted, Work, open_journal, read_journal
from kiosk.storage.writer import Done, JournalWriter, SteppedWriter, Writer
from kiosk.values.moment import Moment
from kiosk.world.cuts import journal_on
from kiosk.world.disk import Disk

DEADLINE_S = 10


def work(number: int) -> Batch:
    return Batch(events=(e.Touched(at=Moment(number, number)),))


def seen(journal: Journal) -> list[int]:
    return [event.at.utc_ms for event in journal.boot().events]


class Gate(Journal):
    """A journal that waits before it writes, until it is let; and may fail."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal.database)
        self.entered, self.let = threading.Event(), threading.Event()
        self.groups: list[int] = []
        self.error: Exception | None = None

    def write_all(self, works: Sequence[Work]) -> None:
        self.entered.set()
        assert self.let.wait(DEADLINE_S)
        if self.error is not None:
            raise self.error
        self.groups.append(len(works))
        super().write_all(works)


def wait_for(writer: JournalWriter, enough: Callable[[list[Done]], bool]) -> list[Done]:
    """The news until there is enough of it, woken by the file descriptor alone."""
    news: list[Done] = []
    while not enough(news):
        assert select.select([writer.fileno()], [], [], DEADLINE_S)[0], f"no news after {news}"
        news += writer.done()
    return news


@pytest.fixture
def gate(path: Path) -> Gate:
    return Gate(open_journal(path))


def test_news_come_in_order_and_are_on_the_disk(path: Path) -> None:
    writer = Writer(lambda: open_journal(path))
    for number in range(1, 21):
        writer.submit(work(number), token=number)
    news = wait_for(writer, lambda news: len(news) == 20)
    assert [done.token for done in news] == list(range(1, 21))
    reader = read_journal(path)
    assert seen(reader) == list(range(1, 21))
    reader.close()
    writer.close()


def test_all_that_waits_becomes_one_transaction(gate: Gate) -> None:
    writer = Writer(lambda: gate)
    writer.submit(work(1), token=1)
    assert gate.entered.wait(DEADLINE_S)
    for number in (2, 3, 4):
        writer.submit(work(number), token=number)
    assert writer.waiting() == 4
    gate.let.set()
    wait_for(writer, lambda news: len(news) == 4)
    assert gate.groups == [1, 3]
    assert writer.waiting() == 0
    writer.close()


def test_a_stuck_disk_never_stops_whoever_submits(gate: Gate) -> None:
    writer = Writer(lambda: gate)
    for number in range(100):
        writer.submit(work(number), token=number)
    assert writer.done() == []
    assert not select.select([writer.fileno()], [], [], 0)[0]
    gate.let.set()
    wait_for(writer, lambda news: len(news) == 100)
    writer.close()


def test_work_without_a_token_is_done_without_news(path: Path) -> None:
    writer = Writer(lambda: open_journal(path))
    writer.submit(Noted("software", "1"))
    writer.submit(work(1), token="last")
    assert wait_for(writer, lambda news: bool(news)) == [Done("last")]
    writer.close()


def test_a_full_disk_is_told_once_and_retry_goes_on_in_order(gate: Gate) -> None:
    writer = Writer(lambda: gate)
    gate.error = StorageFull("no room")
    gate.let.set()
    writer.submit(work(1), token=1)
    assert wait_for(writer, lambda news: bool(news)) == [Done(1, full=True)]
    writer.submit(work(2), token=2)
    writer.retry()
    assert select.select([writer.fileno()], [], [], DEADLINE_S)[0]
    assert writer.done() == []  # tried again, still full: nothing new to tell
    gate.error = None
    writer.retry()
    assert wait_for(writer, lambda news: len(news) == 2) == [Done(1), Done(2)]
    assert seen(gate) == [1, 2]
    writer.close()


def test_closing_on_a_full_disk_ends(gate: Gate) -> None:
    writer = Writer(lambda: gate)
    gate.error = StorageFull("no room")
    gate.let.set()
    writer.submit(work(1), token=1)
    wait_for(writer, lambda news: bool(news))
    writer.close()
    assert gate.groups == []


def test_any_other_error_is_raised_in_the_loops_thread(gate: Gate) -> None:
    writer = Writer(lambda: gate)
    gate.error = OSError("input/output error")
    gate.let.set()
    writer.submit(work(1), token=1)
    assert select.select([writer.fileno()], [], [], DEADLINE_S)[0]
    with pytest.raises(OSError, match="input/output error"):
        writer.done()
    gate.error = None
    writer.submit(work(2), token=2)
    with pytest.raises(OSError, match="input/output error"):  # it stays dead
        writer.done()
    with pytest.raises(OSError, match="input/output error"):
        writer.close()
    assert gate.groups == []


def test_a_journal_that_cannot_be_opened_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "kiosk.db").write_text("a shopping list" * 100)
    writer = Writer(lambda: open_journal(tmp_path / "kiosk.db"))
    assert select.select([writer.fileno()], [], [], DEADLINE_S)[0]
    with pytest.raises(Exception, match="not a database"):
        writer.done()


def test_closing_writes_what_waits(path: Path) -> None:
    writer = Writer(lambda: open_journal(path))
    for number in range(1, 6):
        writer.submit(work(number), token=number)
    writer.close()
    reader = read_journal(path)
    assert seen(reader) == [1, 2, 3, 4, 5]
    reader.close()


def test_by_hand_nothing_is_written_before_the_step(journal: Journal) -> None:
    writer = SteppedWriter(journal)
    writer.submit(work(1), token=1)
    assert (seen(journal), writer.done(), writer.waiting()) == ([], [], 1)
    writer.step()
    assert (seen(journal), writer.done(), writer.waiting()) == ([1], [Done(1)], 0)


def test_a_disk_that_really_fills_up_loses_nothing_and_acknowledges_nothing() -> None:
    disk = Disk()
    journal = journal_on(disk)
    writer = SteppedWriter(journal)
    disk.room = sum(len(content) for content in disk.survivors(1).values()) + 20_000
    told: list[Done] = []
    number = 0
    while not any(done.full for done in told):
        number += 1
        assert number < 1_000, "the disk never filled up"
        writer.submit(work(number), token=number)
        writer.step()
        told += writer.done()
    stored = [done.token for done in told if not done.full]
    assert seen(journal) == stored == list(range(1, number))
    disk.room = None
    writer.retry()
    assert writer.done() == [Done(number)]
    assert seen(journal) == list(range(1, number + 1))


def test_a_lane_that_starts_on_a_full_disk_remembers_and_writes_when_there_is_room() -> None:
    disk = Disk()
    journal = journal_on(disk)
    journal.write_all([work(number) for number in range(1, 100)])
    disk = disk.process_died()
    disk.room = 0
    again = journal_on(disk)
    assert seen(again) == list(range(1, 100))
    writer = SteppedWriter(again)
    writer.submit(work(100), token=100)
    writer.step()
    assert writer.done() == [Done(100, full=True)]
    disk.room = None
    writer.retry()
    assert writer.done() == [Done(100)]
    assert seen(again) == list(range(1, 101))


def test_a_disk_that_fills_up_at_a_checkpoint_doubles_nothing() -> None:
    """Whatever room there is: what was told full was not written, and is written once."""
    for room in range(0, 400_000, 20_000):
        disk = Disk()
        writer = SteppedWriter(journal_on(disk))
        disk.room = sum(len(content) for content in disk.survivors(1).values()) + room
        for number in range(1, 17):
            writer.submit(Batch(events=work(number).events * 100), token=number)
            writer.step()
        disk.room = None
        writer.retry()
        assert [done.token for done in writer.done() if not done.full] == list(range(1, 17))
        assert seen(writer.journal) == [number for number in range(1, 17) for _ in range(100)]
