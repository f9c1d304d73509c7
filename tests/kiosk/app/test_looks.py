"""Looks: how the screen hangs and which pin the lamp is on are known where the rest of kiosk.toml cannot be used."""

from pathlib import Path

import pytest

from kiosk.app import looks
from kiosk.app.closed import read_or_default
from kiosk.app.config_tables import DisplayTable
from kiosk.app.looks import Looks

UPRIGHT = """
[lane]
store = "1
[display]
size = [800, 1280]   # it hangs upright
rotate = 90
theme = "nowhere"
[devices.lights]
driver = "gpio"
red = 4
[devices.scanner]
driver =
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "troubles").mkdir()
    monkeypatch.setenv("KASSA_TROUBLES", str(tmp_path / "troubles"))
    return tmp_path


def test_screen_and_lamp_are_read_of_a_file_that_is_no_toml() -> None:
    assert looks.of(UPRIGHT) == Looks(DisplayTable(size=(800, 1280), rotate=90), {"driver": "gpio", "red": 4})


@pytest.mark.parametrize(
    ("text", "rotate"),
    [
        ("[display]\nrotate = 45\n", 0),
        ("[display]\nsize = 3\nrotate = 270\n", 270),
        ("[display]\nrotate = \n", 0),
        ("", 0),
    ],
)
def test_what_cannot_be_is_as_usual_and_takes_nothing_else_with_it(text: str, rotate: int) -> None:
    assert looks.of(text) == Looks(DisplayTable(rotate=rotate))


def test_what_was_kept_is_found_and_damage_there_is_nothing(told: Path) -> None:
    assert looks.known() == Looks()
    looks.keep(UPRIGHT)
    assert looks.known() == looks.of(UPRIGHT)
    (told / "looks.json").write_text("{")
    assert looks.known() == Looks()


def test_a_desktop_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASSA_TROUBLES", str(tmp_path / "none/troubles"))
    looks.keep(UPRIGHT)
    assert list(tmp_path.iterdir()) == []


def test_out_of_order_stands_upright_and_lights_the_lamp_that_is_wired(told: Path) -> None:
    (told / "kiosk.toml").write_text(UPRIGHT)
    config = read_or_default(told / "kiosk.toml")
    assert config.display.rotate == 90 and config.devices == {"lights": {"driver": "gpio", "red": 4}}


def test_without_a_file_what_ran_before_has_told_it(told: Path) -> None:
    looks.keep(UPRIGHT)
    assert read_or_default(told / "kiosk.toml").display.size == (800, 1280)
