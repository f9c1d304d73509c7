"""Pausing: how long a pause may be, and when it may begin."""

import pytest
from shopping import BREAD, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.state import Phase

BO = e.StaffSignedIn(staff="u2", name="Bo", role="cashier")


@pytest.mark.parametrize(("minutes", "phase"), [
    (0, Phase.WELCOME), (-5, Phase.WELCOME), (241, Phase.WELCOME), (10**9, Phase.WELCOME),
    (1, Phase.CLOSED), (240, Phase.CLOSED),
])  # fmt: skip
def test_a_pause_has_1_to_240_minutes(minutes: int, phase: Phase) -> None:
    assert Checkout().tell(BO, e.LanePaused(minutes=minutes)).state.phase is phase


def test_nobody_pauses_a_lane_without_being_signed_in() -> None:
    assert Checkout().tell(e.LanePaused(minutes=5)).state.phase is Phase.WELCOME


def test_a_shopper_is_never_paused() -> None:
    assert Checkout().tell(e.ItemFound(item=BREAD), BO, e.LanePaused(minutes=5)).state.phase is Phase.SCANNING


def test_a_lane_that_is_closed_for_good_does_not_open_by_itself() -> None:
    shop = Checkout().tell(BO, e.LanePaused(minutes=5), e.LaneClosed()).wait(3_600_000)
    assert (shop.state.phase, shop.state.closed, shop.state.pause) == (Phase.CLOSED, "staff", None)


def test_whoever_serves_is_signed_out_after_their_own_time() -> None:
    shop = Checkout().tell(BO, e.AssistedBegan()).wait(14 * 60_000)
    assert shop.state.assisted
    shop.tell(e.ItemFound(item=BREAD)).wait(14 * 60_000)
    assert shop.state.assisted, "a scan is a sign of life of whoever serves"
    assert not shop.wait(2 * 60_000).state.assisted
    assert shop.state.staff is None
