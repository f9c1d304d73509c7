"""`driver = "hid"`: a scale on USB that is a weighing device by its own description (HID usage page 0x8D)."""

import msgspec

from drivers.ports.open import open_port
from drivers.ports.report_port import open_reports
from drivers.scale.driver import Scale
from drivers.scale.hid import HidScale
from drivers.scale.hid_simulator import HidScaleSimulator
from drivers.settings import NotNegative, Positive
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scale]`. `port` is the path of a hidraw device; the rest is what the scale's plate says."""

    port: str
    min_g: NotNegative = 100
    max_g: Positive = 15_000
    step_g: Positive = 5


def make(name: str, settings: Settings) -> Scale:
    """The scale at `settings.port`. Raises DeviceError if that is no address."""
    opening = open_reports(settings.port) if settings.port.startswith("/") else open_port(settings.port)
    return Scale(name, opening, HidScale(name))


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, HidScaleSimulator]:
    """The same driver with a simulated scale of the same plate at the other end."""
    simulator = HidScaleSimulator(max_g=settings.max_g, step_g=settings.step_g)
    return SimulatedDevice(simulator, lambda opening: Scale(name, opening, HidScale(name))), simulator
