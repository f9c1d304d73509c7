"""A serial line on which one block goes wrong: every block of a payment, in every way, in both directions.

The terminal's own journal is the judge, as in the matrix of lost lines: no charge is doubled, none is told that was not
made, and where the line works again the truth is found out.
"""

from collections.abc import Callable
from typing import Any

import pytest

from drivers.card_terminal.zvt.simulated.faults import BlockFault
from drivers.events import (
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalNotCharged,
    TerminalPrint,
    TerminalRefused,
    TerminalUnknown,
)

SERIAL = "/dev/ttyS9"
BLOCKS = range(1, 17)
"""A whole payment: the order, seven messages of the terminal (three states, the status, two papers, the end), and the
answer to each."""
SURELY_NOT = (TerminalDeclined, TerminalRefused, TerminalNotCharged)


def paid(make_till: Callable[..., Any], fault: BlockFault, **faults: Any) -> tuple[Any, Any]:
    """A payment with one bad block after a payment of the same amount by somebody else; the till and the outcome."""
    till = make_till(port=SERIAL)
    till.terminal.journal.foreign(1_250, 0)
    till.prepare()
    till.terminal.faults.block = fault
    for name, value in faults.items():
        setattr(till.terminal.faults, name, value)
    return till, till.authorize()


def assert_money_is_right(till: Any, outcome: Any) -> None:
    charges, standing = till.terminal.journal.charges, till.terminal.journal.standing
    assert len(charges) <= 1, "never charged twice"
    if isinstance(outcome, TerminalCompleted):
        assert [entry.amount_minor for entry in standing] == [1_250]
        assert int(outcome.record.receipt) == standing[0].receipt
    elif isinstance(outcome, SURELY_NOT):
        assert standing == []
    else:
        assert isinstance(outcome, TerminalUnknown)


@pytest.mark.parametrize("on_loss", ["keep", "reverse"])
@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("kind", ["garbled", "half", "lost", "unconfirmed"])
def test_money_is_right_whichever_block_goes_wrong(
    make_till: Callable[..., Any], kind: Any, times: int, on_loss: Any
) -> None:
    for at in BLOCKS:
        till, outcome = paid(make_till, BlockFault(at, kind, times), on_loss=on_loss)
        assert not isinstance(outcome, TerminalUnknown), f"block {at} can be found out"
        till.rest(200_000, stride_ms=10_000)
        assert_money_is_right(till, outcome)


@pytest.mark.parametrize("kind", ["garbled", "half"])
def test_a_damaged_block_is_sent_again_and_nobody_notices(make_till: Callable[..., Any], kind: Any) -> None:
    """The 15 proves that it was not taken, so even the order to pay may be repeated."""
    for at in BLOCKS:
        till, outcome = paid(make_till, BlockFault(at, kind))
        assert isinstance(outcome, TerminalCompleted), f"block {at}"
        assert till.seen(TerminalInDoubt) == [], f"block {at}"
        assert till.terminal.faults.block is None, f"block {at} did go wrong"
        assert_money_is_right(till, outcome)


@pytest.mark.parametrize("kind", ["lost", "unconfirmed"])
def test_a_paper_that_is_sent_twice_is_printed_once(make_till: Callable[..., Any], kind: Any) -> None:
    for at in BLOCKS:
        till, outcome = paid(make_till, BlockFault(at, kind))
        if isinstance(outcome, TerminalCompleted) and not till.seen(TerminalInDoubt):
            assert [paper.copy for paper in till.seen(TerminalPrint)] == ["merchant", "customer"], f"block {at}"


def test_an_order_to_pay_that_is_not_confirmed_is_not_sent_again(make_till: Callable[..., Any]) -> None:
    till, outcome = paid(make_till, BlockFault(1, "lost"))
    assert len(till.seen(TerminalInDoubt)) == 1
    assert_money_is_right(till, outcome)
    assert isinstance(till.pay(ticket="a2"), TerminalCompleted), "and the lane goes on"


def test_the_next_payment_after_every_trouble_is_a_payment_of_its_own(make_till: Callable[..., Any]) -> None:
    """A block that came twice must not shift every later answer by one: then an old payment would pay a new sale."""
    for at in BLOCKS:
        for kind in ("lost", "unconfirmed"):
            till, _ = paid(make_till, BlockFault(at, kind))  # type: ignore[arg-type]
            before = len(till.terminal.journal.standing)
            answer = till.prepare("a2")
            if isinstance(answer, TerminalRefused):
                answer = till.prepare("a3")
            outcome = till.authorize("a4")
            assert isinstance(outcome, TerminalCompleted), f"block {at} {kind}"
            assert len(till.terminal.journal.standing) == before + 1
            assert int(outcome.record.receipt) == till.terminal.journal.last.receipt
