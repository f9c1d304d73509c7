"""Troubles: whatever has the screen says what is wrong with the machine, and the lamp blinks its number."""

from pathlib import Path

import pytest

from kiosk.app import troubles
from kiosk.app.blinking import DARK_MS, LIT_MS, PAUSE_MS, Blinker, is_lit, usual
from kiosk.app.closed import out_of_order, reasons
from kiosk.app.config import Config, LaneTable
from kiosk.app.introducing import Introducer, Stopped
from kiosk.app.troubles import BLINKS, Trouble, known, of_settings, tell, telling
from kiosk.storage.journal import NotAJournal, open_journal
from kiosk.ui.panel import USUAL_PANEL, panel
from kiosk.ui.screens.adoption import Standing, scene
from kiosk.ui.transcript import transcript
from kiosk.values.settings import BadSettings

WRONG = Trouble("settings", "The settings on the card are wrong", ("kiosk.toml, line 3: lane.tll",), stops=True)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KASSA_TROUBLES", str(tmp_path / "troubles"))
    (tmp_path / "troubles").mkdir()
    return tmp_path


def test_each_program_has_one_and_takes_it_back(place: Path) -> None:
    tell("network", Trouble("network", "Wi-Fi cannot be used"))
    tell("takeover", WRONG)
    assert [one.kind for one in known()] == ["settings", "network"], "what stops the machine comes first"
    tell("takeover", None)
    assert [one.kind for one in known()] == ["network"]
    (place / "troubles/broken.json").write_text("{")
    assert [one.kind for one in known()] == ["network"]


def test_where_there_is_no_folder_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASSA_TROUBLES", str(tmp_path / "nowhere"))
    tell("takeover", WRONG)
    assert known() == () and not (tmp_path / "nowhere").exists()


def test_a_lane_that_cannot_start_leaves_its_reason_to_the_screen_that_follows(place: Path) -> None:
    config = place / "kiosk.toml"
    config.write_text('[lane]\nstore = "s001"\ntill = "k01"\n\n[fiscal]\nsigner = "rsa"\n')
    with pytest.raises(BadSettings), telling(config):
        raise BadSettings(f"{config}: fiscal.key_file: cannot be read")
    (found,) = reasons(config)
    assert found.lines == ("kiosk.toml, line 5: fiscal.key_file: cannot be read",)
    text = transcript(out_of_order(Config(lane=LaneTable(store="s001", till="k01")), USUAL_PANEL, (found,)))
    assert "Ursäkta" in text and "kiosk.toml, line 5: fiscal.key_file: cannot be read" in text
    assert "E-900" not in text
    config.write_text('[lane]\nstore = "s001"\ntill = "k01"\n')
    with telling(config):
        pass
    assert reasons(config) == (), "it starts again: nothing is wrong any more"


def test_a_file_that_has_become_wrong_is_read_once_more(place: Path) -> None:
    config = place / "kiosk.toml"
    config.write_text('[lane]\nstore = "s001"\ntll = "k01"\n')
    assert reasons(config)[0].lines == ("kiosk.toml, line 3: lane.tll is not a setting; did you mean till?",)
    config.unlink()
    assert reasons(config) == ()


def test_a_new_card_says_what_is_wrong_instead_of_a_code() -> None:
    standing = Stopped(WRONG).turn(0)
    assert "kiosk.toml, line 3: lane.tll" in transcript(scene(standing, USUAL_PANEL)) and not standing.code


def test_what_is_wrong_and_stops_nothing_is_said_beside_what_the_store_says(tmp_path: Path) -> None:
    full = Trouble("boot", "The card's partition KASSA cannot be written", ("No space left.", "Delete files there."))
    asking = Introducer(tmp_path, lambda: "https://127.0.0.1:1", lambda count: bytes(count), why=full)
    standing = asking.turn(0)
    assert isinstance(standing, Standing)
    assert "cannot be reached" in standing.trouble[0] and standing.trouble[-2:] == full.lines


@pytest.mark.parametrize(
    ("why", "kind"),
    [
        ("link.cert: cannot be read", "identity"),
        ("link.broker: 'x' must be mqtt://host:port", "settings"),
        ("storage.path: nothing can be written beside /x: Read-only file system", "data"),
    ],
)
def test_the_lamp_tells_a_certificate_and_a_dead_card_from_a_wrong_line(tmp_path: Path, why: str, kind: str) -> None:
    assert of_settings(tmp_path / "kiosk.toml", why).kind == kind


def test_staff_read_it_under_health_and_tests(place: Path) -> None:
    tell("takeover", WRONG)
    assert troubles.sentences() == ("The settings on the card are wrong: kiosk.toml, line 3: lane.tll",)


# --- the lamp ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", sorted(set(BLINKS.values())))
def test_the_lamp_lights_up_as_often_as_the_number(number: int) -> None:
    period_ms = number * LIT_MS + (number - 1) * DARK_MS + PAUSE_MS
    seen = [is_lit(number, at) for at in range(0, period_ms, 50)]
    flashes = sum(now and not before for before, now in zip([False, *seen], seen, strict=False))
    assert flashes == number and not seen[-1] and is_lit(number, period_ms)
    assert seen[-PAUSE_MS // 50 :] == [False] * (PAUSE_MS // 50)


def test_no_number_is_a_steady_light_and_every_number_is_another() -> None:
    assert all(is_lit(0, at) for at in range(0, 10_000, 100))
    assert len(set(BLINKS.values())) == len(BLINKS)


def test_the_lamp_of_the_configuration_blinks() -> None:
    blinker = Blinker({"driver": "gpio", "factory": "mock", "red": 17}, 2, 0)
    lamp = blinker._lamp
    assert lamp is not None
    seen = []
    for at in range(0, 3_500, 250):
        blinker.turn(at)
        seen.append(lamp._outputs[0].value)  # type: ignore[attr-defined]
    assert seen[:8] == [1, 1, 0, 0, 1, 1, 0, 0] and set(seen[8:]) == {0}
    blinker.close()


def test_a_machine_without_settings_uses_a_pin_only_where_its_maker_has_said_which(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("KASSA_RED_PIN", raising=False)
    assert usual() is None
    Blinker(None, 2, 0).turn(0)
    monkeypatch.setenv("KASSA_RED_PIN", "17")
    assert usual() == {"driver": "gpio", "factory": "gpiod", "red": 17}
    Blinker(None, 2, 0).turn(0)  # there are no pins here: it has its screen all the same


# --- damaged data -----------------------------------------------------------------------------------------------------


def test_a_damaged_journal_is_told_in_words(place: Path) -> None:
    journal = place / "kiosk.db"
    open_journal(journal).close()
    with journal.open("r+b") as file:
        file.write(b"not a database, " * 256)
    with pytest.raises(NotAJournal), telling(place / "kiosk.toml"):
        open_journal(journal)
    (found,) = known()
    assert found.kind == "data" and "kiosk.db is damaged" in found.lines[0] and "Keep the card" in found.lines[1]


def test_a_machine_whose_data_are_gone_shows_why_with_the_code() -> None:
    why = ("The data of this checkout's card is damaged.", "Adopt it as the checkout that it was.")
    standing = Standing("7K2M-9QPD", "A1", "", "https://s:8443", "This checkout's card is damaged", why)
    for size in ((1280, 800), (800, 1280), (1024, 600)):
        text = transcript(scene(standing, panel(size)))
        assert "7K2M-9QPD" in text and "card is damaged" in text and "the checkout that it was" in text
