"""Bagging in whole visits: limits of what shoppers settle alone, what is learned, what is reported."""

from msgspec.structs import replace
from shopping import BREAD, LANE, WATER, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.lane import BaggingLimits
from kiosk.checkout.paying import pay_blocked
from kiosk.checkout.state import Phase
from kiosk.values.quantity import Weight

LOAF = replace(BREAD, weight_g=510)
BOTTLE = replace(WATER, weight_g=350)
ALEX = e.StaffSignedIn(staff="u7", name="Alex", role="cashier")
TWO_SECONDS = 2_000


def _shelf(grams: int) -> e.Event:
    return e.BagWeightSeen(weight=Weight(grams))


def _shop(**limits: int) -> Checkout:
    shop = Checkout()
    lane = replace(LANE, bagging=BaggingLimits(**limits))
    return shop.tell(e.Restarted(lane=lane, genesis="0" * 64), _shelf(0))


def _reports(shop: Checkout, kind: str) -> list[dict[str, object]]:
    return [report.data for report in shop.of(f.PublishEvent) if report.kind == kind]


def test_a_lane_without_a_scale_knows_nothing_of_a_shelf() -> None:
    shop = Checkout().tell(e.ItemFound(item=LOAF), _shelf(10_000)).wait(40_000)
    assert not pay_blocked(shop.state)
    assert shop.state.prompt == ""


def test_a_clean_visit_teaches_what_its_things_weigh() -> None:
    shop = _shop().tell(e.ItemFound(item=LOAF), _shelf(515), e.ItemFound(item=BOTTLE), _shelf(870)).pay_card()
    assert _reports(shop, "bagging.weights") == [{"seen": [[LOAF.gtin, 515], [BOTTLE.gtin, 355]]}]


def test_a_visit_with_something_extra_teaches_nothing() -> None:
    shop = _shop().tell(e.ItemFound(item=LOAF), _shelf(515), _shelf(900)).wait(TWO_SECONDS).tell(_shelf(515)).pay_card()
    assert shop.state.phase is Phase.RECEIPT
    assert _reports(shop, "bagging.weights") == []


def test_a_visit_that_is_given_up_teaches_nothing() -> None:
    shop = _shop().tell(e.ItemFound(item=LOAF), _shelf(515), e.ShoppingStopped())
    assert _reports(shop, "bagging.weights") == []


def test_skips_are_limited_by_count_weight_and_value() -> None:
    for limits in ({"skips": 1}, {"skip_g": 900}, {"skip_value_minor": 5_000}):
        shop = _shop(**limits).tell(e.ItemFound(item=LOAF), e.BaggingSkipped())
        assert not pay_blocked(shop.state), limits
        shop.tell(e.ItemFound(item=replace(LOAF, gtin="9520000000042")), e.BaggingSkipped())
        assert pay_blocked(shop.state) == "bag", limits
        assert [call.detail for call in shop.state.interventions] == ["skips"], limits


def test_staff_accept_what_they_have_seen_and_it_stands_in_the_sale() -> None:
    shop = _shop().tell(e.ItemFound(item=LOAF), _shelf(510), _shelf(800)).wait(31_000)
    assert [call.reason for call in shop.state.interventions] == ["bag"]
    shop.tell(e.BagAccepted())
    assert pay_blocked(shop.state) == "bag", "nobody is signed in"
    shop.tell(ALEX, e.BagAccepted(), e.StaffSignedOut()).pay_card()
    (note,) = shop.of(f.RecordSale)[0].sale.interventions
    assert (note.reason, note.by, note.evidence) == ("bag", "u7", "extra +290 g")
    assert _reports(shop, "bagging.accepted")[0]["by"] == "u7"
    assert _reports(shop, "bagging.weights") == []


def test_something_extra_on_the_way_to_the_payment_leads_back_to_the_shelf() -> None:
    shop = Checkout()
    lane = replace(LANE, bagging=BaggingLimits())
    shop.tell(e.Restarted(lane=lane), _shelf(0), e.ItemFound(item=LOAF), _shelf(510))
    shop.tell(e.DeviceLost(device="card_terminal"), e.PayPressed(), _shelf(900))
    assert shop.state.phase is Phase.PAYING
    shop.wait(TWO_SECONDS)
    assert (shop.state.phase, shop.state.prompt) == (Phase.SCANNING, "bag")


def test_nothing_is_charged_for_while_the_shelf_is_wrong() -> None:
    shop = _shop().tell(e.ItemFound(item=LOAF), _shelf(510), e.DeviceLost(device="card_terminal"), e.PayPressed())
    shop.tell(e.DeviceFound(device="card_terminal"), _shelf(900), e.CardChosen())
    assert shop.of(f.PrepareCard) == []
    assert shop.state.payment is None
    shop.tell(_shelf(510), e.CardChosen())
    assert len(shop.of(f.PrepareCard)) == 1


def test_an_emptied_shelf_calls_within_two_seconds_and_says_what_was_there() -> None:
    shop = _shop().tell(e.ItemFound(item=LOAF), _shelf(510), _shelf(5)).wait(1_500)
    assert [(c.reason, c.detail) for c in shop.state.interventions] == [("bag", "emptied")]
    assert _reports(shop, "bagging.stopped") == [{"kind": "emptied", "grams": -505, "items": []}]


def test_placing_things_is_a_sign_of_life_and_wind_is_none() -> None:
    shop = _shop().tell(e.ItemFound(item=LOAF), _shelf(510)).wait(80_000).tell(_shelf(1_000), _shelf(510)).wait(80_000)
    assert shop.state.warned_tick is None
    shop.tell(_shelf(515), _shelf(510)).wait(11_000)
    assert shop.state.warned_tick is not None


def test_a_paid_shelf_is_the_shoppers_own() -> None:
    shop = _shop().tell(e.ItemFound(item=LOAF), _shelf(510)).pay_card().tell(_shelf(0)).wait(5_000)
    assert shop.state.interventions == ()
    assert shop.state.shelf.moves == ()
