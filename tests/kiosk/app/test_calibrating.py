"""`kiosk touch calibrate`: four crosses, a technician's finger, and a file that is written whole or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.device import Device
from drivers.events import FingerMoved
from drivers.touch.calibration import CROSSES
from drivers.touch.driver import Settings, make_simulated
from drivers.touch.matrix import TURNS, Matrix
from drivers.touch.simulator import TouchSimulator
from kiosk.__main__ import main as command
from kiosk.app.calibrating import PATIENCE_MS, Refused, crosses, matrix_of, touch_crosses, write

LAYER = Matrix(0.9, 0.01, 0.06, 0, 1.08, -0.03)
"""Where the touch layer feels what is touched at a place of the panel."""


def by(hand: Callable[[int], None], step_ms: int = 500) -> Callable[[Device], int]:
    """Waits of which the hand makes something; then the tick is later."""
    ticks = iter(range(0, 10 * PATIENCE_MS, step_ms))

    def wait(device: Device) -> int:
        tick = next(ticks)
        if tick:
            hand(tick // step_ms - 1)
        return tick

    return wait


def taps(panel: TouchSimulator, rotate: int = 0) -> Callable[[int], None]:
    def tap(place: int) -> None:
        panel.tap(*LAYER.point(*TURNS[rotate].point(*CROSSES[place])))

    return tap


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_afterwards_a_finger_is_felt_where_it_is(tmp_path: Path, rotate: int) -> None:
    device, panel = make_simulated("touch", Settings(port="", units=(65_536, 65_536)))
    shown: list[int] = []
    touched = touch_crosses(device, shown.append, by(taps(panel, rotate)))
    assert shown == [0, 1, 2, 3, 4]
    file = tmp_path / "touch.calibration"
    write(file, matrix_of(touched, rotate))
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    again, panel = make_simulated("touch", Settings(port="", units=(65_536, 65_536), calibration=str(file)))
    again.service(0)
    panel.tap(*LAYER.point(0.3, 0.7))
    down = next(event for event in again.service(1) if isinstance(event, FingerMoved))
    assert (down.x, down.y) == pytest.approx((0.3, 0.7), abs=0.001)


def test_a_palm_is_no_cross() -> None:
    device, panel = make_simulated("touch", Settings(port=""))

    def hand(turn: int) -> None:
        if turn == 0:
            panel.hand(0.2, 0.2, 4)
            for finger in range(4):
                panel.up(finger)
        else:
            taps(panel)(turn - 1)

    assert touch_crosses(device, lambda done: None, by(hand)) == [
        pytest.approx(LAYER.point(*cross), abs=0.001) for cross in CROSSES
    ]


def test_a_panel_that_is_away_is_said() -> None:
    device, panel = make_simulated("touch", Settings(port=""))
    panel.unplug()
    with pytest.raises(Refused, match=r"unplugged.*Nothing was written.*stop it first"):
        touch_crosses(device, lambda done: None, by(lambda turn: None))


def test_nobody_is_waited_for_for_ever() -> None:
    device, _ = make_simulated("touch", Settings(port=""))
    with pytest.raises(Refused, match="nobody touched"):
        touch_crosses(device, lambda done: None, by(lambda turn: None, 10_000))


def test_a_wild_result_leaves_what_was_there() -> None:
    with pytest.raises(Refused, match=r"one place.*Nothing was written: begin again"):
        matrix_of([(0.5, 0.5)] * 4, 0)


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"nowhere.*cannot be written: No such file"):
        write(tmp_path / "nowhere" / "touch.calibration", LAYER)


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (1024, 600)])
def test_the_cross_that_is_to_be_touched_stands_out_and_its_middle_is_its_place(size: tuple[int, int]) -> None:
    for done, (x, y) in enumerate(CROSSES):
        bars = [box for box in crosses(size, done).elements if getattr(box, "fill", "") == "primary"]
        assert len(bars) == 2
        for bar in bars:
            assert abs(bar.rect.x + bar.rect.w / 2 - x * size[0]) <= 1
            assert abs(bar.rect.y + bar.rect.h / 2 - y * size[1]) <= 1


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "there is no [devices.touch] to calibrate"),
        ('[devices.touch]\ndriver = "simulated"\n', "devices.touch: name the file to write"),
    ],
)
def test_what_the_operator_must_mend_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, words: str
) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(f'[lane]\nstore = "s001"\ntill = "k01"\n{table}')
    assert command(["touch", "calibrate", "--config", str(config)]) == 2
    assert words in capsys.readouterr().err
