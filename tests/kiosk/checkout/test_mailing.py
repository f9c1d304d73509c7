"""The receipt by e-mail: the sale waits for nobody, and an answer is only about its own sale."""

import pytest
from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.effects import AskStore, PrintExitSlip
from kiosk.checkout.questions import EmailAnswer, EmailAsk, MemberAnswer
from kiosk.checkout.state import Phase

TYPED = e.EmailTyped(address="whispered:1")
KEY = "s001/k01/2026-11-24/000001"


def paid(member: str = "", **lane: object) -> Checkout:
    shop = Checkout().tell(e.Restarted(lane=replace(LANE, email_receipts=True, **lane)), e.ItemFound(item=BREAD))
    if member:
        shop.tell(e.MemberCalled(key="KM-1"))
        answer = MemberAnswer(state="ok", member=member, receipt="email")
        shop.tell(e.QuestionAnswered(id=shop.state.asked[0].id, answer=answer))
    return shop.pay_card()


def answered(shop: Checkout, state: str) -> Checkout:
    answer = EmailAnswer(state=state)  # type: ignore[arg-type]  # the tests write the literals
    return shop.tell(e.QuestionAnswered(id=shop.of(AskStore)[-1].id, answer=answer))


def notice(shop: Checkout) -> str:
    return shop.state.notice.kind if shop.state.notice else ""


def test_the_store_sends_it_and_the_visit_ends_with_an_exit_code() -> None:
    shop = answered(paid(exit_codes=True).tell(e.EmailOpened(), TYPED), "ok")
    assert shop.of(AskStore)[-1].question == EmailAsk(sale=KEY, address="whispered:1")
    assert (shop.state.phase, shop.state.receipt, notice(shop)) == (Phase.THANKS, "email", "email_sent")
    assert len(shop.of(PrintExitSlip)) == 1


@pytest.mark.parametrize(("state", "told"), [("bad", "email_bad"), ("forgotten", "email_again"), ("off", "email_away")])
def test_what_cannot_be_sent_is_said_and_everything_else_can_be_chosen(state: str, told: str) -> None:
    shop = answered(paid().tell(TYPED), state)
    assert (shop.state.phase, notice(shop)) == (Phase.RECEIPT, told)
    shop.tell(e.ReceiptChosen(kind="print"))
    assert shop.state.receipt == "print"


def test_silence_is_told_and_the_goodbye_comes_by_itself() -> None:
    shop = paid().tell(TYPED)
    shop.wait(3_100)
    assert notice(shop) == "email_away"
    shop.wait(18_000)
    assert shop.state.phase is Phase.THANKS


def test_a_lane_that_does_not_offer_it_asks_nobody() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card().tell(TYPED)
    assert not shop.of(AskStore)


def test_an_answer_after_the_visit_touches_nobody() -> None:
    shop = paid().tell(TYPED, e.ReceiptChosen(kind="none"), e.DonePressed(), e.ItemFound(item=BREAD)).pay_card()
    first = shop.of(AskStore)[0].id
    shop.tell(e.QuestionAnswered(id=first, answer=EmailAnswer(state="ok")))
    assert (shop.state.phase, shop.state.receipt, notice(shop)) == (Phase.RECEIPT, "", "")


def test_a_members_standing_choice_asks_for_the_member_and_falls_back_to_the_question() -> None:
    shop = paid("m7")
    shop.wait(1)
    assert shop.of(AskStore)[-1].question == EmailAsk(sale=KEY, member="m7")
    shop.wait(3_100)
    assert (shop.state.phase, notice(shop)) == (Phase.RECEIPT, "email_away")
    asked = len(shop.of(AskStore))
    shop.wait(1_000)
    assert len(shop.of(AskStore)) == asked, "the standing choice is tried once"
