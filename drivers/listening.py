"""Listening: the shape of every device that only speaks. Scanners, keypads, touch screens and jacks are such.

A line that mends itself brings bytes, an ear understands them. A device that is away is reported once and looked for
until it is back; what was half said is forgotten with its line, and what was held then (a key, a finger, a plug) is let
go, in the ear's own words, before anybody hears that the device is gone.

Such a device may talk faster than a shop listens: a scanner gone mad, or somebody's prank on a socket. In one turn so
much is read and so many events are handed over as keep the loop quick; the rest waits, and the line is not read
meanwhile, so that a flood fills the kernel's buffer and not ours.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from drivers.events import Command, DeviceOffline, DeviceOnline, HardwareEvent
from drivers.ports.line import Line
from drivers.ports.port import Port

BYTES_PER_TURN = 4_096
EVENTS_PER_TURN = 32


class Ear(Protocol):
    """Understands one kind of device's bytes. Pure."""

    def receive(self, data: bytes, now_ms: int) -> Sequence[HardwareEvent]:
        """What these bytes say."""

    def deadline_ms(self) -> int | None:
        """When silence will mean something."""

    def silence(self, now_ms: int) -> Sequence[HardwareEvent]:
        """What it means that nothing more has come by now."""

    def reset(self) -> Sequence[HardwareEvent]:
        """The line is gone: forget what was half said, let go what was held."""


class Listening:
    """One device that only speaks."""

    events_per_turn = EVENTS_PER_TURN
    """Fewer where each of them is much work for whoever hears it."""

    def __init__(self, name: str, open_port: Callable[[], Port], ear: Ear) -> None:
        self.name = name
        self._line = Line(open_port, enough=BYTES_PER_TURN)
        self._ear = ear
        self._online: bool | None = None
        self._waiting: deque[HardwareEvent] = deque()

    def fileno(self) -> int | None:
        """As Device."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """As Device: the line's next try, when silence will mean something, or at once while events wait."""
        if self._waiting:
            return 0
        dues = (self._line.deadline_ms(), self._ear.deadline_ms())
        return min((due for due in dues if due is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """As Device."""
        if not self._waiting:
            self._waiting.extend(self._listen(now_ms))
        return [self._waiting.popleft() for _ in range(min(len(self._waiting), self.events_per_turn))]

    def _listen(self, now_ms: int) -> list[HardwareEvent]:
        turn = self._line.service(now_ms)
        happened: list[HardwareEvent] = []
        if turn.change == "opened":
            self._online = True
            self.opened(now_ms)
            happened.append(DeviceOnline(device=self.name))
        happened += self._ear.receive(turn.data, now_ms) if turn.data else self._ear.silence(now_ms)
        if turn.change == "lost":
            happened += self._went(turn.why)
        return happened

    def opened(self, now_ms: int) -> None:
        """The line is open, for the first time or again."""

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """It takes none: whoever sends one has mistaken the device."""
        raise AssertionError(f"{self.name} only speaks and takes no {type(command).__name__}")

    def close(self) -> None:
        """As Device."""
        self._line.close()

    def _went(self, why: str) -> list[HardwareEvent]:
        let_go = self._ear.reset()
        if self._online is False:
            return []
        self._online = False
        return [*let_go, DeviceOffline(device=self.name, why=why)]
