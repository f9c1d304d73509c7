"""The first picture: in the lane's own colours, in the middle of whatever frame buffer there is."""

import subprocess
import sys
from pathlib import Path

import pytest

from image import splash as painting
from image.device import splash
from image.device.splash import quarters, screen
from image.workplace import REPOSITORY
from kiosk.ui.theme import NORMAL

GROUND = bytes(reversed(NORMAL.colours["ground"][:3])) + b"\0"
DOT = (2).to_bytes(4, "little") + (1).to_bytes(4, "little") + b"\x00\x00\xff\x00\xff\x00\x00\x00"
"""A red pixel, which is the ground, and a blue one."""


@pytest.fixture(scope="module")
def picture() -> bytes:
    return painting.painted()


def test_it_is_painted_in_the_theme_s_ground_with_something_in_the_middle(picture: bytes) -> None:
    wide, high = painting.SIZE
    assert len(picture) == 8 + wide * high * 4 and picture[8:12] == GROUND
    assert picture[-4:] == GROUND
    inside = {picture[8 + at : 12 + at] for at in range(0, wide * high * 4, 4)}
    assert len(inside) > 20, "mark and letters, with smooth edges"


@pytest.mark.parametrize(("width", "height", "stride"), [(1280, 800, 5120), (1080, 1920, 4352), (640, 300, 2560)])
def test_it_fills_any_screen(picture: bytes, width: int, height: int, stride: int) -> None:
    whole = screen(picture, width, height, 32, stride)
    assert len(whole) == stride * height
    corners = [whole[at : at + 4] for at in (0, width * 4 - 4, stride * (height - 1))]
    assert corners == [GROUND] * 3
    middle = stride * (height // 2)
    assert set(whole[middle : middle + width * 4 : 4]) != {GROUND[0]}


def test_the_middle_is_the_middle_in_both_depths() -> None:
    red, blue = b"\x00\x00\xff\x00", b"\xff\x00\x00\x00"
    assert screen(DOT, 4, 3, 32, 20) == (red * 4 + bytes(4)) + (red * 2 + blue + red + bytes(4)) + (red * 4 + bytes(4))
    assert screen(DOT, 2, 1, 16, 4) == b"\x00\xf8\x1f\x00"
    with pytest.raises(ValueError, match="24 bits"):
        screen(DOT, 2, 1, 24, 6)


def test_the_program_writes_the_frame_buffer_and_never_stops_a_boot(tmp_path: Path) -> None:
    about, device, file = tmp_path / "fb0", tmp_path / "dev", tmp_path / "splash.raw"
    about.mkdir()
    device.write_bytes(bytes(60))
    file.write_bytes(DOT)
    for name, value in (("virtual_size", "4,3"), ("bits_per_pixel", "32"), ("stride", "20")):
        (about / name).write_text(f"{value}\n")
    program = [sys.executable, "-I", "-S", str(REPOSITORY / "image/device/splash.py")]
    told = tmp_path / "cmdline"
    told.write_text("quiet kassa.turn=0 panic=10\n")
    subprocess.run([*program, file, about, device, told], check=True)
    assert device.read_bytes() == screen(DOT, 4, 3, 32, 20)
    told.write_text("quiet kassa.turn=270 panic=10\n")
    subprocess.run([*program, file, about, device, told], check=True)
    assert device.read_bytes() == screen(DOT, 4, 3, 32, 20, turn=3) != screen(DOT, 4, 3, 32, 20)
    assert splash.main(file, tmp_path / "nowhere", device, told) == 0


def test_it_hangs_as_the_screen_does() -> None:
    red, blue, green, white = (bytes(colour) for colour in ((0, 0, 255, 0), (255, 0, 0, 0), (0, 255, 0, 0), [255] * 4))
    two = (2).to_bytes(4, "little") * 2 + red + blue + green + white
    lines = {turn: screen(two, 2, 2, 32, 8, turn) for turn in range(4)}
    assert lines == {
        0: red + blue + green + white,
        1: green + red + white + blue,
        2: white + green + blue + red,
        3: blue + white + red + green,
    }
    assert screen(DOT, 1, 2, 32, 4, turn=1) == red + blue


@pytest.mark.parametrize(("said", "turn"), [("quiet kassa.turn=90", 1), ("kassa.turn=", 0), ("quiet", 0)])
def test_the_kernels_command_line_tells_how(said: str, turn: int) -> None:
    assert quarters(said) == turn
