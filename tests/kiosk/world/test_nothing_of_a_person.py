"""What a shopper types to be a member is in no log, in no file of the lane and on no screen once the visit is over."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.checkout.questions import MemberAsk
from kiosk.world.shops import FACTS
from kiosk.world.stage import Stage
from kiosk.world.story import Line
from kiosk.world.teller import tell, tell_line

STORIES = Path(__file__).parents[2] / "stories"
TYPED = {
    "join_before_paying": "sam@example",
    "join_after_paying": "0701234567",
    "join_while_the_store_is_away": "sam@example",
    "join_and_a_power_cut": "kim@example",
    "member_types_a_number": "0701234567",
    "member_by_card": "Sam",
}


@pytest.mark.parametrize("story", TYPED)
def test_no_log_has_it(story: str, capfd: pytest.CaptureFixture[str]) -> None:
    tell(STORIES / f"{story}.story")
    told = "".join(capfd.readouterr())
    assert "device" in told, "the lane has written its log here"
    assert TYPED[story] not in told


def test_what_was_typed_is_forgotten_when_the_visit_ends() -> None:
    stage = Stage(replace(FACTS, sign_up="before"))
    for line in ("scan 9520001200014", "join with 0701234567"):
        tell_line(stage, Line(1, line), "here")
    whispers = stage.lane.running.screen._whispers
    (asked,) = (word for word in whispers._texts)
    tell_line(stage, Line(1, "wait 200 s"), "here")
    assert stage.lane.scene.name == "01-welcome"
    assert whispers.spoken(MemberAsk(key=asked)) is None
    stage.close()
