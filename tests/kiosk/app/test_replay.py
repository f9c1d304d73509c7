"""`kiosk replay`, `verify` and `export` on the journal of a lane that has really sold."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase
from kiosk.world.lane import Lane

BREAD, WATER = "9520001200014", "9520001300110"


@pytest.fixture
def journal(lane: Lane, tmp_path: Path) -> Path:
    """The file of a lane that has sold one loaf by card."""
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    lane.say(e.PayPressed())
    lane.wait(3_000)
    lane.shop.top.terminal.tap_card()
    lane.wait(5_000)
    assert lane.state.phase is Phase.RECEIPT
    lane.say(e.ReceiptChosen(kind="none"))
    lane.wait(20_000)
    folder = tmp_path / "lane"
    folder.mkdir()
    for name, content in lane.disk.survivors(0).items():
        (folder / name).write_bytes(content)
    return folder / "kiosk.db"


def test_the_sale_plays_again_on_the_real_screens(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", str(journal), "--png", str(tmp_path / "png")]) == 0
    shown = [line.split()[-1] for line in capsys.readouterr().out.splitlines()]
    seen = list(dict.fromkeys(shown))
    assert seen == ["01-welcome", "02-scanning", "11-card-progress", "14a-receipt-choice", "15-thank-you"]
    pictures = sorted((tmp_path / "png").iterdir())
    assert len(pictures) == len(shown)
    assert pictures[0].read_bytes().startswith(b"\x89PNG")


def test_it_verifies_and_a_doctored_sale_does_not(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(journal)]) == 0
    with sqlite3.connect(journal) as database:
        database.execute("UPDATE sale SET body = replace(body, '\"count\":1', '\"count\":2')")
    capsys.readouterr()
    assert main(["verify", str(journal)]) == 1
    assert "000001" in capsys.readouterr().err


def test_it_is_exported_in_the_words_of_poslog(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(journal), "--format", "poslog-json", "--from", "2026-11-24", "--to", "2026-11-24"]) == 0
    exported = json.loads(capsys.readouterr().out)
    assert "000001" in json.dumps(exported)


@pytest.mark.parametrize("command", [["replay"], ["verify"], ["export"]])
def test_a_missing_file_is_one_line(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([*command, str(tmp_path / "nowhere.db")])
    said = capsys.readouterr().err
    assert code in (1, 2) and said.count("\n") == 1 and "nowhere.db" in said


@pytest.mark.parametrize("command", ["replay", "verify", "export"])
@pytest.mark.parametrize("content", [b"", b"hello\n" * 1_000, b"SQLite format 3\0" + b"\xff" * 8_000, None])
def test_what_is_no_journal_is_one_line(
    command: str, content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.db"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    assert main([command, str(path)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "odd.db" in said


def test_a_journal_that_is_torn_in_the_middle_is_one_line(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(journal) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    journal.write_bytes(journal.read_bytes()[:4096] + b"\xff" * (journal.stat().st_size - 4096))
    for command in ("replay", "verify", "export"):
        assert main([command, str(journal)]) == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_a_reader_who_has_seen_enough_is_no_failure_of_ours(journal: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "kiosk", "export", str(journal), "--format", "csv"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert done.stderr == b""


def test_pictures_that_cannot_be_put_anywhere_are_said(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(journal), "--png", str(journal)]) == 2
    assert "no pictures can be put there" in capsys.readouterr().err


def test_a_sale_that_is_not_there_is_said(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(journal), "--sale", "s001/k01/2026-11-24/000099"]) == 2
    assert "000099" in capsys.readouterr().err
