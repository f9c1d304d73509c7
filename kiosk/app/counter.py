"""Counter: all devices of the lane, turned together.

The counter services whatever is readable, writable or due, and hands what happened through the gate. A device in
memory has no file descriptor and is serviced every turn.
"""

import select
from collections.abc import Iterable
from contextlib import ExitStack

import structlog

from drivers.device import Device
from drivers.events import Command, DeviceOffline, DeviceOnline, FingerMoved, HardwareEvent, KeyMoved
from drivers.life import Life
from kiosk.app.gate import EXIT_READER, Gate
from kiosk.checkout.events import Event
from kiosk.ui.keys import KeyPressed
from kiosk.ui.touch import OnPanel
from kiosk.values.moment import Moment


class Counter:
    """The devices by their names in the configuration."""

    def __init__(self, devices: Iterable[Device], gate: Gate) -> None:
        self._devices = {device.name: device for device in devices}
        self._gate = gate
        self.lives: dict[str, Life] = {name: Life() for name in self._devices}
        """How each device is (`drivers.life`)."""
        self._keys: list[KeyPressed] = []
        self._fingers: list[OnPanel] = []
        self._log = structlog.get_logger("counter")

    def __contains__(self, name: str) -> bool:
        return name in self._devices

    def register(self, poll: "select.poll") -> None:
        """Ask the poll to wait for every device that has a file descriptor now."""
        for device in self._devices.values():
            fd = device.fileno()
            if fd is not None:
                poll.register(fd, select.POLLIN | (select.POLLOUT if device.wants_write else 0))

    def service(self, now: Moment) -> list[Event]:
        """Turn every device once; what happened, in the shop's words."""
        heard: list[Event] = []
        for device in self._devices.values():
            heard += self._translated(device.service(now.tick_ms), now)
        return heard

    def command(self, name: str, command: Command, now: Moment) -> list[Event]:
        """Tell one device something; a device that the lane does not have is silent."""
        device = self._devices.get(name)
        if device is None:
            return []
        return self._translated(device.command(command, now.tick_ms), now)

    def command_all(self, kind: str, command: Command, now: Moment) -> list[Event]:
        """Tell every device of a kind the same: of two scanners, both; not the exit gate's, which knows no visit."""
        names = [name for name in self._devices if name.partition(".")[0] == kind and name != EXIT_READER]
        return [event for name in names for event in self.command(name, command, now)]

    def _translated(self, events: Iterable[HardwareEvent], now: Moment) -> list[Event]:
        heard: list[Event] = []
        for event in events:
            if event.device in self.lives:
                self.lives[event.device] = self.lives[event.device].after(event, now.tick_ms)
            if isinstance(event, DeviceOnline | DeviceOffline):
                self._log.info("device", device=event.device, change=type(event).__name__)
            if isinstance(event, KeyMoved):
                self._keys.append(self._gate.pressed(event))
            if isinstance(event, FingerMoved):
                self._fingers.append(self._gate.touched(event))
            heard += self._gate.heard(event, now)
        return heard

    def pressed(self) -> list[KeyPressed]:
        """What the keypad's keys did since the last call: words for the eyes, not for the shop."""
        keys, self._keys = self._keys, []
        return keys

    def fingers(self) -> list[OnPanel]:
        """What the finger on the touch screen did since the last call: words for the glass."""
        fingers, self._fingers = self._fingers, []
        return fingers

    def deadline_ms(self) -> int | None:
        """When the first of them wants to be serviced."""
        dues = [due for device in self._devices.values() if (due := device.deadline_ms()) is not None]
        return min(dues, default=None)

    def close(self) -> None:
        """Let go of every port."""
        with ExitStack() as all_of_them:  # one that fails must not leave another's coil under current
            for device in self._devices.values():
                all_of_them.callback(device.close)
