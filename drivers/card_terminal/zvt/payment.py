"""Payment: one charge, asked for once (PA00P015 sections 2.2, 2.2.8 and 2.2.9). One refund goes the same way, and so
does the reversal of a charge that a return gives back (`06 30`); that one is believed only if it names the charge.

The order is sent once and never again, whatever happens. On the way the terminal says where the card holder stands,
that the bank approved (`04 0F` with result 00), and what to print. The approval and the prints are answered only when
the caller has kept them: those answers together make the terminal commit. `04 0F` may come several times (a second try
at the PIN); the last one before the final word counts, unless a refusal follows an approval: then it is a doubt.

The final word alone never means paid. What it means with what came before is the table OUTCOMES; whatever is not
clearly yes or no is a doubt, and a doubt is settled by `recovery`, from the terminal's own journal.
"""

from typing import Literal

from drivers.card_terminal.zvt import codes, messages
from drivers.card_terminal.zvt.apdu import Apdu
from drivers.card_terminal.zvt.conversation import Answer, Ending, How, PaperListener, converse
from drivers.card_terminal.zvt.messages import Standing, Status
from drivers.card_terminal.zvt.preparing import CANCELLED, connect, from_text, is_old, remember
from drivers.card_terminal.zvt.recovery import in_words
from drivers.card_terminal.zvt.reversible import is_reversed_already, reverses, why_not
from drivers.card_terminal.zvt.session import Answered, Lost, Procedure, Session, Terms, TimeUp
from drivers.events import (
    Authorize,
    Refund,
    TerminalApproved,
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalRecord,
    TerminalRefused,
    TerminalText,
)

OUT_OF_STEP = "out_of_step"
"""Why an order is not sent: answers came that nothing had asked for, so the baseline may be that of another order."""
Order = Authorize | Refund
Said = Literal["nothing", "yes", "no", "both"]
Outcome = Literal["not charged", "paid", "declined", "already", "doubt"]

OUTCOMES: dict[tuple[How, Said], Outcome] = {
    ("refused", "nothing"): "not charged",
    ("completed", "yes"): "paid",
    ("completed", "no"): "declined",
    ("aborted", "no"): "declined",
    ("aborted", "nothing"): "declined",
}
"""(the final word, what the statuses said) -> outcome. What is not here is a doubt: `06 0F` without a status, an
approval followed by a refusal or by `06 1E`, silence, a lost line, a final word out of place."""


class _Listener(PaperListener):
    """Reports what the terminal says during a payment."""

    moves_money = True
    answers_end = False

    def __init__(self, session: Session, order: Order) -> None:
        super().__init__(session, order.ticket)
        self._order, self._refund = order, isinstance(order, Refund)
        self._results: list[bool] = []
        self.wrong = ""
        self.approved: TerminalRecord | None = None

    @property
    def said(self) -> Said:
        """What all statuses together said: the last one counts, but a yes is not taken back by a no."""
        if self._results != sorted(self._results):
            return "both"
        return "nothing" if not self._results else "yes" if self._results[-1] else "no"

    def standing(self, message: Standing) -> None:
        known = codes.standing(message.code)
        text = message.text or known.text
        device, ticket = self._session.device, self._order.ticket
        self._session.report(
            TerminalText(device=device, ticket=ticket, text=text, step=known.step, can_cancel=known.can_cancel)
        )

    def status(self, message: Status) -> Answer:
        if not message.result:
            return "kept"
        self.last = message
        self._results.append(message.result == codes.APPROVED)
        if message.result != codes.APPROVED:
            return "kept"
        self.wrong = contradiction(message, self._order.amount_minor, self._session)
        charge = charge_of(self._order)
        if not self.wrong and charge is not None and not reverses(message, charge):
            self.wrong = f"the terminal does not name trace {charge.trace}: {in_words(message)}"
        if self.wrong:
            return "not kept"
        self.approved = message.record
        number = self._session.owe(messages.NOT_KEPT)
        device, ticket, record = self._session.device, self._order.ticket, message.record
        self._session.report(
            TerminalApproved(device=device, ticket=ticket, record=record, message=number, refund=self._refund)
        )
        return "later"

    def not_kept(self) -> None:
        self.wrong = self.wrong or "a message could not be kept, so the terminal may have taken the payment back"


def contradiction(status: Status, amount_minor: int, session: Session) -> str:
    """Why an approval cannot be that of our order; empty if it can."""
    record = status.record
    if status.fields.cut:
        return "the approval arrived damaged"
    if not status.has_amount or record.amount_minor != amount_minor:
        return f"the terminal approved {record.amount_minor} instead of {amount_minor}"
    if record.terminal_id and session.terminal_id and record.terminal_id != session.terminal_id:
        return f"the approval is that of terminal {record.terminal_id}, not of {session.terminal_id}"
    if is_old(session, record):
        return f"the terminal tells of an earlier payment: {in_words(status)}"
    if status.currency not in (None, session.terms.currency):
        return f"the approval is in currency {status.currency:03d}, not in {session.terms.currency:03d}"
    return ""


def charge_of(order: Order) -> TerminalRecord | None:
    """The charge that is to be taken back; None for all other orders."""
    return None if isinstance(order, Authorize) else order.charge


def pay(session: Session, order: Order) -> Procedure[TerminalRecord | None]:
    """Authorize or Refund. Returns the approval, if there was one, for a later enquiry to compare with."""
    why = OUT_OF_STEP if session.out_of_step else (yield from connect(session))
    if session.stop_wanted:
        why = CANCELLED
    charge = charge_of(order)
    if not why and charge is not None:
        why = why_not(session, charge)
    before = from_text(order.baseline)
    if before is not None and before not in session.seen:
        session.seen.append(before)
    if why:
        session.report(TerminalRefused(device=session.device, ticket=order.ticket, why=why))
        return None
    session.card_is(False)
    listener = _Listener(session, order)
    ending = yield from converse(session, _message(session.terms, order), listener)
    yield from _conclude(session, order, listener, ending)
    if listener.approved is not None:
        remember(session, listener.approved)
    return listener.approved


def _message(terms: Terms, order: Order) -> Apdu:
    charge = charge_of(order)
    if charge is not None:
        return messages.reversal(terms.password, charge.receipt, charge.amount_minor)
    if isinstance(order, Refund):
        return messages.refund(terms.password, order.amount_minor, terms.currency)
    return messages.authorization(order.amount_minor, terms.currency)


def _outcome(session: Session, order: Order, ending: Ending, listener: _Listener) -> Outcome:
    """The table; above it: a contradiction is a doubt, and so is an end that did not wait for our answers."""
    if listener.wrong or session.owes:
        return "doubt"
    if charge_of(order) is not None and listener.said != "yes" and is_reversed_already(ending, listener.last):
        return "already"
    return OUTCOMES.get((ending.how, listener.said), "doubt")


def _conclude(session: Session, order: Order, listener: _Listener, ending: Ending) -> Procedure[None]:
    """Report the outcome; yes and no wait for the caller to keep them, then the final word is answered."""
    device, ticket, refund = session.device, order.ticket, isinstance(order, Refund)
    match _outcome(session, order, ending, listener):
        case "not charged":
            session.report(TerminalRefused(device=device, ticket=ticket, why=codes.refusal(ending.code)))
        case "paid":
            assert listener.approved is not None
            number = session.owe(messages.NOT_KEPT)
            record = listener.approved
            session.report(
                TerminalCompleted(device=device, ticket=ticket, record=record, message=number, refund=refund)
            )
            yield from _answered(session)
        case "already":
            charge, number = charge_of(order), session.owe(messages.NOT_KEPT) if ending.how == "aborted" else 0
            assert charge is not None
            session.report(TerminalCompleted(device=device, ticket=ticket, record=charge, message=number, refund=True))
            yield from _answered(session)
        case "declined":
            last = listener.last
            result = last.result if last is not None else f"{ending.code:02X}"
            detail = f"{result} {last.error}".strip() if last is not None else result
            why, number = codes.decline_reason(result), session.owe(messages.NOT_KEPT)
            session.report(
                TerminalDeclined(device=device, ticket=ticket, why=why, detail=detail, message=number, refund=refund)
            )
            yield from _answered(session)
        case "doubt":
            _doubt(session, order, listener, ending)


def _doubt(session: Session, order: Order, listener: _Listener, ending: Ending) -> None:
    if ending.how in ("completed", "aborted"):
        session.say(messages.POSITIVE)
    said = {"yes": "approved, then ", "both": "approved and declined, then "}.get(listener.said, "")
    why = listener.wrong or f"{said}{ending.why or 'ended without a result'}"
    session.report(
        TerminalInDoubt(device=session.device, ticket=order.ticket, why=why, refund=isinstance(order, Refund))
    )
    session.hang_up()


def _answered(session: Session) -> Procedure[None]:
    """Until the caller has answered all that is owed, the line is lost, or the terminal has surely stopped waiting."""
    session.wait(session.terms.t4_ms)
    while session.owes:
        match (yield):
            case Answered() | Lost():
                pass
            case TimeUp():
                session.hang_up()
            case _:
                pass
    session.wait(None)
