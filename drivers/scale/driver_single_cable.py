"""`driver = "single_cable"` of a scale: the scale in a scanner, on the scanner's own cable.

A thin device: the scanner has the line, asks the scale and reports it under this device's name.
"""

import msgspec

from drivers.device import Device, DeviceError, WithoutDescriptor
from drivers.events import Command, HardwareEvent, PriceScale, ZeroScale
from drivers.scanner.driver_single_cable import ScannerWithScale
from drivers.settings import NotNegative, Positive


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scale]` with `driver = "single_cable"`. Min, Max and e are what the scale's plate says."""

    scanner: str = "scanner"
    """The scanner's name in the configuration; its driver is "single_cable" too."""
    min_g: NotNegative = 100
    max_g: Positive = 15_000
    step_g: Positive = 5


class InTheScanner(WithoutDescriptor):
    """The scale as the loop sees it; the scanner does the work, in its own turn."""

    def __init__(self, name: str, scanner: ScannerWithScale) -> None:
        self.name = name
        scanner.attach_scale(name)

    def deadline_ms(self) -> int | None:
        """None."""
        return None

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """Nothing: what the scale says is among the scanner's events."""
        return []

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """It can be told nothing: it works out no prices, and only its own key zeroes it."""
        assert isinstance(command, ZeroScale | PriceScale), f"{type(command).__name__} is not for a scale"
        return []

    def close(self) -> None:
        """The scanner closes its line itself."""


def make(name: str, settings: Settings, scanner: Device) -> InTheScanner:
    """The scale in `scanner`, the device called `settings.scanner`. Raises DeviceError if that has none."""
    if not isinstance(scanner, ScannerWithScale):
        raise DeviceError(f'scanner = {settings.scanner!r} has no scale in it: its driver must be "single_cable" too')
    return InTheScanner(name, scanner)
