"""The shop's logo stands above the receipt, in black dots, never wider than the paper."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.device import DeviceError
from drivers.events import DocumentLine
from drivers.pos_printer.decoder import PrintHead
from drivers.pos_printer.driver import Settings, make
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.paper import Receipt
from drivers.pos_printer.picture import Picture
from drivers.pos_printer.protocol import CLEAR_BUFFERS
from drivers.pos_printer.simulator import PrinterSimulator

REAL_TIME = [b"\x10\x14\x01\x00\x02", CLEAR_BUFFERS, *(b"\x10\x04" + bytes([n]) for n in (1, 2, 3, 4))]
LOGO = DocumentLine(kind="logo", align="centre")


@pytest.fixture
def circle(tmp_path: Path) -> str:
    """800 dots wide, a black bar on nothing (a transparent picture)."""
    path = tmp_path / "logo.png"
    image = Image.new("RGBA", (800, 200), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 400, 200))
    image.save(path)
    return str(path)


def printed(encoder: DocumentEncoder) -> Receipt:
    head = PrintHead(encoder.columns)
    head.feed(encoder.document([LOGO, DocumentLine("Kvitto")]))
    while head.step() is not None:
        pass
    return head.paper[0]


def test_it_fits_the_paper_and_keeps_its_shape(circle: str) -> None:
    logo, text = printed(DocumentEncoder("TM-T88V", logo_path=circle)).lines
    assert (logo.kind, logo.align, text.text) == ("picture", "centre", "Kvitto")
    assert (logo.picture.width_bytes * 8, logo.picture.height) == (504, 126)
    row = logo.picture.rows[63 * 60 : 63 * 61]
    assert row[:31] == b"\xff" * 31 and row[32:] == b"\x00" * 31, "black where it is black, white where it is nothing"


@given(st.binary(min_size=8, max_size=64), st.sampled_from(REAL_TIME))
def test_no_dots_are_ever_a_command_in_real_time(dots: bytes, command: bytes) -> None:
    """The simulator obeys such commands wherever they stand, as printers do: this one would open the drawer."""
    rows = (dots + command + dots).ljust(192, b"\x10")
    simulator = PrinterSimulator()
    simulator.receive(Picture(8, rows).raster() + b"after\n", 0)
    assert (simulator.kicks, simulator.take()) == (0, b"")
    picture, text = simulator.paper[0].lines
    assert (text.text, len(picture.picture.rows)) == ("after", 192)
    changed = sum((a ^ b).bit_count() for a, b in zip(picture.picture.rows, rows, strict=True))
    assert 1 <= changed <= 24


def test_without_one_nothing_is_printed() -> None:
    assert printed(DocumentEncoder("TM-T88V")).as_text() == "Kvitto"


def test_a_printer_that_prints_no_pictures_prints_the_receipt(circle: str) -> None:
    assert printed(DocumentEncoder("TM-U220", logo_path=circle)).as_text() == "Kvitto"


def test_a_path_that_is_wrong_is_said_when_the_lane_starts(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match=r"logo '/nowhere\.png' is not there; give the path"):
        make("pos_printer", Settings(port="file:/dev/null", logo="/nowhere.png"))
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG but not really")
    with pytest.raises(DeviceError, match="no picture that can be read"):
        make("pos_printer", Settings(port="file:/dev/null", logo=str(broken)))
