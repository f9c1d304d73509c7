"""Cleaning: no hand does anything for half a minute, and the lane goes on as if nothing had been."""

from msgspec.structs import replace
from shopping import BREAD, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.cleaning import LASTS_MS

BO = e.StaffSignedIn(staff="u2", name="Bo", role="cashier")


def test_nothing_is_sold_or_touched_and_a_scan_beeps() -> None:
    shop = Checkout().tell(BO, e.CleaningBegan())
    before = shop.state
    for event in (e.Touched(), e.StartPressed(), e.LaneClosed(), e.HelpCalled(), e.LanguageChosen(language="en")):
        shop.tell(event)
        after = replace(shop.state, seen=before.seen, touched_tick=before.touched_tick, staff=before.staff)
        assert replace(after, notice=None) == before, event
    count = len(shop.of(f.Beep))
    shop.tell(e.ItemFound(item=BREAD))
    assert not shop.state.basket.lines
    assert [one.cue for one in shop.of(f.Beep)[count:]] == ["not-found"]


def test_it_ends_by_itself_and_whoever_cleaned_is_still_signed_in() -> None:
    shop = Checkout().tell(BO).wait(45_000).tell(e.CleaningBegan()).wait(LASTS_MS - 1)
    assert shop.state.cleaning_tick is not None
    shop.wait(2)
    assert shop.state.cleaning_tick is None
    assert shop.state.staff is not None
    assert shop.tell(e.ItemFound(item=BREAD)).state.basket.lines


def test_nobody_cleans_under_a_shoppers_hands_or_without_being_signed_in() -> None:
    assert Checkout().tell(e.CleaningBegan()).state.cleaning_tick is None
    assert Checkout().tell(e.ItemFound(item=BREAD), BO, e.CleaningBegan()).state.cleaning_tick is None


def test_a_restart_ends_it() -> None:
    shop = Checkout().tell(BO, e.CleaningBegan())
    assert shop.tell(e.Restarted(lane=shop.state.lane)).state.cleaning_tick is None
