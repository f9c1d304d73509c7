"""A charge that a return takes back, against the simulated terminal: once, whole, only by the terminal that made it.

The terminal's own journal is the judge of every outcome, as with a payment and a refund.
"""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from drivers.card_terminal.zvt.driver import Settings, ZvtTerminal
from drivers.card_terminal.zvt.simulated.faults import Cut
from drivers.events import (
    EnquireRefund,
    Prepare,
    Refund,
    Settle,
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalNotCharged,
    TerminalReady,
    TerminalRecord,
    TerminalRefused,
    TerminalSettled,
    TerminalUnknown,
)
from drivers.simulated import SimulatedDevice

OUTCOMES = (TerminalCompleted, TerminalDeclined, TerminalRefused, TerminalNotCharged, TerminalUnknown)
SURELY_NOT = (TerminalDeclined, TerminalRefused, TerminalNotCharged)
CUTS = [Cut(at, delivered, power) for at in range(1, 14) for delivered, power in ((1, 0), (0, 0), (1, 1))]
"""Wherever the line is lost: a reversal has fewer messages than that."""


def asked(till: Any, charge: TerminalRecord, ticket: str = "r1", baseline: str | None = None) -> Any:
    """Order it, and go through the doubt if there is one; without a baseline the terminal is prepared first."""
    if baseline is None:
        ready = till.prepare(ticket)
        assert isinstance(ready, TerminalReady)
        baseline = ready.baseline
    till.enquires, till.events = False, []
    till.command(Refund(ticket, charge.amount_minor, baseline, charge))
    till.run(lambda: bool(outcomes(till) or till.seen(TerminalInDoubt)))
    if not outcomes(till):
        till.command(EnquireRefund(ticket, charge.amount_minor, baseline, charge))
        till.run(lambda: bool(outcomes(till)))
    return outcomes(till)[-1]


def outcomes(till: Any) -> list[Any]:
    return [event for event in till.events if isinstance(event, OUTCOMES)]


def assert_money_is_right(till: Any, outcome: Any) -> None:
    journal = till.terminal.journal
    assert journal.refunds == [], "no card is given anything on top"
    assert len(journal.reversals) <= 1, "taken back once, whatever became of it"
    if isinstance(outcome, TerminalCompleted):
        assert journal.charges[0].reversed
    elif isinstance(outcome, SURELY_NOT):
        assert not journal.charges[0].reversed
    else:
        assert isinstance(outcome, TerminalUnknown)
    assert isinstance(outcome, TerminalRefused) or outcome.refund, "it is never told as a charge"


def test_a_charge_is_taken_back_without_a_card(till: Any) -> None:
    charge = till.pay().record
    till.taps = False
    outcome = asked(till, charge)
    assert isinstance(outcome, TerminalCompleted)
    assert (outcome.record.amount_minor, outcome.record.original_trace) == (1_250, charge.trace)
    assert_money_is_right(till, outcome)
    till.command(Settle("s1"))
    till.run(lambda: bool(till.seen(TerminalSettled)))
    assert (till.seen(TerminalSettled)[-1].total_minor, till.terminal.journal.open()) == (0, [])


def test_what_is_taken_back_already_is_not_taken_back_again_and_counts_as_given(till: Any) -> None:
    charge = till.pay().record
    asked(till, charge, "r1")
    till.terminal.journal.foreign(900, till.now_ms)
    again = asked(till, charge, "r2")
    assert isinstance(again, TerminalCompleted)
    assert_money_is_right(till, again)


def settled(till: Any) -> None:
    till.command(Settle("s1"))
    till.run(lambda: bool(till.seen(TerminalSettled)))


def does_not(till: Any) -> None:
    till.terminal.faults.reverses_nothing = True


def forgotten(till: Any) -> None:
    till.terminal.journal.charges[0].receipt = 9_000


@pytest.mark.parametrize("happens", [settled, does_not, forgotten])
def test_a_terminal_that_will_not_says_so_and_nothing_is_taken_back(till: Any, happens: Callable[[Any], None]) -> None:
    charge = till.pay().record
    happens(till)
    outcome = asked(till, charge)
    assert isinstance(outcome, TerminalDeclined)
    assert outcome.detail == "B5"
    assert_money_is_right(till, outcome)


@pytest.mark.parametrize("unlike", [{"terminal_id": "29009999"}, {"terminal_id": ""}, {"receipt": ""}, {"trace": ""}])
def test_another_terminals_charge_and_one_without_a_number_are_not_asked_for(till: Any, unlike: dict[str, str]) -> None:
    outcome = asked(till, replace(till.pay().record, **unlike))
    assert isinstance(outcome, TerminalRefused)
    assert_money_is_right(till, outcome)


def test_a_terminal_that_takes_back_another_charge_is_a_doubt(till: Any) -> None:
    charge = till.pay(1_250).record
    till.pay(1_250, "a2")
    till.terminal.faults.reverses_last = True
    outcome = asked(till, charge)
    assert isinstance(outcome, TerminalUnknown)
    assert "000003" in outcome.evidence


@pytest.mark.parametrize(
    ("repeat", "port", "cuts"),
    [
        ("answers", "socket://terminal", CUTS),
        ("answers", "/dev/ttyS9", CUTS[::4]),
        ("silent", "socket://terminal", CUTS[::8]),
        ("other", "socket://terminal", CUTS[::8]),
    ],
)
def test_it_is_taken_back_once_wherever_the_line_is_lost(
    make_till: Callable[..., Any], repeat: Any, port: str, cuts: list[Cut]
) -> None:
    for cut in cuts:
        till = make_till(port=port)
        charge = till.pay().record
        till.prepare("r1")
        till.terminal.faults.repeat, till.terminal.faults.cut = repeat, cut
        outcome = asked(till, charge, baseline=till.baseline)
        assert_money_is_right(till, outcome)
        if repeat == "answers":
            assert not isinstance(outcome, TerminalUnknown), f"{cut} can be found out"
        till.rest(200_000)
        assert_money_is_right(till, outcome)


def test_it_is_taken_back_once_when_the_till_dies(make_till: Callable[..., Any]) -> None:
    """A new process knows only what was kept before the order: it enquires and orders nothing."""
    for turns in range(1, 12):
        till = make_till()
        charge = till.pay().record
        till.prepare("r1")
        till.device.command(Refund("r1", 1_250, till.baseline, charge), till.now_ms)
        for _ in range(turns):
            till.turn()
            till.now_ms += 400
        till.device.close()
        settings = Settings(currency="EUR", port="socket://terminal")
        till.device = SimulatedDevice(till.terminal, lambda port, chosen=settings: ZvtTerminal("card", port, chosen))
        till.events.clear()
        till.command(EnquireRefund("r1", 1_250, till.baseline, charge))
        till.run(lambda till=till: bool(outcomes(till)))
        assert_money_is_right(till, outcomes(till)[-1])


def test_a_word_that_comes_after_people_have_given_it_up_is_still_told(till: Any) -> None:
    """The next order's look at the journal is the last chance to find it."""
    charge = till.pay().record
    till.prepare("r1")
    till.terminal.faults.cut, till.terminal.faults.repeat = Cut(5), "silent"
    assert isinstance(asked(till, charge, baseline=till.baseline), TerminalUnknown)
    till.terminal.faults.repeat = "answers"
    till.events.clear()
    till.command(Prepare("a2"))
    till.run(lambda: bool(till.seen(TerminalReady)))
    assert [event.ticket for event in till.seen(TerminalCompleted)] == ["r1"]
