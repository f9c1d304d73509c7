"""Turning: one driver turned as the lane's loop turns it, by a real clock, with the far end of its wire beside it."""

import errno
import os
import select
import time
import tty
from pathlib import Path

from drivers.device import Simulator
from drivers.events import HardwareEvent
from drivers.registry import make_devices

GLANCE_MS = 20
"""How often the far end has its turn."""
_AWAY = (errno.ENOENT, errno.ENODEV, errno.EIO, errno.ESHUTDOWN)
LIMIT_MS = 30_000
"""Nothing here takes so long, even on an emulated machine."""


def now_ms() -> int:
    """The loop's tick."""
    return time.monotonic_ns() // 1_000_000


def wait_for(path: str) -> None:
    """Until the kernel shows this file. Fails when that takes long."""
    began_ms = now_ms()
    while not Path(path).exists():
        assert now_ms() - began_ms < LIMIT_MS, f"{path} did not come"
        select.select([], [], [], GLANCE_MS / 1_000)


class Turning:
    """A device of the configuration, and what it has said and nobody has asked for yet."""

    def __init__(self, name: str, far: "FarEnd | None" = None, **settings: object) -> None:
        """`name` and `settings` as in `[devices.NAME]`; `far`: the other end of its wire."""
        (self.device,) = make_devices({name: settings})
        self._far = far
        self._said: list[HardwareEvent] = []

    def until(self, *kinds: type) -> list[HardwareEvent]:
        """All that it says until there was one event of each kind, in this order. Fails when that takes long."""
        wanted, place, began_ms = list(kinds), 0, now_ms()
        while wanted:
            if place == len(self._said):
                assert now_ms() - began_ms < LIMIT_MS, f"no {wanted[0].__name__} came; heard: {self._said}"
                self.turn()
                continue
            if isinstance(self._said[place], wanted[0]):
                wanted.pop(0)
            place += 1
        said, self._said = self._said[:place], self._said[place:]
        return said

    def during(self, ms: int) -> list[HardwareEvent]:
        """All that it says in so long."""
        until_ms = now_ms() + ms
        while now_ms() < until_ms:
            self.turn()
        said, self._said = self._said, []
        return said

    def turn(self) -> None:
        """One turn; what is said then is kept."""
        due_ms = self.device.deadline_ms()
        wait_ms = GLANCE_MS if due_ms is None else max(0, min(GLANCE_MS, due_ms - now_ms()))
        fd = self.device.fileno()
        reading = [] if fd is None else [fd]
        select.select(reading, reading if self.device.wants_write else [], [], wait_ms / 1_000)
        self._said += self.device.service(now_ms())
        if self._far is not None:
            self._far.turn(now_ms())

    def close(self) -> None:
        """Let go of both ends."""
        self.device.close()
        if self._far is not None:
            self._far.close()


class FarEnd:
    """A simulator at the device's end of a real wire: a file that is not there, or fails, while the plug is pulled."""

    def __init__(self, simulator: Simulator, path: str) -> None:
        self._simulator, self._path = simulator, path
        self._fd: int | None = None
        self._out = b""

    def turn(self, now_ms: int) -> None:
        """Hear, think, speak; whatever fails is opened anew in the next turn."""
        try:
            if self._fd is None:
                self._fd = os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
                if os.isatty(self._fd):
                    tty.setraw(self._fd)
                self._simulator.connected(now_ms)
            if data := self._read(self._fd):
                self._simulator.receive(data, now_ms)
            self._simulator.advance(now_ms)
            self._out += self._simulator.take()
            self._write(self._fd)
        except OSError as trouble:
            assert trouble.errno in _AWAY, trouble
            self.close()
            self._simulator.disconnected(now_ms)

    def close(self) -> None:
        """Let go of the file."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd, self._out = None, b""

    def _read(self, fd: int) -> bytes:
        """What has come. Raises OSError also for a terminal that was hung up."""
        try:
            data = os.read(fd, 4_096)
        except BlockingIOError:
            return b""
        if not data:
            raise OSError(errno.EIO, "hung up")
        return data

    def _write(self, fd: int) -> None:
        try:
            self._out = self._out[os.write(fd, self._out) :] if self._out else b""
        except BlockingIOError:
            return
