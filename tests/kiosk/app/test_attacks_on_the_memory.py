"""Cuts, restarts and other configurations in the middle of a visit: what the journal says is what was and what is."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.__main__ import main
from kiosk.app.restore import restore
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase
from kiosk.world.lane import Lane
from kiosk.world.shops import FACTS, demo_shop

BREAD = "9520001200014"


def _pay(lane: Lane) -> None:
    lane.wait(3_000)
    lane.shop.top.terminal.tap_card()
    lane.wait(5_000)


def _file(lane: Lane, folder: Path) -> Path:
    folder.mkdir()
    for name, content in lane.disk.survivors(0).items():
        (folder / name).write_bytes(content)
    return folder / "kiosk.db"


def test_a_visit_with_restarts_and_new_languages_inside_is_played_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lane = Lane(demo_shop(tmp_path, replace(FACTS, languages=("en",))))
    lane.boot()
    lane.wait(3_000)
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    lane.kill()
    lane.shop = demo_shop(tmp_path)
    lane.boot()
    lane.wait(1_000)
    lane.say(e.LanguageChosen(language="sv"))
    lane.say(e.PayPressed())
    _pay(lane)
    lane.restart()
    lane.wait(1_000)
    assert (lane.state.phase, lane.state.language) == (Phase.RECEIPT, "sv")
    lane.wait(120_000)
    assert main(["replay", str(_file(lane, tmp_path / "lane"))]) == 0
    assert "14a-receipt-choice" in capsys.readouterr().out
    lane.die()
    lane.shop.prices.close()


def test_replay_is_the_lane_in_every_turn_of_a_sale_with_restarts(lane: Lane) -> None:
    """The state is never more, nor less, than what is on the disk."""

    def same() -> None:
        boot = lane.journal.boot()
        assert restore(boot.snapshot, boot.events, lane.shop.facts) == lane.state

    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    same()
    lane.say(e.PayPressed())
    lane.wait(3_000)
    same()
    lane.restart()
    lane.wait(60_000)
    same()
    assert lane.state.payment is not None and lane.state.payment.stage == "declined"
    lane.say(e.CardChosen())
    _pay(lane)
    same()
    lane.wait(120_000)
    same()


def test_a_charge_that_staff_denied_is_given_back_when_the_shopper_pays_again(lane: Lane) -> None:
    terminal = lane.shop.top.terminal
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    lane.say(e.PayPressed())
    lane.wait(3_000)
    terminal.tap_card()
    lane.wait(500)
    terminal.unplug()
    lane.wait(30_000)
    assert lane.state.phase is Phase.DOUBT
    assert len(terminal.journal.standing) == 1
    assert lane.state.payment is not None
    attempt = lane.state.payment.attempt
    lane.say(e.StaffSignedIn(staff="u7", name="Alex", role="supervisor"))
    lane.say(e.DoubtSettled(attempt=attempt, paid=False, evidence="0001"))
    terminal.plug()
    lane.say(e.StaffSignedOut())
    lane.say(e.CardChosen())
    _pay(lane)
    lane.wait(30_000)
    assert len(terminal.journal.charges) == 2
    (standing,) = terminal.journal.standing
    sale = lane.journal.last_sale()
    assert sale is not None and sale.tenders[0].card is not None
    assert int(sale.tenders[0].card.receipt) == standing.receipt
    assert lane.state.reversals == ()


def test_pressing_everything_twice_sells_once(lane: Lane) -> None:
    def twice(event: e.Event) -> None:
        lane.running.say(event)
        lane.running.say(event)
        lane.settle()

    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    twice(e.PayPressed())
    twice(e.CardChosen())
    _pay(lane)
    twice(e.CardChosen())
    twice(e.ReceiptChosen(kind="print"))
    lane.wait(5_000)
    twice(e.DonePressed())
    lane.wait(5_000)
    assert [sale.kind for sale in lane.journal.sales()] == ["sale"]
    assert len(lane.shop.top.terminal.journal.charges) == 1
    assert len([paper for paper in lane.shop.top.printer.paper if paper.cut]) == 1


def test_a_clock_that_jumps_back_neither_ends_nor_hurries_anything(lane: Lane) -> None:
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(60_000)
    lane.shop.clock.jump_utc(-3 * 86_400_000)
    lane.wait(20_000)
    assert lane.state.warned_tick is None
    lane.say(e.PayPressed())
    _pay(lane)
    first = lane.journal.last_sale()
    lane.say(e.ReceiptChosen(kind="none"))
    lane.wait(30_000)
    lane.shop.top.scanner.scan(BREAD)
    lane.wait(100)
    lane.say(e.PayPressed())
    _pay(lane)
    second = lane.journal.last_sale()
    assert first is not None and second is not None
    assert (second.sequence, second.chain.previous) == (first.sequence + 1, first.chain.hash)
