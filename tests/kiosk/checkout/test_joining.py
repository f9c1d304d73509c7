"""Who joins before paying gets prices, who joins later gets points; nobody joins by silence or without the store."""

import pytest
from shopping import BREAD, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.effects import AskStore, PublishEvent
from kiosk.checkout.joining import offered
from kiosk.checkout.lane import Lane
from kiosk.checkout.questions import MemberAnswer, SignUpAnswer, SignUpAsk
from kiosk.checkout.state import Phase

JOINED = SignUpAnswer(state="ok", member="m9", groups=("members",))
PRESSED = e.SignUpPressed(contact="whispered:ab", text="1", receipt="none")


def lane(when: str) -> Lane:
    return Lane(store="s001", till="k01", languages=("en", "sv"), needs=(), sign_up=when)  # type: ignore[arg-type]  # a test's own word


def paid(when: str = "after") -> Checkout:
    shop = Checkout(lane(when)).tell(e.ItemFound(item=BREAD)).pay_card()
    return shop.tell(e.ReceiptChosen(kind="none"))


def answered(shop: Checkout, answer: SignUpAnswer = JOINED) -> Checkout:
    return shop.tell(e.QuestionAnswered(id=shop.state.asked[-1].id, answer=answer))


def test_before_paying_the_groups_count_at_once() -> None:
    shop = Checkout(lane("before")).tell(e.ItemFound(item=BREAD), PRESSED)
    (asked,) = (each.question for each in shop.of(AskStore))
    assert asked == SignUpAsk(contact="whispered:ab", text="1", language="en", receipt="none")
    answered(shop)
    basket = shop.state.basket
    assert (basket.customer, basket.groups, basket.late, shop.state.standing) == ("m9", ("members",), False, "none")
    assert not offered(shop.state)


def test_after_paying_the_question_names_the_sale_and_no_price_moves() -> None:
    shop = paid()
    sale = shop.state.sale
    answered(shop.tell(PRESSED))
    (asked,) = (each.question for each in shop.of(AskStore))
    assert isinstance(asked, SignUpAsk)
    assert sale is not None
    assert asked.sale == sale.key
    assert shop.state.sale == sale
    assert {"customer": "m9", "sale": sale.key} in [each.data for each in shop.of(PublishEvent)]
    assert not offered(shop.state)


@pytest.mark.parametrize(("when", "before", "after"), [("off", 0, 0), ("before", 1, 0), ("after", 0, 1)])
def test_it_is_offered_when_the_shop_says(when: str, before: int, after: int) -> None:
    shop = Checkout(lane(when)).tell(e.ItemFound(item=BREAD), PRESSED)
    assert len(shop.of(AskStore)) == before
    assert len(paid(when).tell(PRESSED).of(AskStore)) == after


def test_a_member_is_not_asked_to_become_one() -> None:
    shop = Checkout(lane("before")).tell(e.ItemFound(item=BREAD), e.MemberCalled(key="KM-1"))
    shop.tell(e.QuestionAnswered(id=shop.state.asked[0].id, answer=MemberAnswer(state="ok", member="m7")))
    shop.tell(PRESSED)
    assert not any(isinstance(each.question, SignUpAsk) for each in shop.of(AskStore))


def test_an_answer_while_the_amount_is_with_the_terminal_gives_points_and_no_new_price() -> None:
    shop = Checkout(lane("before")).tell(e.ItemFound(item=BREAD), PRESSED, e.PayPressed())
    assert shop.state.phase is Phase.CARD
    answered(shop)
    basket = shop.state.basket
    assert (basket.customer, basket.groups, basket.late) == ("m9", (), True)


@pytest.mark.parametrize(
    ("answer", "notice"), [("known", "joined_already"), ("bad", "join_bad"), ("forgotten", "join_again")]
)
def test_every_other_answer_is_told_and_changes_nothing(answer: str, notice: str) -> None:
    shop = Checkout(lane("before")).tell(e.ItemFound(item=BREAD), PRESSED)
    answered(shop, SignUpAnswer(state=answer))  # type: ignore[arg-type]  # a test's own word
    assert shop.state.notice is not None
    assert shop.state.notice.kind == notice
    assert shop.state.basket.customer == ""


def test_silence_of_the_store_keeps_nothing() -> None:
    shop = Checkout(lane("before")).tell(e.ItemFound(item=BREAD), PRESSED).wait(3_000)
    assert shop.state.asked == ()
    assert shop.state.notice is not None
    assert shop.state.notice.kind == "join_away"


def test_typing_takes_longer_than_goodbye_does() -> None:
    shop = paid()
    assert shop.tell(e.SignUpOpened()).wait(60_000).state.phase is Phase.THANKS
    assert shop.wait(30_000).state.phase is Phase.WELCOME
    assert shop.state.sign_up == ""
    assert paid().wait(15_000).state.phase is Phase.WELCOME
