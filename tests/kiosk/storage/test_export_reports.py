"""What happened beside the sales comes out of the journal again, whole and in order."""

import json
from pathlib import Path

import pytest

from kiosk.storage.export import main
from kiosk.storage.export_reports import report_lines
from kiosk.storage.journal import Journal, Prune
from kiosk.world.cuts import Traffic

EVER = ("0001-01-01", "9999-12-31")


def _read(journal: Journal, from_day: str = EVER[0], to_day: str = EVER[1]) -> list[dict[str, object]]:
    return list(json.loads("".join(report_lines(journal, from_day, to_day)))["POSLog"]["Transaction"])


def test_every_report_is_there_once_in_order_with_its_number(sold: Journal) -> None:
    reports = _read(sold)
    assert [report["SequenceNumber"] for report in reports] == list(range(1, len(reports) + 1))
    assert reports[0]["TransactionID"] == "s001/k01/event/1"
    assert reports[0]["ControlTransaction"] == {"ReasonCode": "restarted", "phase": "welcome"}


def test_only_the_days_that_were_asked_for(sold: Journal) -> None:
    assert _read(sold, "2026-11-19") == []
    assert _read(sold, "2026-11-18", "2026-11-18") == _read(sold)


def test_visits_that_are_pruned_are_left_out(sold: Journal, traffic: Traffic) -> None:
    before = len(_read(sold))
    sold.write(Prune(2**50))
    assert len(_read(sold)) < before


def test_the_command(path: Path, sold: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    expected = "".join(report_lines(sold, *EVER))
    sold.close()
    assert main(path, format="events-json", from_day=EVER[0], to_day=EVER[1]) == 0
    assert capsys.readouterr().out == expected
