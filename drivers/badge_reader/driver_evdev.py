"""Badge reader that pretends to be a keyboard: `driver = "evdev"`, grabbed, so that a badge is typed nowhere else."""

import msgspec

from drivers.badge_reader.badges import Badges
from drivers.badge_reader.simulator import KeyboardBadgeReaderSimulator
from drivers.listening import Listening
from drivers.ports.input_port import open_input
from drivers.ports.open import open_port
from drivers.scanner.keystrokes import SILENCE_MS, Keystrokes
from drivers.scanner.layouts import LayoutName
from drivers.settings import NotNegative
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.badge_reader]` with `driver = "evdev"`.

    `port` is a path, /dev/input/by-id/..., or a pattern for the device's name; socket://host:port where another machine
    reads the records. `layout`: the country that the reader itself is set to.
    """

    port: str
    layout: LayoutName = "us"
    silence_ms: NotNegative = SILENCE_MS


def _ear(name: str, settings: Settings) -> Badges:
    return Badges(name, Keystrokes(name, settings.layout, settings.silence_ms))


def make(name: str, settings: Settings) -> Listening:
    """The reader called `settings.port`. Raises DeviceError if evdev is not installed."""
    away = settings.port.startswith("socket://")
    opening = open_port(settings.port) if away else open_input(settings.port)
    return Listening(name, opening, _ear(name, settings))


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, KeyboardBadgeReaderSimulator]:
    """The same driver with a simulated reader at the other end."""
    simulator = KeyboardBadgeReaderSimulator(settings.layout)
    return SimulatedDevice(simulator, lambda opening: Listening(name, opening, _ear(name, settings))), simulator
