"""The scanner drivers against their simulators: in memory, over a pty, over a socket, as a keyboard over a pipe."""

import os
import select
import tty
from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest

from drivers.device import Device
from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent, OpenDrawer, ScanGarbled, Scanned
from drivers.ports.input_port import InputPort
from drivers.ports.serving import SimulatorServer
from drivers.scanner import driver_evdev, driver_serial
from drivers.scanner.driver import Scanner
from drivers.scanner.keystrokes import Keystrokes
from drivers.scanner.layouts import LAYOUTS, LayoutName
from drivers.scanner.simulator import KeyboardScannerSimulator, ScannerSimulator
from drivers.simulated import SimulatedDevice

MILK = "7310865004703"
GIVE_UP_S = 10


def turn_until_calm(device: Device, now_ms: int = 0, until_ms: int = 60_000) -> list[HardwareEvent]:
    """Serve the device whenever it asks for it, as the loop does, until it asks for nothing more."""
    events: list[HardwareEvent] = []
    due = device.deadline_ms()
    while due is not None and due <= until_ms:
        now_ms = max(now_ms, due)
        events += device.service(now_ms)
        due = device.deadline_ms()
    return events


def said(events: list[HardwareEvent]) -> list[str]:
    """What was scanned; what was garbled as `!`."""
    labels = [event for event in events if isinstance(event, Scanned | ScanGarbled)]
    return [event.text if isinstance(event, Scanned) else "!" for event in labels]


@pytest.fixture
def serial() -> tuple[SimulatedDevice, ScannerSimulator]:
    device, simulator = driver_serial.make_simulated("scanner", driver_serial.Settings(port=""))
    assert turn_until_calm(device) == [DeviceOnline(device="scanner")]
    return device, simulator


def test_a_scan(serial: tuple[SimulatedDevice, ScannerSimulator]) -> None:
    device, simulator = serial
    simulator.scan(MILK)
    assert turn_until_calm(device) == [Scanned(device="scanner", symbology="]E0", text=MILK)]


@pytest.mark.parametrize("terminator", ["\r", "\n", "\r\n", "\t", ""])
@pytest.mark.parametrize("frame", [False, True])
@pytest.mark.parametrize("split_ms", [0, 20])
def test_every_framing_whole_or_byte_by_byte(
    serial: tuple[SimulatedDevice, ScannerSimulator], terminator: str, frame: bool, split_ms: int
) -> None:
    device, simulator = serial
    simulator.terminator, simulator.frame, simulator.split_ms = terminator, frame, split_ms
    for code in (MILK, "96385074"):
        simulator.scan(code)
        assert said(turn_until_calm(device)) == [code]


def test_faults_are_told_and_do_not_stick(serial: tuple[SimulatedDevice, ScannerSimulator]) -> None:
    device, simulator = serial
    simulator.scan_together(MILK, "96385074")
    assert said(turn_until_calm(device)) == [MILK, "96385074"]
    simulator.garbage()
    simulator.endless()
    simulator.scan(MILK)
    assert said(turn_until_calm(device)) == ["!", "!", MILK]


def test_unplugged_is_said_once_and_it_comes_back_by_itself(serial: tuple[SimulatedDevice, ScannerSimulator]) -> None:
    device, simulator = serial
    simulator.split_ms = 10
    simulator.scan(MILK)
    device.service(0)
    device.service(10)
    simulator.unplug()
    (lost,) = turn_until_calm(device, until_ms=30_000)
    assert isinstance(lost, DeviceOffline)
    simulator.split_ms = 0
    simulator.scan("scanned for nobody")
    simulator.plug()
    assert turn_until_calm(device, now_ms=30_000) == [DeviceOnline(device="scanner")]
    simulator.scan("96385074")
    assert said(turn_until_calm(device)) == ["96385074"]


def test_a_scanner_takes_no_commands(serial: tuple[SimulatedDevice, ScannerSimulator]) -> None:
    with pytest.raises(AssertionError, match="OpenDrawer"):
        serial[0].command(OpenDrawer("t"), 0)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("keypad", [False, True])
@pytest.mark.parametrize("split_ms", [0, 5])
def test_a_keyboard_scanner_in_its_own_layout(layout: LayoutName, keypad: bool, split_ms: int) -> None:
    settings = driver_evdev.Settings(port="", layout=layout)
    device, simulator = driver_evdev.make_simulated("scanner", settings)
    turn_until_calm(device)
    simulator.keypad, simulator.split_ms, simulator.aim = keypad, split_ms, True
    link = "https://id.example.org/01/09521234543213?10=AB~C&x=[1]"
    elements = "0109521234543213\x1d10ab^C"
    simulator.scan(MILK)
    simulator.scan(link, "]Q1")
    simulator.scan(elements, "]d2")
    labels = [(e.symbology, e.text) for e in turn_until_calm(device) if isinstance(e, Scanned)]
    assert labels == [("]E0", MILK), ("]Q1", link), ("]d2", elements)]


def test_a_keyboard_scanner_of_another_country_is_told_apart() -> None:
    simulator = KeyboardScannerSimulator("us")
    ear = Keystrokes("scanner", "fr")
    device = SimulatedDevice(simulator, lambda opening: Scanner("scanner", opening, ear))
    turn_until_calm(device)
    simulator.scan(MILK)
    assert said(turn_until_calm(device)) != [MILK]


def test_a_keyboard_scanner_has_the_same_troubles() -> None:
    device, simulator = driver_evdev.make_simulated("scanner", driver_evdev.Settings(port=""))
    turn_until_calm(device)
    simulator.garbage()
    simulator.endless()
    simulator.scan_together("5555555555555", "96385074")
    assert said(turn_until_calm(device)) == ["!", "!", "5555555555555", "96385074"]
    simulator.terminator = ""
    simulator.scan(MILK)
    assert said(turn_until_calm(device)) == [MILK]


class RealTime:
    """Turns a device on its file descriptor, with ticks of the real clock."""

    def __init__(self, device: Device, meanwhile: Callable[[], None]) -> None:
        self._device, self._meanwhile = device, meanwhile

    def until(self, kind: type[Any]) -> Any:
        """The next event of this kind."""
        give_up = monotonic() + GIVE_UP_S
        while monotonic() < give_up:
            self._meanwhile()
            fd = self._device.fileno()
            select.select([] if fd is None else [fd], [], [], 0.005)
            for event in self._device.service(int(monotonic() * 1_000)):
                if isinstance(event, kind):
                    return event
        raise AssertionError(f"no {kind.__name__}")


def test_over_a_socket() -> None:
    server = SimulatorServer(ScannerSimulator(), ("127.0.0.1", 0), lambda: int(monotonic() * 1_000))
    device = driver_serial.make("scanner", driver_serial.Settings(port=server.url))
    real = RealTime(device, server.turn)
    real.until(DeviceOnline)
    with server.hands() as simulator:
        simulator.scan(MILK)
    assert real.until(Scanned).text == MILK
    with server.hands() as simulator:
        simulator.unplug()
    real.until(DeviceOffline)
    with server.hands() as simulator:
        simulator.plug()
    real.until(DeviceOnline)
    with server.hands() as simulator:
        simulator.terminator = ""
        simulator.scan("96385074")
    assert real.until(Scanned).text == "96385074"
    device.close()
    server.close()


def test_over_a_serial_line() -> None:
    ours, theirs = os.openpty()
    tty.setraw(ours)
    simulator = ScannerSimulator()
    simulator.connected(0)

    def wire() -> None:
        simulator.advance(0)
        os.write(ours, simulator.take())

    device = driver_serial.make("scanner", driver_serial.Settings(port=f"{os.ttyname(theirs)}?baud=115200"))
    real = RealTime(device, wire)
    real.until(DeviceOnline)
    simulator.scan(MILK)
    assert real.until(Scanned).text == MILK
    os.close(theirs)
    os.close(ours)
    assert "unplugged" in RealTime(device, lambda: None).until(DeviceOffline).why
    device.close()


class KeyboardOnAPipe:
    """What evdev.InputDevice is to the port; the kernel's end is a pipe."""

    name = "A Scanner"

    def __init__(self) -> None:
        self._ours, self.kernel = os.pipe2(os.O_NONBLOCK)
        self.grabbed = False

    def fileno(self) -> int:
        return self._ours

    def grab(self) -> None:
        self.grabbed = True

    def close(self) -> None:
        self.grabbed = False
        os.close(self._ours)


def test_a_keyboard_scanner_over_a_pipe_of_input_records() -> None:
    keyboards: list[KeyboardOnAPipe] = []

    def opening() -> InputPort:
        keyboards.append(KeyboardOnAPipe())
        return InputPort(keyboards[-1])

    simulator = KeyboardScannerSimulator("de")
    simulator.connected(0)

    def kernel() -> None:
        simulator.advance(0)
        if keyboards:
            os.write(keyboards[-1].kernel, simulator.take())

    device = Scanner("scanner", opening, Keystrokes("scanner", "de"))
    real = RealTime(device, kernel)
    real.until(DeviceOnline)
    assert keyboards[0].grabbed
    simulator.scan("zy-" + MILK)
    assert real.until(Scanned).text == "zy-" + MILK
    os.close(keyboards[0].kernel)
    alone = RealTime(device, lambda: None)
    assert "unplugged" in alone.until(DeviceOffline).why
    assert not keyboards[0].grabbed
    alone.until(DeviceOnline)
    assert keyboards[1].grabbed
    device.close()
    os.close(keyboards[-1].kernel)
