"""Scanner with a scale in it: `driver = "single_cable"`, both on one line (`drivers/scale/single_cable.py`).

It is a scanner by itself, and a scale once `[devices.scale]` with `driver = "single_cable"` has given that a name.
"""

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec

from drivers.events import Command, HardwareEvent
from drivers.ports.line import Line
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.scale.single_cable import DATALOGIC, Framing, SingleCable
from drivers.scale.single_cable_simulator import SingleCableSimulator
from drivers.simulated import SimulatedDevice

Byte = Annotated[int, msgspec.Meta(ge=0, le=0x7F)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scanner]` with `driver = "single_cable"`. Prefix and terminator are numbers of ASCII characters."""

    port: str
    baud: int = 9600
    bytesize: Literal[7, 8] = 7
    parity: Literal["N", "E", "O", "M", "S"] = "O"
    stopbits: Literal[1, 2] = 1
    prefix: Byte = 0x53
    terminator: Byte = 0x0D
    bcc: bool = False

    @property
    def framing(self) -> Framing:
        """The last three."""
        return Framing(self.prefix, self.terminator, self.bcc)


class ScannerWithScale:
    """The device that has the line."""

    def __init__(self, name: str, open_port: Callable[[], Port], framing: Framing = DATALOGIC) -> None:
        self.name = name
        self._line = Line(open_port)
        self._talk = SingleCable(name, framing)

    def attach_scale(self, name: str) -> None:
        """Ask the scale too, and report it under this name."""
        self._talk.scale(name)

    def fileno(self) -> int | None:
        """As Device."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """As Device: the line's next try, or the scale's next question."""
        deadlines = (self._line.deadline_ms(), self._talk.deadline_ms() if self._line.is_open else None)
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """As Device."""
        turn = self._line.service(now_ms)
        happened = self._talk.opened() if turn.change == "opened" else []
        happened += self._talk.receive(turn.data, now_ms)
        if turn.change == "lost":
            return happened + self._talk.lost(turn.why)
        if self._line.is_open:
            question, told = self._talk.request(now_ms)
            happened += told
            self._line.send(question)
            self._line.flush(now_ms)
        return happened

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """A scanner takes none: whoever sends one has mistaken the device."""
        raise AssertionError(f"{self.name} is a scanner and takes no {type(command).__name__}")

    def close(self) -> None:
        """As Device."""
        self._line.close()


def make(name: str, settings: Settings) -> ScannerWithScale:
    """The scanner at `settings.port`. Raises DeviceError if that is no address."""
    opening = open_port(
        settings.port,
        baud=settings.baud,
        bytesize=settings.bytesize,
        parity=settings.parity,
        stopbits=settings.stopbits,
    )
    return ScannerWithScale(name, opening, settings.framing)


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, SingleCableSimulator]:
    """The same driver with a simulated one at the other end; nobody has attached its scale."""
    simulator = SingleCableSimulator(framing=settings.framing)
    return SimulatedDevice(simulator, lambda opening: ScannerWithScale(name, opening, settings.framing)), simulator
