"""`driver = "toledo8217"`: a Mettler Toledo 8217, or one of the many that speak like it, on a serial line."""

from typing import Literal

import msgspec

from drivers.ports.open import open_port
from drivers.scale.driver import Scale
from drivers.scale.simulator import ScaleSimulator
from drivers.scale.toledo8217 import Toledo8217
from drivers.settings import NotNegative, Positive
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scale]`. The last three are what the scale's plate says: Min, Max and e."""

    port: str
    baud: int = 9600
    bytesize: Literal[7, 8] = 7
    parity: Literal["N", "E", "O", "M", "S"] = "E"
    stopbits: Literal[1, 2] = 1
    min_g: NotNegative = 100
    max_g: Positive = 15_000
    step_g: Positive = 5


def make(name: str, settings: Settings) -> Scale:
    """The scale at `settings.port`. Raises DeviceError if that is no address."""
    opening = open_port(
        settings.port,
        baud=settings.baud,
        bytesize=settings.bytesize,
        parity=settings.parity,
        stopbits=settings.stopbits,
    )
    return Scale(name, opening, Toledo8217(name))


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, ScaleSimulator]:
    """The same driver with a simulated scale of the same plate at the other end."""
    simulator = ScaleSimulator(max_g=settings.max_g, step_g=settings.step_g)
    return SimulatedDevice(simulator, lambda opening: Scale(name, opening, Toledo8217(name))), simulator
