"""The simulated printer's head under bytes that make no sense: it keeps little, and prints alike in any pieces."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.pos_printer.decoder import LONGEST, PrintHead
from drivers.pos_printer.paper import Receipt
from drivers.pos_printer.picture import Picture
from drivers.pos_printer.simulator import PrinterSimulator
from tests.drivers.parsers.outputs import DOCUMENTS

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


@given(st.lists(st.sampled_from(DOCUMENTS) | st.binary(max_size=8), max_size=4).map(b"".join))
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


@given(st.lists(st.sampled_from(DOCUMENTS) | st.binary(max_size=8), max_size=4).map(b"".join), st.integers(1, 40))
@settings(max_examples=500, deadline=None)
def test_the_simulator_takes_anything(stream: bytes, step: int) -> None:
    simulator = PrinterSimulator(buffer_bytes=64, flow=True)
    for start in range(0, len(stream), step):
        simulator.receive(stream[start : start + step], start)
    assert len(simulator.take()) <= 16 * len(stream) + 1
