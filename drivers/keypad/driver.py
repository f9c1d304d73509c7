"""Keypad: `driver = "evdev"`, grabbed from the kernel's input devices and read by key code.

UnifiedPOS category POSKeyboard. It takes no commands. A keypad that is away is reported once and looked for until it is
back; a key that was held then is let go without having acted.
"""

from collections.abc import Callable

import msgspec

from drivers.events import Command, DeviceOffline, DeviceOnline, HardwareEvent, KeyMoved
from drivers.keypad.key_moves import KeypadProtocol
from drivers.keypad.simulator import KeypadSimulator
from drivers.ports.hid_port import open_input
from drivers.ports.line import Line
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.keypad]` with `driver = "evdev"`.

    `port` is a path, /dev/input/by-id/..., or a pattern for the device's name; socket://host:port where another
    machine reads the records.
    """

    port: str


class Keypad:
    """One keypad."""

    def __init__(self, name: str, open_line: Callable[[], Port]) -> None:
        self.name = name
        self._line = Line(open_line)
        self._protocol = KeypadProtocol(name)
        self._online: bool | None = None

    def fileno(self) -> int | None:
        """As Device."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """As Device: the line's next try."""
        return self._line.deadline_ms()

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """As Device."""
        turn = self._line.service(now_ms)
        happened: list[HardwareEvent] = []
        if turn.change == "opened":
            self._online = True
            happened.append(DeviceOnline(device=self.name))
        happened += self._protocol.receive(turn.data)
        if turn.change == "lost":
            happened += self._went(turn.why)
        return happened

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """A keypad takes none: whoever sends one has mistaken the device."""
        raise AssertionError(f"{self.name} is a keypad and takes no {type(command).__name__}")

    def close(self) -> None:
        """As Device."""
        self._line.close()

    def _went(self, why: str) -> list[HardwareEvent]:
        self._protocol.reset()
        if self._online is False:
            return []
        self._online = False
        return [KeyMoved(device=self.name, key="", way="lost"), DeviceOffline(device=self.name, why=why)]


def make(name: str, settings: Settings) -> Keypad:
    """The keypad called `settings.port`. Raises DeviceError if evdev is not installed."""
    away = settings.port.startswith("socket://")
    return Keypad(name, open_port(settings.port) if away else open_input(settings.port))


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, KeypadSimulator]:
    """The same driver with a simulated keypad at the other end."""
    simulator = KeypadSimulator()
    return SimulatedDevice(simulator, lambda opening: Keypad(name, opening)), simulator
