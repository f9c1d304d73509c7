"""A lane that cannot be started shows 18b and nothing else."""

import os
import tty
from pathlib import Path

import pytest

from drivers.lcus.protocol import command
from drivers.lcus.simulator import LcusSimulator
from kiosk.app.closed import at_rest, out_of_order, read_or_default
from kiosk.app.config import Config, LaneTable
from kiosk.ui.scene import buttons
from kiosk.ui.transcript import transcript


def test_out_of_order_in_the_lanes_first_language() -> None:
    scene = out_of_order(Config(lane=LaneTable(store="s001", till="k01", languages=("sv", "en"))))
    assert scene.name == "18b-out-of-order"
    assert "Ursäkta" in transcript(scene)
    assert "personal" in transcript(scene)
    assert not buttons(scene)


def test_a_configuration_that_stopped_the_lane_does_not_stop_this(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text('[lane]\nstore = "s001"\ntiil = "k01"\n')
    scene = out_of_order(read_or_default(path))
    assert scene.name == "18b-out-of-order"
    assert "did you mean till?" in capsys.readouterr().err


def test_what_the_lane_left_under_current_is_taken_off(tmp_path: Path) -> None:
    """A relay board stays as it was told when the lane died; the next to open it says how its relays are to be."""
    board = LcusSimulator()
    board.receive(command(1, True), 0)
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    path = tmp_path / "kiosk.toml"
    text = '[lane]\nstore = "s001"\ntill = "k01"\n'
    text += f'[devices.gate]\ndriver = "lcus"\nport = "{os.ttyname(theirs)}"\n'
    path.write_text(
        text + '[devices.cash_drawer]\ndriver = "gpio"\nfactory = "gpiod"\nchip = "/dev/nowhere"\npin = 23\n'
    )
    at_rest(read_or_default(path))
    board.receive(os.read(ours, 100), 0)
    os.close(ours)
    os.close(theirs)
    assert board.closed == set()
