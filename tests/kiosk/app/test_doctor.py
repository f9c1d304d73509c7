"""`kiosk doctor` on lanes that are well and on lanes with real faults: what it says, and its exit code."""

import json
import os
import socket
from pathlib import Path
from shutil import copytree

import pytest

from kiosk.__main__ import main
from kiosk.app import doctor, doctor_devices
from kiosk.storage.journal import open_journal
from kiosk.storage.ownership import Ownership

Lines = dict[str, tuple[str, str]]
LANE = """
[lane]
store = "s001"
till = "k01"
mode = "demo"
languages = ["en"]
[storage]
path = "{journal}"
low_mib = 0
[devices.scanner]
driver = "simulated"
[devices.card_terminal]
driver = "simulated"
"""
SCALE = '[devices.scale]\ndriver = "simulated"\n'
GATE = '[devices.gate]\ndriver = "simulated"\n'
CERTIFIED = '[weighing]\nscale_certificate = "T8217"\nsoftware_certificate = "DK0199"\n'


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_devices, "PATIENCE_MS", 300)


def _asked(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str = LANE) -> tuple[int, Lines]:
    path = tmp_path / "kiosk.toml"
    path.write_text(text.replace("{journal}", str(tmp_path / "kiosk.db")), encoding="utf-8")
    code = main(["doctor", "--config", str(path), "--json"])
    found = json.loads(capsys.readouterr().out)
    return code, {line["part"]: (line["verdict"], line["what"]) for line in found}


def test_a_lane_that_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_journal(tmp_path / "kiosk.db").close()
    code, lines = _asked(tmp_path, capsys)
    assert code == 0
    for part in ("config", "theme", "language en", "fonts", "scanner", "card_terminal", "disk", "journal"):
        assert lines[part][0] == "ok", lines[part]
    assert "sells alone" in lines["store"][1]


def test_a_live_lane_is_told_what_its_law_asks_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live = LANE.replace('mode = "demo"', 'mode = "live"')
    code, lines = _asked(tmp_path, capsys, live)
    assert code == 1 and lines["law"][0] == "wrong" and "needs: kontrollenhet; set [fiscal]" in lines["law"][1]
    finland = live.replace('mode = "live"', 'jurisdiction = "fi"\ncurrency = "EUR"')
    assert _asked(tmp_path, capsys, finland)[1]["law"] == ("ok", "fi.toml, FI")


def test_a_line_is_a_verdict_a_part_and_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(LANE.replace("{journal}", str(tmp_path / "kiosk.db")), encoding="utf-8")
    main(["doctor", "--config", str(path)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["ok", "config"]
    assert any(line.startswith("look   store  ") for line in lines)


def test_a_configuration_that_cannot_be_read_is_the_only_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = _asked(tmp_path, capsys, LANE + "[display]\nfulscreen = true\n")
    assert (code, [*lines]) == (1, ["config"])
    assert "did you mean fullscreen?" in lines["config"][1]


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize(
    ("text", "part", "verdict", "says"),
    [
        (LANE.replace("[devices.scanner]", "[devices.keypad]"), "scanner", "wrong", "there is no [devices.scanner]"),
        (LANE + '[devices.scale]\ndriver = "toledo"\n', "scale", "wrong", "did you mean 'toledo8217'"),
        (LANE + '[devices.keypad]\ndriver = "evdev"\nport = "socket://127.0.0.1:1"\n', "keypad", "look", "refused"),
        (LANE + SCALE, "weighing", "look", "not for trade: write the certificates' numbers into [weighing]; version"),
        (LANE + SCALE + CERTIFIED, "weighing", "ok", "certificates T8217, DK0199"),
        (LANE + SCALE + CERTIFIED + f'checksum = "{"0" * 64}"\n', "weighing", "wrong", "is not the one that weighing."),
        (
            LANE + GATE,
            "exit codes",
            "look",
            "[devices.gate] and no receipt has a code that opens it: write exit_codes =",
        ),
        (LANE + '[display]\ntheme = "nowhere"\n', "theme", "wrong", "cannot be read"),
        (LANE + '[link]\nbroker = "mqtt://127.0.0.1:1"\n', "store", "look", "refused"),
        (LANE + '[link]\nbroker = "mqtts://x:1"\nca = "/none.pem"\n', "store", "wrong", "link.ca: there is no file"),
        (LANE.replace("low_mib = 0", "low_mib = 99999999"), "disk", "wrong", "no sale begins"),
        (LANE.replace("{journal}", "/nowhere/at/all.db"), "disk", "wrong", "make it"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, part: str, verdict: str, says: str
) -> None:
    code, lines = _asked(tmp_path, capsys, text)
    assert lines[part][0] == verdict
    assert says in lines[part][1]
    assert code == int(verdict == "wrong")


def test_a_device_that_cannot_be_made_hides_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, lines = _asked(tmp_path, capsys, LANE + '[devices.lights]\ndriver = "gpio"\nfactory = "none"\n')
    assert (lines["lights"][0], lines["scanner"][0]) == ("wrong", "ok")


def test_a_gate_of_a_lane_with_exit_codes_needs_no_hint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, lines = _asked(tmp_path, capsys, LANE.replace('till = "k01"', 'till = "k01"\nexit_codes = true') + GATE)
    assert "exit codes" not in lines


def test_who_each_device_says_that_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cash = '[devices.pos_printer]\ndriver = "simulated"\n[devices.cash_recycler]\ndriver = "simulated"\n'
    _, lines = _asked(tmp_path, capsys, LANE + cash)
    assert lines["pos_printer"] == ("ok", "simulated, TM-T88V, Kassa, simulated, 1.00 ESC/POS")
    assert lines["cash_recycler"] == ("ok", "simulated, firmware 0100")
    assert lines["card_terminal"] == ("ok", "simulated, 29001234, software 1.07")


def test_the_store_that_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as broker:
        url = f"mqtt://127.0.0.1:{broker.getsockname()[1]}"
        _, lines = _asked(tmp_path, capsys, LANE + f'[link]\nbroker = "{url}"\n')
    assert lines["store"] == ("ok", f"{url} answers")


def test_a_file_that_is_no_journal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kiosk.db").write_bytes(b"a photo of a cat" * 1_000)
    code, lines = _asked(tmp_path, capsys)
    assert code == 1
    assert "not a lane's journal" in lines["journal"][1]


def test_a_clock_before_the_last_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_journal(tmp_path / "kiosk.db").close()
    os.utime(tmp_path / "kiosk.db", (4_000_000_000, 4_000_000_000))
    code, lines = _asked(tmp_path, capsys)
    assert (code, lines["clock"][0]) == (1, "wrong")


def test_a_lane_that_runs_keeps_its_devices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_journal(tmp_path / "kiosk.db").close()
    lane = Ownership(tmp_path / "kiosk.db")
    code, lines = _asked(tmp_path, capsys)
    lane.close()
    assert (code, "scanner" in lines) == (0, False)
    assert "is running" in lines["devices"][1]


def test_missing_fonts(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASSA_ASSETS", str(tmp_path))
    code, lines = _asked(tmp_path, capsys)
    assert (code, lines["fonts"][0]) == (1, "wrong")
    assert "kiosk.ui.bake" in lines["fonts"][1]


def test_languages_that_are_drafts_or_broken_or_half_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    copytree(doctor.config_folder(), config)
    monkeypatch.setenv("KASSA_CONFIG", str(config))
    swedish = config / "words" / "sv.po"
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    for text, verdict, says in (
        (head + '"X-Kassa-Status: draft\\n"\n\nmsgid "Pay"\nmsgstr "Betala"\n', "look", "is a draft"),
        (head + '\nmsgid "Pay"\nmsgstr ""\n', "look", "1 sentences are not translated"),
        ("\udcff", "wrong", "put back the file"),
    ):
        swedish.write_text(text, encoding="utf-8", errors="surrogateescape")
        code, lines = _asked(tmp_path, capsys, LANE.replace('["en"]', '["sv"]'))
        assert lines["language sv"][0] == verdict
        assert says in lines["language sv"][1]
        assert code == int(verdict == "wrong")


def test_the_shops_own_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "offers"
    folder.mkdir()
    text = LANE + f'[attract]\nfolder = "{folder}"\n'
    assert _asked(tmp_path, capsys, text)[1]["pictures"][0] == "look"
    (folder / "apples.PNG").touch()
    assert _asked(tmp_path, capsys, text)[1]["pictures"] == ("ok", f"1 in {folder}")
