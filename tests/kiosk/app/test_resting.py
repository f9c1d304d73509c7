"""A card terminal that is let go for its maintenance: the lane closes softly, calls nobody and opens again."""

from datetime import time
from pathlib import Path

import pytest

from drivers.device import DeviceError
from drivers.registry import make_devices
from kiosk.app.resting import Hours, maintenance_hours
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase
from kiosk.world.lane import Lane

BREAD = "9520001200014"
MINUTE_MS = 60_000
TEN_TO_HALF = Hours(time(10, 10), time(10, 40))


@pytest.fixture
def resting(lane: Lane) -> Lane:
    """A lane whose terminal is let go from ten past ten to twenty to eleven; it is ten now."""
    lane.shop.maintenance["card_terminal"] = TEN_TO_HALF
    return lane


def test_the_lane_closes_at_its_time_and_opens_again(resting: Lane) -> None:
    resting.wait(9 * MINUTE_MS)
    assert resting.scene.name == "01-welcome"
    resting.wait(2 * MINUTE_MS)
    assert resting.scene.name == "18a-closed"
    assert resting.state.devices.lost["card_terminal"][0] == "maintenance"
    assert not resting.shop.top.terminal.registered, "it may do as it likes"
    assert resting.state.interventions == (), "nobody is called"
    assert not resting.shop.top.lamps.shown.red, "nothing is wrong"
    resting.wait(31 * MINUTE_MS)
    assert resting.scene.name == "01-welcome"
    assert resting.state.devices.lost == {}
    resting.shop.top.scanner.scan(BREAD)
    resting.wait(100)
    resting.say(e.PayPressed())
    resting.wait(5_000)
    assert resting.shop.top.terminal.tap_card()


def test_a_shopper_who_is_there_is_not_cut_off(resting: Lane) -> None:
    resting.wait(9 * MINUTE_MS + 50_000)
    resting.shop.top.scanner.scan(BREAD)
    resting.wait(15_000)
    resting.say(e.PayPressed())
    resting.wait(5_000)
    assert resting.shop.top.terminal.tap_card(), "well after the time has come"
    resting.wait(5_000)
    assert resting.state.phase is Phase.RECEIPT
    resting.wait(2 * MINUTE_MS)
    assert resting.scene.name == "18a-closed"


def test_a_lane_that_starts_in_the_middle_of_it_lets_go_at_once(resting: Lane) -> None:
    resting.wait(15 * MINUTE_MS)
    resting.restart()
    resting.wait(MINUTE_MS)
    assert resting.scene.name == "18a-closed"
    resting.wait(30 * MINUTE_MS)
    assert resting.scene.name == "01-welcome"


def test_what_is_really_broken_is_still_told(resting: Lane) -> None:
    resting.wait(12 * MINUTE_MS)
    resting.shop.top.scanner.unplug()
    resting.wait(10_000)
    assert resting.scene.name == "18b-out-of-order"
    assert [call.detail for call in resting.state.interventions] == ["scanner"]


def test_the_hours_may_go_over_midnight() -> None:
    night = Hours(time(23, 30), time(0, 15))
    assert [night.holds(at) for at in (time(23, 29), time(23, 30), time(0, 14), time(0, 15))] == [
        False,
        True,
        True,
        False,
    ]


def test_the_hours_stand_in_the_devices_own_table() -> None:
    tables = {"card_terminal": {"driver": "zvt", "maintenance": "03:00-03:30"}, "scanner": {"driver": "serial"}}
    assert maintenance_hours(tables) == {"card_terminal": Hours(time(3), time(3, 30))}


@pytest.mark.parametrize("hours", ["3-4", "03:00", "03:00-24:00", "at night"])
def test_hours_that_are_none_are_refused_in_words(hours: str, tmp_path: Path) -> None:
    table = {"driver": "zvt", "port": "socket://10.0.0.7", "currency": "SEK", "maintenance": hours}
    with pytest.raises(DeviceError, match=r"card_terminal.*03:00-03:30"):
        make_devices({"card_terminal": table})
