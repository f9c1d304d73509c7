"""What the journal is given is what it gives back, after any restart."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.day import Day
from kiosk.checkout.machine import blank
from kiosk.storage.journal import (
    Batch,
    Boot,
    Journal,
    NotAJournal,
    Noted,
    UnreadableRecord,
    open_journal,
    read_journal,
)
from kiosk.storage.price_book import open_price_book
from kiosk.values.moment import Moment
from kiosk.world.cuts import Traffic, found_in, replayed
from kiosk.world.traffic import LANE


def touched(utc_ms: int) -> e.Touched:
    return e.Touched(at=Moment(utc_ms, 0))


def test_a_new_lane_remembers_nothing(journal: Journal) -> None:
    boot = journal.boot()
    assert (boot.snapshot, boot.events, boot.next_seq) == (None, (), 1)
    assert journal.last_sale() is None


def test_after_every_piece_of_work_a_restart_finds_the_same_state(path: Path, traffic: Traffic) -> None:
    for number, work in enumerate(traffic.works):
        journal = open_journal(path)
        journal.write(work)
        journal.close()
        again = read_journal(path)
        assert found_in(again) == traffic.truths[number + 1]
        again.close()


def test_boot_reads_only_what_came_after_the_last_snapshot(journal: Journal) -> None:
    state = blank(LANE)
    journal.write(Batch(events=(touched(1), touched(2)), snapshot=state))
    journal.write(Batch(events=(touched(3),)))
    boot = journal.boot()
    assert (boot.snapshot, boot.events, boot.next_seq) == (state, (touched(3),), 4)


def test_what_was_practised_is_known_by_the_snapshot_before_it(journal: Journal) -> None:
    state = blank(LANE)
    journal.write(Batch(events=(touched(1),), snapshot=replace(state, training=state)))
    journal.write(Batch(events=(touched(2),), snapshot=state))
    journal.write(Batch(events=(touched(3),)))
    assert [practised for *_, practised in journal.happened(0, 9)] == [False, True, False]


def test_a_closed_day_outlives_its_visits(journal: Journal) -> None:
    closed, open_ = Day(number=1, business_day="2026-11-23", training=2), Day(number=2, business_day="2026-11-24")
    state = replace(blank(LANE), day=open_)
    journal.write(Batch(events=(touched(1),), days=(closed,), snapshot=replace(state, day=closed)))
    assert list(journal.days()) == [closed]
    journal.write(Batch(events=(touched(2),), snapshot=state))
    journal.write(Batch(events=(touched(9_000),), snapshot=replace(state, training=blank(LANE))))
    journal.prune(8_000)
    assert list(journal.days()) == [closed]
    journal.write(Batch(events=(touched(9_001),), snapshot=state))
    assert list(journal.days()) == [closed, open_]


def test_many_batches_in_one_transaction_are_the_same_as_one_by_one(journal: Journal, traffic: Traffic) -> None:
    journal.write_all(traffic.works)
    assert found_in(journal) == traffic.truths[-1]


def test_sealing_the_same_sale_twice_is_one_sale(sold: Journal) -> None:
    sale = sold.last_sale()
    assert sale is not None
    sold.write(Batch(sales=(sale,)))
    assert [s.sequence for s in sold.sales()] == [1, 2, 3]


def test_another_body_under_the_same_key_never_reaches_the_disk(path: Path, sold: Journal) -> None:
    sale = sold.last_sale()
    assert sale is not None
    with pytest.raises(AssertionError, match="another sale under the key"):
        sold.write(Batch(events=(touched(9),), sales=(replace(sale, language="en"),)))
    reader = read_journal(path)
    assert reader.last_sale() == sale
    assert touched(9) not in reader.boot().events
    reader.close()
    with pytest.raises(Exception, match="within a transaction"):  # and the broken connection writes nothing any more
        sold.write(Batch(events=(touched(10),)))


def test_sales_are_found_by_business_day(journal: Journal, traffic: Traffic) -> None:
    first, second, third = traffic.truths[-1].sales
    days = ("2026-11-17", "2026-11-18", "2026-11-19")
    moved = [replace(sale, business_day=day) for sale, day in zip((first, second, third), days, strict=True)]
    journal.write(Batch(sales=tuple(moved)))
    assert [sale.sequence for sale in journal.sales("2026-11-18", "2026-11-19")] == [2, 3]
    assert [sale.sequence for sale in journal.sales(to_day="2026-11-17")] == [1]


def test_a_recorded_visit_plays_again_to_its_sale(sold: Journal, traffic: Traffic) -> None:
    for sale in sold.sales():
        visit = sold.visit_of(sale.key)
        assert visit is not None
        played = replayed(Boot(visit.snapshot, visit.events, next_seq=0))
        assert played.sequence == sale.sequence + 1
    assert sold.visit_of("s001/k01/2026-11-18/000099") is None


def test_pruning_forgets_old_visits_but_no_sale_and_not_the_open_visit(sold: Journal, path: Path) -> None:
    sales = list(sold.sales())
    sold.write(Batch(events=(touched(1), e.SequenceSeen(at=Moment(1, 0), sequence=7)), snapshot=blank(LANE)))
    sold.write(Batch(events=(touched(2),)))
    before = sold.boot()
    sold.prune(before_utc_ms=2_000_000_000_000)
    assert list(sold.sales()) == sales
    assert sold.boot() == before
    assert sold.visit_of(sales[0].key) is None
    kept = {name for (name,) in sold.database.execute("SELECT type FROM event")}
    assert kept == {"Touched", "SequenceSeen"}  # the open visit's touch, and what explains a gap in the numbers


def test_pruning_keeps_recent_visits(sold: Journal) -> None:
    before = sold.database.execute("SELECT count(*) FROM event")
    sold.prune(before_utc_ms=1)
    assert sold.database.execute("SELECT count(*) FROM event") == before


def test_numbers_go_on_after_everything_was_pruned(journal: Journal) -> None:
    journal.write(Batch(events=(touched(1), touched(2)), snapshot=blank(LANE)))
    journal.prune(before_utc_ms=100)
    assert journal.database.execute("SELECT count(*) FROM event") == [(0,)]
    assert journal.boot().next_seq == 3


def test_the_genesis_is_the_first_one_for_ever(journal: Journal) -> None:
    journal.write(Batch(events=(e.Restarted(lane=LANE, genesis="first"),)))
    journal.write(Batch(events=(e.Restarted(lane=LANE, genesis="second"),)))
    assert journal.meta("genesis") == "first"


def test_a_noted_fact_is_the_latest(journal: Journal) -> None:
    journal.write(Noted("software", "0.1.0"))
    journal.write(Noted("software", "0.2.0"))
    assert journal.meta("software") == "0.2.0"
    assert journal.meta("colour") is None


def test_an_event_of_a_newer_version_is_named_and_not_guessed(journal: Journal) -> None:
    journal.write(Batch(events=(touched(1),)))
    journal.database.execute("""UPDATE event SET body = '{"type":"Touched","at":[1,0,""],"mood":"good"}'""")
    with pytest.raises(UnreadableRecord, match="event 1 cannot be read by this version"):
        journal.boot()


def test_a_reader_sees_what_the_writer_commits(path: Path, journal: Journal, traffic: Traffic) -> None:
    reader = read_journal(path)
    for work in traffic.works:
        journal.write(work)
    assert found_in(reader) == traffic.truths[-1]
    with pytest.raises(Exception, match="readonly"):
        reader.write(Noted("a", "b"))
    reader.database.close()


def test_what_is_no_journal_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is no database at"):
        read_journal(tmp_path / "missing.db")
    (tmp_path / "text.db").write_text("a shopping list" * 100)
    with pytest.raises(NotAJournal, match="is not a lane's journal"):
        read_journal(tmp_path / "text.db")
    open_price_book(tmp_path / "book.db").close()
    with pytest.raises(NotAJournal, match="but not a lane's journal"):
        read_journal(tmp_path / "book.db")
