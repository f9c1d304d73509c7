"""Keypad: `driver = "evdev"`, grabbed from the kernel's input devices and read by key code.

UnifiedPOS category POSKeyboard. It takes no commands. A key that is held when the keypad goes is let go without having
acted.
"""

from collections.abc import Callable

import msgspec

from drivers.keypad.key_moves import KeypadProtocol
from drivers.keypad.simulator import KeypadSimulator
from drivers.listening import Listening
from drivers.ports.input_port import open_input, open_line
from drivers.ports.port import Port
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.keypad]` with `driver = "evdev"`.

    `port` is a path, /dev/input/by-id/..., or a pattern for the device's name; socket://host:port where another
    machine reads the records.
    """

    port: str


class Keypad(Listening):
    """One keypad."""

    def __init__(self, name: str, open_port: Callable[[], Port]) -> None:
        super().__init__(name, open_port, KeypadProtocol(name))


def make(name: str, settings: Settings) -> Keypad:
    """The keypad called `settings.port`. Raises DeviceError if evdev is not installed."""
    return Keypad(name, open_line(settings.port, open_input))


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, KeypadSimulator]:
    """The same driver with a simulated keypad at the other end."""
    simulator = KeypadSimulator()
    return SimulatedDevice(simulator, lambda opening: Keypad(name, opening)), simulator
