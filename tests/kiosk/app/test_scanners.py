"""Scanners read while somebody shops, not while a card is charged, and a badge always; they beep as the lane does."""

import pytest
from msgspec.structs import replace

from drivers.events import BeepScanner
from kiosk.app.scanners import beep, reads
from kiosk.checkout.effects import Beep
from kiosk.checkout.events import CardChosen, HelpCalled, PayPressed
from kiosk.checkout.lane import StaffLimits
from kiosk.checkout.state import Phase, State
from kiosk.world.lane import Lane

BREAD = "9520001200014"


def charging(lane: Lane) -> State:
    """Something is scanned, and the terminal works."""
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(500)
    lane.say(PayPressed())
    lane.wait(500)
    if lane.state.phase is Phase.PAYING:
        lane.say(CardChosen())
        lane.wait(500)
    assert (lane.state.phase, lane.state.basket.lines[0].item.gtin) == (Phase.CARD, BREAD)
    return lane.state


def test_while_a_card_is_charged_nothing_is_read_and_afterwards_everything(lane: Lane) -> None:
    scanner = lane.shop.top.scanner
    assert scanner.enabled
    assert not reads(charging(lane))
    assert not scanner.enabled
    lane.shop.top.terminal.tap_card()
    lane.wait(10_000)
    assert lane.state.phase is Phase.RECEIPT
    assert scanner.enabled


def test_after_a_power_cut_in_the_middle_of_it_the_scanner_is_told_anew(lane: Lane) -> None:
    charging(lane)
    lane.die()
    lane.boot()
    lane.wait(60_000)
    assert reads(lane.state)
    assert lane.shop.top.scanner.enabled


def test_whoever_calls_for_help_meanwhile_can_be_helped_by_a_badge(lane: Lane) -> None:
    charging(lane)
    lane.say(HelpCalled())
    lane.wait(10)
    assert lane.state.phase is Phase.CARD
    assert lane.shop.top.scanner.enabled


def test_where_nobody_signs_in_without_a_badge_it_is_always_read(lane: Lane) -> None:
    state = charging(lane)
    assert reads(replace(state, lane=replace(state.lane, staff_limits=StaffLimits(badge_needed=True))))


@pytest.mark.parametrize("stage", ["declined", "doubt", "unknown", "signature", "waiting", "accepting"])
def test_where_a_scan_or_staff_can_still_do_something_it_reads(lane: Lane, stage: str) -> None:
    state = charging(lane)
    assert state.payment is not None
    assert reads(replace(state, payment=replace(state.payment, stage=stage)))


def test_it_beeps_once_for_an_item_and_as_for_an_error_for_what_nobody_knows(lane: Lane) -> None:
    scanner = lane.shop.top.scanner
    scanner.scan(BREAD)
    lane.wait(500)
    assert scanner.beeps == 1
    assert beep(Beep("scan-ok")) == BeepScanner(good=True)
    assert beep(Beep("not-found")) == BeepScanner(good=False)
    assert [beep(Beep("touch")), beep(Beep("paid")), beep(Beep("scan-ok", calm=True))] == [None] * 3
