"""Which state of the light tower a lane is in, and when that changes by itself."""

import pytest
from msgspec.structs import replace
from shopping import BREAD, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.lights import PAID_MS, lights
from kiosk.checkout.notice import Intervention
from kiosk.checkout.settings import Settings
from kiosk.checkout.state import Phase


def shown(shop: Checkout) -> list[str]:
    return [tower.pattern for tower in shop.of(f.ShowLights)]


def test_from_welcome_to_goodbye() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card()
    shop.wait(PAID_MS).tell(e.ReceiptChosen(kind="none"))
    shop.wait(shop.state.lane.time_outs.thanks_ms)
    assert shown(shop) == ["free", "in_use", "paid", "in_use", "paid", "free"]


def test_paid_is_said_for_three_seconds_and_no_longer() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card().wait(2_999)
    assert (PAID_MS, lights(shop.state)) == (3_000, "paid")
    shop.wait(1)
    assert (shop.state.phase, lights(shop.state)) == (Phase.RECEIPT, "in_use")


@pytest.mark.parametrize(
    ("reason", "pattern"),
    [
        ("help", "help"),
        ("cash", "help"),
        ("external", "help"),
        ("signature", "help"),
        ("payout", "help"),
        ("payback", "help"),
        ("age", "check"),
        ("bag", "check"),
        ("item", "check"),
        ("refund", "bank"),
        ("recall", "in_use"),
    ],
)
def test_who_waits_for_whom(reason: str, pattern: str) -> None:
    state = Checkout().tell(e.ItemFound(item=BREAD)).state
    call = Intervention(reason=reason, opened_utc_ms=0, since_tick=0)  # type: ignore[arg-type]  # names of the table
    assert lights(replace(state, interventions=(call,))) == pattern


def test_a_jam_is_red_whoever_waits_and_an_empty_roll_is_not() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.HelpCalled())
    assert lights(shop.tell(e.PaperChanged(paper="out")).state) == "help"
    assert lights(shop.tell(e.PaperChanged(paper="error")).state) == "out_of_order"
    assert lights(shop.tell(e.PaperChanged(paper="ok")).state) == "help"


def test_calm_sounds_make_what_is_shown_steady_at_once_and_for_this_visit() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.HelpCalled())
    assert shop.of(f.ShowLights)[-1] == f.ShowLights("help")
    shop.tell(e.SettingsChosen(settings=Settings(calm=True)))
    assert shop.of(f.ShowLights)[-1] == f.ShowLights("help", steady=True)
    shop.tell(e.SettingsChosen(settings=Settings()))
    assert shop.of(f.ShowLights)[-1] == f.ShowLights("help")
