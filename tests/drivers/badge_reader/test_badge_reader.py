"""Badge readers against their simulators: in memory, over a pty, over a socket, as a keyboard; and against noise."""

import os
import re
import tty

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.badge_reader import driver_evdev, driver_serial
from drivers.badge_reader.badges import REPEAT_MS, TEXT_LONGEST, Badges, checked
from drivers.badge_reader.simulator import BadgeReaderSimulator, check_byte
from drivers.device import Device
from drivers.events import BadgeGarbled, BadgeRead, DeviceOffline, DeviceOnline, HardwareEvent, OpenGate
from drivers.ports.serving import SimulatorServer
from drivers.scanner.protocol import ScannerProtocol

ANNA = "0415ED09A2"
SAID = "0415ED09A257"
"""Anna's with its check byte, worked out by hand: 04 ^ 15 ^ ED ^ 09 ^ A2 = 57."""


def turn(device: Device, now_ms: int = 0, until_ms: int = 60_000) -> list[HardwareEvent]:
    """Serve the device whenever it asks for it, until it asks for nothing more."""
    events: list[HardwareEvent] = []
    while (due := device.deadline_ms()) is not None and due <= until_ms:
        now_ms = max(now_ms, due)
        events += device.service(now_ms)
    return events


def read(*texts: str) -> list[HardwareEvent]:
    return [BadgeRead(device="badge_reader", text=text) for text in texts]


def reader(format: str = "text") -> tuple[Device, BadgeReaderSimulator]:
    made = driver_serial.make_simulated("badge_reader", driver_serial.Settings(port="", format=format))  # type: ignore[arg-type]
    assert turn(made[0]) == [DeviceOnline(device="badge_reader")]
    return made


def test_the_check_byte_is_checked_and_taken_off() -> None:
    assert check_byte(ANNA) == 0x57
    assert checked(SAID) == ANNA and checked(SAID.lower()) == ANNA
    assert checked("0415ED09A256") == checked(ANNA) == checked("") == checked("X415ED09A257") == ""


@pytest.mark.parametrize("format", ["text", "em4100"])
@pytest.mark.parametrize("split_ms", [0, 20])
def test_a_badge_whole_or_byte_by_byte(format: str, split_ms: int) -> None:
    device, simulator = reader(format)
    simulator.split_ms = split_ms
    simulator.show(ANNA)
    assert turn(device) == read(ANNA)


def test_a_badge_that_is_held_there_is_read_once_and_another_at_once() -> None:
    device, simulator = reader()
    simulator.hold("17", 5)
    simulator.show("18")
    simulator.show("17")
    assert turn(device) == read("17", "18", "17")


def test_the_same_badge_later_is_another_holding_of_it() -> None:
    ear = Badges("badge_reader", ScannerProtocol("badge_reader"))
    assert ear.receive(b"17\r", 0) == read("17")
    assert ear.receive(b"17\r", REPEAT_MS - 1) == []
    assert ear.receive(b"17\r", 2 * REPEAT_MS - 2) == [], "it has not been away"
    assert ear.receive(b"17\r", 3 * REPEAT_MS - 2) == read("17")


def test_a_worn_badge_is_nobodys() -> None:
    device, simulator = reader("em4100")
    simulator.worn(ANNA)
    assert turn(device) == [BadgeGarbled(device="badge_reader", why="no badge can be read in it")]
    simulator.show(ANNA)
    assert turn(device, 1_000) == read(ANNA)


def test_faults_are_told_and_do_not_stick() -> None:
    device, simulator = reader()
    simulator.garbage()
    simulator.endless()
    simulator.show("x" * (TEXT_LONGEST + 1))
    simulator.show("17")
    events = turn(device)
    assert [type(event) for event in events] == [BadgeGarbled] * 3 + [BadgeRead]


def test_unplugged_is_said_once_and_it_comes_back_by_itself() -> None:
    device, simulator = reader()
    simulator.unplug()
    (lost,) = turn(device, until_ms=30_000)
    assert isinstance(lost, DeviceOffline)
    simulator.plug()
    assert turn(device, 30_000, 60_000) == [DeviceOnline(device="badge_reader")]
    simulator.show("17")
    assert turn(device, 60_000, 70_000) == read("17")


def test_as_a_keyboard() -> None:
    device, simulator = driver_evdev.make_simulated("badge_reader", driver_evdev.Settings(port=""))
    turn(device)
    simulator.show("0004567890")
    assert turn(device) == read("0004567890")


def test_over_a_pty() -> None:
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    device = driver_serial.make("badge_reader", driver_serial.Settings(port=os.ttyname(theirs), format="em4100"))
    try:
        assert device.service(0) == [DeviceOnline(device="badge_reader")]
        events: list[HardwareEvent] = []
        for byte in b"\x02" + SAID.encode() + b"\r\n\x03":
            os.write(ours, bytes([byte]))
            events += device.service(1)
        for now_ms in range(2, 200_000):
            if events:
                break
            events += device.service(min(now_ms, 20))
        assert events == read(ANNA)
    finally:
        device.close()
        os.close(ours)
        os.close(theirs)


def test_over_a_socket() -> None:
    server = SimulatorServer(BadgeReaderSimulator(), ("127.0.0.1", 0), lambda: 0)
    device = driver_serial.make("badge_reader", driver_serial.Settings(port=server.url))
    events: list[HardwareEvent] = []
    for turns in range(200_000):
        events += device.service(0)
        server.turn()
        if events and turns % 100 == 0 and len(events) == 1:
            with server.hands() as simulator:
                simulator.show("17")
        if len(events) > 1:
            break
    device.close()
    server.close()
    assert events[:2] == [DeviceOnline(device="badge_reader"), *read("17")]


def test_it_takes_no_orders() -> None:
    device, _ = reader()
    with pytest.raises(AssertionError, match="takes no OpenGate"):
        device.command(OpenGate(ticket="t"), 0)


# --- whatever comes ---------------------------------------------------------------------------------------------------

IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z]")
"""Alone it is what a scanner says of a label with nothing in it: no badge."""
BADGE = st.text(st.characters(min_codepoint=0x30, max_codepoint=0x7E), min_size=1, max_size=TEXT_LONGEST).filter(
    lambda text: not IDENTIFIER.fullmatch(text)
)


@settings(max_examples=500)
@given(st.lists(BADGE, min_size=1, max_size=8, unique=True), st.lists(st.integers(1, 30), min_size=1, max_size=50))
def test_in_whatever_pieces_they_come_badges_are_the_same(badges: list[str], sizes: list[int]) -> None:
    data, ear, events, place = "".join(f"{badge}\r\n" for badge in badges).encode(), _ear(), [], 0
    while place < len(data):
        size = sizes[place % len(sizes)]
        events += ear.receive(data[place : place + size], 0)
        place += size
    assert events == read(*badges)


@settings(max_examples=500)
@given(st.binary(max_size=400))
def test_bytes_are_badges_or_garbled_and_nothing_else(data: bytes) -> None:
    _is_sane(_ear().receive(data, 0))
    checks = Badges("badge_reader", ScannerProtocol("badge_reader"), "em4100")
    for event in checks.receive(data, 0):
        if isinstance(event, BadgeRead):
            assert f"{event.text}{check_byte(event.text):02X}".encode() in data.upper()


def _ear() -> Badges:
    return Badges("badge_reader", ScannerProtocol("badge_reader"))


def _is_sane(events: list[HardwareEvent]) -> None:
    for event in events:
        assert isinstance(event, BadgeRead | BadgeGarbled)
        assert isinstance(event, BadgeGarbled) or 0 < len(event.text) <= TEXT_LONGEST
