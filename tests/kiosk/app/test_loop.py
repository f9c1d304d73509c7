"""The loop's promise: the screen never waits for the disk, and nothing that matters runs ahead of it."""

import pytest

from kiosk.checkout import events as e
from kiosk.checkout.commanding import RESTART_REST_MS
from kiosk.checkout.state import Phase
from kiosk.world.lane import Lane

BREAD = "9520001200014"


def test_a_scan_is_on_the_screen_while_the_disk_sits_in_a_sync(lane: Lane) -> None:
    on_disk = lane.journal.boot().events
    lane.disk_stuck = True
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    assert lane.scene.name == "02-scanning"
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    assert lane.state.basket.lines[0].count == 2
    assert lane.journal.boot().events == on_disk


def test_no_card_is_charged_before_the_intent_is_on_disk(lane: Lane) -> None:
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    lane.disk_stuck = True
    lane.say(e.PayPressed())
    lane.wait(10_000)
    assert lane.shop.top.terminal.display == ""
    lane.disk_stuck = False
    lane.wait(3_000)
    assert lane.shop.top.terminal.wants == "card"


def test_paid_is_shown_only_when_the_approval_is_on_disk(lane: Lane) -> None:
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    lane.say(e.PayPressed())
    lane.wait(3_000)
    lane.shop.top.terminal.tap_card()
    lane.disk_stuck = True
    lane.wait(5_000)
    assert lane.state.phase is Phase.CARD
    assert "paid" not in lane.cues
    assert lane.shop.top.lamps.shown.green is False
    lane.disk_stuck = False
    lane.wait(1_000)
    assert lane.state.phase is Phase.RECEIPT
    assert lane.shop.top.lamps.shown.green is True


def test_a_restart_puts_the_shopper_back(lane: Lane) -> None:
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    lane.restart()
    lane.wait(1_000)
    assert lane.scene.name == "02-scanning"
    assert [line.item.gtin for line in lane.state.basket.lines] == [BREAD]


def test_a_full_disk_keeps_the_basket_and_starts_no_new_visit(lane: Lane) -> None:
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    lane.shop.free_mib = 1
    lane.wait(11_000)
    assert lane.state.basket.lines
    lane.say(e.ShoppingStopped())
    assert lane.scene.name == "18b-out-of-order"
    lane.shop.free_mib = 10_000
    lane.wait(11_000)
    assert lane.scene.name == "01-welcome"


def test_a_crashing_event_never_reaches_the_disk(lane: Lane, monkeypatch: pytest.MonkeyPatch) -> None:
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)

    def bug(*_: object) -> None:
        raise AssertionError("a bug")

    monkeypatch.setattr("kiosk.app.loop.step", bug)
    with pytest.raises(AssertionError, match="a bug"):
        lane.say(e.PayPressed())
    monkeypatch.undo()
    lane.restart()
    lane.wait(1_000)
    assert lane.state.phase is Phase.SCANNING


def test_keys_typed_are_no_writes_to_the_disk(lane: Lane) -> None:
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    before = len(lane.journal.boot().events)
    code = lane.button("Skriv en kod")
    assert code is not None
    lane.tap(code)
    for digit in "4011":
        key = lane.button(digit)
        assert key is not None
        lane.tap(key)
    assert lane.running.screen.view.typed == "4011"
    assert len(lane.journal.boot().events) == before


def test_a_restart_that_the_disk_has_held_up_waits_for_whoever_has_begun_to_shop(lane: Lane) -> None:
    lane.wait(RESTART_REST_MS + 1_000)
    lane.disk_stuck = True
    order = e.CommandCame(id="c-1", kind="restart", staff="u1", role="supervisor", expires_utc_ms=1 << 52)
    lane.say(order)
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(1_000)
    lane.disk_stuck = False
    lane.wait(5_000)
    assert (lane.starts, lane.state.phase, len(lane.state.basket.lines)) == (1, Phase.SCANNING, 1)
    lane.say(e.ShoppingStopped())
    lane.wait(5_000)
    assert lane.starts == 2
    assert lane.state.phase is Phase.WELCOME
