"""Keyboard scanner: `driver = "evdev"`, grabbed from the kernel's input devices and read by key code.

Never through a window's key events: those lose repeated digits, and the desktop's layout garbles codes.
"""

import msgspec

from drivers.ports.input_port import open_input, open_line
from drivers.scanner.driver import Scanner
from drivers.scanner.keystrokes import SILENCE_MS, Keystrokes
from drivers.scanner.layouts import LayoutName
from drivers.scanner.repeats import AGAIN_MS
from drivers.scanner.simulator import KeyboardScannerSimulator
from drivers.settings import NotNegative
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scanner]` with `driver = "evdev"`.

    `port` is a path, /dev/input/by-id/..., or a pattern for the device's name; socket://host:port where another machine
    reads the records. `layout` is the country that the scanner itself is set to; `silence_ms` 0: only Enter
    or Tab ends a label.
    """

    port: str
    layout: LayoutName = "us"
    silence_ms: NotNegative = SILENCE_MS
    again_ms: NotNegative = AGAIN_MS
    """The same label within so long is one scan; 0: every label counts."""


def make(name: str, settings: Settings) -> Scanner:
    """The scanner called `settings.port`. Raises DeviceError if evdev is not installed."""
    return Scanner(
        name,
        open_line(settings.port, open_input),
        Keystrokes(name, settings.layout, settings.silence_ms),
        settings.again_ms,
    )


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, KeyboardScannerSimulator]:
    """The same driver with a simulated keyboard scanner at the other end."""
    simulator = KeyboardScannerSimulator(settings.layout)
    ear = Keystrokes(name, settings.layout, settings.silence_ms)
    return SimulatedDevice(simulator, lambda opening: Scanner(name, opening, ear, settings.again_ms)), simulator
