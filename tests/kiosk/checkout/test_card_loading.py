"""Selling a gift card: paid with the goods and in no sum of theirs; given up, nothing of it is left anywhere."""

import pytest
from msgspec.structs import replace

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.questions import GiftCardAnswer, GiftCardAsk
from kiosk.checkout.state import Phase
from kiosk.checkout.tenders import in_all
from kiosk.values.money import ZERO, Money
from tests.kiosk.checkout.shopping import BREAD, LANE, Checkout

SELLING = replace(LANE, card_loads=(10_000, 50_000), card_names={"sv": "Presentkort"})
TWO_TENDERS = replace(SELLING, tenders=("card", "gift_card"))
NUMBER = "KG-1000034"


def answered(checkout: Checkout, **answer: object) -> Checkout:
    (asked,) = checkout.state.asked
    return checkout.tell(e.QuestionAnswered(id=asked.id, answer=replace(GiftCardAnswer(state="ok"), **answer)))


def asked(checkout: Checkout | None = None) -> Checkout:
    """A blank card was scanned: how much shall be on it?"""
    return answered((checkout or Checkout(SELLING)).tell(e.GiftCardScanned(number=NUMBER)))


def chosen(checkout: Checkout | None = None, minor: int = 10_000) -> Checkout:
    """The store keeps a place for it."""
    checkout = asked(checkout).tell(e.CardLoadChosen(amount=Money(minor)))
    return answered(checkout, load_minor=minor)


def released(checkout: Checkout) -> list[str]:
    return [one.data["id"] for one in checkout.of(f.PublishEvent) if one.kind == "hold.released"]


def test_a_card_is_sold_alone_and_is_no_turnover() -> None:
    checkout = chosen()
    (line,) = checkout.state.basket.lines
    assert line.item.name_in("sv") == "Presentkort ··34" and in_all(checkout.state.basket) == Money(10_000)
    sale, day = checkout.pay_card().state.sale, checkout.state.day
    assert sale is not None and sale.loads and sale.lines == () and sale.totals.tax == ()
    (load,) = sale.loads
    assert (load.hold, load.card, load.amount_minor) == (line.load, "··34", 10_000)
    assert (sale.totals.due_minor, sale.to_pay_minor) == (0, 10_000) == (0, sale.tenders[0].amount_minor)
    assert (day.due_minor, day.loads, day.loads_minor, day.donations_minor, day.grand_sales_minor) == (
        0,
        1,
        10_000,
        0,
        0,
    )
    assert NUMBER not in str(sale), "whoever has the number has the money"
    checkout.wait(120_000)
    assert released(checkout) == []


def test_goods_beside_it_are_taxed_and_discounted_without_it() -> None:
    checkout = chosen(Checkout(SELLING).tell(e.ItemFound(item=BREAD)))
    checkout.tell(e.StaffSignedIn(staff="u1", name="Alex", role="manager"))
    checkout.tell(e.DiscountGiven(line=0, percent_bp=5_000, reason="damaged"), e.StaffSignedOut())
    assert in_all(checkout.state.basket) == Money(10_000 + 1_645)
    sale = checkout.pay_card().state.sale
    assert sale is not None and sale.totals.goods_minor == 1_645 and sale.to_pay_minor == 11_645
    assert sum(tax.net_minor + tax.tax_minor for tax in sale.totals.tax) == 1_645


def test_staff_change_neither_its_price_nor_its_number() -> None:
    checkout = chosen()
    (line,) = checkout.state.basket.lines
    checkout.tell(e.QuantityChanged(line=line.line, count=2), e.StaffSignedIn(staff="u1", name="A", role="manager"))
    checkout.tell(e.PriceChanged(line=line.line, price=Money(1), reason="other"))
    checkout.tell(e.DiscountGiven(line=line.line, percent_bp=5_000, reason="damaged"))
    assert checkout.state.basket.lines == (line,)


def test_what_is_taken_out_or_given_up_is_let_go_once() -> None:
    checkout = chosen()
    (line,) = checkout.state.basket.lines
    checkout.tell(e.LineVoided(line=line.line))
    assert released(checkout) == [line.load]
    left = chosen()
    (line,) = left.state.basket.lines
    left.tell(e.ShoppingStopped())
    assert released(left) == [line.load] and left.state.phase is Phase.WELCOME
    assert left.of(f.RecordSale) == [], "a visit without goods is not even a void"


def test_rather_not_and_scanning_on_sell_nothing() -> None:
    for event in (e.CardLoadChosen(), e.ItemFound(item=BREAD), e.CardLoadChosen(amount=Money(1))):
        checkout = asked().tell(event)
        assert checkout.state.topping is None and not checkout.state.basket.loads and not checkout.state.asked


@pytest.mark.parametrize("answer", [{}, {"state": "blocked"}, {"load_minor": 1}])
def test_a_store_that_keeps_no_place_sells_nothing(answer: dict[str, object]) -> None:
    checkout = asked().tell(e.CardLoadChosen(amount=Money(10_000)))
    (question,) = checkout.state.asked
    assert question.question == GiftCardAsk(number=NUMBER, currency="SEK", load_minor=10_000)
    answered(checkout, **answer)
    assert checkout.state.notice is not None and checkout.state.notice.kind == "gift_card_refused"
    assert not checkout.state.basket.loads and released(checkout) == ([question.id] if "load_minor" in answer else [])


def test_a_store_that_is_silent_sells_nothing_and_keeps_nothing() -> None:
    checkout = asked().tell(e.CardLoadChosen(amount=Money(10_000)))
    (question,) = checkout.state.asked
    checkout.tell(e.QuestionUnanswered(id=question.id, why="away"))
    assert checkout.state.topping is None and released(checkout) == [question.id]


def test_no_gift_card_pays_for_a_gift_card() -> None:
    checkout = chosen(Checkout(TWO_TENDERS).tell(e.ItemFound(item=BREAD))).tell(e.PayPressed())
    checkout.tell(e.GiftCardScanned(number="KG-2"))
    (question,) = checkout.state.asked
    assert question.question == GiftCardAsk(number="KG-2", currency="SEK", hold_minor=3_290), "the goods, and no more"
    alone = chosen(Checkout(TWO_TENDERS)).tell(e.PayPressed(), e.GiftCardScanned(number="KG-2"))
    assert not alone.state.asked and alone.state.notice is not None and alone.state.notice.detail == "load"


def test_a_basket_with_a_card_in_it_stays_on_its_lane() -> None:
    checkout = chosen().tell(e.BasketSaved())
    (kept,) = checkout.state.parked
    assert kept.basket.loads and not kept.shared and released(checkout) == []


def test_a_lane_that_sells_none_only_tells_the_balance() -> None:
    checkout = asked(Checkout(replace(SELLING, card_loads=())))
    assert checkout.state.topping is None and checkout.state.notice is not None
    assert in_all(checkout.state.basket) == ZERO
