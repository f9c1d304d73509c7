"""SSI scanner: `driver = "ssi"`, a Zebra scanner that speaks Simple Serial Interface (`ssi.py`).

The scanner is to be set to SSI, to send decode data as packets, to software handshaking with ACK and NAK, and to send
the AIM identifier.
"""

from typing import Literal

import msgspec

from drivers.ports.open import OpenPort, open_port
from drivers.scanner.driver import Scanner
from drivers.scanner.repeats import AGAIN_MS
from drivers.scanner.ssi import Ssi
from drivers.scanner.ssi_simulator import SsiSimulator
from drivers.settings import NotNegative
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scanner]` with `driver = "ssi"`. SSI has 8 data bits."""

    port: str
    baud: int = 9600
    parity: Literal["N", "E", "O", "M", "S"] = "N"
    stopbits: Literal[1, 2] = 1
    again_ms: NotNegative = AGAIN_MS
    """The same label within so long is one scan; 0: every label counts."""
    beep: bool = False
    """Whether it beeps when the shop knows the item: then switch its own good-read beep off in the scanner."""


def make(name: str, settings: Settings) -> Scanner:
    """The scanner at `settings.port`. Raises DeviceError if that is no address."""
    opening = open_port(settings.port, baud=settings.baud, parity=settings.parity, stopbits=settings.stopbits)
    return _scanner(name, opening, settings)


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, SsiSimulator]:
    """The same driver with a simulated scanner at the other end."""
    simulator = SsiSimulator()
    return SimulatedDevice(simulator, lambda opening: _scanner(name, opening, settings)), simulator


def _scanner(name: str, opening: OpenPort, settings: Settings) -> Scanner:
    ssi = Ssi(name)
    return Scanner(name, opening, ssi, settings.again_ms, ssi, beeps=settings.beep)
