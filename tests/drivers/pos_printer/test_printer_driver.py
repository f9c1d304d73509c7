"""The printer driver on real lines: TCP, a pseudo-terminal, a file; and on one that takes its bytes a few at a time."""

import os
import select
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic_ns

import pytest

from drivers.device import DeviceError
from drivers.events import DocumentLine, HardwareEvent, OpenDrawer, Print, PrintDone, PrinterStatus, PrintFailed
from drivers.ports.memory_port import memory_pair
from drivers.ports.serving import SimulatorServer
from drivers.pos_printer.driver import PosPrinter, Settings, assemble, make, make_simulated
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.protocol import CLEAR_BUFFERS
from drivers.pos_printer.simulator import PrinterSimulator

DEADLINE_MS = 10_000
RECEIPT = (DocumentLine("Smörgås 20,00 €", bold=True), DocumentLine("https://a.se/r/1", kind="qr"))


def clock() -> int:
    return monotonic_ns() // 1_000_000


def serve_until(
    printer: PosPrinter, reached: type | Callable[[], object], other_end: Callable[[], object]
) -> list[HardwareEvent]:
    """Turn the printer as the loop would, and the other end by hand, until it says that or that is so."""
    events: list[HardwareEvent] = []
    end_ms = clock() + DEADLINE_MS

    def is_reached() -> object:
        return any(isinstance(e, reached) for e in events) if isinstance(reached, type) else reached()

    while not is_reached():
        assert clock() < end_ms, f"{reached} not in time, only {events}"
        other_end()
        if (fd := printer.fileno()) is not None:
            select.select([fd], [fd] if printer.wants_write else [], [], 0.01)
        events += printer.service(clock())
    return events


@pytest.fixture
def server() -> Iterator[SimulatorServer[PrinterSimulator]]:
    made = SimulatorServer(PrinterSimulator(), ("127.0.0.1", 0), clock)
    yield made
    made.close()


def test_over_tcp(server: SimulatorServer[PrinterSimulator]) -> None:
    printer = make("pos_printer", Settings(port=server.url))
    serve_until(printer, PrinterStatus, server.turn)
    printer.command(Print(ticket="t1", document=RECEIPT), clock())
    events = serve_until(printer, PrintDone, server.turn)
    assert events == [PrintDone(device="pos_printer", ticket="t1")]
    with server.hands() as simulator:
        assert simulator.paper[0].as_text() == "Smörgås 20,00 €\n[qr https://a.se/r/1]"
        simulator.open_cover()
    events = serve_until(printer, PrinterStatus, server.turn)
    assert events == [PrinterStatus(device="pos_printer", paper="ok", cover_open=True)]
    printer.close()
    assert printer.fileno() is None


def test_it_is_asked_for_its_names_only_when_somebody_wants_them(server: SimulatorServer[PrinterSimulator]) -> None:
    printer = make("pos_printer", Settings(port=server.url))
    assert not printer.identify(clock())
    serve_until(printer, PrinterStatus, server.turn)
    assert printer.identity == ""
    assert printer.identify(clock())
    serve_until(printer, lambda: not printer.identify(clock()), server.turn)
    assert printer.identity == "Kassa, simulated, 1.00 ESC/POS"
    printer.close()


def test_a_clone_is_not_asked_for_its_names() -> None:
    printer, _ = make_simulated("pos_printer", Settings(status="poll"))
    for tick_ms in range(0, 5_000, 10):
        printer.service(tick_ms)
        assert not printer.identify(tick_ms)


def test_over_tcp_the_cable_is_pulled_and_put_back(server: SimulatorServer[PrinterSimulator]) -> None:
    printer = make("pos_printer", Settings(port=server.url))
    serve_until(printer, PrinterStatus, server.turn)
    with server.hands() as simulator:
        simulator.line_ms = 1_000
    printer.command(Print(ticket="t1", document=RECEIPT), clock())
    serve_until(printer, lambda: simulator.paper, server.turn)
    with server.hands() as simulator:
        simulator.unplug()
    (failed,) = (e for e in serve_until(printer, PrintFailed, server.turn) if isinstance(e, PrintFailed))
    assert failed.ticket == "t1"
    with server.hands() as simulator:
        simulator.line_ms = 0
        simulator.plug_in()
    serve_until(printer, PrinterStatus, server.turn)
    printer.command(Print(ticket="t2", document=RECEIPT), clock())
    serve_until(printer, PrintDone, server.turn)
    printer.close()


def test_over_a_serial_line() -> None:
    ours, theirs = os.openpty()
    os.set_blocking(ours, False)
    simulator = PrinterSimulator()

    def turn() -> None:
        try:
            simulator.receive(os.read(ours, 4096), clock())
        except BlockingIOError:
            simulator.advance(clock())
        os.write(ours, simulator.take())

    printer = make("pos_printer", Settings(port=os.ttyname(theirs) + "?baud=115200"))
    serve_until(printer, PrinterStatus, turn)
    printer.command(Print(ticket="t1", document=RECEIPT), clock())
    serve_until(printer, PrintDone, turn)
    assert "Smörgås 20,00 €" in simulator.roll_text()
    printer.close()
    os.close(ours)
    os.close(theirs)


def test_a_serial_printer_that_says_stop_gets_nothing_until_it_says_go() -> None:
    """`?xonxoff=true`: the kernel itself stops the line between two bytes, whatever the till has written."""
    ours, theirs = os.openpty()
    os.set_blocking(ours, False)
    simulator = PrinterSimulator()
    heard: list[bytes] = []

    def turn() -> None:
        try:
            heard.append(os.read(ours, 4096))
            simulator.receive(heard[-1], clock())
        except BlockingIOError:
            simulator.advance(clock())
        os.write(ours, simulator.take())

    printer = make("pos_printer", Settings(port=f"{os.ttyname(theirs)}?baud=115200&xonxoff=true"))
    serve_until(printer, lambda: b"\x10\x04\x04" in b"".join(heard), turn)  # its last question
    os.write(ours, b"\x13")
    simulator.load_paper("low")
    serve_until(printer, PrinterStatus, turn)  # what is said after the stop has come, so the stop has
    heard.clear()
    printer.command(Print(ticket="t1", document=RECEIPT), clock())
    for _ in range(20):
        turn()
        printer.service(clock())
    assert heard == [] and printer.wants_write
    os.write(ours, b"\x11")
    serve_until(printer, PrintDone, turn)
    assert "Smörgås 20,00 €" in simulator.roll_text()
    printer.close()
    os.close(ours)
    os.close(theirs)


def test_a_printer_with_a_small_buffer_says_stop_in_time_and_go_when_it_has_room() -> None:
    simulator = PrinterSimulator(line_ms=10, buffer_bytes=1_000, flow=True)
    simulator.receive(b"x" * 41 + b"\n", 0)
    sent = 42
    while not (said := simulator.take()):
        simulator.receive(b"x" * 41 + b"\n", 0)
        sent += 42
    assert (said, simulator.lost_bytes) == (b"\x13", 0)
    assert 700 <= sent <= 800, "with room for what is on its way"
    for now_ms in range(10, 210, 10):
        simulator.advance(now_ms)
        if said := simulator.take():
            break
    assert said == b"\x11"
    assert 40 <= now_ms <= 80, "when half of it is free"


def test_a_till_that_does_not_stop_loses_what_there_is_no_room_for() -> None:
    simulator = PrinterSimulator(line_ms=10, buffer_bytes=1_000, flow=True)
    simulator.receive((b"x" * 41 + b"\n") * 50, 0)
    assert simulator.lost_bytes == 50 * 42 - 1_000


def test_into_a_file(tmp_path: Path, encoder: DocumentEncoder) -> None:
    roll = tmp_path / "roll.bin"
    printer = make("pos_printer", Settings(port=f"file:{roll}"))
    events = printer.service(0)
    events += printer.command(Print(ticket="t1", document=RECEIPT), 0)
    assert events[-1] == PrintDone(device="pos_printer", ticket="t1")
    assert roll.read_bytes() == encoder.document(RECEIPT)
    printer.close()


def test_what_was_not_sent_is_dropped_when_the_paper_ends(encoder: DocumentEncoder) -> None:
    """A printer with a small buffer: the rest of the receipt is still in the till when the roll ends."""
    ours, theirs = memory_pair(room=600)
    printer = assemble("pos_printer", Settings(), encoder, lambda: ours)

    def answer(data: bytes) -> list[HardwareEvent]:
        theirs.write(data)
        return printer.service(10)

    printer.service(0)
    assert theirs.read() == CLEAR_BUFFERS
    answer(b"\x37\x25\x00")
    for byte in (b"\x16", b"\x12", b"\x12", b"\x12"):
        answer(byte)
    theirs.read()
    document = tuple(DocumentLine(f"line {n:03} ......................") for n in range(100))
    printer.command(Print(ticket="t1", document=document), 10)
    assert len(theirs.read()) == 600
    events = answer(b"\x1c\x00\x0f\x0f")
    assert [type(e) for e in events][-1] is PrintFailed
    printer.service(20)
    rest = theirs.read()
    assert rest.endswith(CLEAR_BUFFERS)
    assert len(rest) < 1_024, "at most the piece that was on its way"


def test_simulated_is_one_device_that_prints_and_opens_its_drawer() -> None:
    device, simulator = make_simulated("pos_printer", Settings())
    device.attach_drawer("cash_drawer")
    now_ms, events = 0, []
    device.command(Print(ticket="t1", document=RECEIPT), now_ms)
    device.command(OpenDrawer(ticket="d1"), now_ms)
    while (due_ms := device.deadline_ms()) is not None and due_ms <= 3_000:
        now_ms = max(now_ms, due_ms)
        events += device.service(now_ms)
    assert PrintDone(device="pos_printer", ticket="t1") in events
    assert simulator.drawer_open
    assert simulator.roll_text().endswith("." * 42)


def test_a_port_that_is_no_address_is_refused() -> None:
    with pytest.raises(DeviceError, match="port"):
        make("pos_printer", Settings(port="printer"))
