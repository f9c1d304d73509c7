"""The receipt printer: a line joined to the ESC/POS conversation, and the drawer on its kick connector.

Bytes are handed to the line in small pieces, the next one only when the last has left: what is still here can be
dropped when the paper runs out, what the line has taken cannot.
"""

from collections.abc import Callable
from typing import Literal

import msgspec

from drivers.events import Command, HardwareEvent, OpenDrawer, Print
from drivers.ports.line import Line
from drivers.ports.open import OpenPort, open_port
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.protocol import Back, PrinterProtocol
from drivers.pos_printer.simulator import REAL_LINE_MS, PrinterSimulator
from drivers.simulated import SimulatedDevice

PIECE = 512


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.pos_printer]`."""

    port: str = ""
    profile: str = "TM-T88V"
    """A printer model of python-escpos's capability profiles; `default` fits most."""
    columns: int | None = None
    """Characters on a line, where the profile is wrong."""
    status: Literal["asb", "poll", "none", ""] = ""
    """What the printer sends back; empty: nothing from a file, automatic status from everything else."""
    fonts: tuple[str, ...] = ()
    """Paths of font files for lines that the printer has no letters for; they go before the usual ones of Noto."""
    logo: str = ""
    """Path of a picture that stands above receipts, in black and white."""
    drawer_open_level: Literal["low", "high"] = "low"
    """The level of pin 3 of the drawer connector while the drawer is open."""


class PosPrinter:
    """One ESC/POS printer."""

    def __init__(self, name: str, line: Line, protocol: PrinterProtocol, columns: int) -> None:
        """`columns`: characters on a line, for whoever lays out documents."""
        self.name = name
        self.columns = columns
        self._line = line
        self._protocol = protocol
        self._connector = 0

    def attach_drawer(self, name: str, connector: int = 0) -> None:
        """Open the drawer on kick connector 0 (pin 2) or 1 (pin 5) when told to, and report it under this name."""
        self._protocol.drawer, self._connector = name, connector

    def fileno(self) -> int | None:
        """The line's."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """Whether bytes wait for room."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """The nearest of the line's and the conversation's."""
        times = [time for time in (self._line.deadline_ms(), self._protocol.deadline_ms()) if time is not None]
        return min(times, default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """One turn: what the line brought, what time brought, what is to be sent."""
        turn = self._line.service(now_ms)
        events: list[HardwareEvent] = []
        if turn.change == "opened":
            events += self._protocol.opened(now_ms)
        events += self._protocol.received(turn.data, now_ms)
        if turn.change == "lost":
            events += self._protocol.lost(now_ms, turn.why)
        events += self._protocol.advance(now_ms)
        if self._protocol.reopen():
            self._line.hang_up()
            self._line.connect()
        return events + self._push(now_ms)

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """Print, or kick the drawer open."""
        match command:
            case Print(ticket=ticket, document=document):
                events = self._protocol.print(ticket, document, now_ms)
            case OpenDrawer():
                events = self._protocol.kick(self._connector, now_ms)
            case _:
                raise AssertionError(f"{type(command).__name__} is not for a printer")
        return events + self._push(now_ms)

    @property
    def identity(self) -> str:
        """As Identified."""
        return self._protocol.identity

    def identify(self, now_ms: int) -> bool:
        """As Identified; asked with the next turn."""
        return self._protocol.identify()

    def _push(self, now_ms: int) -> list[HardwareEvent]:
        events: list[HardwareEvent] = []
        while self._line.is_open and not self._line.wants_write:
            piece = self._protocol.take(PIECE, now_ms)
            if piece:
                self._line.send(piece)
                self._line.flush(now_ms)
            else:
                events += self._protocol.drained(now_ms)
                if not self._protocol.has_output:
                    break
        return events

    def close(self) -> None:
        """Let go of the line."""
        self._line.close()


def make(name: str, settings: Settings) -> PosPrinter:
    """The printer that the settings describe. Raises DeviceError for an unknown profile or port."""
    return assemble(name, settings, _encoder(settings), open_port(settings.port))


class SimulatedPrinter(SimulatedDevice):
    """The printer and its simulator as one device, with the kick connector of a printer."""

    def __init__(self, simulator: PrinterSimulator, make: Callable[[OpenPort], PosPrinter]) -> None:
        """As SimulatedDevice; `printer` is the driver inside."""
        super().__init__(simulator, lambda open_port: self._keep(make(open_port)))

    @property
    def columns(self) -> int:
        """Characters on a line."""
        return self.printer.columns

    def _keep(self, printer: PosPrinter) -> PosPrinter:
        self.printer = printer
        return printer

    def attach_drawer(self, name: str, connector: int = 0) -> None:
        """As the driver's."""
        self.printer.attach_drawer(name, connector)


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedPrinter, PrinterSimulator]:
    """The same printer with a simulated one at the other end of its line."""
    encoder = _encoder(settings)
    simulator = PrinterSimulator(encoder.columns, line_ms=REAL_LINE_MS)
    return SimulatedPrinter(simulator, lambda open_port: assemble(name, settings, encoder, open_port)), simulator


def _encoder(settings: Settings) -> DocumentEncoder:
    return DocumentEncoder(settings.profile, settings.columns, settings.fonts, settings.logo)


def assemble(name: str, settings: Settings, encoder: DocumentEncoder, open_port: OpenPort) -> PosPrinter:
    """Join the parts, whatever stands at the other end of the line."""
    back: Back = settings.status or ("none" if settings.port.startswith("file:") else "asb")
    protocol = PrinterProtocol(name, encoder, back, drawer_open_high=settings.drawer_open_level == "high")
    return PosPrinter(name, Line(open_port), protocol, encoder.columns)
