"""A coupon counts once a basket; one that is used once belongs to the visit that asked first, until it is sold or let
go."""

import pytest
from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.couponing import MOST
from kiosk.checkout.effects import AskStore, PublishEvent
from kiosk.checkout.lane import CouponRule
from kiosk.checkout.offers.offer import Coupon, Offer, Offered
from kiosk.checkout.questions import CouponAnswer, CouponAsk
from kiosk.checkout.state import Phase

FIVE_OFF = Offer(id="five", name="5 off", gives="amount", value=500, coupon=True)
LOAF = replace(BREAD, offers=(Offered(FIVE_OFF),))
ONCE = e.CouponScanned(code="KC-1", offer="five", name="5 off", once=True, worth_minor=500)
OK = CouponAnswer(state="ok", held=True)


REFUSE = CouponRule()


def shop_with(rule: CouponRule = REFUSE) -> Checkout:
    shop = Checkout()
    shop.tell(e.Restarted(lane=replace(LANE, coupons=rule), genesis="0" * 64), e.ItemFound(item=LOAF))
    return shop


def answered(shop: Checkout, answer: CouponAnswer = OK) -> str:
    """The id of the question that was answered."""
    id_ = shop.state.asked[-1].id
    shop.tell(e.QuestionAnswered(id=id_, answer=answer))
    return id_


def released(shop: Checkout) -> list[object]:
    return [each.data["id"] for each in shop.of(PublishEvent) if each.kind == "hold.released"]


def notice(shop: Checkout) -> tuple[str, str]:
    assert shop.state.notice is not None
    return shop.state.notice.kind, shop.state.notice.detail


def test_one_that_is_the_same_for_everybody_is_not_asked_about() -> None:
    shop = shop_with().tell(replace(ONCE, once=False))
    assert shop.state.basket.coupons == (Coupon("KC-1", "five"),)
    assert not shop.of(AskStore)


def test_it_counts_when_the_store_keeps_it_and_the_sale_names_it() -> None:
    shop = shop_with().tell(ONCE)
    assert notice(shop)[0] == "coupon_asked"
    assert shop.state.basket.coupons == ()
    answered(shop)
    assert notice(shop) == ("coupon", "5 off")
    shop.pay_card()
    assert shop.state.sale is not None
    assert [(d.coupon, d.amount_minor) for d in shop.state.sale.lines[0].discounts] == [("KC-1", -500)]
    assert released(shop) == []


def test_while_it_is_asked_about_nobody_pays() -> None:
    shop = shop_with().tell(ONCE, e.PayPressed())
    assert shop.state.phase is Phase.SCANNING
    assert notice(shop)[0] == "coupon_waits"
    answered(shop)
    shop.tell(e.PayPressed())
    assert shop.state.phase is Phase.CARD


@pytest.mark.parametrize("state", ["unknown", "blocked", "expired", "used", "in_use"])
def test_one_that_is_worth_nothing_says_why(state: str) -> None:
    shop = shop_with().tell(ONCE)
    answered(shop, CouponAnswer(state=state))  # type: ignore[arg-type]
    assert notice(shop) == ("coupon_refused", state)
    assert shop.state.basket.coupons == ()


def test_one_that_saves_nothing_is_let_go_when_the_sale_is_sealed() -> None:
    shop = shop_with().tell(replace(ONCE, offer="other"))
    held = answered(shop)
    shop.pay_card()
    assert released(shop) == [held]


@pytest.mark.parametrize("ending", [e.ShoppingStopped(), e.LineVoided(line=1)])
def test_a_basket_that_is_not_sold_lets_it_go(ending: e.Event) -> None:
    shop = shop_with().tell(ONCE)
    held = answered(shop)
    shop.tell(ending)
    assert released(shop) == ([held] if shop.state.phase is Phase.WELCOME else [])
    shop.wait(10 * 60_000)
    assert released(shop) == [held]


def test_a_basket_that_is_set_aside_keeps_it_until_it_is_thrown_away() -> None:
    shop = shop_with().tell(ONCE)
    held = answered(shop)
    shop.tell(e.BasketSaved())
    assert released(shop) == []
    shop.wait(20 * 60_000)
    assert released(shop) == [held]


def test_an_answer_that_comes_when_the_shopper_has_gone_is_let_go() -> None:
    shop = shop_with().tell(ONCE, e.ShoppingStopped())
    held = answered(shop)
    assert released(shop) == [held]


def test_an_answer_to_a_basket_that_got_it_already_is_let_go() -> None:
    shop = shop_with().tell(ONCE)
    first = shop.state.asked[0].id
    shop.tell(replace(ONCE, once=False))
    assert answered(shop) == first
    assert released(shop) == [first]
    assert len(shop.state.basket.coupons) == 1


def test_the_same_twice_and_one_too_many() -> None:
    shop = shop_with().tell(*(replace(ONCE, code=f"KC-{n}", once=False) for n in range(MOST)))
    shop.tell(replace(ONCE, code="KC-more"))
    assert notice(shop)[0] == "coupon_again"
    assert len(shop.state.basket.coupons) == MOST
    assert not shop.of(AskStore)


@pytest.mark.parametrize(
    ("rule", "event", "taken"),
    [
        (CouponRule(), ONCE, False),
        (CouponRule("accept"), ONCE, True),
        (CouponRule("accept", 500), ONCE, True),
        (CouponRule("accept", 499), ONCE, False),
        (CouponRule("accept", 500), replace(ONCE, worth_minor=None), False),
        (CouponRule("accept"), replace(ONCE, worth_minor=None), True),
        (CouponRule("accept"), replace(ONCE, offline="refuse"), False),
        (CouponRule(), replace(ONCE, offline="accept"), True),
    ],
)
def test_while_the_store_is_away_the_shops_rule_decides(rule: CouponRule, event: e.CouponScanned, taken: bool) -> None:
    shop = shop_with(rule).tell(event)
    asked = shop.state.asked[0].id
    shop.tell(e.QuestionUnanswered(id=asked, why="away"))
    assert bool(shop.state.basket.coupons) is taken
    assert notice(shop)[0] == ("coupon" if taken else "coupon_away")
    assert released(shop) == [asked], "the store may be keeping it for a question that nobody waits for"
    assert [each.data for each in shop.of(PublishEvent) if each.kind == "coupon.unchecked"] == (
        [{"code": "KC-1", "offer": "five"}] if taken else []
    )


def test_the_limit_is_for_all_of_them_together() -> None:
    shop = shop_with(CouponRule("accept", 900))
    for code in ("KC-1", "KC-2"):
        shop.tell(replace(ONCE, code=code))
        shop.wait(LANE.time_outs.ask_ms)
    assert [coupon.code for coupon in shop.state.basket.coupons] == ["KC-1"]


def test_a_store_that_will_not_answer_is_no_store_that_is_away() -> None:
    shop = shop_with(CouponRule("accept")).tell(ONCE)
    shop.tell(e.QuestionUnanswered(id=shop.state.asked[0].id, why="refused"))
    assert shop.state.basket.coupons == ()


def test_of_two_coupons_only_the_one_that_was_needed_is_used() -> None:
    shop = shop_with()
    for code in ("KC-1", "KC-2"):
        shop.tell(replace(ONCE, code=code))
        answered(shop)
    shop.pay_card()
    assert shop.state.sale is not None
    assert [d.coupon for d in shop.state.sale.lines[0].discounts] == ["KC-1"]
    assert released(shop) == ["k01-000001-q2"]


def test_two_that_were_needed_are_both_named() -> None:
    shop = shop_with().tell(e.ItemFound(item=LOAF))
    for code in ("KC-1", "KC-2"):
        shop.tell(replace(ONCE, code=code))
        answered(shop)
    shop.pay_card()
    assert shop.state.sale is not None
    assert [(d.coupon, d.amount_minor) for d in shop.state.sale.lines[0].discounts] == [("KC-1 KC-2", -1_000)]


def test_no_coupon_once_a_part_is_paid() -> None:
    shop = shop_with()
    paid = replace(shop.state.basket, taken=("a part",))  # type: ignore[arg-type]
    shop.state = replace(shop.state, basket=paid)
    shop.tell(ONCE)
    assert notice(shop)[0] == "paid_part"
    assert not shop.of(AskStore)


def test_a_restart_asks_again_and_the_answer_is_still_understood() -> None:
    shop = shop_with().tell(ONCE, e.Restarted(lane=LANE, genesis="0" * 64))
    assert [each.question for each in shop.of(AskStore)] == [CouponAsk(code="KC-1", offer="five")] * 2
    answered(shop)
    assert len(shop.state.basket.coupons) == 1
