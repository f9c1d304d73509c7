"""The light tower on a USB relay board: `driver = "lcus"`, up to three lamps on its relays, switched, never dimmed."""

from collections.abc import Callable

import msgspec

from drivers.device import DeviceError
from drivers.events import Command, HardwareEvent, SetLights
from drivers.lcus.board import Board
from drivers.lcus.protocol import RELAYS
from drivers.lcus.simulator import LcusSimulator
from drivers.lights.driver import LAMPS, lamps
from drivers.lights.protocol import FULL, Lamps
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.simulated import SimulatedDevice

BAUD = 9_600


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.lights]` with `driver = "lcus"`: the board, and the relay of each lamp, from 1; 0: it is not there."""

    port: str
    red: int = 1
    amber: int = 2
    green: int = 3


class LcusLights:
    """As many lamps as there are."""

    def __init__(self, name: str, open_line: Callable[[], Port], settings: Settings) -> None:
        self.name = name
        self._relays = {colour: relay for colour in LAMPS if (relay := getattr(settings, colour))}
        self._board = Board(name, open_line, tuple(self._relays.values()))
        self._lamps = Lamps()
        self._now_ms = 0

    def fileno(self) -> int | None:
        """As Device."""
        return self._board.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._board.wants_write

    def deadline_ms(self) -> int | None:
        """When a pulse turns, an order may be shown, or the board wants something."""
        dues = (self._lamps.deadline_ms(self._now_ms), self._board.deadline_ms())
        return min((due for due in dues if due is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """Turn the pulse."""
        self._show(now_ms)
        return self._board.service(now_ms)

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """SetLights."""
        assert isinstance(command, SetLights), f"{type(command).__name__} is not for lamps"
        self._lamps.set(command, now_ms)
        self._show(now_ms)
        return []

    def _show(self, now_ms: int) -> None:
        self._now_ms = now_ms
        order, percent = self._lamps.shown(now_ms)
        for colour, level in zip(LAMPS, lamps(order), strict=True):
            if colour in self._relays:
                self._board.set(self._relays[colour], level * percent // FULL > 0, now_ms)

    def close(self) -> None:
        """Dark, and the board let go."""
        self._board.close()


def make(name: str, settings: Settings) -> LcusLights:
    """The lamps on the board at `settings.port`. Raises DeviceError."""
    _check(settings)
    return LcusLights(name, open_port(settings.port, baud=BAUD), settings)


def _check(settings: Settings) -> None:
    relays = [relay for colour in LAMPS if (relay := getattr(settings, colour))]
    if not relays or not all(1 <= relay <= RELAYS for relay in relays) or len(set(relays)) < len(relays):
        raise DeviceError(f"red, amber and green are different relays from 1 to {RELAYS}; 0: no such lamp")


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, LcusSimulator]:
    """The same driver with a simulated board at the other end."""
    _check(settings)
    simulator = LcusSimulator()
    return SimulatedDevice(simulator, lambda opening: LcusLights(name, opening, settings)), simulator
