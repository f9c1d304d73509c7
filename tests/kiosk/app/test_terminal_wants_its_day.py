"""A card terminal that takes no more payments before its end of day: the lane makes it when nobody is served."""

from kiosk.checkout import events as e
from kiosk.world.lane import Lane

BREAD = "9520001200014"
END_OF_DAY_OPEN = 0xF0


def test_it_is_made_at_once_and_cards_work_again(lane: Lane) -> None:
    lane.shop.top.terminal.faults.busy = END_OF_DAY_OPEN
    lane.wait(60_000)
    assert lane.shop.top.terminal.faults.busy == 0
    assert lane.state.devices.lost == {}
    assert lane.scene.name == "01-welcome"
    assert lane.state.interventions == ()


def test_a_shopper_who_is_there_is_served_first(lane: Lane) -> None:
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(1_000)
    lane.shop.top.terminal.faults.busy = END_OF_DAY_OPEN
    lane.wait(30_000)
    assert lane.state.devices.lost["card_terminal"][0] == "reconcile"
    assert lane.state.settling == ""
    lane.say(e.ShoppingStopped())
    lane.wait(60_000)
    assert lane.state.devices.lost == {}


def test_staff_are_called_if_it_cannot_be_made(lane: Lane) -> None:
    terminal = lane.shop.top.terminal
    terminal.faults.busy = END_OF_DAY_OPEN
    terminal.faults.end_of_day_fails = True
    lane.wait(60_000)
    assert [call.detail for call in lane.state.interventions] == ["card_terminal"]
    assert lane.scene.name == "18b-out-of-order"
    terminal.faults.busy = 0
    lane.wait(60_000)
    assert lane.state.interventions == ()
    assert lane.scene.name == "01-welcome"
