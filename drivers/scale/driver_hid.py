"""`driver = "hid"`: a scale on USB that is a weighing device by its own description (HID usage page 0x8D)."""

from collections.abc import Callable

import msgspec

from drivers.ports.hidraw_port import open_hidraw
from drivers.ports.input_port import is_elsewhere
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.report_descriptor import read_descriptor
from drivers.scale.driver import Scale
from drivers.scale.hid import HidScale
from drivers.scale.hid_reports import ScaleReports
from drivers.scale.hid_simulator import DESCRIBED, HidScaleSimulator
from drivers.settings import NotNegative, Positive
from drivers.simulated import SimulatedDevice

USUAL = ScaleReports(read_descriptor(DESCRIBED))
"""The layout that scales on the market have; of one that another machine reads it is taken for granted."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scale]`. The rest is what the scale's plate says.

    `port` is a path, /dev/hidraw0 or a link to it, or a pattern for the device's name; socket://host:port where another
    machine reads the reports.
    """

    port: str
    min_g: NotNegative = 100
    max_g: Positive = 15_000
    step_g: Positive = 5


def _scale(name: str, opening: Callable[[], tuple[Port, ScaleReports]]) -> Scale:
    talk = HidScale(name, USUAL)

    def open_one() -> Port:
        port, reports = opening()
        talk.start(reports)
        return port

    return Scale(name, open_one, talk)


def make(name: str, settings: Settings) -> Scale:
    """The scale called `settings.port`. Raises DeviceError if that is no address."""
    if is_elsewhere(settings.port):
        elsewhere = open_port(settings.port)
        return _scale(name, lambda: (elsewhere(), USUAL))
    return _scale(name, open_hidraw(settings.port, ScaleReports))


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, HidScaleSimulator]:
    """The same driver with a simulated scale of the same plate at the other end."""
    simulator = HidScaleSimulator(max_g=settings.max_g, step_g=settings.step_g)
    return SimulatedDevice(simulator, lambda opening: _scale(name, lambda: (opening(), USUAL))), simulator
