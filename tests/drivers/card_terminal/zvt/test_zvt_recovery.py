"""What the terminal's last transaction proves about a payment whose answer was lost."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from drivers.card_terminal.zvt import bmp
from drivers.card_terminal.zvt.messages import Status
from drivers.card_terminal.zvt.preparing import Baseline, baseline_of, from_text, to_text
from drivers.card_terminal.zvt.recovery import Case, judge
from drivers.card_terminal.zvt.simulated.faults import Cut
from drivers.events import (
    Enquire,
    TerminalAsked,
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalNotCharged,
    TerminalRecord,
    TerminalUnknown,
)

BEFORE = TerminalRecord(
    amount_minor=1_250, terminal_id="29001234", receipt="0175", trace="000312", date="1123", time="091200", result="00"
)
OURS = msgspec.structs.replace(BEFORE, receipt="0176", trace="000313", time="091340")


def told(record: TerminalRecord, *, has_amount: bool = True) -> Status:
    return Status(record.result, record, has_amount, 978, "", bmp.Fields({}))


BASELINE = baseline_of(BEFORE)


def verdict(found: Status, *, baseline: Baseline | None = BASELINE, approved: TerminalRecord | None = None) -> str:
    return judge(Case(1_250, baseline, approved, "29001234", found))


def ours(**changes: Any) -> Status:
    return told(msgspec.structs.replace(OURS, **changes))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (told(BEFORE), "unchanged"),
        (ours(), "paid"),
        (ours(result="05"), "declined"),
        (ours(amount_minor=1_350), "foreign"),
        (ours(terminal_id="29009999"), "foreign"),
        (ours(terminal_id=""), "paid"),
        (ours(result=""), "untold"),
        (ours(result="05", amount_minor=777), "foreign"),
        (told(msgspec.structs.replace(OURS, amount_minor=0, result="6C"), has_amount=False), "declined"),
        (told(msgspec.structs.replace(OURS, amount_minor=0), has_amount=False), "foreign"),
        (ours(receipt="0177", trace="000314", original_trace="000313"), "reversed"),
        (ours(receipt="0177", trace="000314", original_trace="000312"), "foreign"),
        (ours(receipt="0177", trace="000314", original_trace="000299"), "foreign"),
        (ours(receipt="0177", trace="000314", original_trace="000313", result="B5"), "foreign"),
        (ours(receipt="0001", trace="000001"), "paid"),
    ],
)
def test_a_record_judged_by_the_baseline_alone(found: Status, expected: str) -> None:
    assert verdict(found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (ours(), "paid"),
        (ours(receipt="0177", trace="000314"), "foreign"),
        (ours(receipt="0177", trace="000314", original_trace="000313"), "reversed"),
        (ours(receipt="0177", trace="000314", original_trace="313"), "reversed"),
        (ours(receipt="0178", trace="000315", original_trace="000314"), "foreign"),
        (ours(receipt="0177", trace="000314", result="05"), "foreign"),
        (told(BEFORE), "unchanged"),
    ],
)
def test_a_record_judged_when_we_saw_our_approval(found: Status, expected: str) -> None:
    assert verdict(found, approved=OURS) == expected


def half_read(status: Status) -> Status:
    return msgspec.structs.replace(status, fields=bmp.Fields({}, whole=False))


def test_a_record_that_cannot_be_read_to_its_end_may_hide_that_it_is_a_reversal() -> None:
    """A field that only its maker knows ends the reading; field 37 may stand behind it."""
    assert verdict(half_read(ours())) == "untold"
    assert verdict(half_read(ours()), approved=OURS) == "paid"
    assert verdict(half_read(ours(result="05"))) == "declined"
    assert verdict(half_read(told(BEFORE))) == "unchanged"


def test_without_a_baseline_a_record_may_be_an_old_one() -> None:
    assert verdict(ours(), baseline=None) == "untold"
    assert verdict(ours(), baseline=None, approved=OURS) == "paid"


@pytest.mark.parametrize("trace", ["009999", "999999"])
def test_numbers_may_wrap(trace: str) -> None:
    before = baseline_of(msgspec.structs.replace(BEFORE, receipt="9999", trace=trace))
    back = ours(receipt="0002", trace="000002", original_trace="000001")
    assert verdict(back, baseline=before) == "reversed"
    assert verdict(ours(receipt="0001", trace="000001"), baseline=before) == "paid"


def test_the_baseline_survives_as_text() -> None:
    baseline = baseline_of(BEFORE)
    assert from_text(to_text(baseline)) == baseline
    assert to_text(None) == ""
    assert from_text("") is None
    assert from_text("not ours") is None


def test_an_unchanged_journal_must_stay_unchanged_for_half_a_minute(till: Any) -> None:
    till.prepare()
    till.terminal.faults.cut = Cut(1, delivered=False)
    answer = till.authorize()
    asked = till.seen(TerminalAsked)
    assert isinstance(answer, TerminalNotCharged)
    assert [event.times for event in asked] == list(range(1, len(asked) + 1))
    assert len(asked) >= 4


def test_it_gives_up_and_says_so_and_asks_again_when_told(till: Any) -> None:
    till.prepare()
    till.terminal.faults.cut = Cut(3)
    till.terminal.faults.repeat = "silent"
    began_ms = till.now_ms
    assert isinstance(till.authorize(), TerminalUnknown)
    assert 180_000 <= till.now_ms - began_ms <= 200_000
    asked = len(till.seen(TerminalAsked))
    till.terminal.faults.repeat = "answers"
    till.command(Enquire("a1", till.amount_minor, till.baseline))
    till.run(lambda: bool(till.seen(TerminalCompleted)))
    assert till.seen(TerminalAsked)[-1].times == asked + 1
    assert len(till.terminal.journal.charges) == 1


def test_somebody_elses_transaction_on_top_is_unknown_at_once(till: Any) -> None:
    till.prepare()
    till.terminal.faults.cut = Cut(3)
    till.terminal.faults.repeat = "other"
    began_ms = till.now_ms
    answer = till.authorize()
    assert isinstance(answer, TerminalUnknown)
    assert "777" in answer.evidence
    assert till.now_ms - began_ms < 30_000


def test_an_enquiry_never_charges(till: Any) -> None:
    till.prepare()
    till.command(Enquire("a1", 1_250, till.baseline))
    till.run(lambda: bool(till.seen(TerminalNotCharged)))
    assert till.terminal.journal.charges == []


def test_a_terminal_that_never_repeats_leaves_the_doubt_to_people(make_till: Callable[..., Any]) -> None:
    till = make_till()
    till.terminal.faults.never_repeats = True
    till.prepare()
    assert till.baseline == ""
    till.terminal.faults.cut = Cut(3)
    assert isinstance(till.authorize(), TerminalUnknown)


def test_a_cancelled_payment_whose_end_was_lost_is_found_declined(till: Any) -> None:
    till.taps = False
    till.prepare()
    till.on_event = lambda event: till.terminal.cancel_on_terminal() if getattr(event, "step", "") == "card" else None
    till.terminal.faults.cut = Cut(6, delivered=False)
    answer = till.authorize()
    assert till.seen(TerminalInDoubt)
    assert isinstance(answer, TerminalDeclined)
    assert answer.message == 0
