"""Recovery: what became of a payment (or refund, or reversal) whose answer was lost. Asks, never charges, never gives.

    TransactionStatus, naming the ServiceID of that very request, until something is certain:

    found, ours and a success      it stands                    found, but not what was ordered    people decide
    found, ours and a failure      a definite no                still running, busy, no answer     ask again
    not found                      see below                    too late                           people decide

A terminal that does not know the request has not done it; but it may not have heard of it *yet*, and it may have lost
its memory. So it must go on not knowing it for `confirm_ms`, and then it is asked for the transaction that was its last
before ours (the baseline): only if it still knows that one, its not knowing ours is a proof. Where no transaction was
known before, its word alone has to do.

No login is sent before it is asked for: a login ends whatever the terminal is still doing.
"""

from typing import Literal, NamedTuple

from drivers.card_terminal.nexo import messages
from drivers.card_terminal.nexo.answers import Reply, Transaction
from drivers.card_terminal.nexo.call import Silence
from drivers.card_terminal.nexo.messages import Category
from drivers.card_terminal.nexo.names import service_id
from drivers.card_terminal.nexo.payment import Enquiry, category_of, complete, contradiction, decline, is_refund
from drivers.card_terminal.nexo.preparing import Baseline, from_text, login
from drivers.card_terminal.nexo.session import Ask, Procedure, Session, Wait, ask
from drivers.events import TerminalAsked, TerminalNotCharged, TerminalUnknown

Verdict = Literal["paid", "declined", "foreign", "absent", "untold"]
_CATEGORIES: dict[str, Category] = {"Payment": "Payment", "Reversal": "Reversal"}


class Look(NamedTuple):
    """What one enquiry brought: a verdict, in words why, and the transaction if there was one."""

    verdict: Verdict
    evidence: str
    found: Transaction | None = None


class Recovered(NamedTuple):
    """How often the terminal was asked in all, and whether it has settled the doubt."""

    asked: int
    settled: bool


def look(session: Session, order: Enquiry) -> Procedure[Look]:
    """Ask once."""
    reply = yield from _status(session, category_of(order), service_id(order.ticket))
    if isinstance(reply, Silence):
        return Look("untold", f"the terminal cannot be asked: {reply.why}")
    return judge(session, order, reply)


def _status(session: Session, category: Category, wanted: str) -> Procedure[Reply | Silence]:
    """The status of that message, after a login if the terminal insists on one."""
    terms = session.terms
    question = Ask(
        "TransactionStatus", messages.status(messages.reference(terms.parties, category, wanted)), terms.answer_ms
    )
    answer = yield from ask(session, question)
    if isinstance(answer, Reply) and answer.condition == "LoggedOut":
        why = yield from login(session)
        answer = answer if why else (yield from ask(session, question))
    return answer


def judge(session: Session, order: Enquiry, reply: Reply) -> Look:
    """What one answer proves."""
    found = reply.transaction
    if reply.condition == "NotFound" and found is None:
        return Look("absent", "the terminal knows no such transaction")
    if not reply.success or found is None:
        return Look("untold", f"the terminal answers {reply.condition or reply.result}: {reply.detail}")
    if not _is_ours(session, order, found):
        return Look("foreign", f"the terminal tells of another transaction: {in_words(found)}", found)
    if found.result == "Failure":
        return Look("declined", in_words(found), found)
    wrong = contradiction(session.terms, order, found) if found.approved else f"its result is {found.result}"
    return Look("foreign", f"{wrong}: {in_words(found)}", found) if wrong else Look("paid", in_words(found), found)


def _is_ours(session: Session, order: Enquiry, found: Transaction) -> bool:
    header, parties = found.header, session.terms.parties
    theirs = (header.category, header.service_id, header.sale_id, header.poi_id)
    return theirs == (category_of(order), service_id(order.ticket), parties.sale_id, parties.poi_id)


def in_words(found: Transaction) -> str:
    """A transaction in a line, for people."""
    amount = "" if found.amount_minor is None else f", amount {found.amount_minor}"
    return (
        f"transaction {found.transaction_id or '-'} of {found.timestamp or '-'}{amount}, "
        f"{found.result}{f' ({found.condition})' if found.condition else ''}"
    )


def recover(session: Session, order: Enquiry, asked: int) -> Procedure[Recovered]:
    """Enquire, again and again, until something is certain or it is time for people."""
    baseline, parties, terms = from_text(order.baseline), session.terms.parties, session.terms
    give_up_ms = session.now_ms + terms.give_up_ms
    absent_since_ms: int | None = None
    if baseline is not None and (baseline.sale_id, baseline.poi_id) != (parties.sale_id, parties.poi_id):
        _unknown(session, order, f"it was ordered by {baseline.sale_id} at terminal {baseline.poi_id}: look there")
        return Recovered(asked, False)
    while True:
        began_ms, asked = session.now_ms, asked + 1
        session.report(TerminalAsked(device=session.device, ticket=order.ticket, times=asked))
        seen = yield from look(session, order)
        if seen.verdict != "absent":
            absent_since_ms = None
        elif absent_since_ms is None:
            absent_since_ms = session.now_ms
        if report(session, order, seen):
            return Recovered(asked, seen.verdict != "foreign")
        if absent_since_ms is not None and session.now_ms - absent_since_ms >= terms.confirm_ms:
            settled = yield from _absent(session, order, baseline, seen)
            return Recovered(asked, settled)
        if session.now_ms >= give_up_ms:
            _unknown(session, order, seen.evidence)
            return Recovered(asked, False)
        yield Wait(max(began_ms + terms.ask_every_ms - session.now_ms, terms.poll_ms))


def _absent(session: Session, order: Enquiry, baseline: Baseline | None, seen: Look) -> Procedure[bool]:
    """Whether not knowing it proves that it was not done: the terminal must still know what was before it."""
    category = _CATEGORIES.get(baseline.category) if baseline is not None else None
    if baseline is not None and category is not None:
        reply = yield from _status(session, category, baseline.service_id)
        found = reply.transaction if isinstance(reply, Reply) else None
        if found is None or found.header.service_id != baseline.service_id:
            _unknown(session, order, f"{seen.evidence}, but it does not know what was before it either")
            return False
    session.report(
        TerminalNotCharged(device=session.device, ticket=order.ticket, evidence=seen.evidence, refund=is_refund(order))
    )
    return True


def report(session: Session, order: Enquiry, seen: Look) -> bool:
    """Report what is certain now; False if there is nothing yet."""
    if seen.verdict == "paid" and seen.found is not None:
        complete(session, order, seen.found)
    elif seen.verdict == "declined" and seen.found is not None:
        decline(session, order, seen.found)
    elif seen.verdict == "foreign":
        _unknown(session, order, seen.evidence)
    else:
        return False
    return True


def _unknown(session: Session, order: Enquiry, evidence: str) -> None:
    session.report(
        TerminalUnknown(device=session.device, ticket=order.ticket, evidence=evidence, refund=is_refund(order))
    )
