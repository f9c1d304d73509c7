"""Whatever is altered in a journal's file is named, the first bad record first."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.machine import blank
from kiosk.checkout.sale import Chain, Sale, seal
from kiosk.checkout.succession import Succession
from kiosk.storage.journal import Batch, Journal, open_journal
from kiosk.storage.verify import main, verify
from kiosk.values.moment import Moment
from kiosk.world.cuts import Traffic
from kiosk.world.traffic import LANE

KEY = "s001/k01/2026-11-18/00000{}"


def first_problem(journal: Journal) -> str:
    problems = verify(journal.database)
    assert problems, "nothing was found"
    return str(problems[0])


def rewrite(journal: Journal, sequence: int, change: Callable[[Sale], Sale]) -> Sale:
    """Put another body into a sale's row, with the columns to match."""
    (sale,) = [sale for sale in journal.sales() if sale.sequence == sequence]
    sale = change(sale)
    journal.database.execute(
        "UPDATE sale SET body = ?, hash = ?, previous = ? WHERE sequence = ?",
        (msgspec.json.encode(sale).decode(), sale.chain.hash, sale.chain.previous, sequence),
    )
    return sale


def with_totals(sale: Sale, **changes: object) -> Sale:
    return seal(replace(sale, totals=replace(sale.totals, **changes)))


def test_an_honest_journal_is_good(sold: Journal) -> None:
    assert verify(sold.database) == []


def test_a_new_journal_is_good(journal: Journal) -> None:
    assert verify(journal.database) == []


def test_a_pruned_journal_is_good(sold: Journal) -> None:
    sold.write(Batch(events=(e.Touched(at=Moment(1, 0)),)))
    sold.prune(before_utc_ms=2_000_000_000_000)
    assert sold.database.execute("SELECT count(*) FROM snapshot") == [(1,)]
    assert verify(sold.database) == []


def test_one_changed_letter_in_a_sale_shows(sold: Journal) -> None:
    rewrite(sold, 2, lambda sale: replace(sale, language="en"))
    assert first_problem(sold) == f"sale {KEY.format(2)}: was altered: its hash is not that of its content"
    assert len(verify(sold.database)) == 1


def test_a_sale_sealed_anew_no_longer_holds_the_next_one(sold: Journal) -> None:
    rewrite(sold, 2, lambda sale: seal(replace(sale, language="en")))
    assert first_problem(sold) == f"sale {KEY.format(3)}: does not follow the sale before it"


def test_a_removed_sale_shows(sold: Journal) -> None:
    sold.database.execute("PRAGMA foreign_keys=OFF")
    sold.database.execute("DELETE FROM outbox")
    sold.database.execute("DELETE FROM sale WHERE sequence = 2")
    assert [str(problem) for problem in verify(sold.database)] == [
        f"sale {KEY.format(3)}: does not follow the sale before it",
        f"sale {KEY.format(3)}: has number 3 where 2 was due: a sale is missing",
    ]


def test_a_removed_first_sale_shows(sold: Journal) -> None:
    sold.database.execute("PRAGMA foreign_keys=OFF")
    sold.database.execute("DELETE FROM outbox")
    sold.database.execute("DELETE FROM sale WHERE sequence = 1")
    assert first_problem(sold) == f"sale {KEY.format(2)}: does not follow the genesis"


def test_a_gap_that_the_store_ordered_is_no_problem(journal: Journal, traffic: Traffic) -> None:
    first, second, _ = traffic.truths[-1].sales
    jumped = seal(replace(second, sequence=9, chain=Chain(first.chain.hash)))
    journal.write(Batch(events=(e.Restarted(lane=LANE, genesis=first.chain.previous),), sales=(first,)))
    journal.write(Batch(sales=(jumped,)))
    assert "has number 9 where 2 was due" in first_problem(journal)
    journal.write(Batch(events=(e.SequenceSeen(sequence=8),)))
    assert verify(journal.database) == []


def test_a_journal_that_begins_where_another_machine_ended_is_good(journal: Journal, traffic: Traffic) -> None:
    first, second, _ = traffic.truths[-1].sales
    mine = seal(replace(second, sequence=1002, chain=Chain(first.chain.hash, segment=2)))
    place = Succession(segment=2, sequence=1002, head=first.chain.hash, head_sale=first.key, reports=100_000)
    journal.write(Batch(events=(e.Restarted(lane=LANE, genesis=first.chain.hash, takes_over=place),), sales=(mine,)))
    assert verify(journal.database) == []
    wrong = seal(replace(mine, sequence=1003))
    journal.write(Batch(sales=(wrong,)))
    assert "does not follow the sale before it" in first_problem(journal)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"due_minor": 1}, "goods, deposit, added tax and rounding do not add up to the due amount"),
        ({"goods_minor": 5180, "due_minor": 5580}, "the lines come to 5170, the total of goods says 5180"),
        ({"deposit_minor": 300, "due_minor": 5470}, "the deposits of the lines do not add up to their total"),
        ({"rounding_minor": 1, "due_minor": 5571}, "5570 was paid where 5571 was due"),
        ({"tax": ()}, "net and tax do not add up to the lines of their rate"),
    ],
)
def test_wrong_arithmetic_shows_even_under_a_right_hash(sold: Journal, changes: dict[str, object], what: str) -> None:
    rewrite(sold, 1, lambda sale: with_totals(sale, **changes))
    assert first_problem(sold) == f"sale {KEY.format(1)}: {what}"


def test_a_void_that_was_paid_for_shows(sold: Journal) -> None:
    tenders = next(sold.sales()).tenders
    rewrite(sold, 2, lambda sale: seal(replace(sale, tenders=tenders)))
    assert first_problem(sold) == f"sale {KEY.format(2)}: 5570 was paid where 0 was due"


def test_a_row_filed_under_another_day_shows(sold: Journal) -> None:
    sold.database.execute("UPDATE sale SET business_day = '2026-11-19' WHERE sequence = 1")
    assert "is filed under another number, key, day or hash" in first_problem(sold)


def test_missing_and_unreadable_events_show(sold: Journal) -> None:
    sold.database.execute("DELETE FROM event WHERE seq = 5")
    assert first_problem(sold) == "event 6: follows event 4: events are missing"
    sold.database.execute("UPDATE event SET body = '{}' WHERE seq = 3")
    assert first_problem(sold).startswith("event 3: event 3 cannot be read")


def test_events_missing_at_the_beginning_of_a_visit_show(journal: Journal) -> None:
    for _ in range(2):
        journal.write(Batch(events=(e.Touched(), e.Touched()), snapshot=blank(LANE)))
    journal.database.execute("DELETE FROM event WHERE seq IN (1, 2, 3)")
    journal.database.execute("DELETE FROM snapshot WHERE visit = 0")
    assert first_problem(journal) == "event 4: follows event 2: events are missing"


def test_an_unreadable_snapshot_shows(sold: Journal) -> None:
    sold.database.execute("UPDATE snapshot SET state = 'null' WHERE visit = 1")
    assert first_problem(sold).startswith("snapshot 1: ")


def test_a_removed_last_sale_shows_in_what_the_lane_knew_then(sold: Journal) -> None:
    (last,) = [sale for sale in sold.sales() if sale.sequence == 3]
    sold.write(Batch(snapshot=replace(blank(LANE), chain=last.chain.hash)))
    assert verify(sold.database) == []
    sold.database.execute("PRAGMA foreign_keys=OFF")
    sold.database.execute("DELETE FROM outbox")
    sold.database.execute("DELETE FROM sale WHERE sequence = 3")
    assert first_problem(sold).endswith("comes after a sale that is not there: sales are missing at the end")


def test_a_table_that_was_dropped_shows(sold: Journal) -> None:
    sold.database.execute("DROP TABLE outbox")
    assert first_problem(sold) == "file: its table outbox is missing"


def test_an_outbox_row_without_its_sale_shows(sold: Journal) -> None:
    sold.database.execute("PRAGMA foreign_keys=OFF")
    sold.database.execute("UPDATE outbox SET sale = 'nobody' WHERE sale IS NOT NULL")
    assert "speaks of a sale that is not there" in first_problem(sold)


def test_a_damaged_page_shows(path: Path, sold: Journal) -> None:
    sold.close()
    content = bytearray(path.read_bytes())
    rootpage = open_journal(path).database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event_visit'")[0][
        0
    ]
    begins = (rootpage - 1) * 4096
    content[begins + 8 : begins + 64] = bytes(56)
    path.with_name("damaged.db").write_bytes(content)
    damaged = open_journal(path.with_name("damaged.db"))
    assert first_problem(damaged).startswith("file: ")
    damaged.database.close()


def test_the_command_says_how_far_it_is_good(
    path: Path, sold: Journal, traffic: Traffic, capsys: pytest.CaptureFixture[str]
) -> None:
    sold.close()
    assert main(path) == 0
    head = traffic.truths[-1].sales[-1].chain.hash
    assert capsys.readouterr().out == f"{path}: good, up to {KEY.format(3)} {head}\n"


def test_the_command_names_the_first_bad_record(path: Path, sold: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(sold, 2, lambda sale: replace(sale, language="en"))
    sold.close()
    assert main(path) == 1
    assert f"the first bad record is sale {KEY.format(2)}: was altered" in capsys.readouterr().err


def test_the_command_says_so_of_a_file_that_is_torn(
    path: Path, sold: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    sold.close()
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))
    assert main(path) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "kiosk verify: " in said


def test_the_command_refuses_what_is_no_journal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(tmp_path / "missing.db") == 1
    assert "there is no database at" in capsys.readouterr().err
