"""kiosk.toml with keys of a newer version: sold on without them where that has run here, refused everywhere else."""

from pathlib import Path

import pytest

from kiosk.app.newer_config import running_config
from kiosk.storage.journal import open_journal
from kiosk.values.settings import BadSettings

OURS, THEIRS = "1.4.0", "1.5.0"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    lane = '[lane]\nstore = "s001"\ntill = "k07"\nmode = "demo"\n'
    theirs = "[changes]\nwatch_s = 90\nhow_gently = 3\n\n[hover]\nheight_mm = 5\n"
    path.write_text(f'{lane}\n[storage]\npath = "{tmp_path}/kiosk.db"\n\n{theirs}')
    return path


def run_by(folder: Path, version: str) -> None:
    journal = open_journal(folder / "kiosk.db")
    journal.writes(version)
    journal.close()


def test_the_version_before_sells_on_without_what_it_does_not_know(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_by(tmp_path, THEIRS)
    found = running_config(config, OURS)
    assert (found.lane.till, found.changes.watch_s) == ("k07", 90)
    told = capsys.readouterr()
    assert "hover" in told.out + told.err and "how_gently" in told.out + told.err


@pytest.mark.parametrize("last", ["", OURS, "1.3.9"])
def test_where_no_newer_version_has_run_a_misspelt_key_is_an_error(tmp_path: Path, config: Path, last: str) -> None:
    if last:
        run_by(tmp_path, last)
    with pytest.raises(BadSettings, match=r"hover|how_gently"):
        running_config(config, OURS)


@pytest.mark.parametrize(
    ("good", "bad"), [("watch_s = 90", 'watch_s = "long"'), ('till = "k07"', 'till = ""'), ("[changes]", "[changes")]
)
def test_a_wrong_value_stays_an_error(tmp_path: Path, config: Path, good: str, bad: str) -> None:
    run_by(tmp_path, THEIRS)
    config.write_text(config.read_text().replace(good, bad))
    with pytest.raises(BadSettings):
        running_config(config, OURS)


def test_a_file_without_anything_new_is_read_as_ever(config: Path) -> None:
    config.write_text(config.read_text().replace("how_gently = 3\n", "").partition("[hover]")[0])
    assert running_config(config, OURS).changes.watch_s == 90
