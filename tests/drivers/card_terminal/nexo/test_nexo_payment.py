"""A payment over nexo, as a shopper and a shop see it: whatever happens at the terminal, the till tells it as it is."""

from collections.abc import Callable
from typing import Any

import pytest

from drivers.events import (
    Abort,
    Acknowledge,
    Authorize,
    DeviceOffline,
    DeviceOnline,
    Prepare,
    Refund,
    Reverse,
    Settle,
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalPrint,
    TerminalReady,
    TerminalRefused,
    TerminalReversed,
    TerminalSettled,
    TerminalText,
)


def asked(till: Any, category: str) -> list[Any]:
    return [one for one in till.terminal.heard if one.category == category]


def test_a_card_is_tapped_and_pays(till: Any) -> None:
    outcome = till.pay(1_250)
    assert isinstance(outcome, TerminalCompleted)
    record = outcome.record
    assert (record.amount_minor, record.result, record.card_name) == (1_250, "00", "Visa")
    assert record.terminal_id == "P400Plus-275008565"
    assert record.pan == "************4021"
    assert [entry.amount_minor for entry in till.terminal.journal.standing] == [1_250]
    assert int(record.trace) == till.terminal.journal.last.trace
    assert len(asked(till, "Payment")) == 1


def test_the_shopper_is_asked_for_the_card_and_may_cancel(till: Any) -> None:
    till.pay()
    assert [(event.step, event.can_cancel) for event in till.seen(TerminalText)] == [("card", True)]


def test_both_papers_come_before_the_outcome_and_say_what_was_paid(till: Any) -> None:
    till.pay(1_250)
    papers = till.seen(TerminalPrint)
    assert [paper.copy for paper in papers] == ["merchant", "customer"]
    assert all(any("12,50" in line for line in paper.lines) for paper in papers)
    assert till.events.index(papers[-1]) < till.events.index(till.seen(TerminalCompleted)[0])


def test_nothing_waits_to_be_acknowledged(till: Any) -> None:
    outcome = till.pay()
    assert (outcome.message, [paper.message for paper in till.seen(TerminalPrint)]) == (0, [0, 0])
    assert till.device.command(Acknowledge("a1", 0), till.now_ms) == []


def test_a_card_that_is_put_in_needs_its_pin(till: Any) -> None:
    till.taps = False
    till.prepare()
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: till.terminal.wants == "card")
    assert till.terminal.insert_card()
    till.pin = ""
    till.run(lambda: till.terminal.wants == "pin")
    assert till.terminal.type_pin("1111")
    till.run(lambda: till.terminal.display == "Wrong PIN")
    assert till.terminal.type_pin("1234")
    till.run(lambda: bool(till.seen(TerminalCompleted)))


def test_three_wrong_pins_are_a_no(till: Any) -> None:
    till.pin = "9999"
    outcome = till.pay(90_000)
    assert isinstance(outcome, TerminalDeclined)
    assert (outcome.why, outcome.detail) == ("declined", "WrongPIN")
    assert till.terminal.journal.charges == []


def test_the_bank_says_no_and_the_card_has_its_paper(till: Any) -> None:
    till.terminal.decline_next()
    outcome = till.pay()
    assert isinstance(outcome, TerminalDeclined)
    assert (outcome.why, outcome.detail) == ("declined", "Refusal")
    assert "customer" in {paper.copy for paper in till.seen(TerminalPrint)}


@pytest.mark.parametrize("which", ["ours", "theirs"])
def test_a_card_from_abroad_may_choose_its_money_and_the_shop_has_its_own(till: Any, which: Any) -> None:
    till.terminal.card_currency = "USD"
    till.on_event = lambda event: None
    till.prepare()
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: till.terminal.wants == "currency")
    assert till.terminal.choose_currency(which)
    till.run(lambda: bool(till.seen(TerminalCompleted)))
    assert till.seen(TerminalCompleted)[0].record.amount_minor == 1_250


def test_a_card_that_signs_says_so(till: Any) -> None:
    till.terminal.sign_next()
    outcome = till.pay(90_000)
    assert isinstance(outcome, TerminalCompleted)
    assert outcome.record.signature
    merchant = next(paper for paper in till.seen(TerminalPrint) if paper.copy == "merchant")
    assert "SIGNATURE" in merchant.lines


def test_no_card_comes_and_the_terminal_ends_it(till: Any) -> None:
    till.taps = False
    outcome = till.pay()
    assert isinstance(outcome, TerminalDeclined)
    assert outcome.why == "cancelled"
    assert till.terminal.journal.charges == []


def test_the_red_key_cancels(till: Any) -> None:
    till.taps = False
    till.prepare()
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: till.terminal.wants == "card")
    till.terminal.cancel_on_terminal()
    till.run(lambda: bool(till.seen(TerminalDeclined)))
    assert till.seen(TerminalDeclined)[0].why == "cancelled"


def test_a_cancel_at_the_till_goes_out_beside_the_payment(till: Any) -> None:
    till.taps = False
    till.prepare()
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: till.terminal.wants == "card")
    till.command(Abort("a1"))
    till.command(Abort("a1"))
    began_ms = till.now_ms
    till.run(lambda: bool(till.seen(TerminalDeclined)))
    assert till.seen(TerminalDeclined)[0].why == "cancelled"
    assert till.now_ms - began_ms < 1_000
    assert len(asked(till, "Abort")) == 1
    assert till.terminal.journal.charges == []


def test_a_cancel_that_comes_too_late_is_no_outcome(till: Any) -> None:
    till.terminal.faults.late_abort, till.taps = True, False
    till.prepare()
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: till.terminal.wants == "card")
    till.command(Abort("a1"))
    till.run(lambda: bool(asked(till, "Abort")))
    assert till.terminal.tap_card()
    till.run(lambda: bool(till.seen(TerminalCompleted)))
    assert len(till.terminal.journal.standing) == 1


def test_a_cancel_before_anything_was_sent_sends_nothing(till: Any) -> None:
    till.prepare()
    till.device.command(Authorize("a1", 1_250, till.baseline), till.now_ms)
    till.command(Abort("a1"))
    assert [event.why for event in till.seen(TerminalRefused)] == ["cancelled"]
    till.rest(5_000)
    assert asked(till, "Payment") == []


def test_a_cancel_during_the_login_before_a_payment_sends_no_payment(nexo_till: Callable[..., Any]) -> None:
    till = nexo_till("xml")
    till.prepare()
    till.device._device._client._session.logged_in = False
    till.command(Authorize("a1", 1_250, till.baseline))
    till.turn()
    till.command(Abort("a1"))
    till.rest(5_000)
    assert [event.why for event in till.seen(TerminalRefused)] == ["cancelled"]
    assert asked(till, "Payment") == asked(till, "Abort") == []


def test_a_cancel_while_the_terminal_is_still_busy(till: Any) -> None:
    till.terminal.faults.busy = True
    till.command(Prepare("a1"))
    till.rest(1_500)
    till.command(Abort("a1"))
    till.run(lambda: bool(till.seen(TerminalRefused)))
    assert till.seen(TerminalRefused)[0].why == "cancelled"


def test_a_busy_terminal_is_waited_for_and_then_refuses(till: Any) -> None:
    till.terminal.faults.busy = True
    answer = till.prepare()
    assert isinstance(answer, TerminalRefused)
    assert answer.why == "busy"
    till.terminal.faults.busy = False
    till.events.clear()
    assert isinstance(till.prepare("a2"), TerminalReady)


def test_a_terminal_that_is_busy_when_it_is_ordered_has_not_charged(till: Any) -> None:
    till.prepare()
    till.terminal.faults.busy = True
    outcome = till.authorize()
    assert isinstance(outcome, TerminalRefused)
    assert outcome.why == "busy"
    assert till.terminal.journal.charges == []


def test_an_unplugged_terminal_is_told_once_and_comes_back_by_itself(till: Any) -> None:
    till.rest(1_000)
    till.terminal.unplug()
    answer = till.prepare()
    assert isinstance(answer, TerminalRefused)
    assert answer.why == "unreachable"
    till.rest(60_000)
    assert len(till.seen(DeviceOffline)) == 1
    till.terminal.plug()
    till.rest(20_000)
    assert len(till.seen(DeviceOnline)) == 2


def test_an_order_that_cannot_be_sent_has_not_charged(till: Any) -> None:
    till.prepare()
    till.terminal.unplug()
    outcome = till.authorize()
    assert isinstance(outcome, TerminalRefused)
    assert outcome.why == "unreachable"
    till.terminal.plug()
    till.rest(60_000)
    assert asked(till, "Payment") == []


def test_no_ticket_is_ever_sent_twice(till: Any) -> None:
    till.pay()
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: len(till.seen(TerminalCompleted)) == 2)
    assert len(till.seen(TerminalInDoubt)) == 1
    assert len(asked(till, "Payment")) == 1
    assert len(till.terminal.journal.charges) == 1


def test_a_terminal_that_has_restarted_is_logged_in_again(nexo_till: Callable[..., Any]) -> None:
    till = nexo_till("xml")
    till.pay()
    till.terminal.set_power(False)
    till.rest(2_000)
    till.terminal.set_power(True)
    till.rest(5_000)
    assert isinstance(till.pay(ticket="a2"), TerminalCompleted)
    assert len(asked(till, "Login")) == 2


def test_a_health_probe_logs_nobody_in(nexo_till: Callable[..., Any]) -> None:
    till = nexo_till("xml")
    till.rest(60_000)
    assert till.seen(DeviceOnline)
    assert asked(till, "Login") == []


# --- money that goes back -------------------------------------------------------------------------------------------


def test_a_refund_is_given_once_and_never_taken_for_a_charge(till: Any) -> None:
    outcome = till.refund(500)
    assert isinstance(outcome, TerminalCompleted)
    assert (outcome.refund, outcome.record.amount_minor) == (True, 500)
    assert [entry.amount_minor for entry in till.terminal.journal.refunds] == [500]
    assert till.terminal.journal.charges == []


def test_a_return_takes_the_whole_charge_back(till: Any) -> None:
    charge = till.pay(1_250).record
    till.prepare("r1")
    till.command(Refund("r1", 1_250, till.baseline, charge))
    till.run(lambda: len(till.seen(TerminalCompleted)) == 2)
    outcome = till.seen(TerminalCompleted)[1]
    assert (outcome.refund, outcome.record.original_trace) == (True, charge.trace)
    assert till.terminal.journal.standing == []
    assert till.seen(TerminalText)[-1].ticket == "a1", "no card is asked for"


def test_another_terminals_charge_is_not_asked_to_be_taken_back(till: Any) -> None:
    charge = till.pay(1_250).record
    till.prepare("r1")
    other = type(charge)(**{name: getattr(charge, name) for name in charge.__struct_fields__} | {"terminal_id": "X-1"})
    till.command(Refund("r1", 1_250, till.baseline, other))
    till.run(lambda: bool(till.seen(TerminalRefused)))
    assert till.seen(TerminalRefused)[0].why == "other_terminal"
    assert asked(till, "Reversal") == []


def test_what_the_terminal_does_not_undo_it_says(till: Any) -> None:
    charge = till.pay(1_250).record
    till.terminal.faults.reverses_nothing = True
    till.prepare("r1")
    till.command(Refund("r1", 1_250, till.baseline, charge))
    till.run(lambda: bool(till.seen(TerminalDeclined)))
    assert (till.seen(TerminalDeclined)[0].refund, till.seen(TerminalDeclined)[0].detail) == (True, "NotAllowed")
    assert len(till.terminal.journal.standing) == 1


def test_a_charge_without_a_sale_is_reversed_once_however_often_it_is_ordered(till: Any) -> None:
    charge = till.pay(1_250).record
    for times in (1, 2):
        till.command(Reverse(f"v{times}", charge))
        till.run(lambda times=times: len(till.seen(TerminalReversed)) == times)
    assert [event.done for event in till.seen(TerminalReversed)] == [True, True]
    assert len(asked(till, "Reversal")) == 1
    assert till.terminal.journal.standing == []


@pytest.mark.parametrize("cut", ["when it has heard", "before it answers"])
def test_a_lost_answer_to_a_reversal_is_found(till: Any, cut: Any) -> None:
    charge = till.pay(1_250).record
    till.terminal.faults.cut = cut
    till.command(Reverse("v1", charge))
    till.run(lambda: bool(till.seen(TerminalReversed)))
    assert till.seen(TerminalReversed)[0].done
    assert len(till.terminal.journal.reversals) == 1


def test_a_reversal_that_is_refused_says_so(till: Any) -> None:
    charge = till.pay(1_250).record
    till.terminal.faults.reverses_nothing = True
    till.command(Reverse("v1", charge))
    till.run(lambda: bool(till.seen(TerminalReversed)))
    event = till.seen(TerminalReversed)[0]
    assert not event.done
    assert "NotAllowed" in event.evidence


# --- the end of day -------------------------------------------------------------------------------------------------


def test_the_day_is_closed_with_its_totals_and_the_terminal_may_rest(till: Any) -> None:
    till.pay(1_250, "a1")
    till.pay(2_000, "a2")
    till.refund(500, "r1")
    till.command(Settle("z1"))
    till.run(lambda: bool(till.seen(TerminalSettled)))
    settled = till.seen(TerminalSettled)[0]
    assert (settled.done, settled.total_minor) == (True, 2_750)
    assert "Visa: 2, 3250" in settled.lines
    till.rest(2_000)
    assert till.terminal.maintained == 1
    assert isinstance(till.pay(700, "a3"), TerminalCompleted), "the next shopper logs it in again"


@pytest.mark.parametrize("condition", ["UnavailableService", "MessageFormat", "NotAllowed"])
def test_a_terminal_that_knows_no_totals_closes_its_day_itself(till: Any, condition: str) -> None:
    """Why nobody used to ask terminals that speak XML: their guide names no such request."""
    till.pay()
    till.terminal.faults.no_totals, till.terminal.faults.no_totals_why = True, condition
    till.command(Settle("z1"))
    till.run(lambda: bool(till.seen(TerminalSettled)))
    settled = till.seen(TerminalSettled)[0]
    assert (settled.done, settled.lines) == (False, ("the terminal closes its day itself",))
    till.rest(2_000)
    assert till.terminal.maintained == 1 and not till.seen(DeviceOffline)
    assert isinstance(till.pay(700, "a2"), TerminalCompleted)


def test_totals_that_cannot_be_closed_now_say_why(till: Any) -> None:
    till.terminal.faults.no_totals, till.terminal.faults.no_totals_why = True, "UnreachableHost"
    till.command(Settle("z1"))
    till.run(lambda: bool(till.seen(TerminalSettled)))
    settled = till.seen(TerminalSettled)[0]
    assert (settled.done, settled.lines) == (False, ("UnreachableHost",))


def test_a_terminal_that_shall_not_be_asked_is_not_and_still_may_rest(nexo_till: Callable[..., Any], kind: str) -> None:
    till = nexo_till(kind, reconciles=False)
    till.pay()
    till.command(Settle("z1"))
    till.rest(2_000)
    assert [event.lines for event in till.seen(TerminalSettled)] == [("the terminal closes its day itself",)]
    assert asked(till, "Reconciliation") == []
    assert till.terminal.maintained == (1 if kind == "xml" else 0), "one that was never logged in needs no logout"
