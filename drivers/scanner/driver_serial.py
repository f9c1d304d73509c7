"""Serial scanner: `driver = "serial"`, on a serial line, USB CDC-ACM, a socket, or whatever else a port can be."""

from typing import Literal

import msgspec

from drivers.ports.open import OpenPort, open_port
from drivers.scanner.activated import Activated
from drivers.scanner.driver import Scanner
from drivers.scanner.host import MAKERS, HostName, refuse_beep_alone
from drivers.scanner.protocol import SILENCE_MS, ScannerProtocol
from drivers.scanner.repeats import AGAIN_MS
from drivers.scanner.simulator import ScannerSimulator
from drivers.settings import NotNegative
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scanner]` with `driver = "serial"`. `silence_ms` 0: only a terminator ends a label."""

    port: str
    baud: int = 9600
    bytesize: Literal[7, 8] = 8
    parity: Literal["N", "E", "O", "M", "S"] = "N"
    stopbits: Literal[1, 2] = 1
    silence_ms: NotNegative = SILENCE_MS
    again_ms: NotNegative = AGAIN_MS
    """The same label within so long is one scan; 0: every label counts."""
    host: HostName = ""
    """Whose commands the scanner takes; empty: it is told nothing."""
    beep: bool = False
    """Whether it beeps when the shop knows the item: then switch its own good-read beep off in the scanner."""


def make(name: str, settings: Settings) -> Scanner:
    """The scanner at `settings.port`. Raises DeviceError if that is no address, or if it shall beep and not be told."""
    opening = open_port(
        settings.port,
        baud=settings.baud,
        bytesize=settings.bytesize,
        parity=settings.parity,
        stopbits=settings.stopbits,
    )
    return _scanner(name, opening, settings)


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, ScannerSimulator]:
    """The same driver with a simulated scanner at the other end."""
    simulator = ScannerSimulator(MAKERS[settings.host], once=settings.host == "honeywell")
    return SimulatedDevice(simulator, lambda opening: _scanner(name, opening, settings)), simulator


def _scanner(name: str, opening: OpenPort, settings: Settings) -> Scanner:
    refuse_beep_alone(settings.beep, settings.host)
    ear = ScannerProtocol(name, settings.silence_ms)
    if settings.host == "honeywell":
        activated = Activated(ear)
        return Scanner(name, opening, activated, settings.again_ms, activated)
    return Scanner(name, opening, ear, settings.again_ms, MAKERS[settings.host], beeps=settings.beep)
