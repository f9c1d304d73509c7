"""The simulated printer's head under damaged bytes: it raises nothing, keeps little, and prints alike in any pieces."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.events import DocumentLine
from drivers.pos_printer.decoder import LONGEST, PrintHead
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.paper import Receipt
from drivers.pos_printer.picture import Picture
from drivers.pos_printer.simulator import PrinterSimulator
from tests.drivers.mutations import COUNT, inputs

ENCODER = DocumentEncoder("TM-T88V")
SAMPLES = (
    ENCODER.document([DocumentLine("Bröd €", bold=True), DocumentLine("zł Да", align="right")]),
    ENCODER.document([DocumentLine("a/1", kind="qr", align="centre")]),
    ENCODER.document([DocumentLine("k01", kind="barcode")]),
    Picture(2, bytes(range(12))).raster(tall=True) + b"\n",
    b"\x1bp0\x64\x64\x1da\x0f\x1d(H\x06\x0000\x30\x30\x30\x31\x1dr\x01\x10\x04\x01\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08",
    b"\x1bD\x08\x10\x00\x1b*\x21\x02\x00abcdef\x1dk\x04ABC\x00\x1dVB\x00\x1b!\x18",
)
HUGE = (
    b"\x1dv0\x00\xff\xff\xff\xff",
    b"\x1d(k\xff\xff",
    b"\x1b*\x21\xff\xff",
    b"\x1bD",
    b"\x1dk\x04",
    b"\x1b(A\xff\xff",
)
PIECE = 4_096


def fed(pieces: list[bytes]) -> tuple[PrintHead, int]:
    """The head after these bytes, and the most that waited in it after a piece."""
    head, most = PrintHead(), 0
    for piece in pieces:
        head.feed(piece)
        while head.step() is not None:
            pass
        most = max(most, head.waiting)
    return head, most


def test_damaged_documents_raise_nothing() -> None:
    for number, pieces in enumerate(inputs(SAMPLES)):
        try:
            fed(pieces)
        except BaseException as trouble:
            trouble.add_note(f"input {number} of {COUNT}: {pieces}")
            raise


@given(st.lists(st.sampled_from(SAMPLES) | st.binary(max_size=8), max_size=4).map(b"".join))
@settings(max_examples=500, deadline=None)
def test_the_same_comes_on_paper_however_the_bytes_are_cut(stream: bytes) -> None:
    whole, _ = fed([stream])
    apart, _ = fed([bytes([byte]) for byte in stream])
    assert apart.paper == whole.paper


@pytest.mark.parametrize("beginning", HUGE)
def test_a_command_without_an_end_is_passed_over_and_not_kept(beginning: bytes) -> None:
    noise = random.Random(1).randbytes(PIECE).replace(b"\x00", b"\x01")
    _, most = fed([beginning, *[noise] * 64])
    assert most <= LONGEST + PIECE


def test_what_follows_a_command_too_long_is_printed() -> None:
    width, height = 72, 1_000
    head, _ = fed([Picture(width, bytes(width * height)).raster(), b"after\n"])
    assert head.paper == (Receipt(head.paper[0].lines, cut=False),)
    assert [line.text for line in head.paper[0].lines] == ["after"]


@given(st.lists(st.sampled_from(SAMPLES) | st.binary(max_size=8), max_size=4).map(b"".join), st.integers(1, 40))
@settings(max_examples=500, deadline=None)
def test_the_simulator_takes_anything(stream: bytes, step: int) -> None:
    simulator = PrinterSimulator(buffer_bytes=64, flow=True)
    for start in range(0, len(stream), step):
        simulator.receive(stream[start : start + step], start)
    assert len(simulator.take()) <= 16 * len(stream) + 1
