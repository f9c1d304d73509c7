"""Devices on QEMU's USB bus that are pulled and put back: a keypad, and a serial adapter with a scanner behind it."""

from collections.abc import Iterator

import pytest

from drivers.events import DeviceOffline, DeviceOnline, KeyMoved, Scanned
from drivers.scanner.simulator import ScannerSimulator
from tests.hw.guest.plugs import Plugs
from tests.hw.guest.turning import FarEnd, Turning

MILK, BREAD = "7310865004703", "7310500088853"


@pytest.fixture(scope="module")
def monitor() -> Iterator[Plugs]:
    """It greets once, so there is one."""
    plugs = Plugs()
    yield plugs
    plugs.close()


def test_a_keypad_is_pulled_and_put_back(monitor: Plugs) -> None:
    keypad = Turning("keypad", driver="evdev", port="*USB Keyboard*")
    (away,) = keypad.until(DeviceOffline)[-1:]
    assert "plugged in" in away.why
    for key, means in (("up", "up"), ("ret", "ok")):
        monitor.plug("usb-kbd", "keypad")
        keypad.until(DeviceOnline)
        monitor.press(key, True)
        monitor.press(key, False)
        assert [(e.key, e.way) for e in keypad.until(KeyMoved, KeyMoved)] == [(means, "down"), (means, "up")]
        monitor.unplug("keypad")
        assert [type(e) for e in keypad.until(DeviceOffline)] == [KeyMoved, DeviceOffline]
        assert keypad.during(2_000) == [], "away is told once"
    keypad.close()


def test_a_scanner_behind_a_serial_adapter_is_pulled_and_put_back(monitor: Plugs) -> None:
    simulator = ScannerSimulator()
    far = FarEnd(simulator, "/dev/virtio-ports/wire")
    scanner = Turning("scanner", far, driver="serial", port="/dev/ttyUSB0")
    scanner.until(DeviceOffline)
    for label in (MILK, BREAD):
        monitor.plug("usb-serial", "scanner", chardev="adapter", **{"always-plugged": True})
        scanner.until(DeviceOnline)
        simulator.scan(label)
        assert scanner.until(Scanned)[-1].text == label
        monitor.unplug("scanner")
        scanner.until(DeviceOffline)
        assert scanner.during(2_000) == [], "away is told once"
    scanner.close()
