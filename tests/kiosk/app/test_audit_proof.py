"""`kiosk audit` on the journal of a lane that has really looked at baskets: right, doctored, or with nothing in it."""

import sqlite3
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.world.disk import KEEP_ALL
from kiosk.world.stage import Stage
from kiosk.world.story import lines_of
from kiosk.world.teller import shop_of, tell_line

STORY = """
shop looks at 1000 of a thousand baskets
clock is set to 2026-11-24 22:00:00
scan 9520001200014
tap "Pay"
staff pin 1357
tap "Begin"
tap "Begin"
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
clock is set to 2026-11-25 08:00:00
wait 2 min
"""


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """The file of a lane that has looked at one basket, and whose day is over."""
    lines = list(lines_of(STORY))
    stage = Stage(shop_of(lines, "here"))
    for line in lines[1:]:
        tell_line(stage, line, "here")
    for name, content in stage.lane.disk.survivors(KEEP_ALL).items():
        (tmp_path / name).write_bytes(content)
    stage.close()
    return tmp_path / "kiosk.db"


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_every_lot_of_a_day_is_proved(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(journal), "--day", "2026-11-24"]) == 0
    assert said(capsys) == ["2026-11-24 (1): 1 visits; drawn: 1; every choice was right"]
    assert main(["audit", str(journal)]) == 0
    assert said(capsys) == [
        "2026-11-24 (1): 1 visits; drawn: 1; every choice was right",
        "2026-11-25 (2): 0 visits; not over, its secret is not shown yet",
    ]
    assert main(["audit", str(journal), "--day", "2026-11-23"]) == 0
    assert said(capsys) == ["no lots were drawn, or their reports are kept by the store alone"]


def test_a_lot_that_was_written_otherwise_is_named(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(journal) as database:
        changed = database.execute("""UPDATE sale SET body = replace(body, '"why":"random"', '"why":"value"')""")
        assert changed.rowcount == 1
    assert main(["audit", str(journal), "--day", "2026-11-24"]) == 1
    assert "visit 1 was drawn, and is said not to be" in said(capsys)[0]
