"""A driver and its simulator as one device: it asks to be served whenever there is something to do."""

from drivers.events import DeviceOffline, DeviceOnline, Scanned
from drivers.scanner import driver_serial
from drivers.scanner.simulator import ScannerSimulator
from drivers.simulated import SimulatedDevice


def ready() -> tuple[SimulatedDevice, ScannerSimulator]:
    """A scanner that has nothing to do."""
    device, simulator = driver_serial.make_simulated("scanner", driver_serial.Settings(port=""))
    assert device.deadline_ms() == 0
    assert device.service(0) == [DeviceOnline(device="scanner")]
    return device, simulator


def test_when_nothing_happens_it_asks_for_nothing() -> None:
    device, _ = ready()
    assert device.deadline_ms() is None
    assert device.fileno() is None
    assert not device.wants_write


def test_what_a_person_does_makes_it_ask_at_once() -> None:
    device, simulator = ready()
    simulator.scan("96385074")
    due = device.deadline_ms()
    assert due is not None and due <= 5
    assert [type(event) for event in device.service(5)] == [Scanned]


def test_it_asks_for_the_simulators_time_and_for_the_drivers() -> None:
    device, simulator = ready()
    simulator.split_ms, simulator.terminator, simulator.aim = 30, "", False
    simulator.scan("96")
    device.service(100)
    while (due := device.deadline_ms()) is not None and due <= 100:
        assert device.service(100) == []
    assert due == 130
    assert device.service(130) == []
    while (due := device.deadline_ms()) is not None and due <= 130:
        assert device.service(130) == []
    assert due == 130 + driver_serial.SILENCE_MS
    assert [type(event) for event in device.service(due)] == [Scanned]


def test_pulling_the_plug_makes_it_ask_at_once() -> None:
    device, simulator = ready()
    simulator.unplug()
    due = device.deadline_ms()
    assert due is not None and due <= 10
    assert [type(event) for event in device.service(10)] == [DeviceOffline]
    device.close()
