"""A disk that is full, not once but for a long time: nothing is lost, nothing is forgotten, nobody is let in."""

from kiosk.checkout import events as e
from kiosk.checkout.state import Phase
from kiosk.world.lane import Lane

BREAD = "9520001200014"


def _fill(lane: Lane) -> None:
    """Scan until a write finds no room; from then on only the loop's own retries write."""
    lane.disk.room = 0
    for _ in range(50):
        if lane.state.devices.disk_low:
            lane.disk_stuck = True
            return
        lane.shop.top.scanner.scan(BREAD)
        lane.turn()
    raise AssertionError("the disk is never full")


def test_the_disk_is_tried_again_until_there_is_room(lane: Lane) -> None:
    _fill(lane)
    assert not lane.running.idle
    lane.wait(30_000)
    lane.disk.room = None
    lane.wait(6_000)
    assert lane.running.idle, "what waited was never written although there is room"


def test_room_elsewhere_on_the_disk_opens_no_lane_that_cannot_write(lane: Lane) -> None:
    _fill(lane)
    assert lane.state.devices.disk_low
    lane.wait(30_000)
    assert lane.shop.free_mib > 1_000
    assert lane.state.devices.disk_low
    lane.disk.room = None
    lane.wait(20_000)
    assert not lane.state.devices.disk_low
    assert lane.state.phase is Phase.SCANNING


def test_an_approval_that_cannot_be_kept_is_refused_at_once_and_nothing_is_sold(lane: Lane) -> None:
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    lane.say(e.PayPressed())
    lane.wait(3_000)
    lane.disk.room = 0
    for _ in range(200):
        lane.running.say(e.Touched())
        lane.turn()
        if lane.state.devices.disk_low:
            break
    lane.disk_stuck = True
    terminal = lane.shop.top.terminal
    assert terminal.tap_card()
    lane.wait(10_000)
    assert len(terminal.journal.charges) == 1
    assert terminal.journal.standing == [], "the terminal still waits for an answer that the till cannot give"
    lane.disk.room = None
    lane.disk_stuck = False
    lane.wait(90_000)
    assert [sale.kind for sale in lane.journal.sales()] == []
    assert lane.state.payment is not None
    assert (lane.state.phase, lane.state.payment.stage) == (Phase.CARD, "declined")
