"""A refund, against the simulated terminal: given once, and *given* is said only of what its journal holds.

The places where a line or the power can be lost are those of a payment, and so are the rules: the terminal's own
journal is the judge of every outcome.
"""

from collections.abc import Callable
from typing import Any

import pytest

from drivers.card_terminal.zvt.driver import Settings, ZvtTerminal
from drivers.card_terminal.zvt.simulated.faults import Cut
from drivers.events import (
    Abort,
    EnquireRefund,
    Refund,
    Settle,
    TerminalApproved,
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalNotCharged,
    TerminalPrint,
    TerminalRefused,
    TerminalSettled,
    TerminalText,
    TerminalUnknown,
)
from drivers.simulated import SimulatedDevice

SURELY_NOT = (TerminalDeclined, TerminalRefused, TerminalNotCharged)
CUTS = [Cut(at, delivered, power) for at in range(1, 17) for delivered, power in ((1, 0), (0, 0), (1, 1))]
"""Wherever the line is lost: a refund has fewer messages than that."""


def assert_money_is_right(till: Any, outcome: Any) -> None:
    journal = till.terminal.journal
    assert journal.charges == [], "nothing is ever taken for a refund"
    assert sum(entry.refund for entry in journal.entries) <= 1, "given once, whatever became of it"
    if isinstance(outcome, TerminalCompleted):
        assert [entry.amount_minor for entry in journal.refunds] == [1_250]
        assert int(outcome.record.receipt) == journal.refunds[0].receipt
    elif isinstance(outcome, SURELY_NOT):
        assert journal.refunds == []
    else:
        assert isinstance(outcome, TerminalUnknown)
    assert isinstance(outcome, TerminalRefused) or outcome.refund, "a refund is never told as a charge"


def test_a_refund_is_given_to_the_card_and_papers_say_so(till: Any) -> None:
    outcome = till.refund()
    assert isinstance(outcome, TerminalCompleted)
    assert_money_is_right(till, outcome)
    assert outcome.record.amount_minor == 1_250
    assert [paper.lines[1] for paper in till.seen(TerminalPrint)] == ["REFUND Visa", "REFUND Visa"]
    texts = [event.text for event in till.seen(TerminalText)]
    assert texts == ["Refund: Insert or tap card", "Refund: Please wait", "Refund: Approved"]


def test_a_refund_is_confirmed_only_when_it_is_kept(till: Any) -> None:
    till.acknowledges = False
    till.prepare("r1")
    till.command(Refund("r1", 1_250, till.baseline))
    till.run(lambda: bool(till.seen(TerminalApproved)))
    till.rest(2_000)
    assert till.seen(TerminalApproved)[-1].refund
    assert till.terminal.journal.last.committed is False
    assert till.seen(TerminalPrint) == [], "the terminal waits for our answer"


def test_the_same_refund_is_never_ordered_twice(till: Any) -> None:
    till.refund()
    till.enquires = False
    till.command(Refund("r1", 1_250, till.baseline))
    till.run(lambda: bool(till.seen(TerminalInDoubt)))
    assert till.seen(TerminalInDoubt)[-1].refund
    assert len(till.terminal.journal.refunds) == 1


def test_a_declined_refund_gives_nothing(till: Any) -> None:
    till.terminal.decline_next()
    outcome = till.refund()
    assert isinstance(outcome, TerminalDeclined)
    assert outcome.why == "declined"
    assert_money_is_right(till, outcome)


@pytest.mark.parametrize("stop", ["the till", "the red key"])
def test_a_refund_that_is_stopped_in_time_gives_nothing(till: Any, stop: str) -> None:
    till.taps = False
    acts = {"the till": lambda: till.command(Abort("r1")), "the red key": till.terminal.cancel_on_terminal}
    till.on_event = lambda event: acts[stop]() if getattr(event, "step", "") == "card" else None
    outcome = till.refund()
    assert isinstance(outcome, TerminalDeclined)
    assert outcome.why == "cancelled"
    assert_money_is_right(till, outcome)


@pytest.mark.parametrize("fault", ["duplicate_status", "odd_positive", "extended", "one_byte", "chatter"])
def test_odd_but_honest_terminals_give_it_all_the_same(till: Any, fault: str) -> None:
    setattr(till.terminal.faults, fault, True)
    outcome = till.refund()
    assert isinstance(outcome, TerminalCompleted)
    assert_money_is_right(till, outcome)


@pytest.mark.parametrize("fault", ["no_status", "wrong_amount"])
@pytest.mark.parametrize("on_loss", ["keep", "reverse"])
def test_an_end_without_proof_is_enquired(till: Any, fault: str, on_loss: Any) -> None:
    till.terminal.faults.on_loss = on_loss
    setattr(till.terminal.faults, fault, True)
    outcome = till.refund()
    assert till.seen(TerminalInDoubt)
    assert_money_is_right(till, outcome)


@pytest.mark.parametrize("repeat", ["answers", "silent", "other"])
@pytest.mark.parametrize("on_loss", ["keep", "reverse"])
def test_it_is_given_once_wherever_the_line_is_lost(make_till: Callable[..., Any], on_loss: Any, repeat: Any) -> None:
    for cut in CUTS if repeat == "answers" else CUTS[::4]:
        till = make_till()
        till.terminal.journal.foreign(1_250, 0)
        till.prepare("r1")
        till.terminal.faults.on_loss, till.terminal.faults.repeat, till.terminal.faults.cut = on_loss, repeat, cut
        outcome = till.authorize("r1", Refund)
        assert_money_is_right(till, outcome)
        if repeat == "answers":
            assert not isinstance(outcome, TerminalUnknown), f"{cut} can be found out"
        till.rest(200_000)
        assert_money_is_right(till, outcome)


@pytest.mark.parametrize("on_loss", ["keep", "reverse"])
def test_it_is_given_once_on_a_serial_line(make_till: Callable[..., Any], on_loss: Any) -> None:
    for cut in CUTS[::4]:
        till = make_till(port="/dev/ttyS9")
        till.prepare("r1")
        till.terminal.faults.on_loss, till.terminal.faults.cut = on_loss, cut
        assert_money_is_right(till, till.authorize("r1", Refund))


@pytest.mark.parametrize("on_loss", ["keep", "reverse"])
def test_it_is_given_once_when_the_till_dies(make_till: Callable[..., Any], on_loss: Any) -> None:
    """A new process knows only what was kept before the order: it enquires and orders nothing."""
    for turns in range(1, 14):
        till = make_till()
        till.prepare("r1")
        till.terminal.faults.on_loss = on_loss
        till.device.command(Refund("r1", 1_250, till.baseline), till.now_ms)
        for _ in range(turns):
            till.turn()
            till.now_ms += 400
        till.device.close()
        settings = Settings(currency="EUR", port="socket://terminal")
        till.device = SimulatedDevice(till.terminal, lambda port, chosen=settings: ZvtTerminal("card", port, chosen))
        till.events.clear()
        till.taps = False
        till.command(EnquireRefund("r1", 1_250, till.baseline))
        till.run(lambda till=till: bool(till._outcomes()))
        assert_money_is_right(till, till._outcomes()[-1])


def test_an_unplugged_terminal_gives_nothing(till: Any) -> None:
    till.prepare("r1")
    till.rest(5_000)
    till.terminal.unplug()
    outcome = till.authorize("r1", Refund)
    assert outcome == TerminalRefused(device="card", ticket="r1", why="unreachable")
    assert till.terminal.journal.refunds == []


def test_unplugged_after_it_gave_the_money_it_is_found_out(till: Any) -> None:
    till.prepare("r1")
    till.command(Refund("r1", 1_250, till.baseline))
    till.run(lambda: bool(till.terminal.journal.refunds))
    till.terminal.unplug()
    till.rest(15_000)
    till.terminal.plug()
    till.run(lambda: bool(till._outcomes()))
    outcome = till._outcomes()[-1]
    assert isinstance(outcome, TerminalCompleted)
    assert_money_is_right(till, outcome)


def test_the_end_of_day_takes_refunds_off(till: Any) -> None:
    till.pay(3_000)
    till.refund(1_250)
    till.command(Settle("s1"))
    till.run(lambda: bool(till.seen(TerminalSettled)))
    settled = till.seen(TerminalSettled)[-1]
    assert (settled.done, settled.total_minor, settled.lines) == (True, 1_750, ("Visa: 2, 1750",))
    assert "Refunds 1" in till.seen(TerminalPrint)[-1].lines
    assert till.terminal.journal.open() == []
