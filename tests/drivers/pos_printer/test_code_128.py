"""Code 128 in the printer's own words, read back by the printer's side and by a reader that we did not write."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.events import DocumentLine
from drivers.pos_printer import code_128
from drivers.pos_printer.decoder import PrintHead
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.simulator import PrinterSimulator
from kiosk.values.barcode import parse
from tests.drivers.pos_printer.foreign_printer import ForeignPrinter, image_of

ENCODER = DocumentEncoder("TM-T88V")
BREAD = "(01)09520000000011(3103)000412"


def said(text: str) -> str:
    """What the printer's side makes of it."""
    head = PrintHead()
    head.feed(ENCODER.document([DocumentLine(text, kind="gs1")]))
    while head.step() is not None:
        pass
    (line,) = head.paper[0].lines
    assert line.kind == "barcode"
    return line.text


def test_a_weighed_thing_is_these_bytes() -> None:
    symbol = code_128.of_elements(BREAD)
    assert symbol is not None
    assert symbol.data == b"{C{1" + bytes([1, 9, 52, 0, 0, 0, 0, 11, 31, 3, 0, 4, 12])
    assert symbol.modules == 11 * (1 + 1 + 13 + 1) + 13


def test_an_element_of_any_length_is_ended_and_the_last_is_not() -> None:
    assert said("(10)A7b(3103)000412") == "10A7b\x1d3103000412"
    assert said("(01)09520000000011(10)A7") == "0109520000000011" + "10A7"


@pytest.mark.parametrize("text", ["", "01095200", "(01)", "(1)2", "x(01)1", "(10)a(b"])
def test_what_is_no_element_string_is_printed_as_text(text: str) -> None:
    assert code_128.of_elements(text) is None
    assert text.encode() in ENCODER.document([DocumentLine(text, kind="gs1")])


def test_a_barcode_that_would_be_too_fine_is_printed_as_text() -> None:
    narrow = DocumentEncoder("NT-5890K")
    assert b"\x1dk" not in narrow.document([DocumentLine(BREAD, kind="gs1")])
    assert b"\x1dk" in ENCODER.document([DocumentLine(BREAD, kind="gs1")])


@given(st.text("0123456789", min_size=1, max_size=20).map(lambda digits: f"(10){digits}(21)16201604160520"))
@settings(max_examples=500)
def test_digits_are_never_a_command_in_real_time(text: str) -> None:
    simulator = PrinterSimulator()
    simulator.receive(ENCODER.document([DocumentLine(text, kind="gs1")]), 0)
    assert (simulator.kicks, simulator.take()) == (0, b"")
    symbol = code_128.of_elements(text)
    assert symbol is not None
    assert not any(command in symbol.data for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))


@given(
    st.text("0123456789", min_size=6, max_size=6),
    st.text("0123456789ABCabc-/", min_size=1, max_size=8),
    st.sampled_from(["TM-T20II"]),
)
@settings(max_examples=60, deadline=None)
def test_a_foreign_reader_reads_what_was_meant(weight: str, batch: str, profile: str) -> None:
    printer = ForeignPrinter()
    text = f"(3103){weight}(10){batch}"
    receipt = printer.print(DocumentEncoder(profile).document([DocumentLine(text, kind="gs1", align="centre")]))
    (read,) = zxingcpp.read_barcodes(image_of(receipt))
    assert (read.symbology_identifier, read.text) == ("]C1", text)


def test_a_label_of_weighed_goods_is_scanned_as_what_it_is() -> None:
    """Printed, drawn by a foreign printer, read by a foreign reader, and understood by the lane."""
    label = [
        DocumentLine("Bananer, eko", bold=True, tall=True, align="centre"),
        DocumentLine("0,412 kg x 24,90 kr/kg".ljust(40) + "10,26"),
        DocumentLine(BREAD, kind="gs1", align="centre"),
    ]
    receipt = ForeignPrinter().print(DocumentEncoder("TM-T20II").document(label))
    (read,) = zxingcpp.read_barcodes(image_of(receipt))
    scanned = parse(read.bytes.decode(), read.symbology_identifier)
    assert scanned is not None
    assert (scanned.gtin, scanned.weight_g) == ("09520000000011", 412)
