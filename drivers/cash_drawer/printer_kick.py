"""The cash drawer on the receipt printer's kick connector: a thin device that hands its order to the printer.

The printer pushes (ESC p) and knows the drawer's switch from its own status, so it also reports DrawerStatus, under
this device's name.
"""

from typing import Literal, Protocol

import msgspec

from drivers.device import Device, WithoutDescriptor
from drivers.events import Command, HardwareEvent, OpenDrawer


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.cash_drawer]` with `driver = "printer"`."""

    printer: str = "pos_printer"
    """The printer's name in the configuration."""
    connector: Literal[1, 2] = 1
    """Drawer 1 is on pin 2 of the connector, drawer 2 on pin 5."""


class KickingPrinter(Device, Protocol):
    """A printer with a kick connector."""

    def attach_drawer(self, name: str, connector: int = 0) -> None:
        """Open the drawer on that connector (0 or 1) when told to, and report it under this name."""


class PrinterKickDrawer(WithoutDescriptor):
    """The drawer as the loop sees it; the printer does the work, in its own turn."""

    def __init__(self, name: str, printer: KickingPrinter, connector: int = 0) -> None:
        self.name = name
        self._printer = printer
        printer.attach_drawer(name, connector)

    def deadline_ms(self) -> int | None:
        """None."""
        return None

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """Nothing: what happens to the drawer is among the printer's events."""
        return []

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """OpenDrawer, handed on."""
        assert isinstance(command, OpenDrawer), f"{type(command).__name__} is not for a drawer"
        return self._printer.command(command, now_ms)

    def close(self) -> None:
        """The printer closes its line itself."""


def make(name: str, settings: Settings, printer: KickingPrinter) -> PrinterKickDrawer:
    """The drawer on `printer`, the device called `settings.printer`."""
    return PrinterKickDrawer(name, printer, settings.connector - 1)
