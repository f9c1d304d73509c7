"""The printer's side: commands as the reference documents them, whether our encoder uses them or not."""

import pytest
from escpos.printer import Dummy

from drivers.pos_printer.decoder import PrintHead
from drivers.pos_printer.paper import PaperLine, Receipt
from drivers.pos_printer.simulator import PrinterSimulator


def printed(data: bytes) -> tuple[Receipt, ...]:
    head = PrintHead()
    head.feed(data)
    while head.step() is not None:
        pass
    return head.paper


def lines(data: bytes) -> list[PaperLine]:
    return [line for receipt in printed(data) for line in receipt.lines]


@pytest.mark.parametrize(
    "passed_over",
    [
        b"\x1b2",  # ESC 2
        b"\x1b3\x20",  # ESC 3 n
        b"\x1b\x20\x01",  # ESC SP n
        b"\x1b$\x10\x00",  # ESC $ nL nH
        b"\x1bD\x08\x10\x18\x00",  # ESC D n1...nk NUL
        b"\x1b*\x21\x02\x00\x01\x02\x03\x04\x05\x06",  # ESC * 33: 3 bytes a column
        b"\x1dL\x00\x00\x1dW\x00\x02\x1dB\x00",  # GS L, GS W, GS B
        b"\x1d(L\x06\x000C\x20\x20\x01\x01",  # GS ( L, by its own length
        b"\x1c.",  # FS .
        b"\x00\x0d\x18",  # what is no character
    ],
)
def test_a_command_that_draws_nothing_is_passed_over_whole(passed_over: bytes) -> None:
    assert lines(passed_over + b"A\n") == [PaperLine("A")]


def test_styles() -> None:
    assert lines(b"\x1bE\x01\x1d!\x11\x1ba\x02A\n\x1b@B\n") == [
        PaperLine("A", align="right", bold=True, tall=True),
        PaperLine("B"),
    ]


def test_print_modes_set_bold_and_tall_together() -> None:
    assert lines(b"\x1b!\x18A\n\x1b!\x00B\n") == [PaperLine("A", bold=True, tall=True), PaperLine("B")]


def test_long_lines_go_on_below() -> None:
    assert [line.text for line in lines(b"x" * 100 + b"\n")] == ["x" * 42, "x" * 42, "x" * 16]


def test_feeds_and_cuts() -> None:
    assert printed(b"A\n\x1bd\x02B\n\x1dVB\x00C\n\x1dV\x00D\n") == (
        Receipt((PaperLine("A"), PaperLine(), PaperLine(), PaperLine("B"))),
        Receipt((PaperLine("C"),)),
        Receipt((PaperLine("D"),), cut=False),
    )


def test_barcodes_by_terminator_and_by_length() -> None:
    assert lines(b"\x1dk\x0212345678901\x00"[:2] + b"\x027310865004703\x00\x1dk\x43\x0d7310865004703") == [
        PaperLine("7310865004703", "barcode"),
        PaperLine("7310865004703", "barcode"),
    ]


def test_half_a_command_waits_for_the_rest() -> None:
    head = PrintHead()
    head.feed(b"A\n\x1d(k\x13\x00")
    while head.step() is not None:
        pass
    head.feed(b"1P0https://a.se/r/1\x1d(k\x03\x001Q0")
    while head.step() is not None:
        pass
    assert head.paper[0].lines == (PaperLine("A"), PaperLine("https://a.se/r/1", "qr"))


def test_another_encoder_is_read_too() -> None:
    foreign = Dummy(profile="TM-T88V")
    foreign.set(align="center", bold=True)
    foreign.textln("Tack för köpet, välkommen åter! Zażółć")
    foreign.set(align="left", bold=False)
    foreign.qr("https://a.se/r/2", native=True)
    foreign.cut()
    assert printed(foreign.output)[0].lines == (
        PaperLine("Tack för köpet, välkommen åter! Zażółć", align="centre", bold=True),
        PaperLine("https://a.se/r/2", "qr"),
    )


class TestRealTime:
    """Real-time commands work in trouble, in pieces, and are not printed."""

    def test_status_is_answered_with_the_cover_open(self) -> None:
        printer = PrinterSimulator()
        printer.open_cover()
        printer.receive(b"\x10\x04\x01\x10\x04\x02", 0)
        assert printer.take() == b"\x1e\x16"

    def test_pieces(self) -> None:
        printer = PrinterSimulator()
        for byte in b"A\x10\x04\x04B\n":
            printer.receive(bytes([byte]), 0)
        assert printer.take() == b"\x12"
        assert printer.roll_text() == "AB"

    def test_what_only_begins_like_one_is_data(self) -> None:
        printer = PrinterSimulator()
        printer.receive(b"\x1dk\x49\x06{B\x10\x04\x09A", 0)  # DLE EOT 9 does not exist
        assert printer.take() == b""
        assert len(printer.paper[0].lines) == 1

    def test_clearing_empties_the_buffer_and_says_so(self) -> None:
        printer = PrinterSimulator()
        printer.load_paper("out")
        printer.receive(b"old receipt\n\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", 0)
        assert printer.take() == b"\x37\x25\x00"
        printer.load_paper()
        printer.receive(b"new\n", 0)
        assert printer.roll_text() == "new"

    def test_a_pulse_in_real_time_opens_the_drawer(self) -> None:
        printer = PrinterSimulator()
        printer.load_paper("out")
        printer.receive(b"\x10\x14\x01\x00\x02", 0)
        assert printer.drawer_open


def test_status_after_the_data_before_it() -> None:
    printer = PrinterSimulator(line_ms=20)
    printer.receive(b"A\nB\n\x1dr\x01\x1d(H\x06\x00000042", 0)
    assert printer.take() == b""
    for now_ms in (20, 40):
        printer.advance(now_ms)
    assert printer.take() == b"\x00\x37\x220042\x00"


def test_automatic_status_only_when_asked_for() -> None:
    printer = PrinterSimulator()
    printer.load_paper("low")
    assert printer.take() == b""
    printer.receive(b"\x1da\x0f", 0)
    assert printer.take() == b"\x14\x00\x03\x00"
    printer.open_cover()
    assert printer.take() == b"\x3c\x00\x03\x00"
