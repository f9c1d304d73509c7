"""The rule of money over nexo, over every place where an answer can be lost, spoilt or forged.

The terminal's own journal is the judge: *completed* only if it holds an unreversed charge, *declined*, *refused* or
*not charged* only if it holds none; and never more than one charge for one order, now or later. *Unknown* is always
allowed, but where the terminal tells what became of the order it must not be needed.
"""

from collections.abc import Callable
from typing import Any, Literal, get_args

import pytest

from drivers.card_terminal.nexo.simulated.faults import Spoil
from drivers.events import (
    Abort,
    Authorize,
    DeviceOffline,
    Enquire,
    Prepare,
    Refund,
    TerminalAsked,
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalNotCharged,
    TerminalReady,
    TerminalRefused,
    TerminalUnknown,
)

Kind = Literal["approve", "decline", "abort"]
CUTS = ("before it hears", "when it has heard", "before it answers")
SURELY_NOT = (TerminalDeclined, TerminalRefused, TerminalNotCharged)
AFTERWARDS_MS = 200_000
ONLY_JSON = ("wrong mac", "other key", "old nonce", "echo", "in the clear")
HARMLESS = {"other currency": "json", "other kind": "json"}


def stage(till: Any, kind: Kind) -> None:
    """Somebody has paid the same amount before; the shopper pays, is declined, or changes their mind."""
    till.pay(1_250, "a0")
    till.events.clear()
    till.prepare()
    if kind == "decline":
        till.terminal.decline_next()
    if kind == "abort":
        till.taps = False


def change_minds(till: Any, kind: Kind) -> None:
    """The shopper presses cancel as soon as the terminal waits for a card, and whenever it can be pressed."""
    if kind == "abort" and till.terminal.wants == "card":
        till.device.command(Abort("a1"), till.now_ms)


def authorize(till: Any, kind: Kind) -> Any:
    till.command(Authorize("a1", 1_250, till.baseline))

    def over() -> bool:
        change_minds(till, kind)
        return bool(till._outcomes())

    till.run(over)
    return till._outcomes()[-1]


def assert_money_is_right(till: Any, outcome: object) -> None:
    standing = [entry for entry in till.terminal.journal.standing if entry.trace > 2]
    assert len([entry for entry in till.terminal.journal.charges if entry.trace > 2]) <= 1
    if isinstance(outcome, TerminalCompleted):
        assert [entry.amount_minor for entry in standing] == [1_250]
        assert int(outcome.record.trace) == standing[0].trace
    elif isinstance(outcome, SURELY_NOT):
        assert standing == []
    else:
        assert isinstance(outcome, TerminalUnknown)


@pytest.mark.parametrize("status", ["answers", "forgets", "busy", "other", "refuses"])
@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("what", ["approve", "decline", "abort"])
def test_money_is_right_wherever_the_connection_is_lost(till: Any, what: Kind, cut: Any, status: Any) -> None:
    stage(till, what)
    till.terminal.faults.cut, till.terminal.faults.status = cut, status
    outcome = authorize(till, what)
    if status == "forgets" and cut != "before it hears":
        assert isinstance(outcome, TerminalUnknown), "it has lost what was before too: that proves nothing"
    assert_money_is_right(till, outcome)
    if status == "answers":
        assert not isinstance(outcome, TerminalUnknown), "this can be found out"
    till.rest(AFTERWARDS_MS, stride_ms=10_000)
    assert_money_is_right(till, outcome)
    assert len([one for one in till.terminal.heard if one.category == "Payment"]) <= 2


@pytest.mark.parametrize("spoil", [spoil for spoil in get_args(Spoil) if spoil])
@pytest.mark.parametrize("what", ["approve", "decline"])
def test_an_answer_that_cannot_be_believed_is_a_doubt_and_the_truth_is_found(
    till: Any, kind: str, what: Kind, spoil: Spoil
) -> None:
    if spoil in ONLY_JSON and kind == "xml":
        spoil = "garbage"
    stage(till, what)
    till.terminal.faults.spoil = spoil
    till.on_event = lambda event: (
        setattr(till.terminal.faults, "spoil", "") if isinstance(event, TerminalInDoubt) else None
    )
    outcome = authorize(till, what)
    assert_money_is_right(till, outcome)
    assert isinstance(outcome, TerminalCompleted if what == "approve" else TerminalDeclined)
    facts = ("other amount", "no amount", "other currency", "other kind")
    assert bool(till.seen(TerminalInDoubt)) == (what == "approve" or spoil not in facts)


@pytest.mark.parametrize("spoil", ["other amount", "other currency", "other kind", "no amount", "partial"])
def test_a_terminal_that_insists_on_something_else_is_left_to_people(till: Any, spoil: Spoil) -> None:
    """What it did is not what was ordered, and it says so again when it is asked."""
    stage(till, "approve")
    till.terminal.faults.spoil = spoil
    answer = till.terminal.bytes_of
    till.terminal.bytes_of = lambda said, _: answer(
        said if said.repeated is None else _repeated_spoilt(said, spoil), spoil if said.repeated is None else ""
    )
    till.terminal.faults.spoils_all = True
    outcome = authorize(till, "approve")
    assert isinstance(outcome, TerminalUnknown)
    assert "asked" not in outcome.evidence


def _repeated_spoilt(said: Any, spoil: Spoil) -> Any:
    from msgspec.structs import replace

    from drivers.card_terminal.nexo.simulator import _spoilt

    return replace(said, repeated=_spoilt(said.repeated, spoil))


@pytest.mark.parametrize("spoil", [spoil for spoil in get_args(Spoil) if spoil])
def test_a_terminal_of_which_nothing_can_be_believed_never_has_the_last_word(
    till: Any, kind: str, spoil: Spoil
) -> None:
    if spoil in ONLY_JSON and kind == "xml":
        spoil = "cut short"
    stage(till, "approve")
    till.terminal.faults.spoil, till.terminal.faults.spoils_all = spoil, True
    outcome = authorize(till, "approve")
    assert_money_is_right(till, outcome)


def test_silence_after_the_card_is_found_out(till: Any) -> None:
    stage(till, "approve")
    till.terminal.faults.silent = True
    outcome = authorize(till, "approve")
    assert isinstance(outcome, TerminalCompleted)
    assert_money_is_right(till, outcome)
    assert till.seen(TerminalInDoubt)[0].why == "no answer in time"


def test_a_terminal_that_hears_nothing_is_unknown_until_it_does(till: Any) -> None:
    stage(till, "approve")
    till.terminal.faults.deaf = True
    outcome = authorize(till, "approve")
    assert isinstance(outcome, TerminalUnknown)
    till.terminal.faults.deaf = False
    till.events.clear()
    till.command(Enquire("a1", 1_250, till.baseline))
    till.run(lambda: bool(till._outcomes()))
    assert isinstance(till._outcomes()[0], TerminalNotCharged)


def test_a_shopper_who_taps_after_the_connection_was_lost_is_found(till: Any) -> None:
    stage(till, "approve")
    till.taps = False
    till.terminal.faults.cut = "when it has heard"
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: len(till.seen(TerminalAsked)) == 3)
    assert till._outcomes() == [], "it still runs: nothing is certain"
    assert till.terminal.tap_card()
    till.run(lambda: bool(till._outcomes()))
    assert isinstance(till._outcomes()[0], TerminalCompleted)
    assert_money_is_right(till, till._outcomes()[0])


def test_not_knowing_it_yet_is_no_proof(till: Any) -> None:
    """It must go on not knowing it for half a minute."""
    stage(till, "approve")
    till.terminal.faults.cut = "before it hears"
    began_ms = till.now_ms
    outcome = authorize(till, "approve")
    assert isinstance(outcome, TerminalNotCharged)
    assert till.now_ms - began_ms >= 30_000


def test_half_a_minute_of_not_knowing_it_begins_anew_when_something_else_is_said(till: Any) -> None:
    stage(till, "approve")
    till.terminal.faults.cut = "before it hears"
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: len(till.seen(TerminalAsked)) == 3)
    till.terminal.faults.status = "busy"
    till.run(lambda: len(till.seen(TerminalAsked)) == 4)
    till.rest(2_000)
    till.terminal.faults.status = "answers"
    since_ms = till.now_ms
    till.run(lambda: bool(till._outcomes()))
    assert isinstance(till._outcomes()[0], TerminalNotCharged)
    assert till.now_ms - since_ms >= 30_000


def test_a_terminal_that_lost_its_memory_proves_nothing(till: Any) -> None:
    stage(till, "approve")
    till.terminal.faults.cut = "before it answers"
    till.on_event = lambda event: till.terminal.forget() if isinstance(event, TerminalInDoubt) else None
    outcome = authorize(till, "approve")
    assert isinstance(outcome, TerminalUnknown)
    assert "what was before it" in outcome.evidence
    assert len(till.terminal.journal.standing) == 2


def test_a_payment_is_not_looked_for_at_another_terminal(till: Any) -> None:
    other = '{"sale_id":"1","poi_id":"M400-1"}'
    till.command(Enquire("a1", 1_250, other))
    till.run(lambda: bool(till._outcomes()))
    outcome = till._outcomes()[0]
    assert isinstance(outcome, TerminalUnknown)
    assert "M400-1" in outcome.evidence


def test_an_enquiry_logs_nobody_in_while_a_payment_runs(nexo_till: Callable[..., Any]) -> None:
    """A login would end it: a new process asks first."""
    till = nexo_till("xml")
    till.taps = False
    till.prepare()
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: till.terminal.wants == "card")
    reborn = nexo_till("xml")
    reborn.terminal = reborn.device.simulator = till.terminal
    till.device.close()
    reborn.now_ms = till.now_ms
    reborn.taps = False
    reborn.command(Enquire("a1", 1_250, till.baseline))
    reborn.run(lambda: len(reborn.seen(TerminalAsked)) == 2)
    assert till.terminal.tap_card()
    reborn.run(lambda: bool(reborn._outcomes()))
    assert isinstance(reborn._outcomes()[0], TerminalCompleted)
    assert len([one for one in till.terminal.heard if one.category == "Login"]) == 1


@pytest.mark.parametrize("what", ["approve", "decline"])
def test_money_is_right_when_the_till_dies(nexo_till: Callable[..., Any], kind: str, what: Kind) -> None:
    """The till loses its power after its n-th turn of a payment; a new process knows only what was kept before."""
    for turns in range(1, 9):
        till = nexo_till(kind)
        stage(till, what)
        till.device.command(Authorize("a1", 1_250, till.baseline), till.now_ms)
        for _ in range(turns):
            till.turn()
            till.now_ms += 400
        till.device.close()
        reborn = nexo_till(kind)
        reborn.terminal = reborn.device.simulator = till.terminal
        reborn.now_ms, reborn.taps = till.now_ms, False
        reborn.command(Enquire("a1", 1_250, till.baseline))
        reborn.run(lambda till=reborn: bool(till._outcomes()))
        assert_money_is_right(reborn, reborn._outcomes()[-1])


@pytest.mark.parametrize("fault", ["one_byte", "chunked"])
def test_odd_but_honest_terminals_are_paid(till: Any, fault: str) -> None:
    setattr(till.terminal.faults, fault, True)
    assert isinstance(till.pay(), TerminalCompleted)


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("back", ["refund", "charge"])
def test_what_is_given_back_is_given_once(till: Any, back: str, cut: Any) -> None:
    charge = till.pay(1_250, "a0").record if back == "charge" else None
    till.amount_minor = 1_250
    till.prepare("r1")
    till.terminal.faults.cut = cut
    till.enquires = False
    order = Refund("r1", 1_250, till.baseline, charge)
    before = len(till._outcomes())
    from drivers.events import EnquireRefund

    till.on_event = lambda event: (
        till.command(EnquireRefund("r1", 1_250, till.baseline, charge)) if isinstance(event, TerminalInDoubt) else None
    )
    till.command(order)
    till.run(lambda: len(till._outcomes()) > before)
    outcome = till._outcomes()[-1]
    journal = till.terminal.journal
    given = journal.reversals if charge is not None else journal.refunds
    assert outcome.refund
    assert len(given) == (0 if cut == "before it hears" else 1)
    assert isinstance(outcome, TerminalNotCharged if cut == "before it hears" else TerminalCompleted)


# --- doubts that people end before the terminal can ------------------------------------------------------------------


def test_a_charge_found_after_people_gave_the_enquiry_up_is_told(till: Any) -> None:
    stage(till, "approve")
    till.terminal.faults.cut, till.terminal.faults.down_ms = "when it has heard", 400_000
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: bool(till.seen(TerminalInDoubt)))
    till.rest(60_000)
    till.terminal._down_until_ms = 0  # the network is back, and at once the next shopper pays
    assert till.seen(TerminalCompleted) == []
    till.command(Prepare("a2"))
    till.run(lambda: any(event.ticket == "a2" for event in till.seen(TerminalReady)))
    found = till.seen(TerminalCompleted)
    assert [(event.ticket, event.record.amount_minor) for event in found] == [("a1", 1_250)]
    till.prepare("a3")
    assert len(till.seen(TerminalCompleted)) == 1


def test_a_key_that_the_terminal_does_not_have_is_told_in_words(nexo_till: Callable[..., Any]) -> None:
    till = nexo_till("json")
    till.terminal._sealed.identifier = "another"
    answer = till.prepare()
    assert isinstance(answer, TerminalRefused)
    assert "rejects the message" in till.seen(DeviceOffline)[0].why
