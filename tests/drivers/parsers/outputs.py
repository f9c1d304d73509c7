"""Rows of printers, both ends: what a printer says to the till, and what its simulated head hears. Relay boards too."""

from drivers import events as d
from drivers.events import DocumentLine
from drivers.lcus.protocol import RELAYS
from drivers.lcus.simulator import LcusSimulator
from drivers.pos_printer import status
from drivers.pos_printer.decoder import PrintHead
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.picture import Picture
from drivers.pos_printer.protocol import PrinterProtocol
from tests.drivers.parsers.shape import Heard, Parser, receives


class Encoder:
    """A document is one byte: what is printed does not matter here."""

    profile = "test"

    def document(self, lines: object) -> bytes:
        return b"x"


def printing() -> PrinterProtocol:
    """A printer that has taken the document `0001` whole and has not said a word about it."""
    protocol = PrinterProtocol("printer", Encoder(), "asb")  # type: ignore[arg-type]
    protocol.opened(0)
    for answer in (b"\x37\x25\x00", b"\x16", b"\x12", b"\x12", b"\x12"):
        protocol.received(answer, 0)
        protocol.advance(0)
        protocol.take(512, 0)
    protocol.print("1", (), 0)
    protocol.take(512, 0)
    assert protocol.drained(0) == []
    return protocol


def printed(stream: bytes, heard: Heard) -> None:
    """Only what the printer names is on paper, and once."""
    done = [event for event in heard if isinstance(event, d.PrintDone)]
    assert len(done) <= 1
    assert not done or b"\x37\x220001\x00" in stream


def reports(stream: bytes, heard: Heard) -> None:
    """Each name stands in the stream."""
    done = [report.id for report in heard if isinstance(report, status.ProcessDone)]
    assert all(b"\x37\x22" + name + b"\0" in stream for name in done)


def named() -> status.StatusReader:
    """One that has asked for the printer's names."""
    reader = status.StatusReader()
    reader.names_due = 3
    return reader


BACK = (
    b"\x14\x00\x00\x0f",
    b"\x34\x00\x0c\x0f",
    b"\x16",
    b"\x12",
    b"\x00",
    b"\x37\x220001\x00",
    b"\x37\x25\x00",
    b"\x11\x13",
)
"""What a printer says: automatic status, answers, the end of a document, of clearing, XON and XOFF."""


# --- the head of the simulated one ------------------------------------------------------------------------------------


class Head:
    """Prints what it hears; what it has done with each command is what is heard of it."""

    def __init__(self) -> None:
        self.head = PrintHead()

    def receive(self, data: bytes) -> Heard:
        self.head.feed(data)
        done: Heard = []
        while (step := self.head.step()) is not None:
            done.append(step)
        self.head.roll.clear()  # paper is its work, and nothing that it holds
        self.head.__dict__["_hanging"].clear()
        return done


ENCODER = DocumentEncoder("TM-T88V")
DOCUMENTS = (
    ENCODER.document([DocumentLine("Bröd €", bold=True), DocumentLine("zł Да", align="right")]),
    ENCODER.document([DocumentLine("a/1", kind="qr", align="centre")]),
    ENCODER.document([DocumentLine("k01", kind="barcode")]),
    Picture(2, bytes(range(12))).raster(tall=True) + b"\n",
    b"\x1bp0\x64\x64\x1da\x0f\x1d(H\x06\x0000\x30\x30\x30\x31\x1dr\x01\x10\x04\x01\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08",
    b"\x1bD\x08\x10\x00\x1b*\x21\x02\x00abcdef\x1dk\x04ABC\x00\x1dVB\x00\x1b!\x18",
)


def anything(stream: bytes, heard: Heard) -> None:
    """It is paper: any damage may be on it."""


# --- a relay board ----------------------------------------------------------------------------------------------------


class Board:
    """The relays that a command has closed, each time."""

    def __init__(self) -> None:
        self.board = LcusSimulator()

    def receive(self, data: bytes) -> Heard:
        closed: Heard = []
        before = dict(self.board.closings)
        for byte in data:  # one by one, so that it is known in which order they closed
            self.board.receive(bytes((byte,)), 0)
            if self.board.closings != before:
                closed += [relay for relay, times in self.board.closings.items() if times != before.get(relay, 0)]
                before = dict(self.board.closings)
        return closed


def ordered(stream: bytes, heard: Heard) -> None:
    """No relay closes that nobody has ordered: start, relay, on, and their sum (as printed with the boards)."""
    assert all(bytes((0xA0, relay, 1, 0xA1 + relay)) in stream for relay in heard)


COMMANDS = tuple(bytes((0xA0, relay, on, 0xA0 + relay + on)) for relay in range(1, RELAYS + 1) for on in (1, 0))
ROWS: dict[str, Parser] = {
    "printer": Parser(BACK, status.StatusReader, lambda reader, data: list(reader.feed(data)), reports),
    "names": Parser((*BACK, b"_EPSON\0", b"_TM-T88V\0"), named, lambda reader, data: list(reader.feed(data)), reports),
    "printing": Parser(BACK, printing, lambda protocol, data: protocol.received(data, 0), printed),
    "print_head": Parser(DOCUMENTS, Head, receives, anything),
    "lcus": Parser(COMMANDS, Board, receives, ordered),
}
