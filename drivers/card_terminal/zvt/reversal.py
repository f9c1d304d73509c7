"""Reversal: give one charge back (`06 30`), and believe it only when the terminal names that very charge.

Here: of a charge that no sale was made of. What a return gives back goes the way of a refund (`payment`).

The order names the receipt number and the amount. Some terminals reverse the *last* transaction whatever is named, so
the answer is checked: result 00, our amount, and in field 37 the trace of our charge. "Already reversed" (B4) is a yes:
the order may have been given before a restart. If the answer is lost, the terminal's last transaction is looked at, a
few times; the order itself is never sent a second time from here.
"""

from drivers.card_terminal.zvt import messages
from drivers.card_terminal.zvt.conversation import Ending, PaperListener, converse
from drivers.card_terminal.zvt.messages import Status
from drivers.card_terminal.zvt.preparing import connect, last_record, open_line, readiness
from drivers.card_terminal.zvt.recovery import in_words
from drivers.card_terminal.zvt.reversible import has_number, is_reversed_already, reverses
from drivers.card_terminal.zvt.session import Procedure, Session, pause
from drivers.events import Reverse, TerminalRecord, TerminalReversed

LOOKS = 6
"""How often a lost answer is looked for, `ask_every_ms` apart."""


class _Listener(PaperListener):
    moves_money = True
    answers_end = True


def reverse(session: Session, order: Reverse) -> Procedure[None]:
    """Reverse: TerminalReversed, with what the terminal said as evidence."""
    record = order.record
    trouble = (yield from connect(session)) or ("" if has_number(record) else "the charge has no receipt number")
    if trouble:
        _report(session, order, False, f"the terminal was not asked: {trouble}")
        return
    listener = _Listener(session, order.ticket)
    what = messages.reversal(session.terms.password, record.receipt, record.amount_minor)
    ending = yield from converse(session, what, listener)
    if ending.how in ("lost", "silent", "unclear"):
        yield from _look_for_it(session, order)
        return
    done, evidence = verdict(ending, listener.last, record)
    _report(session, order, done, evidence)


def verdict(ending: Ending, last: Status | None, charge: TerminalRecord) -> tuple[bool, str]:
    """Whether the charge is certainly given back, and why we think so."""
    if is_reversed_already(ending, last):
        return True, "the terminal says that it is already reversed"
    if ending.how in ("refused", "aborted"):
        return False, f"the terminal did not reverse it: {ending.why}"
    if last is None:
        return False, "the terminal does not say what it reversed"
    return reverses(last, charge), in_words(last)


def _look_for_it(session: Session, order: Reverse) -> Procedure[None]:
    evidence = "the answer was lost"
    for _ in range(LOOKS):
        session.hang_up()
        yield from pause(session, session.terms.ask_every_ms)
        trouble = (yield from open_line(session)) or (yield from readiness(session)) or (yield from connect(session))
        if trouble:
            evidence = f"the answer was lost and the terminal cannot be asked: {trouble}"
            continue
        last = yield from last_record(session)
        if last.status is not None:
            _report(session, order, reverses(last.status, order.record), in_words(last.status))
            return
        evidence = last.why
    _report(session, order, False, evidence)


def _report(session: Session, order: Reverse, done: bool, evidence: str) -> None:
    session.report(TerminalReversed(device=session.device, ticket=order.ticket, done=done, evidence=evidence))
