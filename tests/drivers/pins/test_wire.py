"""Contacts that are played in another process: both ends of the wire, over a real socket."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from drivers.button import driver as button
from drivers.device import Device, DeviceError
from drivers.door import driver as door
from drivers.events import DoorMoved, HardwareEvent, KeylockTurned, KeyMoved
from drivers.keylock import driver as keylock
from drivers.pins.contact import LOOK_MS, STEADY_MS
from drivers.pins.wired_contact import WiredContact
from drivers.ports.serving import SimulatorServer
from drivers.ports.wire import READ_MOST, WireFactory, said
from kiosk.demo.ports import free_port

PIN = 5


@contextmanager
def served(contact: WiredContact) -> Iterator[SimulatorServer[WiredContact]]:
    """Behind a server that turns by itself."""
    server = SimulatorServer(contact, ("127.0.0.1", 0), lambda: 0)
    server.start()
    yield server
    server.close()


def looks(device: Device, start_ms: int) -> list[HardwareEvent]:
    """What it says of a contact that rests, and only that."""
    times = (start_ms, start_ms + STEADY_MS, start_ms + LOOK_MS)
    return [e for now in times for e in device.service(now) if isinstance(e, DoorMoved | KeylockTurned | KeyMoved)]


def sees(device: Device, start_ms: int) -> HardwareEvent:
    """The next thing that it says; a move is on its way through a socket for a moment."""
    for turn in range(10_000):
        if found := looks(device, start_ms + turn * 1_000):
            return found[0]
    raise AssertionError("nothing has come over the wire")


def test_a_door_that_is_shut_when_the_lane_starts_never_says_that_it_is_open() -> None:
    with served(WiredContact(PIN, closed=True)) as server:
        device = door.make("door", door.Settings(factory="wire", chip=server.url, pin=PIN))
        assert looks(device, 0) == [DoorMoved(device="door", open=False)]
        with server.hands() as contact:
            contact.open_contact()
        assert sees(device, 1_000) == DoorMoved(device="door", open=True)
        with server.hands() as contact:
            contact.close_contact()
        assert sees(device, 20_000_000) == DoorMoved(device="door", open=False)
        with server.hands() as contact:
            contact.cut()
        assert sees(device, 40_000_000) == DoorMoved(device="door", open=True)
        device.close()


@pytest.mark.parametrize("closed_level", ["low", "high"])
def test_a_lane_that_starts_again_finds_the_key_where_it_was_left(closed_level: str) -> None:
    settings = {"factory": "wire", "pin": PIN, "closed_level": closed_level}
    with served(WiredContact(PIN, closed_high=closed_level == "high")) as server:
        first = keylock.make("keylock", keylock.Settings(**settings, chip=server.url))
        assert looks(first, 0) == [KeylockTurned(device="keylock", position="normal")]
        with server.hands() as contact:
            contact.close_contact()
        first.close()
        second = keylock.make("keylock", keylock.Settings(**settings, chip=server.url))
        assert looks(second, 0) == [KeylockTurned(device="keylock", position="supervisor")]
        second.close()


def test_a_button_is_pressed() -> None:
    with served(WiredContact(PIN)) as server:
        device = button.make("button", button.Settings(factory="wire", chip=server.url, pin=PIN))
        looks(device, 0)
        with server.hands() as contact:
            contact.close_contact()
        assert sees(device, 1_000) == KeyMoved(device="button", key="help", way="down")
        device.close()


def test_a_wire_that_is_lost_is_a_cable_that_is_cut() -> None:
    with served(WiredContact(PIN, closed=True)) as server:
        device = door.make("door", door.Settings(factory="wire", chip=server.url, pin=PIN))
        looks(device, 0)
    assert sees(device, 1_000) == DoorMoved(device="door", open=True)
    device.close()


def test_who_floods_the_wire_is_heard_a_little_at_a_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        till = Thread(target=lambda: factories.append(WireFactory(f"socket://127.0.0.1:{listener.getsockname()[1]}")))
        factories: list[WireFactory] = []
        till.start()
        line, _ = listener.accept()
        line.sendall(bytes((said(PIN, False),)) * 10 * READ_MOST + bytes((said(PIN, True),)))
        till.join()
        looks = next(count for count in range(1, 10_000) if factories[0].level(PIN, False))
        factories[0].close()
        line.close()
    assert looks >= 10


def test_what_is_no_wire_is_told_at_once() -> None:
    with pytest.raises(DeviceError, match="no wire to pins"):
        door.make("door", door.Settings(factory="wire", chip="/dev/gpiochip0", pin=PIN))
    port = free_port()
    with pytest.raises(DeviceError, match=f"socket://127.0.0.1:{port} cannot be used"):
        door.make("door", door.Settings(factory="wire", chip=f"socket://127.0.0.1:{port}", pin=PIN))
