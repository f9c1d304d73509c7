"""SSI: the driver against its simulator in memory and over a pty, and packets against those that others print."""

import os
import select
import tty
from collections.abc import Callable

import pytest

from drivers.events import BeepScanner, DeviceOffline, DeviceOnline, EnableScanner, HardwareEvent, ScanGarbled, Scanned
from drivers.scanner.driver_ssi import Settings, make, make_simulated
from drivers.scanner.ssi import NO_PACKET, SCAN_DISABLE, SCAN_ENABLE, SHORT_HIGH, SHORT_LOW, Ssi, packet
from drivers.scanner.ssi_simulator import SsiSimulator
from drivers.simulated import SimulatedDevice

MILK = "7310865004703"
GIVE_UP_S = 10


class Counter:
    """A till with such a scanner, and time that is cranked."""

    def __init__(self, **settings: object) -> None:
        self.device: SimulatedDevice
        self.scanner: SsiSimulator
        self.device, self.scanner = make_simulated("scanner", Settings(port="", beep=True, **settings))  # type: ignore[arg-type]
        self.now_ms = 0
        self.wait(0)

    def wait(self, ms: int) -> list[HardwareEvent]:
        until, heard = self.now_ms + ms, list[HardwareEvent]()
        while (due := self.device.deadline_ms()) is not None and due <= until:
            self.now_ms = max(self.now_ms, due)
            heard += self.device.service(self.now_ms)
        self.now_ms = until
        return heard


@pytest.fixture
def counter() -> Counter:
    return Counter()


def milk() -> Scanned:
    return Scanned(device="scanner", symbology="]E0", text=MILK)


def test_the_packets_are_those_that_are_printed() -> None:
    """Of many projects that drive such scanners: acknowledge, scan enable and disable, start decode."""
    assert packet(0xD0) == bytes.fromhex("04D00400FF28")
    assert packet(SCAN_ENABLE) == bytes.fromhex("04E90400FF0F")
    assert packet(SCAN_DISABLE) == bytes.fromhex("04EA0400FF0E")
    assert packet(0xE4) == bytes.fromhex("04E40400FF14")


def test_a_label_is_heard_and_acknowledged(counter: Counter) -> None:
    counter.scanner.scan(MILK)
    assert counter.wait(10_000) == [milk()]
    assert counter.scanner.given_up == 0


def test_a_label_that_goes_on_in_the_next_packet_is_one(counter: Counter) -> None:
    counter.scanner.scan("7" * 300, "]Q1")
    assert counter.wait(10_000) == [Scanned(device="scanner", symbology="]Q1", text="7" * 300)]


def test_it_reads_nothing_while_it_may_not_and_beeps_as_it_is_told(counter: Counter) -> None:
    counter.device.command(EnableScanner(enabled=False), counter.now_ms)
    counter.wait(100)
    counter.scanner.scan(MILK)
    assert counter.wait(10_000) == []
    counter.device.command(BeepScanner(), counter.now_ms)
    counter.wait(100)
    counter.device.command(BeepScanner(good=False), counter.now_ms)
    counter.wait(100)
    counter.device.command(EnableScanner(enabled=True), counter.now_ms)
    counter.wait(100)
    counter.scanner.scan(MILK)
    assert counter.wait(10_000) == [milk()]
    assert counter.scanner.beeps == [SHORT_HIGH, SHORT_LOW]


def test_the_last_word_on_reading_is_what_counts(counter: Counter) -> None:
    for enabled in (False, True, False, True, False):
        counter.device.command(EnableScanner(enabled=enabled), counter.now_ms)
    counter.wait(10_000)
    assert not counter.scanner.enabled


def test_a_packet_that_was_garbled_is_sent_again_and_counts_once(counter: Counter) -> None:
    counter.scanner.garbles = 1
    counter.scanner.scan(MILK)
    assert [event for event in counter.wait(10_000) if isinstance(event, Scanned)] == [milk()]
    assert counter.scanner.given_up == 0


def test_a_label_that_comes_again_because_the_scanner_heard_nothing_counts_once() -> None:
    counter = Counter(again_ms=0)
    counter.scanner.deaf = True
    counter.scanner.scan(MILK)
    assert counter.wait(60_000) == [milk()]
    assert counter.scanner.given_up == 1


def test_a_word_that_the_scanner_does_not_hear_is_said_again() -> None:
    ssi = Ssi("scanner")
    ssi.enable(False)
    said = [ssi.take(now_ms) for now_ms in range(0, 10_000, 100)]
    assert [one for one in said if one] == [packet(SCAN_DISABLE), *[packet(SCAN_DISABLE, status=1)] * 2]
    assert ssi.due_ms() is None


def test_a_scanner_that_sends_no_packets_says_what_is_wrong(counter: Counter) -> None:
    counter.scanner.raw = True
    counter.scanner.scan(MILK)
    assert counter.wait(10_000) == [ScanGarbled(device="scanner", why=NO_PACKET)]


def test_away_and_back_is_told_once_and_it_reads_again(counter: Counter) -> None:
    counter.scanner.unplug()
    assert [type(event) for event in counter.wait(20_000)] == [DeviceOffline]
    counter.scanner.enabled = False
    counter.scanner.plug()
    assert counter.wait(20_000) == [DeviceOnline(device="scanner")]
    counter.scanner.scan(MILK)
    assert counter.wait(1_000) == [milk()]


def test_over_a_serial_line() -> None:
    ours, theirs = os.openpty()
    tty.setraw(ours)
    scanner, device = SsiSimulator(), make("scanner", Settings(port=os.ttyname(theirs)))
    assert device.service(0) == [DeviceOnline(device="scanner")]
    scanner.connected(0)
    scanner.scan(MILK)

    def exchanged(until: Callable[[], object]) -> list[HardwareEvent]:
        heard: list[HardwareEvent] = []
        while not until() or not heard:
            os.write(ours, scanner.take())
            ready, _, _ = select.select([ours, device.fileno()], [], [], GIVE_UP_S)
            assert ready
            if ours in ready:
                scanner.receive(os.read(ours, 64), 0)
            scanner.advance(0)
            heard += device.service(0)
        return heard

    assert exchanged(lambda: not scanner._labels) == [milk()]
    device.close()
    os.close(ours)
    os.close(theirs)
