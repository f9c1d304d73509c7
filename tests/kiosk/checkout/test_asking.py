"""A question is open until it is answered, refused or too late, and nothing stays held that nobody wants."""

import typing

import msgspec
import pytest
from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.answers import HEARD
from kiosk.checkout.asking import ask, is_asking
from kiosk.checkout.effects import AskStore, PublishEvent
from kiosk.checkout.questions import ANSWER_TO, GiftCardAnswer, GiftCardAsk, Question, StoreAnswer
from kiosk.checkout.state import State

CARD = GiftCardAsk(number="KG-1", currency="SEK")
HOLDING = GiftCardAsk(number="KG-1", currency="SEK", hold_minor=5000)


def members(union: object) -> set[type]:
    return set(typing.get_args(union)) or {typing.cast("type", union)}


def released(shop: Checkout) -> list[str]:
    return [each.data["id"] for each in shop.of(PublishEvent) if each.kind == "hold.released"]


def shopping(*events: e.Event) -> Checkout:
    return Checkout().tell(e.ItemFound(item=BREAD), *events)


def holding() -> tuple[Checkout, str]:
    """A visit that has asked for 50.00 of a card."""
    shop = shopping()
    shop.state, effects = ask(shop.state, HOLDING, shop.now())
    shop.effects += effects
    return shop, shop.state.asked[0].id


def test_every_question_has_an_answer_and_a_row() -> None:
    assert set(ANSWER_TO) == members(Question) == set(HEARD)
    assert set(ANSWER_TO.values()) == members(StoreAnswer)


def test_a_question_is_asked_once_and_answered_once() -> None:
    shop = shopping(e.GiftCardScanned(number="KG-1"), e.GiftCardScanned(number="KG-1"))
    (asked,) = shop.of(AskStore)
    assert asked.question == CARD
    assert is_asking(shop.state, GiftCardAsk)
    shop.tell(e.QuestionAnswered(id=asked.id, answer=GiftCardAnswer(state="ok", balance_minor=25000)))
    assert shop.state.asked == ()
    assert shop.state.notice is not None
    assert shop.state.notice.detail == "25000"
    before = shop.state
    shop.tell(e.QuestionAnswered(id=asked.id, answer=GiftCardAnswer(state="ok", balance_minor=1)))
    assert shop.state == replace(before, seen=shop.state.seen)


def test_ids_are_never_used_twice() -> None:
    shop = shopping(e.GiftCardScanned(number="KG-1"), e.GiftCardScanned(number="KG-2"))
    shop.wait(3_000).tell(e.GiftCardScanned(number="KG-1"))
    ids = [asked.id for asked in shop.of(AskStore)]
    assert len(set(ids)) == 3


@pytest.mark.parametrize("why", ["away", "refused"])
def test_no_answer_is_told_kindly(why: typing.Literal["away", "refused"]) -> None:
    shop = shopping(e.GiftCardScanned(number="KG-1"))
    shop.tell(e.QuestionUnanswered(id=shop.state.asked[0].id, why=why))
    assert shop.state.asked == ()
    assert shop.state.notice is not None
    assert shop.state.notice.kind == "store_away"


def test_silence_ends_after_the_lanes_patience() -> None:
    shop = shopping(e.GiftCardScanned(number="KG-1"))
    shop.wait(LANE.time_outs.ask_ms - 1)
    assert is_asking(shop.state, GiftCardAsk)
    shop.wait(1)
    assert shop.state.asked == ()
    assert shop.state.notice is not None


def test_a_restart_asks_again_under_the_same_id_with_its_whole_time() -> None:
    shop, id_ = holding()
    shop.tick_ms += 2_000
    shop.effects.clear()
    shop.tell(e.Restarted(lane=LANE))
    assert [(asked.id, asked.question) for asked in shop.of(AskStore)] == [(id_, HOLDING)]
    shop.wait(LANE.time_outs.ask_ms - 1)
    assert is_asking(shop.state, GiftCardAsk)


def test_what_may_be_held_is_released_when_nobody_answers() -> None:
    shop, id_ = holding()
    shop.wait(LANE.time_outs.ask_ms)
    assert released(shop) == [id_]
    assert released(shopping(e.GiftCardScanned(number="KG-1")).wait(5_000)) == []


def test_a_late_answer_that_holds_is_released_again() -> None:
    shop, id_ = holding()
    shop.wait(LANE.time_outs.ask_ms)
    shop.tell(e.QuestionAnswered(id=id_, answer=GiftCardAnswer(state="ok", held_minor=5000)))
    assert released(shop) == [id_, id_]


@pytest.mark.parametrize(
    "end",
    [
        lambda id_: e.QuestionAnswered(id=id_, answer=GiftCardAnswer(state="ok", held_minor=5000)),
        lambda id_: e.QuestionUnanswered(id=id_, why="away"),
        lambda id_: None,
    ],
)
def test_an_answer_for_a_visit_that_is_over_is_not_told_to_the_next(
    end: typing.Callable[[str], e.Event | None],
) -> None:
    shop, id_ = holding()
    shop.tell(e.ShoppingStopped(), e.ItemFound(item=BREAD))
    event = end(id_)
    shop.tell(event) if event is not None else shop.wait(LANE.time_outs.ask_ms)
    assert released(shop) == [id_]
    assert shop.state.asked == ()
    assert shop.state.notice is None


def test_a_state_with_open_questions_survives_the_journal() -> None:
    shop, _ = holding()
    assert msgspec.json.decode(msgspec.json.encode(shop.state), type=State) == shop.state
