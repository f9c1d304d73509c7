"""A lane that cannot be started shows 18b and nothing else."""

from kiosk.app.closed import out_of_order
from kiosk.app.config import Config, LaneTable
from kiosk.ui.scene import buttons
from kiosk.ui.transcript import transcript


def test_out_of_order_in_the_lanes_first_language() -> None:
    scene = out_of_order(Config(lane=LaneTable(store="s001", till="k01", languages=("sv", "en"))))
    assert scene.name == "18b-out-of-order"
    assert "Ursäkta" in transcript(scene)
    assert "personal" in transcript(scene)
    assert not buttons(scene)
