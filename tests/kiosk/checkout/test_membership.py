"""A member counts until goodbye, changes no price that is being paid, and leaves nothing behind."""

import pytest
from msgspec.structs import replace
from shopping import BREAD, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.basket import Taken
from kiosk.checkout.effects import PublishEvent
from kiosk.checkout.membership import SHOWN_MS, known_as
from kiosk.checkout.offers.offer import Offer, Offered
from kiosk.checkout.pricing import due
from kiosk.checkout.questions import MemberAnswer
from kiosk.checkout.sale import Tender
from kiosk.checkout.state import Phase

SAM = MemberAnswer(state="ok", member="m7", groups=("members",), points=12)


def called(shop: Checkout, answer: MemberAnswer = SAM, key: str = "KM-1") -> Checkout:
    shop.tell(e.MemberCalled(key=key))
    return shop.tell(e.QuestionAnswered(id=shop.state.asked[0].id, answer=answer))


def test_a_member_is_in_the_sale_and_gone_with_the_visit() -> None:
    shop = called(Checkout().tell(e.ItemFound(item=BREAD))).pay_card()
    assert shop.state.sale is not None
    assert shop.state.sale.customer == "m7"
    shop.tell(e.ReceiptChosen(kind="none"), e.DonePressed(), e.ItemFound(item=BREAD))
    assert (shop.state.basket.customer, shop.state.basket.groups, shop.state.standing) == ("", (), "")


def test_on_the_payment_choice_a_member_still_counts() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.DeviceLost(device="card_terminal"), e.PayPressed())
    assert shop.state.phase is Phase.PAYING
    called(shop)
    assert shop.state.basket.groups == ("members",)
    assert shop.state.notice is None or shop.state.notice.kind != "member"


def test_while_the_amount_is_with_the_terminal_nothing_changes() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.MemberCalled(key="KM-1"), e.PayPressed())
    assert shop.state.phase is Phase.CARD
    shop.tell(e.QuestionAnswered(id=shop.state.asked[0].id, answer=SAM))
    assert shop.state.basket.customer == ""
    shop.tell(e.MemberCalled(key="KM-1"))
    assert shop.state.asked == ()


def test_after_the_payment_the_points_are_claimed_once() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card()
    called(shop)
    claims = [each.data for each in shop.of(PublishEvent) if each.kind == "member.claimed"]
    assert claims == [{"sale": "s001/k01/2026-11-24/000001", "customer": "m7"}]
    assert shop.state.sale is not None
    assert shop.state.sale.customer is None, "a sealed sale is never touched"


@pytest.mark.parametrize("state", ["unknown", "blocked"])
def test_who_is_not_known_changes_nothing(state: str) -> None:
    shop = called(Checkout().tell(e.ItemFound(item=BREAD)))
    called(shop, MemberAnswer(state=state), "KM-2")  # type: ignore[arg-type]
    assert shop.state.basket.customer == "m7"
    assert shop.state.notice is not None
    assert shop.state.notice.kind == "member_unknown"


def test_a_typed_number_never_gets_into_a_sale_unanswered() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.MemberCalled(key="whispered:ab", typed=True))
    shop.tell(e.QuestionUnanswered(id=shop.state.asked[0].id, why="away"))
    assert shop.state.basket.customer == ""
    shop.tell(e.MemberCalled(key="KM-1"))
    shop.tell(e.QuestionUnanswered(id=shop.state.asked[0].id, why="away"))
    assert shop.state.basket.customer == "card:KM-1"


def test_the_greeting_goes_by_itself_or_with_the_next_scan() -> None:
    shop = called(Checkout().tell(e.ItemFound(item=BREAD)))
    shop.wait(SHOWN_MS - 1)
    assert shop.state.notice is not None
    shop.wait(1)
    assert shop.state.notice is None
    called(shop).tell(e.ItemFound(item=BREAD))
    assert shop.state.notice is None


def test_a_standing_choice_that_cannot_be_had_asks_after_all() -> None:
    shop = called(
        Checkout().tell(e.ItemFound(item=BREAD), e.PaperChanged(paper="out")),
        MemberAnswer(state="ok", member="m7", receipt="print"),
    ).pay_card()
    shop.wait(10)
    assert (shop.state.phase, shop.state.receipt) == (Phase.RECEIPT, "")


def test_once_a_part_is_paid_a_member_comes_too_late_for_prices() -> None:
    cheap = Offer(id="o1", name="Member price", gives="price", value=2000, members=True)
    shop = Checkout().tell(e.ItemFound(item=replace(BREAD, offers=(Offered(cheap),))))
    paid = replace(shop.state.basket, taken=(Taken(Tender("gift_card", 1000, "k01-1", None)),))
    for customer in ("m7", "card:KM-1"):
        late = known_as(paid, customer, ("members",), fixed=True)
        assert (late.customer, due(late).minor) == (customer, 3290)
    early = known_as(replace(paid, taken=()), "m7", ("members",), fixed=False)
    assert due(early).minor == 2000
    other = known_as(replace(early, taken=paid.taken), "card:KM-2", fixed=True)
    assert (other.customer, due(other).minor) == ("card:KM-2", 2000)
