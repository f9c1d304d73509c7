"""Settlement: the end of day. The totals are closed, where the terminal has any; then it is logged out.

Which terminals have totals no guide says: Adyen's documents the request, Swedbank Pay's names none for its PAX
terminals ("we are far from giving support for everything"). So each is asked, and one that does not know the request
closes its day itself: that is no trouble, and is told as it is where nobody asks.

Logged out, with maintenance allowed, a terminal fetches its parameters and programs: it needs an hour of that each day,
and the night is when a shop can spare it. The next payment logs in again.
"""

from drivers.card_terminal.nexo import messages
from drivers.card_terminal.nexo.call import Silence
from drivers.card_terminal.nexo.preparing import login, refusal
from drivers.card_terminal.nexo.session import Ask, Procedure, Session, ask
from drivers.events import Settle, TerminalSettled

CLOSES_ITSELF = "the terminal closes its day itself"
_KNOWS_NONE = frozenset(("MessageFormat", "NotAllowed", "UnavailableService"))
"""Conditions with which a terminal says that it has no totals to close."""


def settle(session: Session, order: Settle) -> Procedure[None]:
    """Settle: TerminalSettled. Not done, if the terminal did not say that it is."""
    why = yield from _reconcile(session, order) if session.terms.reconciles else _nothing()
    if why or not session.terms.reconciles:
        _not_done(session, order, why or CLOSES_ITSELF)
    if session.logged_in or session.terms.login_first:
        yield from ask(session, Ask("Logout", messages.logout(), session.terms.answer_ms))
        session.logged_in = False


def _nothing() -> Procedure[str]:
    return ""
    yield


def _reconcile(session: Session, order: Settle) -> Procedure[str]:
    why = yield from login(session)
    if why:
        return why
    answer = yield from ask(session, Ask("Reconciliation", messages.reconciliation(), session.terms.finish_ms))
    if isinstance(answer, Silence):
        return answer.why
    if not answer.success:
        return CLOSES_ITSELF if answer.condition in _KNOWS_NONE else refusal(answer.condition)
    lines = tuple(f"{one.brand}: {one.count}, {max(0, one.amount_minor)}" for one in answer.totals if one.count)
    total_minor = sum(one.amount_minor for one in answer.totals)
    session.report(
        TerminalSettled(device=session.device, ticket=order.ticket, done=True, total_minor=total_minor, lines=lines)
    )
    return ""


def _not_done(session: Session, order: Settle, why: str) -> None:
    session.report(TerminalSettled(device=session.device, ticket=order.ticket, done=False, total_minor=0, lines=(why,)))
