"""Scanner with a scale in it: `driver = "single_cable"`, both on one line (`drivers/scale/single_cable.py`).

It is a scanner by itself, and a scale once `[devices.scale]` with `driver = "single_cable"` has given that a name.
"""

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec

from drivers.events import Command, HardwareEvent
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.scale.driver import Talking
from drivers.scale.single_cable import DATALOGIC, Framing, SingleCable
from drivers.scale.single_cable_simulator import SingleCableSimulator
from drivers.simulated import SimulatedDevice

Byte = Annotated[int, msgspec.Meta(ge=0, le=0x7F)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scanner]` with `driver = "single_cable"`. Prefix and terminator are numbers of ASCII characters."""

    port: str
    baud: int = 9600
    bytesize: Literal[7, 8] = 7
    parity: Literal["N", "E", "O", "M", "S"] = "O"
    stopbits: Literal[1, 2] = 1
    prefix: Byte = 0x53
    terminator: Byte = 0x0D
    bcc: bool = False

    @property
    def framing(self) -> Framing:
        """The last three."""
        return Framing(self.prefix, self.terminator, self.bcc)


class ScannerWithScale(Talking):
    """The device that has the line."""

    _talk: SingleCable

    def __init__(self, name: str, open_port: Callable[[], Port], framing: Framing = DATALOGIC) -> None:
        super().__init__(name, open_port, SingleCable(name, framing))

    def attach_scale(self, name: str) -> None:
        """Ask the scale too, and report it under this name."""
        self._talk.scale(name)

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """A scanner takes none: whoever sends one has mistaken the device."""
        raise AssertionError(f"{self.name} is a scanner and takes no {type(command).__name__}")


def make(name: str, settings: Settings) -> ScannerWithScale:
    """The scanner at `settings.port`. Raises DeviceError if that is no address."""
    opening = open_port(
        settings.port,
        baud=settings.baud,
        bytesize=settings.bytesize,
        parity=settings.parity,
        stopbits=settings.stopbits,
    )
    return ScannerWithScale(name, opening, settings.framing)


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, SingleCableSimulator]:
    """The same driver with a simulated one at the other end; nobody has attached its scale."""
    simulator = SingleCableSimulator(framing=settings.framing)
    return SimulatedDevice(simulator, lambda opening: ScannerWithScale(name, opening, settings.framing)), simulator
