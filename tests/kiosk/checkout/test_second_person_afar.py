"""A second person at the console: what they may allow, what it says in the books, and what it is not taken for."""

from typing import Any

from shopping import BREAD, WINE, Checkout

from kiosk.app.second_person import second_person_wanted
from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.wire.messages import ActAsked

BO = e.StaffSignedIn(staff="u2", name="Bo", role="cashier")
HALF = e.DiscountGiven(line=0, percent_bp=5_000, reason="damaged")
OUT_OF_TIME = "there is nothing to do: the lane has moved on"


def asking(act: e.Event = HALF) -> Checkout:
    """Bo, who may not do it alone."""
    return Checkout().tell(e.ItemFound(item=BREAD, count=2), BO, act)


def name(shop: Checkout) -> str:
    need = second_person_wanted(shop.state)
    assert need is not None
    return need.detail


def answer(shop: Checkout, kind: str, detail: str, *, id_: str = "c1", role: str = "supervisor", why: str = "") -> str:
    """Why it was not done; empty: it was."""
    about: dict[str, Any] = {"reason": "approval", "detail": detail, "text": why, "expires_utc_ms": 1 << 50}
    shop.tell(e.CommandCame(id=id_, kind=kind, staff="u1", name="Anna", role=role, **about))
    return shop.of(f.TellResult)[-1].why


def test_the_console_is_told_what_would_become_of_the_basket() -> None:
    need = second_person_wanted(asking().state)
    assert need is not None and isinstance(need.act, ActAsked)
    act = need.act
    assert (act.name, act.act, act.was_minor, act.becomes_minor, act.why) == (
        "Bo",
        "DiscountGiven",
        6580,
        3290,
        "damaged",
    )


def test_allowed_from_afar_it_is_done_in_both_names_and_the_first_stays_signed_in() -> None:
    shop = asking()
    assert answer(shop, "approve", name(shop), why="torn") == ""
    (note,) = shop.state.basket.cleared
    assert (note.by, note.where, note.evidence.endswith("; asked by u2")) == ("u1", "console", True)
    assert shop.state.staff is not None and shop.state.staff.id == "u2"
    assert shop.state.approval is None and second_person_wanted(shop.state) is None
    (given,) = (report.data for report in shop.of(f.PublishEvent) if report.kind == "approval.given")
    assert given == {
        "by": "u1", "for": "u2", "right": "large_line", "act": "DiscountGiven", "where": "console", "reason": "torn",
    }  # fmt: skip


def test_refused_from_afar_it_is_not_done_and_the_first_is_told_by_whom() -> None:
    shop = asking()
    assert answer(shop, "deny", name(shop)) == ""
    assert shop.state.basket.markdown is None and shop.state.approval is None
    assert shop.state.notice is not None
    assert (shop.state.notice.kind, shop.state.notice.detail) == ("approval_refused", "Anna")
    assert [report.kind for report in shop.of(f.PublishEvent)][-2:] == ["approval.refused", "command.done"]


def test_who_may_not_do_it_may_neither_allow_nor_refuse_it() -> None:
    shop = asking()
    for kind in ("approve", "deny"):
        assert answer(shop, kind, name(shop), id_=kind, role="cashier") == "a cashier may not do that"
    assert shop.state.approval is not None and shop.state.basket.markdown is None


def test_an_answer_to_what_was_asked_before_is_no_answer_to_this() -> None:
    shop = asking()
    before = name(shop)
    shop.tell(e.ApprovalDropped()).wait(1_000)
    shop.tell(e.DiscountGiven(line=0, percent_bp=9_000, reason="damaged"))
    assert answer(shop, "approve", before) == OUT_OF_TIME
    assert answer(shop, "approve", "", id_="c2") == OUT_OF_TIME
    assert shop.state.basket.markdown is None


def test_the_same_word_twice_does_it_once() -> None:
    shop = asking()
    detail = name(shop)
    assert answer(shop, "approve", detail) == answer(shop, "approve", detail) == ""
    assert len(shop.state.basket.cleared) == 1


def test_what_is_looked_at_by_eyes_is_not_allowed_from_afar() -> None:
    """An operator at the lane may not see to ages; neither may somebody who does not see the shopper."""
    operator = e.StaffSignedIn(staff="u5", name="Olle", role="operator")
    shop = Checkout().tell(e.ItemFound(item=WINE), operator, e.AgeApproved(how="id"))
    assert answer(shop, "approve", name(shop)) == "that is settled at the lane"
    assert [call.reason for call in shop.state.interventions] == ["age"]
