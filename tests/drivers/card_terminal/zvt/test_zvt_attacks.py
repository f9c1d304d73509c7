"""Doubts that people end before the terminal can: no charge is lost from sight, nothing is proved by silence."""

from collections.abc import Callable
from typing import Any

from drivers.card_terminal.zvt import bmp, protocol
from drivers.card_terminal.zvt.messages import Status
from drivers.card_terminal.zvt.preparing import baseline_of
from drivers.card_terminal.zvt.recovery import Case, judge
from drivers.card_terminal.zvt.simulated.faults import Cut
from drivers.events import (
    Authorize,
    TerminalCompleted,
    TerminalInDoubt,
    TerminalReady,
    TerminalRecord,
    TerminalUnknown,
)


def test_a_record_without_numbers_proves_nothing_by_looking_the_same() -> None:
    bare = TerminalRecord(amount_minor=1_250, terminal_id="29001234", result="00")
    found = Status("00", bare, True, 978, "", bmp.Fields({}))
    assert judge(Case(1_250, baseline_of(bare), None, "29001234", found)) == "untold"


def test_a_lane_that_is_never_restarted_does_not_keep_every_approval(till: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(protocol, "APPROVALS_KEPT", 3, raising=False)
    for number in range(5):
        assert isinstance(till.pay(ticket=f"a{number}"), TerminalCompleted)
    assert list(till.device._device._client._approvals) == ["a2", "a3", "a4"]


def _pay_and_lose_it(till: Any) -> None:
    """The line is cut before the approval; the terminal goes on alone and takes the money."""
    assert isinstance(till.prepare("a1"), TerminalReady)
    till.terminal.faults.cut = Cut(at=4, down_ms=400_000)
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: bool(till.seen(TerminalInDoubt)))


def _next_payment_tells_of_the_first(till: Any) -> None:
    assert [charge.amount_minor for charge in till.terminal.journal.standing] == [1_250]
    assert till.seen(TerminalCompleted) == []
    assert isinstance(till.prepare("a2"), TerminalReady)
    found = till.seen(TerminalCompleted)
    assert [(event.ticket, event.record.amount_minor, event.message) for event in found] == [("a1", 1_250, 0)]
    assert till.events.index(found[0]) < till.events.index(till.seen(TerminalReady)[-1])
    till.prepare("a3")
    assert len(till.seen(TerminalCompleted)) == 1


def test_a_charge_found_after_people_gave_the_enquiry_up_is_told(make_till: Callable[..., Any]) -> None:
    till = make_till(give_up_ms=10_000_000)
    _pay_and_lose_it(till)
    till.rest(60_000)
    till.terminal._down_until_ms = 0  # the network is back, and at once the next shopper pays
    _next_payment_tells_of_the_first(till)


def test_a_charge_found_after_the_enquiry_could_not_tell_is_told(make_till: Callable[..., Any]) -> None:
    till = make_till(give_up_ms=30_000)
    _pay_and_lose_it(till)
    till.run(lambda: bool(till.seen(TerminalUnknown)))
    till.terminal._down_until_ms = 0
    _next_payment_tells_of_the_first(till)
