"""HID POS scanner: `driver = "hid_pos"`, USB HID usage page 0x8C, read report by report from /dev/hidraw*.

The mode to choose where a scanner has it: no keyboard layout, no baud rate, the AIM identifier in a field of its own,
and no framing to guess.
"""

from collections.abc import Callable

import msgspec

from drivers.ports.hidraw_port import open_hidraw
from drivers.ports.input_port import is_elsewhere
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.report_descriptor import read_descriptor
from drivers.scanner.driver import Scanner
from drivers.scanner.hid_pos import SILENCE_MS, HidPosProtocol
from drivers.scanner.host import MAKERS, Host, refuse_beep_alone
from drivers.scanner.pos_reports import PosReports
from drivers.scanner.repeats import AGAIN_MS
from drivers.scanner.simulated_pos import DESCRIPTOR, PosScannerSimulator
from drivers.settings import NotNegative, Positive
from drivers.simulated import SimulatedDevice

Opening = Callable[[], tuple[Port, PosReports]]
USUAL = PosReports(read_descriptor(DESCRIPTOR))
"""The layout that most of these scanners have; of one that another machine reads it is taken for granted."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.scanner]` with `driver = "hid_pos"`.

    `port` is a path, /dev/hidraw0 or a link to it, or a pattern for the device's name; socket://host:port where another
    machine reads the reports.
    """

    port: str
    silence_ms: Positive = SILENCE_MS
    """A label that goes on in the next report and does not within so long is broken off."""
    again_ms: NotNegative = AGAIN_MS
    """The same label within so long is one scan; 0: every label counts."""
    host: bool = False
    """Whether the scanner is told when to read, as far as its reports can say it."""
    beep: bool = False
    """Whether it beeps when the shop knows the item: then switch its own good-read beep off in the scanner."""


class _Told:
    """What the scanner that is open now can be told."""

    def __init__(self) -> None:
        self.reports = USUAL

    def enable(self, enabled: bool) -> bytes:
        return self.reports.enable(enabled)

    def beep(self, good: bool, enabled: bool) -> bytes:
        return self.reports.beep(good, enabled)

    def due_ms(self) -> int | None:
        return None

    def take(self, now_ms: int) -> bytes:
        return b""


def _scanner(name: str, opening: Opening, settings: Settings) -> Scanner:
    refuse_beep_alone(settings.beep, settings.host)
    ear, told = HidPosProtocol(name, USUAL, settings.silence_ms), _Told()

    def open_one() -> Port:
        port, reports = opening()
        ear.start(reports)
        told.reports = reports
        return port

    host: Host = told if settings.host else MAKERS[""]
    return Scanner(name, open_one, ear, settings.again_ms, host, beeps=settings.beep)


def make(name: str, settings: Settings) -> Scanner:
    """The scanner called `settings.port`. Raises DeviceError for settings that cannot be meant."""
    if is_elsewhere(settings.port):
        elsewhere = open_port(settings.port)
        return _scanner(name, lambda: (elsewhere(), USUAL), settings)
    return _scanner(name, open_hidraw(settings.port, PosReports, fills=True), settings)


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, PosScannerSimulator]:
    """The same driver with a simulated scanner at the other end."""
    simulator = PosScannerSimulator()
    device = SimulatedDevice(simulator, lambda opening: _scanner(name, lambda: (opening(), USUAL), settings))
    return device, simulator
