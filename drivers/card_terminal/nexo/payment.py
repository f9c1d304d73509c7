"""Payment: one charge, asked for once. One refund goes the same way, and so does the reversal of a charge that a
return gives back.

The request is sent once and never again, whatever happens. Its answer is the last word: with `Success`, for our amount,
it is paid; with `Failure` it is not. No answer, one that cannot be believed or one that contradicts the order is a
doubt, and `recovery` settles it from the terminal's own journal. If nothing was sent, nothing was charged.
"""

from typing import Literal

from drivers.card_terminal.nexo import messages
from drivers.card_terminal.nexo.answers import Transaction, record_of
from drivers.card_terminal.nexo.call import Silence
from drivers.card_terminal.nexo.names import service_id
from drivers.card_terminal.nexo.preparing import CANCELLED, UNREACHABLE, login, refusal
from drivers.card_terminal.nexo.session import Ask, Procedure, Session, Terms, ask
from drivers.events import (
    Authorize,
    Enquire,
    EnquireRefund,
    Refund,
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalPrint,
    TerminalRecord,
    TerminalRefused,
    TerminalText,
)

Order = Authorize | Refund
Enquiry = Enquire | EnquireRefund
NOT_TAKEN = frozenset(
    ("Busy", "InProgress", "LoggedOut", "MessageFormat", "NotFound", "UnavailableDevice", "UnavailableService")
)
"""With these the order was not even begun."""
_WHYS: dict[str, Literal["cancelled", "card_error"]] = {
    "Aborted": "cancelled",
    "Cancel": "cancelled",
    "DeviceOut": "card_error",
    "InsertedCard": "card_error",
    "InvalidCard": "card_error",
}


def charge_of(order: Order | Enquiry) -> TerminalRecord | None:
    """The charge that is to be taken back; None for all other orders."""
    return order.charge if isinstance(order, Refund | EnquireRefund) else None


def category_of(order: Order | Enquiry) -> Literal["Payment", "Reversal"]:
    """How the order is called."""
    return "Payment" if charge_of(order) is None else "Reversal"


def is_refund(order: Order | Enquiry) -> bool:
    """Whether money goes to the card holder."""
    return isinstance(order, Refund | EnquireRefund)


def contradiction(terms: Terms, order: Order | Enquiry, found: Transaction) -> str:
    """Why a success cannot be that of our order; empty if it can. A reversal's answer names no amount: the request
    named the charge, and the header says that this is its answer."""
    if not found.transaction_id:
        return "the terminal does not name the transaction"
    if charge_of(order) is not None and found.amount_minor is None:
        return ""
    if found.amount_minor != order.amount_minor:
        return f"the terminal approved {found.amount_minor} instead of {order.amount_minor}"
    if found.currency != terms.currency:
        return f"the approval is in {found.currency or 'no currency'}, not in {terms.currency}"
    wanted = "Refund" if is_refund(order) else "Normal"
    if charge_of(order) is None and found.payment_type not in ("", wanted):
        return f"the terminal did a {found.payment_type}, not a {wanted}"
    return ""


def pay(session: Session, order: Order) -> Procedure[None]:
    """Authorize or Refund."""
    device, ticket, charge = session.device, order.ticket, charge_of(order)
    why = CANCELLED if session.stop_wanted else ""
    if charge is not None and not why:
        why = why_not(session, charge)
    if not why and session.terms.login_first:
        why = (yield from login(session)) or (CANCELLED if session.stop_wanted else "")
    if why:
        session.report(TerminalRefused(device=device, ticket=ticket, why=why))
        return
    if charge is None:
        session.report(TerminalText(device=device, ticket=ticket, text="", step="card", can_cancel=True))
    answer = yield from ask(session, _question(session, order))
    if isinstance(answer, Silence):
        _silence(session, order, answer)
    elif answer.transaction is None:
        _doubt(session, order, "the answer tells no transaction")
    else:
        _conclude(session, order, answer.transaction)


def why_not(session: Session, charge: TerminalRecord) -> str:
    """Why this terminal may not be asked to reverse the charge; empty if it may."""
    if charge.terminal_id != session.terms.parties.poi_id:
        return "other_terminal"
    return "" if charge.trace and charge.date and charge.time else "no_number"


def reversal_body(session: Session, charge: TerminalRecord) -> messages.Message:
    """The request that takes that charge back."""
    return messages.reversal(session.terms.parties, charge.trace, f"{charge.date}T{charge.time}")


def _question(session: Session, order: Order) -> Ask:
    terms, charge = session.terms, charge_of(order)
    if charge is not None:
        body = reversal_body(session, charge)
    else:
        kind: Literal["Normal", "Refund"] = "Refund" if is_refund(order) else "Normal"
        when = session.surroundings.when()
        body = messages.payment(order.ticket, when, order.amount_minor, terms.currency, kind)
    return Ask(category_of(order), body, terms.finish_ms, service_id(order.ticket))


def _silence(session: Session, order: Order, silence: Silence) -> None:
    if silence.sent:
        _doubt(session, order, silence.why)
        return
    why = CANCELLED if session.stop_wanted else UNREACHABLE
    if why == UNREACHABLE:
        session.is_away(silence.why)
    session.report(TerminalRefused(device=session.device, ticket=order.ticket, why=why))


def _conclude(session: Session, order: Order, found: Transaction) -> None:
    if found.approved:
        wrong = contradiction(session.terms, order, found)
        if wrong:
            _doubt(session, order, wrong)
        else:
            complete(session, order, found)
    elif found.result != "Failure":
        _doubt(session, order, f"the terminal answers {found.result}")
    elif found.condition in NOT_TAKEN:
        why = refusal(found.condition)
        session.report(TerminalRefused(device=session.device, ticket=order.ticket, why=why))
    else:
        decline(session, order, found)


def complete(session: Session, order: Order | Enquiry, found: Transaction) -> None:
    """It stands. The papers first, so that they are there when the receipt is printed; nothing waits for an answer."""
    device, ticket, charge = session.device, order.ticket, charge_of(order)
    _print(session, ticket, found)
    record = record_of(found, order.amount_minor, charge.trace if charge is not None else "")
    session.report(TerminalCompleted(device=device, ticket=ticket, record=record, refund=is_refund(order)))


def decline(session: Session, order: Order | Enquiry, found: Transaction) -> None:
    """A definite no; if a card was there, it has its paper."""
    _print(session, order.ticket, found)
    session.report(
        TerminalDeclined(
            device=session.device,
            ticket=order.ticket,
            why=_WHYS.get(found.condition, "declined"),
            detail=found.condition or "Failure",
            refund=is_refund(order),
        )
    )


def _print(session: Session, ticket: str, found: Transaction) -> None:
    for copy, lines in found.papers:
        if (ticket, copy) in session.papers:
            continue
        session.report(TerminalPrint(device=session.device, ticket=ticket, copy=copy, lines=lines, message=0))


def _doubt(session: Session, order: Order, why: str) -> None:
    session.report(TerminalInDoubt(device=session.device, ticket=order.ticket, why=why, refund=is_refund(order)))
