"""What the demo refuses before it starts anything."""

import shutil
from pathlib import Path

import pytest

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
