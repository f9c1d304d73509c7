"""Exit gate on a USB relay board: `driver = "lcus"`, one pulse on one of its relays.

The board cannot be told for how long: a lane that dies in the middle of a pulse leaves the relay closed, and the gate
open, until it is back and says how the relays are to be, which is the first that it does. A gate bears that; a coil
would not, so no drawer is offered on such a board.
"""

from collections.abc import Callable
from typing import Annotated

import msgspec

from drivers.events import Command, HardwareEvent, OpenGate
from drivers.gate.driver import REST_MS, PulseMs
from drivers.lcus.board import Board
from drivers.lcus.protocol import RELAYS
from drivers.lcus.simulator import LcusSimulator
from drivers.pins.pulse import Pulse
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.simulated import SimulatedDevice

BAUD = 9_600


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.gate]` with `driver = "lcus"`: the board, and the gate's relay on it."""

    port: str
    relay: Annotated[int, msgspec.Meta(ge=1, le=RELAYS)] = 1
    pulse_ms: PulseMs = 500


class LcusGate:
    """One gate."""

    def __init__(self, name: str, open_line: Callable[[], Port], settings: Settings) -> None:
        self.name = name
        self._relay = settings.relay
        self._board = Board(name, open_line, (settings.relay,))
        self._pulse = Pulse(settings.pulse_ms, REST_MS)

    def fileno(self) -> int | None:
        """As Device."""
        return self._board.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._board.wants_write

    def deadline_ms(self) -> int | None:
        """When the pulse ends, or the board wants something."""
        dues = (self._pulse.deadline_ms(), self._board.deadline_ms())
        return min((due for due in dues if due is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """End the pulse."""
        self._board.set(self._relay, self._pulse.flows(now_ms), now_ms)
        return self._board.service(now_ms)

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """OpenGate: one pulse."""
        assert isinstance(command, OpenGate), f"{type(command).__name__} is not for a gate"
        self._pulse.begin(now_ms)
        self._board.set(self._relay, self._pulse.flows(now_ms), now_ms)
        return []

    def close(self) -> None:
        """The relay open, and the board let go."""
        self._board.close()


def make(name: str, settings: Settings) -> LcusGate:
    """The gate on the board at `settings.port`. Raises DeviceError if that is no address."""
    return LcusGate(name, open_port(settings.port, baud=BAUD), settings)


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, LcusSimulator]:
    """The same driver with a simulated board at the other end."""
    simulator = LcusSimulator()
    return SimulatedDevice(simulator, lambda opening: LcusGate(name, opening, settings)), simulator
