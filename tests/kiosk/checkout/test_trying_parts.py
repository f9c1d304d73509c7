"""Trying parts: what staff try is theirs alone, moves no money, and is forgotten when they leave."""

from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.scale import Plate
from kiosk.checkout.trying_parts import READS_MS

ANNA = e.StaffSignedIn(staff="u1", name="Anna", role="supervisor")


def test_what_the_scanner_reads_on_trial_is_not_sold_and_only_once() -> None:
    shop = Checkout().tell(ANNA, e.PartTried(part="scanner"), e.ItemFound(item=BREAD))
    assert shop.state.staff is not None
    assert shop.state.staff.trial.read == BREAD.gtin
    assert not shop.state.basket.lines
    assert shop.tell(e.ItemFound(item=BREAD)).state.basket.lines


def test_after_its_time_and_after_leaving_a_scan_is_a_sale() -> None:
    late = Checkout().tell(ANNA, e.PartTried(part="scanner")).wait(READS_MS + 1)
    assert late.tell(e.ItemFound(item=BREAD)).state.basket.lines
    left = Checkout().tell(ANNA, e.PartTried(part="scanner"), e.StaffSignedOut())
    assert left.tell(e.ItemFound(item=BREAD)).state.basket.lines


def test_the_terminals_answer_to_a_trial_begins_no_payment() -> None:
    shop = Checkout().tell(ANNA, e.PartTried(part="terminal"))
    (asked,) = shop.of(f.PrepareCard)
    shop.wait(2_000).tell(e.CardReady(attempt=asked.attempt, baseline="{}"))
    assert shop.state.staff is not None
    assert (shop.state.staff.trial.ping, shop.state.staff.trial.ping_ms) == ("ready", 2_000)
    assert not shop.of(f.AuthorizeCard)
    assert shop.state.payment is None


def test_a_terminal_that_is_not_ready_says_so() -> None:
    shop = Checkout().tell(ANNA, e.PartTried(part="terminal"))
    (asked,) = shop.of(f.PrepareCard)
    shop.tell(e.CardRefused(attempt=asked.attempt, why="busy"))
    assert shop.state.staff is not None
    assert shop.state.staff.trial.ping == "busy"


def test_an_answer_that_comes_after_they_left_is_nobodys() -> None:
    shop = Checkout().tell(ANNA, e.PartTried(part="terminal"))
    (asked,) = shop.of(f.PrepareCard)
    shop.tell(e.StaffSignedOut())
    before = shop.state
    shop.tell(e.CardReady(attempt=asked.attempt, baseline="{}"))
    assert replace(shop.state, seen=before.seen) == before


def test_scales_terminal_and_scanner_are_not_tried_under_a_shopper() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), ANNA)
    for part in ("scanner", "terminal", "scale", "shelf"):
        shop.tell(e.PartTried(part=part))  # type: ignore[arg-type]
    assert not shop.of(f.PrepareCard)
    assert not shop.of(f.ZeroScale)
    assert len(shop.tell(e.ItemFound(item=BREAD)).state.basket.lines) >= 1
    assert shop.state.staff is not None
    assert not shop.state.staff.trial.read


def test_each_scale_is_zeroed_by_its_own_name() -> None:
    has_scale = e.Restarted(lane=replace(LANE, scale=Plate()))
    shop = Checkout().tell(has_scale, ANNA, e.PartTried(part="scale"), e.PartTried(part="shelf"))
    assert [one.device for one in shop.of(f.ZeroScale)] == ["scale", "bagging_scale"]


def test_a_scale_that_only_its_own_key_zeroes_is_told_nothing() -> None:
    has_scale = e.Restarted(lane=replace(LANE, scale=Plate(zeroes=False)))
    shop = Checkout().tell(has_scale, ANNA, e.PartTried(part="scale"), e.PartTried(part="shelf"))
    assert [one.device for one in shop.of(f.ZeroScale)] == ["bagging_scale"]


def test_a_lane_without_cards_asks_no_terminal() -> None:
    shop = Checkout().tell(e.Restarted(lane=replace(LANE, tenders=("cash",))), ANNA, e.PartTried(part="terminal"))
    assert not shop.of(f.PrepareCard)


def test_a_store_that_is_away_is_called_at_once() -> None:
    shop = Checkout().tell(ANNA, e.LinkChanged(up=False), e.PartTried(part="network"))
    assert len(shop.of(f.CallStore)) == 1
