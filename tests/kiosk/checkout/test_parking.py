"""A basket that was set aside is in one place, and comes back only where that place is."""

from msgspec.structs import replace
from shopping import BREAD, LANE, WINE, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.effects import AskStore, PrintBasketSlip, PublishEvent, RecordSale
from kiosk.checkout.lane import ParkingRule
from kiosk.checkout.parking import LOOK_MS, MOST_SHARED_LINES
from kiosk.checkout.questions import BasketAnswer, BasketAsk, BasketsAnswer, BasketsAsk, KeptBasket, Question
from kiosk.checkout.state import Phase

SHARING = replace(LANE, parking=ParkingRule(slip=True))
ALEX = e.StaffSignedIn(staff="u7", name="Alex", role="supervisor")
QUARTER_MS = LANE.time_outs.parked_ms


def lane(till: str = "k01", **rule: object) -> Checkout:
    return Checkout(replace(SHARING, till=till, parking=replace(SHARING.parking, **rule)))


def reports(shop: Checkout, kind: str) -> list[dict[str, object]]:
    return [each.data for each in shop.of(PublishEvent) if each.kind == kind]


def asks(shop: Checkout, kind: type[Question]) -> list[str]:
    return [asked.id for asked in shop.state.asked if isinstance(asked.question, kind)]


def answer(shop: Checkout, kind: type[Question], said: BasketsAnswer | BasketAnswer) -> Checkout:
    return shop.tell(e.QuestionAnswered(id=asks(shop, kind)[-1], answer=said))


def parked(**rule: object) -> Checkout:
    """One basket is with the store."""
    shop = lane(**rule).tell(e.ItemFound(item=WINE), e.ItemFound(item=BREAD), ALEX, e.AgeApproved(), e.BasketSaved())
    return answer(shop.wait(1), BasketsAsk, BasketsAnswer())


def given(shop: Checkout) -> BasketAnswer:
    (report,) = reports(shop, "basket.shared")
    return BasketAnswer(state="ok", basket=report["basket"])  # type: ignore[arg-type]  # as the store hands it on


def test_it_is_given_away_once_and_only_to_a_store_that_answers() -> None:
    shop = lane().tell(e.ItemFound(item=BREAD), ALEX, e.BasketSaved()).wait(1)
    shop.tell(e.QuestionUnanswered(id=asks(shop, BasketsAsk)[0], why="away"))
    assert not shop.state.parked[0].shared
    shop.wait(LOOK_MS)
    for _ in range(2):
        answer(shop, BasketsAsk, BasketsAnswer()).wait(LOOK_MS)
    assert shop.state.parked[0].shared
    assert [data["due_minor"] for data in reports(shop, "basket.shared")] == [3290]


def test_what_was_given_away_comes_back_only_from_the_store() -> None:
    shop = parked()
    code = shop.state.parked[0].code
    shop.tell(e.BasketRecalled(code=code))
    assert shop.state.basket.lines == ()
    shop.tell(e.QuestionUnanswered(id=asks(shop, BasketAsk)[0], why="away"))
    assert shop.state.notice is not None
    assert shop.state.notice.kind == "basket_away"
    assert reports(shop, "hold.released") != []
    shop.tell(e.BasketRecalled(code=code))
    answer(shop, BasketAsk, given(shop))
    assert len(shop.state.basket.lines) == 2
    assert shop.state.parked == ()
    assert shop.state.basket.age_approved == 18
    assert all(call.reason != "recall" for call in shop.state.interventions)


def test_another_lane_has_it_with_its_prices_and_checks_the_age_anew() -> None:
    shop = lane("k02").tell(ALEX, e.BasketRecalled(code="7QF2", till="k01"))
    first = parked()
    answer(shop, BasketAsk, given(first))
    assert shop.state.basket.lines == first.state.parked[0].basket.lines
    assert shop.state.phase is Phase.SCANNING
    assert [call.reason for call in shop.state.interventions] == ["age"]
    assert [(data["till"], data["by"]) for data in reports(shop, "basket.recalled")] == [("k01", "u7")]


def test_an_answer_that_nobody_can_use_lets_the_basket_go() -> None:
    shop = lane("k02").tell(ALEX, e.BasketRecalled(code="7QF2", till="k01"))
    shop.tell(e.ItemFound(item=BREAD))
    answer(shop, BasketAsk, given(parked()))
    assert len(shop.state.basket.lines) == 1
    assert len(reports(shop, "hold.released")) == 1


def test_a_basket_of_a_newer_program_is_let_go_and_not_misread() -> None:
    shop = lane("k02").tell(ALEX, e.BasketRecalled(code="7QF2", till="k01"))
    answer(shop, BasketAsk, BasketAnswer(state="ok", basket={"lines": [], "mood": "new"}))
    assert shop.state.basket.lines == ()
    assert len(reports(shop, "hold.released")) == 1


def test_after_its_time_it_is_asked_back_and_voided_once() -> None:
    shop = parked()
    (code,) = (kept.code for kept in shop.state.parked)
    shop.tell(e.StaffSignedOut()).wait(QUARTER_MS)
    answer(shop, BasketAsk, given(shop)).wait(1)
    assert shop.state.parked == ()
    assert [effect.sale.kind for effect in shop.of(RecordSale)] == ["void"]
    assert [data["code"] for data in reports(shop, "basket.expired")] == [code]


def test_taken_elsewhere_it_is_nothing_of_ours_to_void() -> None:
    shop = parked()
    shop.tell(e.StaffSignedOut()).wait(QUARTER_MS)
    answer(shop, BasketAsk, BasketAnswer(state="gone", at="k02"))
    assert shop.state.parked == ()
    assert shop.of(RecordSale) == []
    other = parked()
    other.wait(LOOK_MS)
    answer(other, BasketsAsk, BasketsAnswer(gone=(other.state.parked[0].code,)))
    assert other.state.parked == ()


def test_while_the_store_is_silent_nothing_is_voided() -> None:
    shop = parked().tell(e.StaffSignedOut()).wait(5 * QUARTER_MS)
    assert len(shop.state.parked) == 1
    assert shop.of(RecordSale) == []


def test_a_very_long_basket_stays_here() -> None:
    items = (replace(BREAD, gtin=str(n)) for n in range(MOST_SHARED_LINES + 1))
    shop = lane().tell(*(e.ItemFound(item=item) for item in items), ALEX, e.BasketSaved()).wait(1)
    answer(shop, BasketsAsk, BasketsAnswer())
    assert not shop.state.parked[0].shared
    shop.tell(e.BasketRecalled(code=shop.state.parked[0].code))
    assert len(shop.state.basket.lines) == MOST_SHARED_LINES + 1


def test_a_lane_that_shares_nothing_asks_nothing() -> None:
    shop = lane(shared=False).tell(e.ItemFound(item=BREAD), ALEX, e.BasketSaved(), e.BasketsListed())
    shop.tell(e.BasketRecalled(code="7QF2", till="k02")).wait(LOOK_MS)
    assert shop.of(AskStore) == []
    assert shop.state.notice is not None
    assert shop.state.notice.kind == "basket_unknown"


def test_the_list_shows_what_others_have_set_aside() -> None:
    shop = lane("k02").tell(ALEX, e.BasketsListed())
    one = KeptBasket("k01", "7QF2", 2, 6580, 1)
    answer(shop, BasketsAsk, BasketsAnswer(baskets=(one,)))
    assert shop.state.elsewhere == (one,)


def test_a_slip_is_printed_for_somebody_who_stands_there() -> None:
    shop = parked()
    assert [(slip.items, slip.due.minor) for slip in shop.of(PrintBasketSlip)] == [(2, 10280)]
    left = lane().tell(e.ItemFound(item=BREAD))
    left.wait(LANE.time_outs.scanning_ms + LANE.time_outs.still_there_ms)
    assert len(left.state.parked) == 1
    assert left.of(PrintBasketSlip) == []


def test_a_slip_brings_nothing_back_for_a_shopper_unless_the_shop_lets_it() -> None:
    slip = e.BasketScanned(till="k01", code="7QF2")
    shop = lane("k02").tell(slip)
    assert shop.of(AskStore) == []
    assert [call.reason for call in shop.state.interventions] == ["help"]
    trusting = lane("k02", recall="shopper").tell(slip)
    answer(trusting, BasketAsk, given(parked()))
    assert len(trusting.state.basket.lines) == 2


def test_a_restart_asks_again_under_the_same_id() -> None:
    shop = lane("k02", recall="shopper").tell(e.BasketScanned(till="k01", code="7QF2"))
    (first,) = asks(shop, BasketAsk)
    shop.tell(e.Restarted(lane=shop.state.lane, genesis="0" * 64))
    assert [effect.id for effect in shop.of(AskStore) if isinstance(effect.question, BasketAsk)] == [first, first]
    answer(shop, BasketAsk, given(parked()))
    assert len(shop.state.basket.lines) == 2


def test_no_basket_outlives_the_day_where_the_shop_wants_that() -> None:
    kept = lane(shared=False).tell(e.ItemFound(item=BREAD), ALEX, e.BasketSaved(), e.DayClosed()).wait(1)
    assert len(kept.state.parked) == 1
    shop = lane(shared=False, over_night="void")
    shop.tell(e.ItemFound(item=BREAD), ALEX, e.BasketSaved(), e.DayClosed()).wait(1)
    assert shop.state.parked == ()
    assert [effect.sale.kind for effect in shop.of(RecordSale)] == ["void"]
