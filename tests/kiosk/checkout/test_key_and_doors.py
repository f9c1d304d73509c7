"""The staff key, the kiosk's own doors, and badges of nobody."""

from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.lane import StaffLimits

ANNA = e.StaffSignedIn(staff="u1", name="Anna", role="supervisor")
KEYED = replace(LANE, staff_limits=StaffLimits(key_needed=True))
OPEN, SHUT = e.DoorMoved(door="door.service", open=True), e.DoorMoved(door="door.service", open=False)
TURNED, BACK = e.KeylockTurned(turned=True), e.KeylockTurned(turned=False)


def reports(shop: Checkout, kind: str) -> list[dict[str, object]]:
    return [dict(one.data) for one in shop.of(f.PublishEvent) if one.kind == kind]


def doors_called(shop: Checkout) -> list[str]:
    return [call.detail for call in shop.state.interventions if call.reason == "door"]


def test_a_key_alone_signs_nobody_in_and_turned_back_it_locks() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), TURNED)
    assert shop.state.staff is None
    shop.tell(ANNA)
    assert shop.state.staff is not None
    shop.tell(BACK)
    assert shop.state.staff is None and len(shop.state.basket.lines) == 1
    assert reports(shop, "keylock") == [{"turned": True, "by": ""}, {"turned": False, "by": "u1"}]


def test_a_key_that_has_not_moved_locks_nobody_out() -> None:
    shop = Checkout().tell(ANNA, BACK)
    assert shop.state.staff is not None


def test_where_the_key_is_needed_a_right_pin_without_it_opens_nothing() -> None:
    shop = Checkout().tell(e.Restarted(lane=KEYED), ANNA)
    assert shop.state.staff is None
    shop.tell(TURNED, ANNA)
    assert shop.state.staff is not None
    shop.tell(e.Restarted(lane=KEYED), ANNA)
    assert shop.state.staff is None, "a lane that has started asks the lock again"


def test_the_console_has_no_key() -> None:
    shop = Checkout().tell(e.Restarted(lane=KEYED), replace(ANNA, where="console"))
    assert shop.state.staff is not None


def test_a_door_that_opens_before_nobody_calls_staff_until_it_is_shut() -> None:
    shop = Checkout().tell(OPEN)
    assert doors_called(shop) == ["door.service"]
    shop.tell(OPEN)
    assert doors_called(shop) == ["door.service"] and len(reports(shop, "door")) == 1
    shop.tell(SHUT)
    assert doors_called(shop) == []
    assert reports(shop, "door")[-1] == {"door": "door.service", "open": False, "by": ""}


def test_staff_open_theirs_in_peace_and_may_not_leave_it_so() -> None:
    shop = Checkout().tell(ANNA, OPEN, e.DoorMoved(door="door.cash", open=True))
    assert doors_called(shop) == []
    assert reports(shop, "door")[0]["by"] == "u1"
    shop.tell(e.StaffSignedOut())
    assert doors_called(shop) == ["door.service", "door.cash"]


def test_a_door_that_was_shut_in_the_dark_calls_nobody() -> None:
    shop = Checkout().tell(OPEN, e.Restarted(lane=LANE))
    assert doors_called(shop) == []
    shop.tell(SHUT)
    assert doors_called(shop) == []
    shop.tell(OPEN, e.Restarted(lane=LANE), OPEN)
    assert doors_called(shop) == ["door.service"]


def test_a_strange_badge_is_told_and_is_no_wrong_pin() -> None:
    shop = Checkout()
    shop.tell(*(e.BadgeUnknown() for _ in range(20)))
    assert shop.state.pin_failures == 0 and shop.state.pin_pause_until_tick == 0
    assert shop.state.notice is not None and shop.state.notice.kind == "badge_unknown"
