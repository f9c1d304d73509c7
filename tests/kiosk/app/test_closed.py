"""A lane that cannot be started shows 18b and nothing else."""

from pathlib import Path

import pytest

from kiosk.app.closed import out_of_order, read_or_default
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
