"""Headphones: `driver = "evdev"`, the switch in the jack, which the kernel shows as an input device of the sound card.

It takes no commands. A sound card that is away is reported once and looked for until it is back; until then nothing is
taken to be in its jack.
"""

from collections.abc import Callable
from typing import Literal

import msgspec

from drivers.events import Command, DeviceOffline, DeviceOnline, HardwareEvent, HeadphonesMoved
from drivers.headphones.simulator import JackSimulator
from drivers.headphones.switches import SW_HEADPHONE_INSERT, SW_LINEOUT_INSERT, JackProtocol
from drivers.ports.jack_port import open_jack
from drivers.ports.line import Line
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.simulated import SimulatedDevice

_CODES = {"headphone": SW_HEADPHONE_INSERT, "lineout": SW_LINEOUT_INSERT}


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.headphones]` with `driver = "evdev"`.

    `port` is a path, /dev/input/by-path/..., or a pattern for the jack's name ("*Headphone*"); socket://host:port where
    another machine reads the records.
    """

    port: str
    switch: Literal["headphone", "lineout"] = "headphone"
    """What the sound card calls the jack; `lineout` only where headphones are what is plugged in there."""


class Headphones:
    """One jack."""

    def __init__(self, name: str, open_line: Callable[[], Port], switch: int = SW_HEADPHONE_INSERT) -> None:
        self.name = name
        self._line = Line(open_line)
        self._protocol = JackProtocol(switch)
        self._online: bool | None = None

    def fileno(self) -> int | None:
        """As Device."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """As Device: the line's next try, or a plug that will have lasted."""
        dues = (self._line.deadline_ms(), self._protocol.deadline_ms())
        return min((due for due in dues if due is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """As Device."""
        turn = self._line.service(now_ms)
        happened: list[HardwareEvent] = []
        if turn.change == "opened":
            self._online = True
            happened.append(DeviceOnline(device=self.name))
        happened += self._moved(self._protocol.receive(turn.data, now_ms))
        if turn.change == "lost":
            happened += self._moved(self._protocol.reset())
            if self._online is not False:
                self._online = False
                happened.append(DeviceOffline(device=self.name, why=turn.why))
        return happened

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """A jack takes none: whoever sends one has mistaken the device."""
        raise AssertionError(f"{self.name} is a jack and takes no {type(command).__name__}")

    def close(self) -> None:
        """As Device."""
        self._line.close()

    def _moved(self, said: list[bool]) -> list[HardwareEvent]:
        return [HeadphonesMoved(device=self.name, plugged=plugged) for plugged in said]


def make(name: str, settings: Settings) -> Headphones:
    """The jack called `settings.port`. Raises DeviceError if evdev is not installed."""
    code = _CODES[settings.switch]
    away = settings.port.startswith("socket://")
    return Headphones(name, open_port(settings.port) if away else open_jack(settings.port, code), code)


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, JackSimulator]:
    """The same driver with a simulated jack at the other end."""
    code = _CODES[settings.switch]
    simulator = JackSimulator(code)
    return SimulatedDevice(simulator, lambda opening: Headphones(name, opening, code)), simulator
