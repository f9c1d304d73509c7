"""Produce scale: joins a line to the 8217 protocol. UnifiedPOS category Scale; `driver = "toledo8217"`.

A scale that is away, or does not answer, is reported once and asked on until it is back.
"""

from collections.abc import Callable
from typing import Literal

import msgspec

from drivers.events import Command, HardwareEvent, ZeroScale
from drivers.ports.line import Line
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.scale.protocol import Toledo8217
from drivers.scale.simulator import ScaleSimulator
from drivers.settings import NotNegative, Positive
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scale]`. The last three are what the scale's plate says: Min, Max and e."""

    port: str
    baud: int = 9600
    bytesize: Literal[7, 8] = 7
    parity: Literal["N", "E", "O", "M", "S"] = "E"
    stopbits: Literal[1, 2] = 1
    min_g: NotNegative = 100
    max_g: Positive = 15_000
    step_g: Positive = 5


class Scale:
    """One scale."""

    def __init__(self, name: str, open_port: Callable[[], Port]) -> None:
        self.name = name
        self._line = Line(open_port)
        self._protocol = Toledo8217(name)

    def fileno(self) -> int | None:
        """As Device."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """As Device: the line's next try, or the next question."""
        deadlines = (self._line.deadline_ms(), self._protocol.deadline_ms() if self._line.is_open else None)
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """As Device."""
        turn = self._line.service(now_ms)
        happened = self._protocol.receive(turn.data, now_ms) if turn.data else []
        if turn.change == "lost":
            return happened + self._protocol.gone(turn.why)
        if self._line.is_open:
            question, told = self._protocol.request(now_ms)
            happened += told
            self._line.send(question)
            self._line.flush(now_ms)
        return happened

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """`ZeroScale`; whoever sends another has mistaken the device."""
        assert isinstance(command, ZeroScale), f"{self.name} is a scale and takes no {type(command).__name__}"
        self._protocol.zero()
        return []

    def close(self) -> None:
        """As Device."""
        self._line.close()


def make(name: str, settings: Settings) -> Scale:
    """The scale at `settings.port`. Raises DeviceError if that is no address."""
    opening = open_port(
        settings.port,
        baud=settings.baud,
        bytesize=settings.bytesize,
        parity=settings.parity,
        stopbits=settings.stopbits,
    )
    return Scale(name, opening)


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, ScaleSimulator]:
    """The same driver with a simulated scale of the same plate at the other end."""
    simulator = ScaleSimulator(max_g=settings.max_g, step_g=settings.step_g)
    return SimulatedDevice(simulator, lambda opening: Scale(name, opening)), simulator
