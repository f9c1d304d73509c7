"""`driver = "dialog06"`: a scale that works out the price itself (Bizerba, Mettler Toledo, OHAUS, Dibal and others)."""

import binascii
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from drivers.ports.open import open_port
from drivers.scale.dialog06 import Dialog06
from drivers.scale.dialog06_simulator import Dialog06Simulator
from drivers.scale.driver import Scale
from drivers.settings import NotNegative, Positive
from drivers.simulated import SimulatedDevice

Polynomial = Annotated[str, msgspec.Meta(pattern=r"^(|0x[01]?[0-9A-Fa-f]{4})$")]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scale]`. 7 data bits and odd parity are the protocol's own; Min, Max and e are what the plate says."""

    port: str
    baud: int = 9600
    bytesize: Literal[7, 8] = 7
    parity: Literal["N", "E", "O", "M", "S"] = "O"
    stopbits: Literal[1, 2] = 1
    min_g: NotNegative = 100
    max_g: Positive = 15_000
    step_g: Positive = 5
    polynomial: Polynomial = ""
    """Of the checksum handshake, hexadecimal with its leading one, as the scale's maker tells it; "": no handshake."""
    unit_price_digits: Literal[5, 6] = 6
    price_step_minor: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1
    """What the scale rounds a price to."""


def make(name: str, settings: Settings) -> Scale:
    """The scale at `settings.port`. Raises DeviceError if that is no address."""
    opening = open_port(
        settings.port,
        baud=settings.baud,
        bytesize=settings.bytesize,
        parity=settings.parity,
        stopbits=settings.stopbits,
    )
    return Scale(name, opening, _talk(name, settings))


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, Dialog06Simulator]:
    """The same driver with a simulated scale of the same plate at the other end."""
    simulator = Dialog06Simulator(
        max_g=settings.max_g, step_g=settings.step_g, min_g=settings.min_g, polynomial=_polynomial(settings)
    )
    simulator.price_step_minor = settings.price_step_minor
    return SimulatedDevice(simulator, lambda opening: Scale(name, opening, _talk(name, settings))), simulator


def checksum() -> int:
    """CS: the CRC-16 (CCITT) of the files that this till weighs with."""
    crc = 0
    for path in sorted(Path(__file__).parent.glob("*.py")):
        crc = binascii.crc_hqx(path.read_bytes(), crc)
    return crc


def _talk(name: str, settings: Settings) -> Dialog06:
    return Dialog06(
        name,
        checksum=checksum(),
        polynomial=_polynomial(settings),
        digits=settings.unit_price_digits,
        step_minor=settings.price_step_minor,
    )


def _polynomial(settings: Settings) -> int | None:
    return int(settings.polynomial, 16) or None if settings.polynomial else None
