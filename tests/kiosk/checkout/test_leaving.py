"""The exit gate: once a receipt, by the store's word or the lane's own, and nobody is shut in by a machine."""

from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.leaving import REMEMBERED, VALID_MS
from kiosk.checkout.questions import ExitAnswer, ExitAsk
from kiosk.checkout.sale import exit_code

ANNA = e.StaffSignedIn(staff="u1", name="Anna", role="supervisor")
GATED = replace(LANE, exit_codes=True, fitted=("gate",))


def paid() -> tuple[Checkout, str]:
    """A lane with a gate that has sold one loaf, and the code on its receipt."""
    shop = Checkout()
    shop.tell(e.Restarted(lane=GATED, genesis="0" * 64), e.ItemFound(item=BREAD)).pay_card()
    return shop, exit_code(shop.of(f.RecordSale)[-1].sale)


def show(shop: Checkout, code: str) -> str:
    """Hold it before the reader; the id of the question that this leads to."""
    shop.tell(e.ExitCodeShown(code=code))
    asked = shop.of(f.AskStore)[-1]
    assert asked.question == ExitAsk(code=code.strip().upper())
    return asked.id


def say(shop: Checkout, id_: str, state: str) -> Checkout:
    return shop.tell(e.QuestionAnswered(id=id_, answer=ExitAnswer(state=state)))  # type: ignore[arg-type]


def openings(shop: Checkout) -> int:
    return len(shop.of(f.OpenGate))


def calls(shop: Checkout) -> list[str]:
    return [call.reason for call in shop.state.interventions]


def test_the_stores_word_opens() -> None:
    shop, code = paid()
    say(shop, show(shop, f" {code.lower()} "), "valid")
    assert openings(shop) == 1 and calls(shop) == []


def test_used_and_too_old_call_staff_who_let_them_out_or_not() -> None:
    for answer in ("used", "too_old"):
        shop, code = paid()
        say(shop, show(shop, code), answer)
        assert openings(shop) == 0 and calls(shop) == ["gate"]
        shop.tell(e.GateAsked())
        assert openings(shop) == 0, "nobody is signed in"
        shop.tell(ANNA, e.GateAsked(open=answer == "used"))
        assert openings(shop) == (answer == "used") and calls(shop) == []


def test_a_sale_that_is_still_on_its_way_opens_once_by_the_lanes_own_word() -> None:
    shop, code = paid()
    say(shop, show(shop, code), "unknown")
    assert openings(shop) == 1
    (report,) = [one for one in shop.of(f.PublishEvent) if one.kind == "gate.opened"]
    assert report.data["how"] == "lane" and report.data["code"] == code
    say(shop, show(shop, code), "unknown")
    assert openings(shop) == 1 and calls(shop) == ["gate"]


def test_while_the_store_is_away_only_what_was_paid_here_leaves() -> None:
    shop, code = paid()
    for shown in (code, code, "2222"):
        shop.tell(e.QuestionUnanswered(id=show(shop, shown), why="away"))
    assert openings(shop) == 1


def test_a_silent_store_is_given_up_after_its_time() -> None:
    shop, code = paid()
    show(shop, code)
    shop.wait(GATED.time_outs.ask_ms)
    assert openings(shop) == 1


def test_a_code_of_two_hours_ago_opens_no_more_by_the_lanes_word() -> None:
    shop, code = paid()
    shop.wait(VALID_MS + 1)
    shop.tell(e.QuestionUnanswered(id=show(shop, code), why="away"))
    assert openings(shop) == 0


def test_the_question_outlives_the_visit_that_is_on_the_lane() -> None:
    shop, code = paid()
    id_ = show(shop, code)
    shop.tell(e.ReceiptChosen(kind="none"), e.DonePressed(), e.ItemFound(item=BREAD))
    say(shop, id_, "valid")
    assert openings(shop) == 1


def test_guesses_are_asked_one_at_a_time() -> None:
    shop, code = paid()
    show(shop, code)
    before = len(shop.of(f.AskStore))
    shop.tell(*(e.ExitCodeShown(code=f"{n:04}") for n in range(50)))
    assert len(shop.of(f.AskStore)) == before


def test_nothing_is_read_in_nothing() -> None:
    shop, _ = paid()
    before = len(shop.of(f.AskStore))
    shop.tell(e.ExitCodeShown(code="  "))
    assert len(shop.of(f.AskStore)) == before


def test_a_lane_without_a_gate_remembers_no_codes_and_one_with_it_not_for_ever() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card()
    assert shop.state.exits == ()
    shop, _ = paid()
    for _ in range(REMEMBERED + 5):
        shop.tell(e.ReceiptChosen(kind="none"), e.DonePressed(), e.ItemFound(item=BREAD)).pay_card()
    assert len(shop.state.exits) <= REMEMBERED
