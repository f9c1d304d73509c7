"""Preparing: from a closed line to a terminal that is ready to pay, and the baseline to compare with later.

    open the line -> registration (06 00) -> status enquiry (05 01) until ready -> last transaction (06 20)

The registration lives as long as the line. The *baseline* is the terminal's last transaction before ours, as compact
JSON; an enquiry after a lost answer asks for the last transaction again and compares (see `recovery`). A terminal that
does not tell its last transaction gives an empty baseline: then the payment is possible, but a doubt is harder to
settle. Some terminals drop idle connections, so a line that turns out to be dead is opened anew, once.
"""

from collections.abc import Callable

import msgspec

from drivers.card_terminal.zvt import codes, messages
from drivers.card_terminal.zvt.conversation import Ending, Listener, converse
from drivers.card_terminal.zvt.messages import Status
from drivers.card_terminal.zvt.session import Opened, Procedure, Session, TimeUp, pause
from drivers.events import TerminalReady, TerminalRecord, TerminalRefused

UNREACHABLE = "unreachable"
CANCELLED = "cancelled"
RECONCILE = "reconcile"
"""It wants its end of day first."""
PASSING = ("busy", "card_in")
"""States that pass by themselves, worth a short wait."""


def open_line(session: Session) -> Procedure[str]:
    """Open the line if it is not open; empty, or why not. A refused line is tried again until `connect_ms` is over."""
    if session.is_open:
        return ""
    session.want_line()
    session.wait(session.terms.connect_ms)
    while True:
        match (yield):
            case Opened():
                session.wait(None)
                return ""
            case TimeUp():
                session.hang_up()
                return UNREACHABLE


def register(session: Session) -> Procedure[str]:
    """Log on; empty, or why not. An open line is registered once."""
    if session.registered:
        return ""
    terms = session.terms
    order = messages.registration(terms.password, terms.currency, unattended=terms.unattended, columns=terms.columns)
    ending = yield from converse(session, order, Listener())
    if ending.how != "completed":
        return _why_not(ending)
    session.registered = session.logged_on = True
    session.terminal_id = ending.terminal_id or session.terminal_id
    return ""


def connect(session: Session) -> Procedure[str]:
    """An open and registered line; empty, or why not. Reports whether the terminal is there, when that is news."""
    if session.out_of_step:
        session.hang_up()
        yield from pause(session, session.terms.poll_ms)
        session.out_of_step = False
    was_open = session.is_open
    why = (yield from open_line(session)) or (yield from register(session))
    if why == UNREACHABLE and was_open:
        why = (yield from open_line(session)) or (yield from register(session))
    if not why:
        session.is_there()
    elif why not in PASSING:
        session.is_away(why)
    return why


def readiness(session: Session) -> Procedure[str]:
    """Ask for the terminal's state, once; empty when it is ready."""
    ending = yield from converse(session, messages.status_enquiry(), Listener())
    if ending.how != "completed":
        return _why_not(ending)
    session.version = ending.version or session.version
    session.card_is(ending.code == codes.CARD_IN)
    if ending.code != codes.READY:
        return codes.refusal(ending.code)
    session.is_ready()
    return ""


def _why_not(ending: Ending) -> str:
    return UNREACHABLE if ending.how in ("lost", "silent") else codes.refusal(ending.code)


def become_ready(session: Session) -> Procedure[str]:
    """Wait a little (T3) for a state that passes by itself; empty when it is ready."""
    until_ms = session.now_ms + session.terms.t3_ms
    while True:
        why = yield from readiness(session)
        if why not in PASSING or session.now_ms >= until_ms or session.stop_wanted:
            return why
        yield from pause(session, session.terms.poll_ms)
        if not session.is_open:
            return (yield from connect(session)) or (yield from readiness(session))


class LastRecord(msgspec.Struct, frozen=True):
    """The answer to `06 20`: the transaction, or None and in `why` what came instead."""

    status: Status | None
    why: str = ""


def last_record(session: Session) -> Procedure[LastRecord]:
    """Ask for the last transaction. Only a whole status followed by `06 0F` counts: a part would compare wrongly."""
    listener = Listener()
    ending = yield from converse(session, messages.repeat_receipt(session.terms.password), listener)
    if ending.how != "completed":
        return LastRecord(None, f"the terminal's journal: {ending.why}")
    if listener.last is None:
        return LastRecord(None, "the terminal does not tell its last transaction")
    if listener.last.fields.cut:
        return LastRecord(None, "the terminal's last transaction arrived damaged")
    return LastRecord(listener.last)


class Baseline(msgspec.Struct, frozen=True, omit_defaults=True):
    """What makes a transaction the same one: compared as a whole, by equality only (numbers wrap at 9999)."""

    terminal_id: str = ""
    receipt: str = ""
    trace: str = ""
    date: str = ""
    time: str = ""
    amount_minor: int = 0
    result: str = ""


def baseline_of(record: TerminalRecord) -> Baseline:
    """The part of a record that a baseline keeps."""
    return Baseline(**{name: getattr(record, name) for name in Baseline.__struct_fields__})


def remember(session: Session, record: TerminalRecord) -> None:
    """From now on this transaction is an old one."""
    session.seen.append(baseline_of(record))


def is_old(session: Session, record: TerminalRecord) -> bool:
    """Whether the terminal has told of this very transaction before. Without numbers of its own none can be told."""
    numbered = any(number.strip("0") for number in (record.receipt, record.trace))
    return numbered and baseline_of(record) in session.seen


def to_text(baseline: Baseline | None) -> str:
    """As compact JSON; empty for none."""
    return "" if baseline is None else msgspec.json.encode(baseline).decode()


def from_text(text: str) -> Baseline | None:
    """From JSON; None for empty, and for what is no baseline (of another driver, or of an older version)."""
    try:
        return msgspec.json.decode(text, type=Baseline) if text else None
    except msgspec.DecodeError:
        return None


def prepare(session: Session, ticket: str, compare: Callable[[Status], None]) -> Procedure[None]:
    """Prepare: TerminalReady or TerminalRefused. `compare` sees the last transaction before it is a baseline."""
    why = (yield from connect(session)) or (yield from become_ready(session))
    last = LastRecord(None)
    if not why:
        last = yield from last_record(session)
        why = "" if session.is_open else UNREACHABLE
    if session.stop_wanted:
        why = CANCELLED
    if why:
        if why == RECONCILE:
            session.is_occupied(why)
        session.report(TerminalRefused(device=session.device, ticket=ticket, why=why))
        return
    if last.status is not None:
        compare(last.status)
        remember(session, last.status.record)
    text = to_text(baseline_of(last.status.record) if last.status is not None else None)
    session.report(TerminalReady(device=session.device, ticket=ticket, baseline=text))
