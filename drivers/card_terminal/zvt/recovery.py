"""Recovery: what became of a payment (or refund) whose answer was lost. Asks, never charges, never gives.

The standard contradicts itself about such payments (2.2.8 must be reversed, 2.2.9 stands, 4.2 no reversal when the
link is lost), so only the terminal's own journal counts:

    close, connect anew -> status enquiry -> registration -> last transaction (06 20) -> compare with the baseline

The baseline is the last transaction *before* ours. Records are compared by equality, never by order: numbers wrap.
RULES judges one answer. An unchanged journal proves that nothing was charged only if the terminal is ready (so that it
is not still busy with our payment) and the journal is still the same about 30 s later. As long as nothing is proved
the terminal is asked again, every 10 s; after `give_up_ms` the answer is "unknown" and people decide. An answer that
shows somebody else's transaction on top of ours cannot get better, so it is "unknown" at once.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from drivers.card_terminal.zvt import codes
from drivers.card_terminal.zvt.messages import Status
from drivers.card_terminal.zvt.preparing import (
    Baseline,
    baseline_of,
    from_text,
    last_record,
    open_line,
    readiness,
    register,
)
from drivers.card_terminal.zvt.reversible import reverses
from drivers.card_terminal.zvt.session import Procedure, Session, pause
from drivers.events import (
    Enquire,
    EnquireRefund,
    TerminalAsked,
    TerminalCompleted,
    TerminalDeclined,
    TerminalNotCharged,
    TerminalRecord,
    TerminalUnknown,
)

Enquiry = Enquire | EnquireRefund
Verdict = Literal["paid", "declined", "reversed", "unchanged", "foreign", "untold"]
TRACE_WRAPS = (9_999, 999_999)


class Case(NamedTuple):
    """All that is known of one payment in doubt when its terminal has answered."""

    amount_minor: int
    baseline: Baseline | None
    approved: TerminalRecord | None
    """Our approval, if this process saw it."""
    terminal_id: str
    found: Status
    charge: TerminalRecord | None = None
    """The charge that was to be taken back."""


def _ours(case: Case) -> bool:
    """The found record is the very one that we saw approved."""
    seen, found = case.approved, case.found.record
    return seen is not None and (seen.receipt, seen.trace, seen.date) == (found.receipt, found.trace, found.date)


def _unchanged(case: Case) -> bool:
    return case.baseline is not None and baseline_of(case.found.record) == case.baseline


def _only_looks_unchanged(case: Case) -> bool:
    """Neither receipt nor trace: two charges of one amount would look the same."""
    return _unchanged(case) and not case.found.record.receipt and not case.found.record.trace


def _reverses_ours(case: Case) -> bool:
    """A reversal that names our trace. If we never saw it: the number after the baseline's, which must be ours."""
    original = case.found.record.original_trace
    if not original or case.found.result != codes.APPROVED:
        return False
    if case.approved is not None:
        return _same_number(original, case.approved.trace)
    return case.baseline is not None and any(
        _same_number(original, following) for following in _after(case.baseline.trace)
    )


def _same_number(one: str, other: str) -> bool:
    return one.isdigit() and other.isdigit() and int(one) == int(other)


def _after(trace: str) -> tuple[str, ...]:
    if not trace.isdigit():
        return ()
    return (str(int(trace) + 1), *("1" for wrap in TRACE_WRAPS if int(trace) == wrap))


def _other_terminal(case: Case) -> bool:
    told = case.found.record.terminal_id
    known = case.baseline.terminal_id if case.baseline is not None else ""
    return bool(told) and any(told != other for other in (known, case.terminal_id) if other)


def _other_amount(case: Case) -> bool:
    """A failed payment may come without its amount; an approved one may not."""
    absent_is_other = case.found.result == codes.APPROVED
    return case.found.record.amount_minor != case.amount_minor if case.found.has_amount else absent_is_other


def _not_ours(case: Case) -> bool:
    """We saw our approval, and this is another record."""
    return case.approved is not None and not _ours(case)


def _is_reversal(case: Case) -> bool:
    return bool(case.found.record.original_trace)


def _approved(case: Case) -> bool:
    return case.found.result == codes.APPROVED


def _failed(case: Case) -> bool:
    return bool(case.found.result) and case.found.result != codes.APPROVED


def _cannot_be_placed(case: Case) -> bool:
    """No baseline to be newer than, and no approval to be equal to."""
    return case.baseline is None and case.approved is None


def _may_hide_a_reversal(case: Case) -> bool:
    """A field that only its maker knows ended the reading: field 37 may stand behind it."""
    return _approved(case) and not case.found.fields.whole and not _ours(case)


RULES: tuple[tuple[Callable[[Case], bool], Verdict], ...] = (
    (_only_looks_unchanged, "untold"),
    (_unchanged, "unchanged"),
    (_other_terminal, "foreign"),
    (_other_amount, "foreign"),
    (_reverses_ours, "reversed"),
    (_is_reversal, "foreign"),
    (_not_ours, "foreign"),
    (_cannot_be_placed, "untold"),
    (_may_hide_a_reversal, "untold"),
    (_approved, "paid"),
    (_failed, "declined"),
)
"""The first rule that holds gives the verdict; if none does, the record says nothing."""


def _takes_it_back(case: Case) -> bool:
    """Also the very record that was there before the order: then it was given back before it was ordered."""
    return case.charge is not None and reverses(case.found, case.charge)


TAKING_BACK: tuple[tuple[Callable[[Case], bool], Verdict], ...] = (
    (_other_terminal, "foreign"),
    (_takes_it_back, "paid"),
    (_only_looks_unchanged, "untold"),
    (_unchanged, "unchanged"),
    (_other_amount, "foreign"),
    (_failed, "declined"),
    (_approved, "foreign"),
)
"""The same for a charge that was to be taken back: only a record that names its trace says that it was."""


def judge(case: Case) -> Verdict:
    """What one answer of the terminal proves."""
    rules = RULES if case.charge is None else TAKING_BACK
    return next((verdict for holds, verdict in rules if holds(case)), "untold")


_SETTLED = ("paid", "declined", "reversed")


class Look(NamedTuple):
    """What one enquiry brought: a verdict, in words why, and the record if there was one."""

    verdict: Verdict
    evidence: str
    found: Status | None = None


def look(session: Session, order: Enquiry, approved: TerminalRecord | None) -> Procedure[Look]:
    """Ask once, on a new connection."""
    session.hang_up()
    trouble = (yield from open_line(session)) or (yield from readiness(session)) or (yield from register(session))
    if trouble:
        return Look("untold", f"the terminal cannot be asked: {trouble}")
    last = yield from last_record(session)
    if last.status is None:
        return Look("untold", last.why)
    verdict = judge(case_of(session, order, approved, last.status))
    return Look(verdict, in_words(last.status), last.status)


def case_of(session: Session, order: Enquiry, approved: TerminalRecord | None, found: Status) -> Case:
    """What is known of an order that is in doubt."""
    charge = order.charge if isinstance(order, EnquireRefund) else None
    return Case(order.amount_minor, from_text(order.baseline), approved, session.terminal_id, found, charge)


def in_words(status: Status) -> str:
    """A record in a line, for people."""
    record = status.record
    reverses = f", reverses trace {record.original_trace}" if record.original_trace else ""
    return (
        f"the terminal's last transaction: receipt {record.receipt or '-'}, trace {record.trace or '-'}, "
        f"amount {record.amount_minor}, result {record.result or '-'}{reverses}"
    )


class Recovered(NamedTuple):
    """How often the terminal was asked in all, and whether it has settled the doubt."""

    asked: int
    settled: bool


def recover(session: Session, order: Enquiry, approved: TerminalRecord | None, asked: int) -> Procedure[Recovered]:
    """Enquire, again and again, until something is proved or it is time for people."""
    give_up_ms = session.now_ms + session.terms.give_up_ms
    unchanged_since_ms: int | None = None
    while True:
        began_ms, asked = session.now_ms, asked + 1
        session.report(TerminalAsked(device=session.device, ticket=order.ticket, times=asked))
        seen = yield from look(session, order, approved)
        if seen.verdict != "unchanged":
            unchanged_since_ms = None
        elif unchanged_since_ms is None:
            unchanged_since_ms = session.now_ms
        proved = unchanged_since_ms is not None and session.now_ms - unchanged_since_ms >= session.terms.confirm_ms
        if report(session, order, seen, proved=proved, late=session.now_ms >= give_up_ms):
            return Recovered(asked, proved or seen.verdict in _SETTLED)
        session.hang_up()
        yield from pause(session, max(began_ms + session.terms.ask_every_ms - session.now_ms, session.terms.poll_ms))


def report(session: Session, order: Enquiry, seen: Look, *, proved: bool = False, late: bool = False) -> bool:
    """Report what is certain now; False if there is nothing yet."""
    device, ticket, refund = session.device, order.ticket, isinstance(order, EnquireRefund)
    if seen.verdict == "paid" and seen.found is not None:
        session.report(TerminalCompleted(device=device, ticket=ticket, record=seen.found.record, refund=refund))
    elif seen.verdict == "declined" and seen.found is not None:
        why, detail = codes.decline_reason(seen.found.result), seen.found.result
        session.report(TerminalDeclined(device=device, ticket=ticket, why=why, detail=detail, refund=refund))
    elif seen.verdict == "reversed" or proved:
        session.report(TerminalNotCharged(device=device, ticket=ticket, evidence=seen.evidence, refund=refund))
    elif seen.verdict == "foreign" or late:
        session.report(TerminalUnknown(device=device, ticket=ticket, evidence=seen.evidence, refund=refund))
    else:
        return False
    return True
