"""From the configuration's tables to devices, and what a technician reads when a table cannot be meant."""

import sys
import tomllib
from typing import Any

import pytest

from drivers import registry
from drivers.device import DeviceError
from drivers.events import DeviceOnline
from drivers.registry import DRIVERS, Driver, device_tables, make_devices, simulate

LANE = {"currency": "SEK"}

COUNTER = """
[scanner.hand]
driver = "serial"
port = "socket://127.0.0.1:5001"
[scanner.flatbed]
driver = "simulated"
[cash_drawer]
driver = "printer"
[pos_printer]
driver = "escpos"
port = "socket://127.0.0.1:9100"
profile = "TM-T88V"
[card_terminal]
driver = "zvt"
port = "socket://127.0.0.1:20007"
password = "000000"
[lights]
driver = "gpio"
factory = "mock"
red = 17
amber = 27
green = 22
"""


def test_a_whole_counter() -> None:
    devices = make_devices(tomllib.loads(COUNTER), LANE)
    names = [device.name for device in devices]
    assert sorted(names) == ["card_terminal", "cash_drawer", "lights", "pos_printer", "scanner.flatbed", "scanner.hand"]
    assert names.index("pos_printer") < names.index("cash_drawer")
    for device in devices:
        device.close()


@pytest.mark.parametrize("kind", DRIVERS)
def test_every_kind_can_be_simulated(kind: str) -> None:
    (device,) = make_devices({kind: {"driver": "simulated"}}, LANE)
    assert device.name == kind
    device.close()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"driver": "zvt", "port": "socket://x", "confirm_ms": 0}, "confirm_ms: expected int >= 1"),
        ({"driver": "zvt", "port": "socket://x", "probe_ms": 0}, "probe_ms: expected int >= 1"),
        ({"driver": "zvt", "port": "socket://x", "idle_hang_up_ms": -1}, "idle_hang_up_ms: expected int >= 0"),
    ],
)
def test_a_time_that_would_prove_nothing_or_never_rest_is_refused(table: dict[str, Any], words: str) -> None:
    with pytest.raises(DeviceError, match=words):
        make_devices({"card_terminal": table}, LANE)


@pytest.mark.parametrize(("driver", "port"), [("serial", "socket://127.0.0.1:5001"), ("evdev", "scanner")])
def test_a_label_cannot_end_before_its_last_byte(driver: str, port: str) -> None:
    with pytest.raises(DeviceError, match="silence_ms: expected int >= 0"):
        make_devices({"scanner": {"driver": driver, "port": port, "silence_ms": -1}}, LANE)


def test_the_simulator_is_for_whoever_plays_the_shopper() -> None:
    device, simulator = simulate("scanner", {"driver": "simulated"})
    assert device.service(0) == [DeviceOnline(device="scanner")]
    simulator.scan("7310865004703")
    assert "7310865004703" in str(device.service(1))


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"scaner": {"driver": "serial"}}, "devices.scaner: .*did you mean 'scanner'"),
        ({"toaster": {"driver": "serial"}}, "choose one of .*card_terminal, cash_drawer"),
        ({"scanner": {"driver": "seriel"}}, "devices.scanner: .*did you mean 'serial'"),
        ({"scanner": {"driver": "simulator"}}, "did you mean 'simulated'"),
        ({"scanner": {}}, "'driver' is missing; choose one of serial, evdev, hid_pos, ssi, single_cable, simulated"),
        ({"scanner": {"driver": 3}}, "'driver' is missing"),
        ({"scanner": {"driver": "serial"}}, "devices.scanner: the setting 'port' is missing"),
        ({"scanner": {"driver": "serial", "prot": "/dev/x"}}, "no setting 'prot'; did you mean 'port'"),
        ({"scanner": {"driver": "simulated", "prot": "/dev/x"}}, "did you mean 'port'"),
        ({"scanner": {"driver": "serial", "port": "nowhere"}}, "devices.scanner: port 'nowhere' is no address"),
        ({"scanner": {"driver": "serial", "port": "/dev/x", "baud": "fast"}}, "baud: expected int, got str"),
        ({"scanner": {"driver": "serial", "port": "/dev/x", "parity": "even"}}, "parity: .*choose one of E, M, N"),
        ({"scanner": {"hand": {"driver": "seriel"}}}, r"devices.scanner.hand: .*'serial'"),
        ({"cash_drawer": {"driver": "printer"}}, "printer = 'pos_printer' names no device"),
        (
            {"cash_drawer": {"driver": "printer", "printer": "pos_prnter"}, "pos_printer": {"driver": "simulated"}},
            "did you mean 'pos_printer'",
        ),
    ],
)
def test_a_table_that_cannot_be_meant(tables: dict[str, dict[str, Any]], words: str) -> None:
    with pytest.raises(DeviceError, match=words):
        make_devices(tables, LANE)


def test_the_lane_says_what_the_table_does_not() -> None:
    table = {"driver": "zvt", "port": "socket://127.0.0.1:20007"}
    with pytest.raises(DeviceError, match="currency"):
        make_devices({"card_terminal": table})
    make_devices({"card_terminal": table}, LANE)
    with pytest.raises(DeviceError, match="XYZ"):
        make_devices({"card_terminal": {**table, "currency": "XYZ"}}, LANE)


def test_two_of_a_kind() -> None:
    hand, flatbed = {"driver": "serial"}, {"driver": "evdev"}
    assert device_tables({"scanner": {"hand": hand, "flatbed": flatbed}, "lights": {"driver": "gpio"}}) == {
        "scanner.hand": hand,
        "scanner.flatbed": flatbed,
        "lights": {"driver": "gpio"},
    }


def test_a_missing_package_stops_only_the_driver_that_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "evdev", None)
    make_devices({"scanner": {"driver": "serial", "port": "/dev/ttyUSB0"}})
    with pytest.raises(DeviceError, match="python3-evdev"):
        make_devices({"scanner": {"driver": "evdev", "port": "Honeywell*"}})


def test_a_driver_whose_module_is_missing_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.DRIVERS, "scale", {"toledo": Driver("drivers.no_such_scale")})
    with pytest.raises(DeviceError, match=r"devices.scale: .*drivers.no_such_scale"):
        make_devices({"scale": {"driver": "toledo"}})


def test_another_of_a_kind_stands_beside_the_first() -> None:
    tables = {
        "scanner": {"driver": "simulated", "exit": {"driver": "simulated"}},
        "door": {"service": {"driver": "gpio", "factory": "mock", "pin": 6}, "cash": {"driver": "simulated"}},
    }
    assert [device.name for device in make_devices(tables)] == ["scanner", "scanner.exit", "door.service", "door.cash"]
