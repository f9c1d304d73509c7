"""Every kind of device that can stand on the demo's counter is found there by the lane's own driver, over a socket."""

import re
import select
from pathlib import Path

import pytest

from drivers.device import Device
from drivers.events import DeviceOnline
from drivers.registry import DRIVERS, make_devices
from kiosk.__main__ import main
from kiosk.app.config import read_config
from kiosk.demo.devices import Devices, tick_ms
from kiosk.demo.kinds import ROLES, USUAL, chosen, tables
from kiosk.demo.place import Place, Ports
from kiosk.demo.trouble import Trouble

README = Path(__file__).parents[3] / "kiosk" / "demo" / "README.md"
CONFIG = Path(__file__).parents[3] / "config"
PORTS = Ports(broker=40_001, console=40_002, bench=40_003, debug=40_004)
WITHIN_MS = 20_000
PLAYED_OTHERWISE = {
    ("touch", "evdev"): "the picture of the lane's screen is touched",
    ("scanner", "single_cable"): "in one housing with the scale",
    ("scale", "single_cable"): "in one housing with the scanner",
    ("cash_recycler", "cctalk"): "a part of cash_recycler=joined",
    ("lights", "lcus"): "the tower shows what the lane orders; the board is played by the gate",
    ("gate", "gpio"): "an output on a pin; the gate stands on a relay board",
    ("cash_drawer", "gpio"): "an output on a pin; the drawer hangs on the printer",
}
"""Drivers that no demo runs with, and where else what they drive can be played."""
CHOICES = [(role, kind) for role, found in ROLES.items() for kind in found.kinds]


def online(devices: list[Device]) -> set[str]:
    """Turn them as the loop does until all are there, or long enough; those that are."""
    found: set[str] = set()
    until_ms = tick_ms() + WITHIN_MS
    while len(found) < len(devices) and tick_ms() < until_ms:
        for device in devices:
            found |= {event.device for event in device.service(tick_ms()) if isinstance(event, DeviceOnline)}
        readers = [fd for device in devices if (fd := device.fileno()) is not None]
        writers = [fd for device in devices if device.wants_write and (fd := device.fileno()) is not None]
        select.select(readers, writers, [], 0.005)
    return found


def made_of(words: list[str], folder: Path, counter: Devices) -> list[Device]:
    place = Place(folder, PORTS, None, tables(chosen(words)))
    place.write(CONFIG, counter.ports)
    lane = read_config(place.kiosk_config)
    return make_devices(lane.devices, {"currency": lane.lane.currency})


@pytest.mark.parametrize(("role", "kind"), CHOICES, ids=lambda word: word)
def test_the_lane_finds_it_and_all_that_stand_beside_it(role: str, kind: str, tmp_path: Path) -> None:
    words = [f"{role}={kind}"]
    counter = Devices(chosen(words))
    counter.start()
    devices = made_of(words, tmp_path, counter)
    assert online(devices) == {device.name for device in devices}
    for device in devices:
        device.close()
    counter.close()


def test_all_of_them_can_be_others(tmp_path: Path) -> None:
    words = [f"{role}={list(found.kinds)[-1]}" for role, found in ROLES.items()]
    counter = Devices(chosen(words))
    counter.start()
    devices = made_of(words, tmp_path, counter)
    assert online(devices) == {device.name for device in devices}
    for device in devices:
        device.close()
    counter.close()


def test_no_driver_has_been_forgotten(tmp_path: Path) -> None:
    """Each runs in some demo, or it is said why not."""
    counter = Devices()
    counter.start()
    place = Place(tmp_path, PORTS)
    place.write(CONFIG, counter.ports)
    tables_of_the_demo = read_config(place.kiosk_config).devices
    counter.close()
    usual = {
        (name, table["driver"])
        for name, found in tables_of_the_demo.items()
        for table in (found, *found.values())
        if isinstance(table, dict) and "driver" in table
    }
    every = {(kind, driver) for kind, drivers in DRIVERS.items() for driver in drivers}
    assert set(USUAL.items()) <= usual
    assert every - usual - set(CHOICES) == set(PLAYED_OTHERWISE)


def test_the_read_me_names_every_kind_in_its_order() -> None:
    rows = [line.split("|") for line in README.read_text().splitlines() if line.startswith("| `")]
    named = {row[1].strip(" `"): re.findall("`([^`]+)`", row[2]) for row in rows}
    assert {role: named.get(role) for role in ROLES} == {role: list(found.kinds) for role, found in ROLES.items()}


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("scale=dialog6", "did you mean 'dialog06'?"),
        ("scales=hid", "did you mean 'scale'?"),
        ("scale", "choose one of dialog06, hid, toledo8217"),
    ],
)
def test_what_cannot_be_chosen_is_one_sentence(word: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Trouble, match=told):
        chosen([word])
    assert main(["demo", "--device", word]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"kiosk: --device {word}: ") and said.count("\n") == 1
