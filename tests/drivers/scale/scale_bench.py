"""What the scale tests share: time that is cranked, and a scale on a real pty."""

import os
import select
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from drivers.device import Device, Simulator
from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent, WeightSeen, WeightTrouble
from drivers.ports.port import Port
from drivers.ports.serial_port import SerialPort, SerialSettings

GIVE_UP_S = 10
ONLINE = DeviceOnline(device="scale")
MOVING = WeightSeen(device="scale", grams=None, stable=False)


def steady(grams: int) -> WeightSeen:
    return WeightSeen(device="scale", grams=grams, stable=True)


def trouble(what: WeightTrouble) -> WeightSeen:
    return WeightSeen(device="scale", grams=None, stable=False, trouble=what)


def is_away(heard: list[HardwareEvent]) -> bool:
    """Whether all that was told is, once, that it is away."""
    return [type(event) for event in heard] == [DeviceOffline]


class Crank:
    """Turns a device whenever it asks for it, as the loop does."""

    def __init__(self, device: Device) -> None:
        self.device, self.now_ms = device, 0

    def __call__(self, ms: int) -> list[HardwareEvent]:
        until, heard = self.now_ms + ms, list[HardwareEvent]()
        while (due := self.device.deadline_ms()) is not None and due <= until:
            self.now_ms = max(self.now_ms, due)
            heard += self.device.service(self.now_ms)
        self.now_ms = until
        return heard


@contextmanager
def on_a_pty(simulator: Simulator) -> Iterator[Callable[[], Port]]:
    """A serial line with that simulator at its other end, turned by a thread from when the line is opened."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    os.set_blocking(ours, False)
    opened, stop = threading.Event(), threading.Event()

    def opening() -> Port:
        port = SerialPort(os.ttyname(theirs), SerialSettings())
        opened.set()
        return port

    def live() -> None:
        opened.wait(GIVE_UP_S)
        simulator.connected(_tick_ms())
        while not stop.is_set():
            if select.select([ours], [], [], 0.01)[0]:
                simulator.receive(os.read(ours, 4_096), _tick_ms())
            simulator.advance(_tick_ms())
            os.write(ours, simulator.take())

    thread = threading.Thread(target=live)
    thread.start()
    try:
        yield opening
    finally:
        stop.set()
        thread.join()
        os.close(ours)
        os.close(theirs)


def hear_until(device: Device, wanted: HardwareEvent) -> list[HardwareEvent]:
    """Turn it in real time until it tells this."""
    heard: list[HardwareEvent] = []
    deadline = monotonic() + GIVE_UP_S
    while wanted not in heard:
        assert monotonic() < deadline, f"never told: {wanted}; but {heard}"
        fd = device.fileno()
        select.select([] if fd is None else [fd], [], [], 0.02)
        heard += device.service(_tick_ms())
    return heard


def _tick_ms() -> int:
    return int(monotonic() * 1_000)
