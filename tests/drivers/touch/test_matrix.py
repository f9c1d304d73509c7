"""libinput's six numbers: what they mean, how they are turned, and which are refused."""

from pathlib import Path

import pytest

from drivers.device import DeviceError
from drivers.registry import make_devices
from drivers.touch.driver import Settings, matrix_of
from drivers.touch.matrix import IDENTITY, TURNS, Matrix, read_matrix, written


@pytest.mark.parametrize(
    ("degrees", "corner"), [(0, (0, 0)), (90, (1, 0)), (180, (1, 1)), (270, (0, 1))], ids=["0", "90", "180", "270"]
)
def test_the_upper_left_corner_goes_round_clockwise(degrees: int, corner: tuple[int, int]) -> None:
    assert TURNS[degrees].point(0, 0) == corner


def test_four_quarter_turns_are_none() -> None:
    quarter = TURNS[90]
    assert quarter.after(quarter) == TURNS[180]
    assert quarter.after(quarter).after(quarter) == TURNS[270]
    assert TURNS[270].after(quarter) == IDENTITY


def test_first_one_then_the_other() -> None:
    wide, moved = Matrix(2, 0, 0, 0, 1, 0), Matrix(1, 0, 0.1, 0, 1, 0.2)
    assert moved.after(wide).point(0.25, 0.5) == moved.point(*wide.point(0.25, 0.5))


def test_what_is_written_is_read_again() -> None:
    matrix = Matrix(1.0213, -0.001, -0.01125, 0.002, 0.98, 0.0051)
    assert read_matrix(written(matrix)) == pytest.approx(matrix, abs=1e-6)
    assert written(IDENTITY) == "1 0 0 0 1 0\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "six numbers are needed"),
        ("1 0 0 0 1", "there are 5"),
        ("1 0 0 0 1 x", "with spaces between them"),
        ("1 0 0 1 0 0", "no finger would find a button"),
        ("nan 0 0 0 1 0", "no finger would find a button"),
        ("1 0 0 0 1 1e9", "no finger would find a button"),
    ],
)
def test_numbers_that_cannot_be_meant(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_matrix(text)


def test_a_calibration_stands_in_for_the_matrix_and_need_not_be_there_yet(tmp_path: Path) -> None:
    file = tmp_path / "touch.calibration"
    settings = Settings(port="", matrix=(1, 0, 0.5, 0, 1, 0), calibration=str(file))
    assert matrix_of(settings) == (1, 0, 0.5, 0, 1, 0)
    file.write_text("1 0 0.25 0 1 0\n")
    assert matrix_of(settings) == (1, 0, 0.25, 0, 1, 0)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"matrix": [0, 0, 0, 0, 0, 0]}, "devices.touch: matrix: .*1 0 0 0 1 0"),
        ({"matrix": [1, 0, 0]}, "matrix: expected array of length 6"),
        ({"rotate": 45}, "rotate.*choose one of 0, 90, 180, 270"),
        ({"palm_size": -1}, "palm_size: expected int >= 0"),
        ({"units": [1, 0]}, "units"),
        ({"palm": 3}, "did you mean 'palm_size'"),
    ],
)
def test_a_table_that_cannot_be_meant(table: dict[str, object], words: str) -> None:
    with pytest.raises(DeviceError, match=words):
        make_devices({"touch": {"driver": "simulated", **table}})


def test_a_calibration_that_cannot_be_read_names_its_file(tmp_path: Path) -> None:
    file = tmp_path / "touch.calibration"
    file.write_text("wild")
    with pytest.raises(DeviceError, match=r"devices\.touch: calibration: .*touch\.calibration: six numbers"):
        make_devices({"touch": {"driver": "simulated", "calibration": str(file)}})
