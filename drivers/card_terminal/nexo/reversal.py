"""Reversal: give one charge back that no sale was made of, and believe it only when the terminal says so.

The ServiceID is made from the charge, so there is one reversal of it however often it is ordered: first the terminal is
asked what became of that one, and only if it knows none it is sent. If the answer is lost the status is looked at, a
few times; the request is never sent a second time from here.
"""

from drivers.card_terminal.nexo import messages
from drivers.card_terminal.nexo.answers import Reply
from drivers.card_terminal.nexo.call import Silence
from drivers.card_terminal.nexo.names import service_id
from drivers.card_terminal.nexo.payment import reversal_body, why_not
from drivers.card_terminal.nexo.preparing import become_ready
from drivers.card_terminal.nexo.session import Ask, Procedure, Session, Wait, ask
from drivers.events import Reverse, TerminalReversed

LOOKS = 6
"""How often a lost answer is looked for, `ask_every_ms` apart."""


def reverse(session: Session, order: Reverse) -> Procedure[None]:
    """Reverse: TerminalReversed, with what the terminal said as evidence."""
    trouble = why_not(session, order.record) or (yield from become_ready(session))
    if trouble:
        _report(session, order, False, f"the terminal was not asked: {trouble}")
        return
    name = service_id(f"reversal of {order.record.terminal_id} {order.record.trace}")
    known = yield from _look(session, name)
    if isinstance(known, Reply) and known.condition == "NotFound":
        body = reversal_body(session, order.record)
        answer = yield from ask(session, Ask("Reversal", body, session.terms.finish_ms, name))
        if isinstance(answer, Reply) or not answer.sent:
            _conclude(session, order, answer)
            return
    for _ in range(LOOKS):
        if isinstance(known, Reply) and known.transaction is not None:
            break
        yield Wait(session.terms.ask_every_ms)
        known = yield from _look(session, name)
    _conclude(session, order, known)


def _look(session: Session, name: str) -> Procedure[Reply | Silence]:
    terms = session.terms
    question = messages.status(messages.reference(terms.parties, "Reversal", name))
    return (yield from ask(session, Ask("TransactionStatus", question, terms.answer_ms)))


def _conclude(session: Session, order: Reverse, answer: Reply | Silence) -> None:
    if isinstance(answer, Silence):
        _report(session, order, False, f"the terminal cannot be asked: {answer.why}")
        return
    name = service_id(f"reversal of {order.record.terminal_id} {order.record.trace}")
    found = answer.transaction
    if found is None or (found.header.category, found.header.service_id) != ("Reversal", name):
        _report(session, order, False, f"the terminal answers {answer.condition or answer.result}")
        return
    other = found.amount_minor not in (None, order.record.amount_minor)
    evidence = f"reversal {found.transaction_id or '-'}: {found.result} {found.condition}".rstrip()
    _report(session, order, found.approved and not other, evidence)


def _report(session: Session, order: Reverse, done: bool, evidence: str) -> None:
    session.report(TerminalReversed(device=session.device, ticket=order.ticket, done=done, evidence=evidence))
