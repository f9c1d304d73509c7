"""Wrong phase, wrong order, twice, too late: the brain under people and terminals that do not keep to the script."""

from typing import Any

import pytest
from msgspec.structs import replace
from shopping import BREAD, LANE, WATER, WINE, Checkout, record

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.basket import Taken
from kiosk.checkout.machine import deadline_ms
from kiosk.checkout.payment import Reversal
from kiosk.checkout.sale import Tender
from kiosk.checkout.state import Phase
from kiosk.checkout.timing import receipt_closes
from kiosk.values.money import Money

ATTEMPT = "k01-000001-1"
ALEX = e.StaffSignedIn(staff="u7", name="Alex", role="supervisor")


def in_doubt(shop: Checkout) -> Checkout:
    shop.tell(e.ItemFound(item=BREAD), e.PayPressed(), e.CardReady(attempt=ATTEMPT, baseline="b"))
    return shop.tell(e.CardInDoubt(attempt=ATTEMPT, why="cut"))


def reports(shop: Checkout, kind: str) -> list[dict[str, Any]]:
    return [effect.data for effect in shop.of(f.PublishEvent) if effect.kind == kind]


# --- a scan after paying ----------------------------------------------------------------------------------------------


def test_a_scan_after_paying_does_not_open_a_lane_that_staff_close() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), ALEX, e.LaneClosed(), e.StaffSignedOut()).pay_card()
    shop.tell(e.ItemFound(item=WATER))
    assert shop.state.phase is Phase.RECEIPT
    assert shop.state.basket.lines == ()
    shop.wait(120_000)
    assert (shop.state.phase, shop.state.closed) == (Phase.CLOSED, "staff")


@pytest.mark.parametrize("trouble", [e.DiskLow(), e.DeviceLost(device="card_terminal")])
def test_a_scan_after_paying_begins_no_visit_that_the_lane_cannot_serve(trouble: e.Event) -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card().tell(trouble, e.ItemFound(item=WATER))
    assert shop.state.phase is Phase.RECEIPT
    shop.tell(e.ReceiptChosen(kind="none"), e.ItemFound(item=WATER))
    assert shop.state.phase is Phase.THANKS
    shop.wait(60_000)
    assert (shop.state.phase, shop.state.closed) == (Phase.CLOSED, "fault")


@pytest.mark.parametrize("count", [0, -1, 100, 10**18])
def test_no_scan_brings_less_than_one_thing_or_more_than_the_limit(count: int) -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.ItemFound(item=WATER, count=count))
    assert [(line.item, line.count) for line in shop.state.basket.lines] == [(BREAD, 1)]


# --- time -------------------------------------------------------------------------------------------------------------


def test_two_baskets_that_end_at_the_same_tick_both_end() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.BasketSaved(), e.ItemFound(item=WATER), e.BasketSaved())
    assert len({kept.until_tick for kept in shop.state.parked}) == 1
    shop.wait(LANE.time_outs.parked_ms + 1)
    assert shop.state.parked == ()
    assert [effect.sale.kind for effect in shop.of(f.RecordSale)] == ["void", "void"]


def test_a_basket_is_not_taken_away_under_the_hands_of_staff() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).wait(LANE.time_outs.scanning_ms + 1)
    assert shop.state.warned_tick is not None
    shop.tell(ALEX).wait(LANE.time_outs.still_there_ms + 5_000)
    assert shop.state.basket.lines
    shop.tell(e.StaffSignedOut()).wait(10_000)
    assert shop.state.warned_tick is None, "the shopper is hurried as soon as staff turn away"


def test_help_called_over_the_receipt_is_waited_for() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card().tell(e.HelpCalled()).wait(600_000)
    assert shop.state.phase is Phase.RECEIPT
    assert [call.reason for call in shop.state.interventions] == ["help"]
    assert receipt_closes(shop.state) is None, "a countdown would run on the screen"
    shop.tell(e.ReceiptChosen(kind="none"), ALEX, e.HelpCleared()).wait(50_000)
    assert shop.state.phase is Phase.THANKS, "the shopper's screen is as it was when staff lock theirs"
    shop.tell(e.StaffSignedOut()).wait(LANE.time_outs.thanks_ms)
    assert shop.state.phase is Phase.WELCOME


def test_help_called_over_the_goodbye_stays_open_when_that_ends() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card().tell(e.ReceiptChosen(kind="none"), e.HelpCalled())
    shop.tell(e.HelpExplained(about="other")).wait(LANE.time_outs.thanks_ms)
    assert shop.state.phase is Phase.WELCOME
    assert [(call.reason, call.detail) for call in shop.state.interventions] == [("help", "other")]


# --- PINs -------------------------------------------------------------------------------------------------------------


def test_a_right_pin_during_the_pause_opens_nothing_and_a_wrong_one_does_not_lengthen_it() -> None:
    shop = Checkout().tell(*[e.StaffRefused()] * 5)
    until = shop.state.pin_pause_until_tick
    shop.wait(10_000).tell(*[e.StaffRefused()] * 5, ALEX)
    assert shop.state.staff is None
    assert shop.state.pin_pause_until_tick == until
    shop.tell(replace(ALEX, where="console"))
    assert shop.state.staff is not None


# --- the terminal against itself, and against staff -------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [e.CardNotCharged(attempt=ATTEMPT, evidence="the same"), e.CardDeclined(attempt=ATTEMPT, why="declined")],
)
@pytest.mark.parametrize("gone", [False, True])
def test_what_the_terminal_says_against_staff_is_told(word: e.Event, gone: bool) -> None:
    shop = in_doubt(Checkout()).tell(ALEX, e.DoubtSettled(attempt=ATTEMPT, paid=True, evidence="0175"), e.Stored())
    assert shop.state.phase is Phase.RECEIPT
    if gone:
        shop.wait(120_000)
    shop.tell(word, word)
    assert [report["attempt"] for report in reports(shop, "card.contradicted")] == [ATTEMPT] * 2


def test_no_after_a_recorded_yes_is_a_doubt_and_offers_no_second_charge() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed(), e.CardReady(attempt=ATTEMPT, baseline="b"))
    shop.tell(e.CardApproved(attempt=ATTEMPT, record=record(3290), message=1))
    shop.tell(e.CardDeclined(attempt=ATTEMPT, why="declined", message=2))
    assert shop.state.phase is Phase.DOUBT
    assert [effect.attempt for effect in shop.of(f.EnquireCard)] == [ATTEMPT]
    shop.tell(e.Restarted(lane=LANE), e.CardDeclined(attempt=ATTEMPT, why="declined"), e.CardChosen())
    assert shop.state.payment is not None
    assert (shop.state.phase, shop.state.payment.stage) == (Phase.DOUBT, "unknown")
    assert len(shop.of(f.AuthorizeCard)) == 1


def test_a_late_yes_does_not_end_a_doubt_and_leaves_every_way_out() -> None:
    """Only the terminal's final word or staff end it: a yes alone may still be taken back."""
    late = e.CardApproved(attempt=ATTEMPT, record=record(3290), message=1)
    for doubt in (in_doubt(Checkout()), in_doubt(Checkout()).tell(e.CardUnknown(attempt=ATTEMPT, evidence="silent"))):
        doubt.tell(late, e.CardAsked(attempt=ATTEMPT, times=2), e.CardUnknown(attempt=ATTEMPT, evidence="silent"))
        assert doubt.state.payment is not None
        assert (doubt.state.phase, doubt.state.payment.stage) == (Phase.DOUBT, "unknown")
        asked = len(doubt.of(f.EnquireCard))
        doubt.wait(31_000)
        assert len(doubt.of(f.EnquireCard)) == asked + 1
        doubt.tell(ALEX, e.DoubtSettled(attempt=ATTEMPT, paid=True, evidence="0175"), e.Stored())
        assert doubt.state.phase is Phase.RECEIPT


def test_a_charge_of_another_amount_cannot_be_talked_away_by_the_terminal() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed(), e.CardReady(attempt=ATTEMPT, baseline="b"))
    shop.tell(e.CardCompleted(attempt=ATTEMPT, record=record(1), message=2))
    shop.tell(e.CardDeclined(attempt=ATTEMPT, why="declined"), e.CardChosen())
    assert shop.state.payment is not None
    assert (shop.state.phase, shop.state.payment.stage) == (Phase.DOUBT, "unknown")
    assert "approved (1), then declined" in shop.state.payment.evidence


def test_a_charge_that_could_not_be_given_back_waits_until_staff_have_done_it() -> None:
    shop = in_doubt(Checkout()).tell(ALEX, e.DoubtSettled(attempt=ATTEMPT, paid=False, evidence="0175"))
    shop.tell(e.CardCompleted(attempt=ATTEMPT, record=record(3290)))
    shop.tell(e.CardReversed(attempt=ATTEMPT, done=False, evidence="B5"))
    shop.tell(e.StaffSignedOut(), e.ReversalSettled(attempt=ATTEMPT))
    assert [i.reason for i in shop.state.interventions] == ["reversal"]
    shop.tell(ALEX, e.ReversalSettled(attempt="k01-000009-9"), e.ReversalSettled(attempt=ATTEMPT))
    assert (shop.state.interventions, shop.state.reversals) == ((), ())
    settled = reports(shop, "card.reversal_settled")
    assert [(report["attempt"], report["by"]) for report in settled] == [(ATTEMPT, "u7")]


def test_a_reversal_under_way_is_not_settled_by_hand() -> None:
    shop = in_doubt(Checkout()).tell(ALEX, e.DoubtSettled(attempt=ATTEMPT, paid=False, evidence="0175"))
    shop.tell(e.CardCompleted(attempt=ATTEMPT, record=record(3290)), e.ReversalSettled(attempt=ATTEMPT))
    assert [reversal.attempt for reversal in shop.state.reversals] == [ATTEMPT]


def test_a_charge_known_from_staff_alone_is_given_back_on_the_terminal_and_never_in_cash() -> None:
    shop, earlier = Checkout().tell(e.ItemFound(item=BREAD)), "k01-000001-0"
    paid = Taken(Tender("card", 2000, earlier, None, evidence="0175"))
    shop.state = replace(shop.state, basket=replace(shop.state.basket, taken=(paid,)))
    shop.tell(e.PayPressed(), e.CardRefused(attempt=ATTEMPT, why="unreachable"))
    shop.tell(e.TenderCancelled(attempt=earlier), e.TenderCancelled(attempt=earlier))
    shop.tell(e.Restarted(lane=LANE), e.CardCompleted(attempt=earlier, record=record(2000)))
    assert (shop.state.owed, shop.state.basket.taken, shop.of(f.ReverseCard)) == ((), (), [])
    assert shop.state.reversals == (Reversal(earlier, None, "0175", Money(2000)),)
    assert [i.detail for i in shop.state.interventions if i.reason == "reversal"] == [earlier]
    shop.tell(e.ReversalSettled(attempt=earlier), ALEX, e.CashReturned(attempt=earlier))
    assert (len(shop.state.reversals), shop.of(f.OpenDrawer)) == (1, [])
    shop.tell(e.ReversalSettled(attempt=earlier), e.ReversalSettled(attempt=earlier))
    assert shop.state.reversals == ()
    assert "reversal" not in [i.reason for i in shop.state.interventions]
    settled = reports(shop, "card.reversal_settled")
    assert [(report["evidence"], report["by"]) for report in settled] == [("0175", "u7")]


# --- what the store must hear -----------------------------------------------------------------------------------------


def test_staff_acts_are_reported_with_who_did_them() -> None:
    shop = Checkout().tell(e.ItemFound(item=WINE), ALEX, e.AgeApproved(), e.BasketSaved())
    code = shop.state.parked[0].code
    shop.tell(e.BasketRecalled(code=code), e.HelpCalled(), e.HelpCleared())
    assert reports(shop, "age.approved") == [{"by": "u7", "age": 18, "how": "id"}]
    assert reports(shop, "basket.recalled") == [{"by": "u7", "code": code, "till": "k01", "hold": ""}]
    assert reports(shop, "help.cleared") == [{"by": "u7"}]
    shop = Checkout().tell(e.ItemFound(item=WINE), ALEX, e.AgeRefused())
    assert reports(shop, "age.refused") == [{"by": "u7", "age": 18}]


def test_a_full_disk_is_reported_once() -> None:
    shop = Checkout().tell(e.DiskLow(), e.DiskLow(), e.DiskLow())
    assert len(reports(shop, "disk.low")) == 1


def test_a_reprint_is_reported_and_one_that_cannot_be_is_heard() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card().tell(e.ReceiptChosen(kind="staff"), ALEX)
    job = shop.state.printing[0].job
    shop.tell(e.PaperChanged(paper="out"))
    shop.effects.clear()
    shop.tell(e.ReprintAsked(job=job))
    assert [type(effect) for effect in shop.effects] == [f.Beep]
    shop.tell(e.PaperChanged(paper="ok"), e.ReprintAsked(job=job), e.ReprintAsked(job=job))
    assert reports(shop, "receipt.reprinted") == [{"by": "u7", "job": job}]
    assert [effect.job for effect in shop.of(f.PrintReceipt)] == [job]


def test_everything_that_is_due_lies_ahead_after_every_attack() -> None:
    shop = in_doubt(Checkout()).tell(e.CardUnknown(attempt=ATTEMPT, evidence="silent"), e.Restarted(lane=LANE))
    due = deadline_ms(shop.state)
    assert due is None or due > shop.tick_ms
