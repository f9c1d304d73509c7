"""Scanner: joins a line to whatever understands its bytes. The same for serial lines, sockets and keyboards.

UnifiedPOS category Scanner. It takes no commands. A scanner that is away is reported once and looked for until it is
back; a half label is forgotten with its line.
"""

from collections.abc import Callable
from typing import Protocol

from drivers.events import Command, DeviceOffline, DeviceOnline, HardwareEvent
from drivers.ports.line import Line
from drivers.ports.port import Port
from drivers.scanner.protocol import Label


class Ear(Protocol):
    """Understands one kind of scanner's bytes: ScannerProtocol or Keystrokes."""

    def receive(self, data: bytes, now_ms: int) -> list[Label]:
        """Bytes in, labels out."""

    def deadline_ms(self) -> int | None:
        """When silence will mean something."""

    def silence(self, now_ms: int) -> list[Label]:
        """Nothing more has come by now."""

    def reset(self) -> None:
        """The line was lost."""


class Scanner:
    """One scanner."""

    def __init__(self, name: str, open_port: Callable[[], Port], ear: Ear) -> None:
        self.name = name
        self._line = Line(open_port)
        self._ear = ear
        self._online: bool | None = None

    def fileno(self) -> int | None:
        """As Device."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """As Device: the line's next try, or the end of a label by silence."""
        deadlines = (self._line.deadline_ms(), self._ear.deadline_ms())
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """As Device."""
        turn = self._line.service(now_ms)
        happened: list[HardwareEvent] = []
        if turn.change == "opened":
            happened += self._came()
        happened += self._ear.receive(turn.data, now_ms) if turn.data else self._ear.silence(now_ms)
        if turn.change == "lost":
            happened += self._went(turn.why)
        return happened

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """A scanner takes none: whoever sends one has mistaken the device."""
        raise AssertionError(f"{self.name} is a scanner and takes no {type(command).__name__}")

    def close(self) -> None:
        """As Device."""
        self._line.close()

    def _came(self) -> list[HardwareEvent]:
        self._online = True
        return [DeviceOnline(device=self.name)]

    def _went(self, why: str) -> list[HardwareEvent]:
        self._ear.reset()
        if self._online is False:
            return []
        self._online = False
        return [DeviceOffline(device=self.name, why=why)]
