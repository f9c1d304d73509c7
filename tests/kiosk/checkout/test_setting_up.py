"""Setting up: what staff set on the lane stays set, is reported with old and new value, and must make sense."""

import pytest
from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.tuning import Tuning

ANNA = e.StaffSignedIn(staff="u1", name="Anna", role="supervisor")


def tuned(**changes: object) -> e.LaneTuned:
    return e.LaneTuned(tuning=Tuning(**changes))  # type: ignore[arg-type]


def test_every_visit_begins_in_the_language_that_staff_chose() -> None:
    first, second = LANE.languages[:2]
    shop = Checkout().tell(ANNA, tuned(start_language=second), e.StaffSignedOut())
    assert shop.state.language == second
    shop.tell(e.ItemFound(item=BREAD), e.LanguageChosen(language=first), e.ShoppingStopped())
    assert shop.state.language == second


def test_a_shopper_keeps_their_language_when_staff_choose_another_for_the_lane() -> None:
    first, second = LANE.languages[:2]
    shop = Checkout().tell(
        e.ItemFound(item=BREAD), e.LanguageChosen(language=first), ANNA, tuned(start_language=second)
    )
    assert shop.state.language == first


def test_it_outlives_a_restart_and_a_language_that_the_lane_lost_is_forgotten() -> None:
    second = LANE.languages[1]
    shop = Checkout().tell(ANNA, tuned(start_language=second, volume=3), e.Restarted(lane=LANE))
    assert (shop.state.tuning.start_language, shop.state.tuning.volume) == (second, 3)
    shop.tell(e.Restarted(lane=replace(LANE, languages=LANE.languages[:1])))
    assert shop.state.language == LANE.languages[0]


def test_the_report_has_who_and_the_old_and_the_new_value() -> None:
    shop = Checkout().tell(ANNA, tuned(volume=3), tuned(volume=4, quiet_hours=False))
    report = [one.data for one in shop.of(f.PublishEvent) if one.kind == "lane.tuned"][-1]
    assert report == {"by": "u1", "was": {"volume": 3, "quiet_hours": True}, "is": {"volume": 4, "quiet_hours": False}}


@pytest.mark.parametrize("bad", [{"volume": 11}, {"volume": 0}, {"voice_volume": -1}, {"start_language": "tlh"}])
def test_what_makes_no_sense_is_not_taken(bad: dict[str, object]) -> None:
    assert Checkout().tell(ANNA, tuned(**bad)).state.tuning == Tuning()


def test_nobody_sets_up_a_lane_without_the_right_to() -> None:
    assert Checkout().tell(tuned(volume=3)).state.tuning == Tuning()
    cashier = e.StaffSignedIn(staff="u2", name="Bo", role="cashier")
    shop = Checkout().tell(cashier, tuned(volume=3))
    assert shop.state.tuning == Tuning()
    assert shop.state.approval is not None
