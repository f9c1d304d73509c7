"""Commanding: what the console may do from afar, and in which words it hears that it may not."""

from dataclasses import dataclass
from typing import Any

import pytest
from msgspec.structs import replace
from shopping import BREAD, LANE, WINE, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.commanding import RESTART_REST_MS
from kiosk.checkout.jurisdiction import decode_pack, lawful
from kiosk.checkout.lane import StaffLimits
from kiosk.checkout.payment import Reversal
from kiosk.checkout.state import Phase

A_LONG_TIME_MS = 1 << 50


@dataclass
class Console:
    """Somebody at the console of one lane."""

    shop: Checkout
    said: int = 0

    def orders(self, kind: str, role: str = "supervisor", **about: Any) -> str:
        """Why it was not done; empty: it was."""
        self.said += 1
        id_ = f"c-{self.said}"
        order = e.CommandCame(
            id=id_,
            kind=kind,
            staff="u1",
            name="Anna",
            role=role,
            expires_utc_ms=A_LONG_TIME_MS,
            **about,  # type: ignore[arg-type]
        )
        self.shop.tell(order)
        answer = self.shop.of(f.TellResult)[-1]
        assert answer.id == id_
        return str(answer.why)


def quiet() -> Console:
    shop = Checkout()
    shop.tick_ms += RESTART_REST_MS
    return Console(shop)


def shopping(*items: Any, lane: Any = LANE) -> Console:
    shop = Checkout(lane)
    return Console(shop.tell(*(e.ItemFound(item=item) for item in items)))


def test_a_lane_that_nobody_uses_is_restarted_once() -> None:
    console = quiet()
    assert console.orders("restart") == ""
    assert len(console.shop.of(f.RestartLane)) == 1
    again = e.CommandCame(id="c-1", kind="restart", staff="u1", role="supervisor", expires_utc_ms=A_LONG_TIME_MS)
    console.shop.tell(again)
    assert len(console.shop.of(f.RestartLane)) == 1
    console.shop.tell(e.Restarted(lane=LANE, genesis="0" * 64), again)
    assert len(console.shop.of(f.RestartLane)) == 1
    assert console.orders("restart") == "it has only just started"


@pytest.mark.parametrize("role", ["operator", "manager"])
def test_who_may_see_to_machines_may_restart_one(role: str) -> None:
    assert quiet().orders("restart", role) == ""


@pytest.mark.parametrize(
    "under_way", [{"reversals": (Reversal("k01-000001-1", e.CardRecord(amount=BREAD.price)),)}, {"settling": "k01-z1"}]
)
def test_money_that_is_under_way_keeps_the_lane_from_a_restart(under_way: dict[str, Any]) -> None:
    console = quiet()
    console.shop.state = replace(console.shop.state, **under_way)
    assert console.orders("restart") == "somebody is served, or money is under way"
    assert console.shop.of(f.RestartLane) == []


def test_paper_that_is_under_way_keeps_the_lane_from_a_restart() -> None:
    console = shopping(BREAD)
    console.shop.tick_ms += RESTART_REST_MS
    console.shop.pay_card().tell(e.ReceiptChosen(kind="print"), e.DonePressed())
    assert console.shop.state.phase is Phase.WELCOME
    assert console.orders("restart") == "something is being printed"
    (job,) = (one.job for one in console.shop.state.printing)
    console.shop.tell(e.ReceiptPrinted(job=job))
    assert console.orders("restart") == ""


def test_an_order_for_another_visit_changes_no_price() -> None:
    console = shopping(BREAD, BREAD)
    (line,) = console.shop.state.basket.lines
    about = {"line": line.line, "detail": BREAD.gtin, "price_minor": 1_000, "reason": "damaged"}
    began = console.shop.state.basket.started_utc_ms
    for wrong in (
        {"started_utc_ms": began - 1},
        {"started_utc_ms": began, "line": 7},
        {"started_utc_ms": began, "detail": WINE.gtin},
    ):
        assert console.orders("price", **{**about, **wrong}) == "the basket is another now"
    assert console.orders("price", started_utc_ms=began, **{**about, "price_minor": -1}) == "nothing has such a price"
    assert (
        console.orders("price", started_utc_ms=began, **{**about, "price_minor": 10**9}) == "nothing has such a price"
    )
    assert console.shop.state.basket.lines == (line,)
    assert console.orders("price", started_utc_ms=began, **about) == ""
    assert console.shop.state.basket.lines[0].item.price.minor == 1_000


def test_an_operator_sees_no_basket_and_changes_nothing() -> None:
    console = shopping(BREAD)
    assert console.orders("basket", "operator") == "an operator may not do that"
    assert console.orders("basket", "cashier") == ""
    assert len(console.shop.of(f.ShowBasket)) == 1


@pytest.mark.parametrize(
    ("clear", "afar", "says"),
    [
        (25, False, "an age is checked at the lane"),
        (25, True, ""),
        (18, True, "by the looks nobody is old enough: look at the ID at the lane"),
    ],
)
def test_an_age_is_approved_from_afar_only_by_a_shop_that_sees_its_lanes(clear: int, afar: bool, says: str) -> None:
    lane = replace(LANE, age_limit_clear=clear, staff_limits=StaffLimits(console_age=afar))
    console = shopping(WINE, lane=lane)
    assert console.orders("approve", "cashier", reason="age") != ""
    assert console.orders("approve", "cashier", reason="age", sees=True) == says
    assert console.shop.state.basket.age_approved == (18 if says == "" else 0)


def test_what_is_practised_is_ended_by_the_console_and_whoever_practised_stays_signed_in() -> None:
    console = quiet()
    anna = e.StaffSignedIn(staff="u1", name="Anna", role="supervisor")
    console.shop.tell(anna, e.TrainingBegan(), anna, e.ItemFound(item=WINE))
    assert console.shop.state.training is not None and console.shop.state.interventions
    reports = len(console.shop.of(f.PublishEvent))
    assert console.orders("training", "cashier", on=False) == ""
    state = console.shop.state
    assert state.training is None and state.basket.lines == () and state.interventions == ()
    assert state.staff is not None and state.staff.id == "u1"
    told = console.shop.of(f.PublishEvent)[reports:]
    assert [one.kind for one in told] == ["training.ended", "command.done"]
    assert [one.n for one in told] == [state.reports - 1, state.reports]
    assert console.orders("training", on=False) == "nobody practises here"


def test_a_drawer_opens_from_afar_only_for_somebody_who_is_signed_in_at_the_lane() -> None:
    console = quiet()
    assert console.orders("drawer") == "the drawer opens only while somebody is signed in at the lane"
    assert console.shop.of(f.OpenDrawer) == []
    console.shop.tell(e.StaffSignedIn(staff="u2", name="Bo", role="cashier"))
    assert console.orders("drawer") == "" and len(console.shop.of(f.OpenDrawer)) == 1


def test_a_call_that_nobody_takes_pulses_until_somebody_is_on_their_way_and_the_shopper_hears_who() -> None:
    console = shopping(BREAD)
    assert console.orders("coming") == "there is nothing to do: the lane has moved on"
    console.shop.tell(e.HelpCalled())
    assert console.orders("urgent", role="", reason="age") == "there is nothing to do: the lane has moved on"
    assert console.orders("urgent", role="", reason="help") == ""
    assert console.shop.of(f.ShowLights)[-1].pattern == "urgent"
    assert console.orders("coming", role="cashier") == ""
    assert console.shop.of(f.ShowLights)[-1].pattern == "help"
    (call,) = console.shop.state.interventions
    assert (call.seen_by, call.urgent) == ("Anna", False)
    assert console.orders("urgent", role="", reason="help") == "there is nothing to do: the lane has moved on"


@pytest.mark.parametrize("pack_allows", [True, False])
def test_a_country_may_forbid_to_all_its_shops_that_an_age_is_approved_from_afar(pack_allows: bool) -> None:
    pack = decode_pack(f'country="SE"\ncurrency="SEK"\nremote_age={str(pack_allows).lower()}\n[[tax.food]]\nrate_bp=1')
    lane = lawful(replace(LANE, staff_limits=StaffLimits(console_age=True)), pack)
    why = shopping(WINE, lane=lane).orders("approve", "cashier", reason="age", sees=True)
    assert why == ("" if pack_allows else "an age is checked at the lane")
