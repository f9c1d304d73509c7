"""A receipt printer on a desk, and time that is turned by hand."""

from collections.abc import Callable

import pytest

from drivers.events import DocumentLine, HardwareEvent, OpenDrawer, Print
from drivers.ports.memory_port import MemoryPort
from drivers.pos_printer.driver import PosPrinter, Settings, assemble
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.simulator import PrinterSimulator


class Desk:
    """Printer, its simulator and the clock. `events` is everything the driver has said."""

    def __init__(self, settings: Settings, encoder: DocumentEncoder) -> None:
        self.now_ms = 1_000
        self.simulator = PrinterSimulator(line_ms=20)
        self.printer: PosPrinter = assemble(
            "pos_printer", settings, encoder, lambda: MemoryPort(self.simulator, lambda: self.now_ms)
        )
        self.printer.attach_drawer("cash_drawer")
        self.events: list[HardwareEvent] = []

    def run(self, ms: int) -> list[HardwareEvent]:
        """Let time pass in steps of 10 ms; what was said meanwhile."""
        before = len(self.events)
        for _ in range(ms // 10):
            self.now_ms += 10
            self.events += self.printer.service(self.now_ms)
        return self.events[before:]

    def print(self, ticket: str, *lines: str) -> list[HardwareEvent]:
        """Tell it to print lines of text; what was said at once."""
        document = tuple(DocumentLine(text) for text in lines)
        said = self.printer.command(Print(ticket=ticket, document=document), self.now_ms)
        self.events += said
        return said

    def kick(self) -> list[HardwareEvent]:
        """Tell it to open the drawer."""
        return self.printer.command(OpenDrawer(ticket="k"), self.now_ms)

    @property
    def texts(self) -> list[str]:
        """Each receipt on the roll, as text."""
        return [receipt.as_text() for receipt in self.simulator.paper]


@pytest.fixture(scope="session")
def encoder() -> DocumentEncoder:
    return DocumentEncoder("TM-T88V")


@pytest.fixture
def make_desk(encoder: DocumentEncoder) -> Callable[..., Desk]:
    """A desk with these settings, not yet switched on."""
    return lambda **settings: Desk(Settings(**settings), encoder)


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """A printer with automatic status, connected and ready."""
    made = make_desk()
    made.run(100)
    return made
