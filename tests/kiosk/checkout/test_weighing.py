"""Weighing in the brain: what may be sold from the scale, and the law that no load is sold twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.basket import Taken
from kiosk.checkout.paying import pay_blocked
from kiosk.checkout.pricing import due
from kiosk.checkout.sale import Tender
from kiosk.checkout.scale import Plate, Priced, Reading, Trouble, is_another, verdict
from kiosk.checkout.state import Phase
from kiosk.values.money import Money
from kiosk.values.quantity import Weight, price_of_weight

PLATE = Plate()
BANANAS = replace(BREAD, gtin="4011", name="Bananas", sold_by="kg", tare_g=5, price=BREAD.price)


def steady(grams: int) -> e.WeightShown:
    return e.WeightShown(grams=grams, stable=True)


def weighing() -> Checkout:
    """A lane with a scale, on which nothing lies, and bananas to be weighed."""
    shop = Checkout().tell(e.Restarted(lane=replace(LANE, scale=PLATE)), e.DeviceFound(device="scale"), steady(0))
    return shop.tell(e.StartPressed(), e.ItemFound(item=BANANAS, entry="pick"))


@pytest.mark.parametrize(
    ("reading", "sold_g", "expected"),
    [
        (Reading(840, True), None, "ready"),
        (Reading(840, False), None, "moving"),
        (Reading(None, False), None, "moving"),
        (Reading(0, True), None, "empty"),
        (Reading(-5, True), None, "empty"),
        (Reading(95, True), None, "light"),
        (Reading(100, True), None, "ready"),
        (Reading(15_000, True), None, "ready"),
        (Reading(15_005, True), None, "heavy"),
        (Reading(10**9, True), None, "heavy"),
        (Reading(None, False, "over"), None, "heavy"),
        (Reading(None, False, "under"), None, "under"),
        (Reading(None, False, "zero"), None, "fault"),
        (Reading(None, False, "unit"), None, "fault"),
        (Reading(840, True), 840, "twice"),
    ],
)
def test_what_a_reading_comes_to(reading: Reading, sold_g: int | None, expected: str) -> None:
    assert verdict(reading, PLATE, 5, sold_g) == expected


def test_a_load_that_is_all_tare_is_not_sold() -> None:
    assert verdict(Reading(200, True), PLATE, 200, None) == "light"


def test_another_load_is_nothing_or_more_than_a_step_apart_at_rest() -> None:
    seen = [is_another(Reading(grams, stable), PLATE, 500) for grams, stable in
            ((0, True), (495, True), (505, True), (510, True), (0, False), (None, True))]  # fmt: skip
    assert seen == [True, False, False, True, False, False]


def test_the_net_weight_becomes_a_line() -> None:
    shop = weighing().tell(steady(845), e.WeighingAccepted(gross_g=845))
    (line,) = shop.state.basket.lines
    assert (line.weight_g, line.entry, line.count) == (840, "weigh", 1)
    assert due(shop.state.basket) == price_of_weight(BANANAS.price, Weight(840))
    assert shop.state.weighing is None


def test_pay_waits_while_something_is_weighed() -> None:
    shop = weighing().tell(e.ItemFound(item=BREAD))
    assert pay_blocked(shop.state) == "weighing"
    shop.tell(e.PayPressed())
    assert shop.state.phase is Phase.SCANNING
    shop.tell(e.WeighingLeft())
    assert pay_blocked(shop.state) == ""


def test_what_was_on_the_screen_is_what_is_accepted() -> None:
    shop = weighing().tell(steady(845), steady(900), e.WeighingAccepted(gross_g=845))
    assert shop.state.basket.lines == ()
    shop.tell(e.WeighingAccepted(gross_g=900))
    assert shop.state.basket.lines[0].weight_g == 895


def test_without_a_scale_it_must_be_weighed_by_staff() -> None:
    shop = Checkout().tell(e.ItemFound(item=BANANAS, entry="key"))
    assert shop.state.notice is not None and shop.state.notice.kind == "needs_weight"
    assert shop.state.weighing is None


def test_a_steady_load_is_heard_once() -> None:
    shop = weighing()
    before = len(shop.of(f.Beep))
    shop.tell(e.WeightShown(grams=None, stable=False), steady(845), steady(850))
    assert len(shop.of(f.Beep)) == before + 1


def test_somebody_who_moves_things_on_the_scale_is_there() -> None:
    shop = weighing().wait(25_000).tell(steady(500)).wait(25_000)
    assert shop.state.phase is Phase.SCANNING and shop.state.weighing is not None


_DEEDS = st.one_of(
    st.integers(-100, 20_000).map(steady),
    st.sampled_from([steady(500), steady(1_000), steady(0), e.WeightShown(grams=None, stable=False)]),
    st.sampled_from([
        e.ItemFound(item=BANANAS, entry="pick"), e.WeighingLeft(), e.ItemFound(item=BREAD), e.LineVoided(line=1),
        e.DeviceLost(device="scale"), e.DeviceFound(device="scale"), e.Restarted(lane=replace(LANE, scale=PLATE)),
    ]),
    st.sampled_from([500, 1_000, 845]).map(lambda grams: e.WeighingAccepted(gross_g=grams)),
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(_DEEDS, max_size=40))
def test_no_load_is_sold_twice(deeds: list[e.Event]) -> None:
    """Between two weighed lines the scale has shown, at rest, a load that is another than the first."""
    shop = weighing()
    last_sold: int | None = None
    another = True
    for deed in deeds:
        lines = shop.state.basket.next_line
        shop.tell(deed)
        if isinstance(deed, e.WeightShown) and deed.stable and deed.grams is not None and last_sold is not None:
            another = another or abs(deed.grams - last_sold) > PLATE.step_g
        if isinstance(deed, e.WeighingAccepted) and shop.state.basket.next_line > lines:
            assert another
            line = shop.state.basket.lines[-1]
            assert line.weight_g == deed.gross_g - BANANAS.tare_g
            last_sold, another = deed.gross_g, False


def weighed() -> Checkout:
    """840 g of bananas in the basket, and nothing on the scale any more."""
    return weighing().tell(steady(845), e.WeighingAccepted(gross_g=845), steady(0))


def test_what_is_weighed_again_takes_the_place_of_the_line() -> None:
    shop = weighed().tell(e.WeighedAgain(line=1), steady(505), e.WeighingAccepted(gross_g=505))
    assert [line.weight_g for line in shop.state.basket.lines] == [500]
    assert due(shop.state.basket) == price_of_weight(BANANAS.price, Weight(500))
    assert shop.state.notice is None


def test_a_line_stays_as_long_as_nothing_took_its_place() -> None:
    shop = weighed().tell(e.WeighedAgain(line=1), steady(505), e.WeighingLeft())
    assert [line.weight_g for line in shop.state.basket.lines] == [840]


def test_the_same_load_is_not_weighed_again_without_being_lifted() -> None:
    shop = weighing().tell(steady(845), e.WeighingAccepted(gross_g=845), e.WeighedAgain(line=1))
    shop.tell(e.WeighingAccepted(gross_g=845))
    assert [line.line for line in shop.state.basket.lines] == [1]


def test_what_a_label_says_is_not_weighed_again() -> None:
    shop = weighing().tell(e.WeighingLeft(), e.ItemFound(item=BANANAS, weight_g=395), e.WeighedAgain(line=1))
    assert shop.state.weighing is None


def test_a_part_that_is_paid_keeps_what_it_pays_for() -> None:
    """Less on the scale would cost less than what has been paid: the line stays, and the banner says why."""
    shop = weighed()
    taken = Taken(Tender(kind="cash", amount_minor=due(shop.state.basket).minor, attempt="k01-000001-1", card=None))
    shop.state = replace(shop.state, basket=replace(shop.state.basket, taken=(taken,)))
    shop.tell(e.WeighedAgain(line=1), steady(505), e.WeighingAccepted(gross_g=505))
    assert [line.weight_g for line in shop.state.basket.lines] == [840]
    assert shop.state.notice is not None and shop.state.notice.kind == "paid_part"


# --- a scale that works out prices ------------------------------------------------------------------------------------

PRICED = replace(PLATE, computes=True)
ORDER = f.PriceScale(BANANAS.price.minor, BANANAS.tare_g)


def priced(grams: int, sum_minor: int, unit_minor: int = BANANAS.price.minor, tare_g: int = 5) -> e.WeightShown:
    return e.WeightShown(grams=grams, stable=True, priced=Priced(unit_minor, tare_g, sum_minor))


def computing() -> Checkout:
    """The same lane, whose scale works out prices; nothing is weighed yet."""
    return Checkout().tell(e.Restarted(lane=replace(LANE, scale=PRICED)), e.DeviceFound(device="scale"))


def test_the_scale_is_told_what_lies_there_and_when_nothing_does() -> None:
    shop = computing()
    assert shop.of(f.PriceScale)[-1] == f.PriceScale(), "after a restart it may still weigh for somebody"
    told = len(shop.of(f.PriceScale))
    shop.tell(e.StartPressed(), e.ItemFound(item=BANANAS, entry="pick"), e.Touched())
    assert shop.of(f.PriceScale)[told:] == [ORDER]
    shop.tell(e.WeighingLeft(), e.ItemFound(item=BREAD))
    assert shop.of(f.PriceScale)[told:] == [ORDER, f.PriceScale()]


def test_a_scale_that_only_weighs_is_told_nothing() -> None:
    assert not weighing().tell(steady(845), e.WeighingAccepted(gross_g=845)).of(f.PriceScale)


def test_what_the_scale_works_out_is_what_is_charged() -> None:
    shop = computing().tell(e.StartPressed(), e.ItemFound(item=BANANAS, entry="pick"), priced(845, 1_234))
    shop.tell(e.WeighingAccepted(gross_g=845))
    (line,) = shop.state.basket.lines
    assert (line.weight_g, line.amount) == (840, Money(1_234))
    assert due(shop.state.basket) == Money(1_234)
    assert price_of_weight(BANANAS.price, Weight(840)) != Money(1_234), "or this shows nothing"


@pytest.mark.parametrize("said", [steady(845), priced(845, 1_234, unit_minor=1), priced(845, 1_234, tare_g=0)])
def test_a_load_that_it_has_not_priced_as_this_item_is_not_sold(said: e.WeightShown) -> None:
    shop = computing().tell(e.StartPressed(), e.ItemFound(item=BANANAS, entry="pick"), said)
    shop.tell(e.WeighingAccepted(gross_g=845))
    assert shop.state.basket.lines == ()


def test_a_sold_load_is_not_sold_again_and_the_next_one_is() -> None:
    shop = computing().tell(e.StartPressed(), e.ItemFound(item=BANANAS, entry="pick"), priced(845, 1_234))
    shop.tell(e.WeighingAccepted(gross_g=845), e.ItemFound(item=BANANAS, entry="pick"), priced(845, 1_234))
    shop.tell(e.WeighingAccepted(gross_g=845))
    assert len(shop.state.basket.lines) == 1
    shop.tell(e.WeightShown(grams=None, stable=False, trouble="light"), priced(845, 1_234))
    shop.tell(e.WeighingAccepted(gross_g=845))
    assert len(shop.state.basket.lines) == 2


@pytest.mark.parametrize(("trouble", "sold_g", "expected"), [
    ("light", None, "empty"), ("unmoved", None, "lift"), ("unmoved", 845, "twice"), ("calibration", None, "fault"),
    ("refused", None, "fault"), ("checksum", None, "fault"), ("fault", None, "fault"),
])  # fmt: skip
def test_what_its_troubles_come_to(trouble: Trouble, sold_g: int | None, expected: str) -> None:
    assert verdict(Reading(None, False, trouble), PRICED, 5, sold_g, BANANAS.price.minor) == expected
