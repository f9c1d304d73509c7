"""Preparing: from nothing to a terminal that is ready to pay, and the baseline to be handed back on an enquiry.

    (login, once a session) -> health, again while it is busy -> ready

Health is a Diagnosis where the terminal knows that; otherwise the status of the last transaction, which every one of
them answers. The *baseline* says whom the order went to and the last transaction before it, as compact JSON.
"""

from collections.abc import Callable

import msgspec

from drivers.card_terminal.nexo import messages
from drivers.card_terminal.nexo.answers import Reply, record_of
from drivers.card_terminal.nexo.call import Silence
from drivers.card_terminal.nexo.session import Ask, Procedure, Session, Wait, ask
from drivers.events import TerminalReady, TerminalRefused

UNREACHABLE, CANCELLED = "unreachable", "cancelled"
_BUSY = ("Busy", "InProgress", "busy")
_WORDS = {"Busy": "busy", "InProgress": "busy", "LoggedOut": "logged_out"}


class Baseline(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom an order went to, and the transaction before it (empty: none was known): its name, and, for whoever wants to
    know what was paid last, its record under the words of TerminalRecord."""

    sale_id: str
    poi_id: str
    category: str = ""
    service_id: str = ""
    terminal_id: str = ""
    receipt: str = ""
    trace: str = ""
    date: str = ""
    time: str = ""
    amount_minor: int = 0
    result: str = ""


def to_text(baseline: Baseline) -> str:
    """As compact JSON."""
    return msgspec.json.encode(baseline).decode()


def from_text(text: str) -> Baseline | None:
    """From JSON; None for what is no baseline of ours."""
    try:
        return msgspec.json.decode(text, type=Baseline) if text else None
    except msgspec.DecodeError:
        return None


def baseline_of(session: Session) -> Baseline:
    """As things stand now. Only what was said to us counts: a terminal may serve others too."""
    parties, last = session.terms.parties, session.last
    if last is None or (last.header.sale_id, last.header.poi_id) != (parties.sale_id, parties.poi_id):
        return Baseline(parties.sale_id, parties.poi_id)
    record = record_of(last, last.amount_minor or 0)
    told = {name: getattr(record, name) for name in _RECORD}
    return Baseline(parties.sale_id, parties.poi_id, last.header.category, last.header.service_id, **told)


_RECORD = ("terminal_id", "receipt", "trace", "date", "time", "amount_minor", "result")


def refusal(condition: str) -> str:
    """An ErrorCondition as a word for why the terminal does not take an order."""
    return _WORDS.get(condition, condition or "refused")


def login(session: Session) -> Procedure[str]:
    """Log in; empty, or why not. A second login ends what the terminal is doing: it is sent only when it is needed."""
    if session.logged_in:
        return ""
    terms = session.terms
    body = messages.login(terms.parties, session.surroundings.when(), terms.language, listens=terms.listens)
    answer = yield from ask(session, Ask("Login", body, terms.answer_ms))
    if isinstance(answer, Silence):
        session.is_away(answer.why)
        return UNREACHABLE
    if not answer.success:
        return refusal(answer.condition)
    session.logged_in = True
    return ""


def health(session: Session) -> Procedure[str]:
    """Ask how it is, once; empty when it is ready."""
    terms = session.terms
    if terms.diagnoses:
        question = Ask("Diagnosis", messages.diagnosis(), terms.answer_ms)
    else:
        question = Ask("TransactionStatus", messages.status(), terms.answer_ms)
    answer = yield from ask(session, question)
    if isinstance(answer, Silence):
        session.is_away(answer.why)
        return UNREACHABLE
    return _state(answer)


def _state(answer: Reply) -> str:
    if answer.header.category == "Diagnosis" and answer.success:
        return "" if answer.global_status in ("", "OK") else answer.global_status.lower()
    return "" if answer.success or answer.condition == "NotFound" else refusal(answer.condition)


def become_ready(session: Session) -> Procedure[str]:
    """Log in if that is needed, and wait a little for a state that passes by itself; empty when it is ready."""
    until_ms = session.now_ms + session.terms.busy_ms
    logins = 0
    while True:
        why = ""
        if session.terms.login_first and not session.logged_in:
            logins += 1
            why = yield from login(session)
        why = why or (yield from health(session))
        if why == "logged_out" and logins < 2:
            continue
        if why not in _BUSY or session.now_ms >= until_ms or session.stop_wanted:
            return why
        yield Wait(session.terms.poll_ms)


def prepare(session: Session, ticket: str, look_back: Callable[[], Procedure[None]]) -> Procedure[None]:
    """Prepare: TerminalReady or TerminalRefused. `look_back` asks once more about what people have given up."""
    why = yield from become_ready(session)
    if not why:
        yield from look_back()
    if session.stop_wanted:
        why = CANCELLED
    if why:
        session.report(TerminalRefused(device=session.device, ticket=ticket, why=why))
        return
    session.report(TerminalReady(device=session.device, ticket=ticket, baseline=to_text(baseline_of(session))))


def probe(session: Session) -> Procedure[None]:
    """Is the terminal there? It is not logged in for that: without a session it may look after itself."""
    yield from health(session)
