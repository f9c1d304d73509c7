"""What a serial scanner is told, in its maker's words; and two scanners at once."""

import os
import select
import tty

import pytest

from drivers.device import DeviceError
from drivers.events import BeepScanner, DeviceOffline, DeviceOnline, EnableScanner, HardwareEvent, Scanned
from drivers.registry import make_devices
from drivers.scanner.activated import Activated
from drivers.scanner.driver_serial import Settings, make, make_simulated
from drivers.scanner.host import HostName
from drivers.scanner.protocol import ScannerProtocol
from drivers.scanner.simulator import ScannerSimulator
from drivers.simulated import SimulatedDevice

MILK = "7310865004703"
GIVE_UP_S = 10


def pair(host: HostName) -> tuple[SimulatedDevice, ScannerSimulator]:
    device, simulator = make_simulated("scanner", Settings(port="", host=host, beep=bool(host)))
    device.service(0)
    return device, simulator


def test_beeps_without_words_are_refused() -> None:
    with pytest.raises(DeviceError, match="beep = true needs host"):
        make_simulated("scanner", Settings(port="", beep=True))


def test_a_beep_that_the_maker_has_no_word_for_is_refused() -> None:
    with pytest.raises(DeviceError, match="no word for a beep"):
        make_simulated("scanner", Settings(port="", host="honeywell", beep=True))


def test_a_scanner_that_reads_one_label_each_time_is_told_anew_for_each() -> None:
    device, simulator = make_simulated("scanner", Settings(port="", host="honeywell"))
    device.service(0)
    for now_ms, text in ((100, MILK), (200, "96385074"), (300, MILK)):
        simulator.scan(text)
        assert [event.text for event in device.service(now_ms) if isinstance(event, Scanned)] == [text]
        device.service(now_ms + 1)
    device.command(EnableScanner(enabled=False), 400)
    simulator.scan(MILK)
    assert device.service(500) == []
    device.command(EnableScanner(enabled=True), 600)
    simulator.scan(MILK)
    assert [type(event) for event in device.service(700)] == [Scanned]


def test_it_is_told_anew_before_its_read_time_out_has_passed() -> None:
    activated = Activated(ScannerProtocol("scanner"))
    assert activated.enable(True) == b"\x16T\r" and activated.take(0) == b""
    assert activated.due_ms() is not None and activated.due_ms() < 30_000
    assert [activated.take(now_ms) for now_ms in (19_999, 20_000, 20_001)] == [b"", b"\x16T\r", b""]
    assert activated.enable(False) == b"\x16U\r" and activated.take(90_000) == b"" and activated.due_ms() is None


def test_a_scanner_that_shall_not_beep_does_not() -> None:
    device, simulator = make_simulated("scanner", Settings(port="", host="datalogic"))
    device.service(0)
    device.command(BeepScanner(), 1)
    assert simulator.beeps == 0


@pytest.mark.parametrize("host", ["datalogic", "cipherlab"])
def test_it_reads_nothing_while_it_may_not(host: HostName) -> None:
    device, simulator = pair(host)
    device.command(EnableScanner(enabled=False), 1)
    simulator.scan(MILK)
    assert device.service(2) == []
    device.command(BeepScanner(), 3)
    device.command(EnableScanner(enabled=True), 4)
    simulator.scan(MILK)
    assert [type(event) for event in device.service(5)] == [Scanned]
    assert simulator.beeps == 1


@pytest.mark.parametrize("host", ["datalogic", "cipherlab"])
def test_whatever_it_was_told_before_it_reads_when_the_line_opens(host: HostName) -> None:
    device, simulator = make_simulated("scanner", Settings(port="", host=host))
    simulator.enabled = False
    device.service(0)
    assert simulator.enabled


def test_an_error_has_no_beep_that_would_do_nothing_else() -> None:
    device, simulator = pair("datalogic")
    device.command(BeepScanner(good=False), 1)
    device.service(2)
    assert simulator.beeps == 0


def test_a_scanner_whose_maker_is_not_named_is_told_nothing() -> None:
    device, simulator = pair("")
    sent: list[bytes] = []
    simulator.receive = lambda data, now_ms: sent.append(data)  # type: ignore[method-assign]  # what comes is looked at
    device.command(EnableScanner(enabled=False), 1)
    device.command(BeepScanner(), 2)
    device.service(3)
    assert sent == []


def test_beeps_that_a_scanner_does_not_take_are_not_kept_for_later() -> None:
    device, simulator = pair("datalogic")
    simulator.unplug()
    device.service(1)
    for now_ms in range(2, 100):
        device.command(BeepScanner(), now_ms)
    simulator.plug()
    device.service(10_000)
    assert simulator.beeps == 0


def test_over_a_serial_line() -> None:
    ours, theirs = os.openpty()
    tty.setraw(ours)
    device = make("scanner", Settings(port=os.ttyname(theirs), host="cipherlab", beep=True))
    assert device.service(0) == [DeviceOnline(device="scanner")]
    device.command(EnableScanner(enabled=False), 1)
    device.command(BeepScanner(), 2)
    told = b""
    while len(told) < 9:
        assert select.select([ours], [], [], GIVE_UP_S)[0]
        told += os.read(ours, 64)
    assert told == b"ED#@////\r"
    os.write(ours, f"{MILK}\r".encode())
    heard: list[HardwareEvent] = []
    while not heard:
        assert select.select([device.fileno()], [], [], GIVE_UP_S)[0]
        heard = device.service(3)
    assert heard == [Scanned(device="scanner", symbology="", text=MILK)]
    device.close()
    os.close(ours)
    os.close(theirs)


def test_two_scanners_at_once_each_with_its_own_name_and_its_own_troubles() -> None:
    tables = {"scanner": {"hand": {"driver": "simulated"}, "flatbed": {"driver": "simulated"}}}
    hand, flatbed = make_devices(tables)
    assert isinstance(hand, SimulatedDevice) and isinstance(flatbed, SimulatedDevice)
    heard: list[HardwareEvent] = []
    for now_ms in (0, 10, 20):
        if now_ms == 10:
            for device, code in ((hand, MILK), (flatbed, "96385074")):
                assert isinstance(device.simulator, ScannerSimulator)
                device.simulator.scan(code)
            flatbed.simulator.scan(MILK)  # type: ignore[attr-defined]
        if now_ms == 20:
            hand.simulator.unplug()  # type: ignore[attr-defined]
        heard += [*hand.service(now_ms), *flatbed.service(now_ms)]
    assert [(event.device, getattr(event, "text", type(event))) for event in heard] == [
        ("scanner.hand", DeviceOnline),
        ("scanner.flatbed", DeviceOnline),
        ("scanner.hand", MILK),
        ("scanner.flatbed", "96385074"),
        ("scanner.flatbed", MILK),
        ("scanner.hand", DeviceOffline),
    ]
