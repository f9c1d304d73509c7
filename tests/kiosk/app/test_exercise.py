"""`kiosk doctor --exercise` on the demo's own devices, behind real sockets: each does once what it is there for."""

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.app import exercise
from kiosk.app.places import config_folder
from kiosk.demo.devices import Devices
from kiosk.demo.place import Place
from kiosk.demo.ports import choose_ports

Lines = dict[str, tuple[str, str]]


@pytest.fixture
def counter() -> Iterator[Devices]:
    devices = Devices()
    devices.start()
    yield devices
    devices.close()


def tried(counter: Devices, folder: Path, capsys: pytest.CaptureFixture[str]) -> Lines:
    place = Place(folder, choose_ports(), None)
    place.write(config_folder(), counter.ports)
    main(["doctor", "--config", str(folder / "kiosk.toml"), "--exercise", "--json"])
    found = json.loads(capsys.readouterr().out)
    return {line["part"].removesuffix(", tried"): (line["verdict"], line["what"]) for line in found
            if line["part"].endswith(", tried")}  # fmt: skip


def test_every_device_of_the_demo_does_its_work(
    counter: Devices, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = tried(counter, tmp_path, capsys)
    assert lines["pos_printer"] == ("ok", "a test slip is on paper")
    assert lines["cash_drawer"] == ("ok", "it opened")
    assert lines["card_terminal"] == ("ok", "it is ready to pay")
    assert lines["qr_payment"] == ("ok", "it is ready to pay")
    assert lines["cash_recycler"][1].startswith("it counts ")
    assert lines["lights"] == ("ok", "red, amber and green were lit, one after the other")
    assert lines["scanner"] == ("look", "run this at the lane, in a terminal, and scan anything")
    with counter.printer.hands() as printer:
        assert "Test slip: nothing was sold." in printer.roll_text()
    with counter.terminal.hands() as terminal:
        assert not terminal.journal.charges


def test_a_printer_without_paper_says_so(
    counter: Devices, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exercise, "ANSWER_MS", 1_000)
    with counter.printer.hands() as printer:
        printer.load_paper("out")
    verdict, what = tried(counter, tmp_path, capsys)["pos_printer"]
    assert verdict == "look" and "not on paper" in what


def test_what_needs_a_hand_is_waited_for_where_somebody_is(
    counter: Devices, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    place = Place(tmp_path, choose_ports(), None)
    place.write(config_folder(), counter.ports)
    asked = threading.Event()
    write = sys.stderr.write

    def heard(text: str) -> int:
        if text.startswith("scanner: "):
            with counter.scanner.hands() as scanner:
                scanner.scan("4006381333931")
            asked.set()
        return write(text)

    monkeypatch.setattr(sys.stderr, "write", heard)
    monkeypatch.setattr(exercise, "HAND_MS", 500)
    main(["doctor", "--config", str(tmp_path / "kiosk.toml"), "--exercise"])
    assert asked.is_set()
    assert "it read 4006381333931" in capsys.readouterr().out
