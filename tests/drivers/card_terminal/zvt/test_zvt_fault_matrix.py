"""The rule of money, over every place where a line or the power can be lost.

The terminal's own journal is the judge: *completed* only if it holds an unreversed charge, *declined*, *refused* or
*not charged* only if it holds none; and never more than one charge for one order, now or later. *Unknown* is always
allowed, but where the terminal tells its last transaction it must not be needed.
"""

from collections.abc import Callable
from typing import Any, Literal

import pytest

from drivers.card_terminal.zvt.driver import Settings, ZvtTerminal
from drivers.card_terminal.zvt.simulated.faults import Cut
from drivers.card_terminal.zvt.simulated.journal import Journal
from drivers.events import (
    Abort,
    Authorize,
    Enquire,
    TerminalCompleted,
    TerminalDeclined,
    TerminalNotCharged,
    TerminalRefused,
    TerminalText,
    TerminalUnknown,
)
from drivers.simulated import SimulatedDevice

Kind = Literal["approve", "decline", "abort"]
MESSAGES = 17
"""More than a whole payment has."""
SURELY_NOT = (TerminalDeclined, TerminalRefused, TerminalNotCharged)
AFTERWARDS_MS = 200_000


def stage(till: Any, kind: Kind) -> None:
    """Somebody has paid the same amount before; the shopper pays, is declined, or changes their mind."""
    till.terminal.journal.foreign(1_250, 0)
    till.prepare()
    if kind == "decline":
        till.terminal.decline_next()
    if kind == "abort":
        till.taps = False
        till.on_event = lambda event: (
            till.command(Abort("a1")) if isinstance(event, TerminalText) and event.step == "card" else None
        )


def assert_money_is_right(till: Any, outcome: object) -> None:
    standing, charges = till.terminal.journal.standing, till.terminal.journal.charges
    assert len(charges) <= 1
    if isinstance(outcome, TerminalCompleted):
        assert [entry.amount_minor for entry in standing] == [1_250]
        assert int(outcome.record.receipt) == standing[0].receipt
    elif isinstance(outcome, SURELY_NOT):
        assert standing == []
    else:
        assert isinstance(outcome, TerminalUnknown)


CUTS = [Cut(at, delivered, power) for at in range(1, MESSAGES) for delivered, power in ((1, 0), (0, 0), (1, 1))]


@pytest.mark.parametrize("repeat", ["answers", "silent", "refused", "other"])
@pytest.mark.parametrize("on_loss", ["keep", "reverse"])
@pytest.mark.parametrize("kind", ["approve", "decline", "abort"])
def test_money_is_right_wherever_the_line_is_lost(
    make_till: Callable[..., Any], kind: Kind, on_loss: Any, repeat: Any
) -> None:
    for cut in CUTS:
        till = make_till()
        stage(till, kind)
        till.terminal.faults.on_loss, till.terminal.faults.repeat, till.terminal.faults.cut = on_loss, repeat, cut
        outcome = till.authorize()
        assert_money_is_right(till, outcome)
        if repeat == "answers":
            assert not isinstance(outcome, TerminalUnknown), f"{cut} can be found out"
        till.rest(AFTERWARDS_MS, stride_ms=10_000)
        assert_money_is_right(till, outcome)


@pytest.mark.parametrize("repeat", ["answers", "silent", "refused", "other"])
@pytest.mark.parametrize("on_loss", ["keep", "reverse"])
@pytest.mark.parametrize("kind", ["approve", "decline", "abort"])
def test_money_is_right_on_a_serial_line(make_till: Callable[..., Any], kind: Kind, on_loss: Any, repeat: Any) -> None:
    for cut in CUTS[:: 2 if repeat == "answers" else 8]:
        till = make_till(port="/dev/ttyS9")
        stage(till, kind)
        till.terminal.faults.on_loss, till.terminal.faults.repeat, till.terminal.faults.cut = on_loss, repeat, cut
        outcome = till.authorize()
        assert_money_is_right(till, outcome)
        if repeat == "answers":
            assert not isinstance(outcome, TerminalUnknown), f"{cut} can be found out"


@pytest.mark.parametrize("on_loss", ["keep", "reverse"])
@pytest.mark.parametrize("kind", ["approve", "decline", "abort"])
def test_money_is_right_when_the_till_dies(make_till: Callable[..., Any], kind: Kind, on_loss: Any) -> None:
    """The till loses its power after its n-th turn of a payment; a new process knows only what was kept before."""
    for turns in range(1, 14):
        till = make_till()
        stage(till, kind)
        till.terminal.faults.on_loss = on_loss
        till.device.command(Authorize("a1", 1_250, till.baseline), till.now_ms)
        for _ in range(turns):
            till.turn()
            till.now_ms += 400
        till.device.close()
        settings = Settings(currency="EUR", port="socket://terminal")
        till.device = SimulatedDevice(till.terminal, lambda port, chosen=settings: ZvtTerminal("card", port, chosen))
        till.events.clear()
        till.taps = False
        till.command(Enquire("a1", 1_250, till.baseline))
        till.run(lambda till=till: bool(till._outcomes()))
        assert_money_is_right(till, till._outcomes()[-1])


@pytest.mark.parametrize("fault", ["duplicate_status", "odd_positive", "extended", "one_byte", "chatter", "late_abort"])
def test_odd_but_honest_terminals_are_paid(till: Any, fault: str) -> None:
    setattr(till.terminal.faults, fault, True)
    outcome = till.pay()
    assert isinstance(outcome, TerminalCompleted)
    assert_money_is_right(till, outcome)


def test_a_late_approval_after_a_cancel_is_told_as_what_it_is(till: Any) -> None:
    stage(till, "abort")
    till.taps = True
    till.terminal.faults.late_abort = True
    outcome = till.authorize()
    assert isinstance(outcome, TerminalCompleted)
    assert_money_is_right(till, outcome)


@pytest.mark.parametrize("fault", ["no_status", "wrong_amount"])
@pytest.mark.parametrize("on_loss", ["keep", "reverse"])
def test_an_end_without_proof_is_enquired(till: Any, fault: str, on_loss: Any) -> None:
    till.terminal.faults.on_loss = on_loss
    setattr(till.terminal.faults, fault, True)
    assert_money_is_right(till, till.pay())


def test_a_shopper_who_taps_after_the_line_was_lost_is_found(till: Any) -> None:
    """The journal shows nothing new for most of a minute: only the state tells that the payment still runs."""
    till.taps = False
    till.prepare()
    till.terminal.faults.cut = Cut(4)
    till.terminal.faults.answers_while_busy = True
    began_ms = till.now_ms
    till.on_event = lambda event: till.now_ms > began_ms + 45_000 and till.terminal.tap_card()
    outcome = till.authorize()
    assert isinstance(outcome, TerminalCompleted)
    assert_money_is_right(till, outcome)


def test_declines_end_either_way(till: Any) -> None:
    till.terminal.decline_next()
    till.terminal.faults.decline_ends_with = "06 0F"
    outcome = till.pay()
    assert isinstance(outcome, TerminalDeclined)
    assert_money_is_right(till, outcome)


@pytest.mark.parametrize("on_loss", ["keep", "reverse"])
def test_a_till_that_never_confirms_finds_out_afterwards(till: Any, on_loss: Any) -> None:
    till.acknowledges = False
    till.terminal.faults.on_loss = on_loss
    assert_money_is_right(till, till.pay())


def test_receipt_numbers_may_wrap_under_a_doubt(make_till: Callable[..., Any]) -> None:
    till = make_till()
    till.terminal.journal = Journal(receipt=9_999, trace=999_999)
    till.prepare()
    till.terminal.faults.cut = Cut(9)
    outcome = till.authorize()
    assert isinstance(outcome, TerminalCompleted)
    assert outcome.record.receipt == "0001"
