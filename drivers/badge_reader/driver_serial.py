"""Badge reader on a serial line: `driver = "serial"`, also USB CDC-ACM, a socket, or whatever else a port can be."""

from typing import Literal

import msgspec

from drivers.badge_reader.badges import Badges, Format
from drivers.badge_reader.simulator import BadgeReaderSimulator
from drivers.listening import Listening
from drivers.ports.open import open_port
from drivers.scanner.protocol import SILENCE_MS, ScannerProtocol
from drivers.settings import NotNegative
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.badge_reader]` with `driver = "serial"`. `silence_ms` 0: only a terminator ends a badge."""

    port: str
    format: Format = "text"
    """`em4100` for readers that send a check byte, which is then checked and taken off."""
    baud: int = 9600
    bytesize: Literal[7, 8] = 8
    parity: Literal["N", "E", "O", "M", "S"] = "N"
    stopbits: Literal[1, 2] = 1
    silence_ms: NotNegative = SILENCE_MS


def _ear(name: str, settings: Settings) -> Badges:
    return Badges(name, ScannerProtocol(name, settings.silence_ms), settings.format)


def make(name: str, settings: Settings) -> Listening:
    """The reader at `settings.port`. Raises DeviceError if that is no address."""
    opening = open_port(
        settings.port,
        baud=settings.baud,
        bytesize=settings.bytesize,
        parity=settings.parity,
        stopbits=settings.stopbits,
    )
    return Listening(name, opening, _ear(name, settings))


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, BadgeReaderSimulator]:
    """The same driver with a simulated reader at the other end."""
    simulator = BadgeReaderSimulator(settings.format)
    return SimulatedDevice(simulator, lambda opening: Listening(name, opening, _ear(name, settings))), simulator
