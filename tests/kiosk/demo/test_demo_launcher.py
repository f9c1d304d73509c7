"""What the demo refuses before it starts anything."""

import shutil
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.demo import launcher
from kiosk.storage.ownership import Ownership


def test_a_second_demo_in_a_folder_leaves_the_first_one_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = Ownership(tmp_path / "kiosk.db")
    assert launcher.main(folder=tmp_path) == 1
    first.close()
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "is running" in said and "--folder" in said
    assert not (tmp_path / "kiosk.toml").exists()


def test_without_a_broker_there_is_one_line_with_what_to_type(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name, path: None)
    assert launcher.main(folder=tmp_path) == 1
    assert capsys.readouterr().err == "kiosk: there is no Mosquitto here; type: sudo apt-get install mosquitto\n"


@pytest.mark.parametrize("command", [["demo", "--folder"], ["shots"]], ids=lambda command: command[0])
def test_a_folder_that_cannot_be_made_is_one_line(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main([*command, str(tmp_path / "file" / "folder")]) == 1
    assert capsys.readouterr().err.splitlines()[0].endswith("folder")


@pytest.mark.parametrize("option", ["--seeds", "--start"])
def test_fewer_worlds_than_none_is_misuse(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["sim", option, "-3"])
    assert left.value.code == 2
    assert "-3 is not a whole number from 0" in capsys.readouterr().err
