"""Settlement: the terminal's end of day (`06 50`): the total, counts per scheme, and papers to print.

Field 60 holds the first and last receipt number, then for each scheme in a fixed order a count (one byte) and a total
(six bytes BCD). The papers come before or after it and are answered when they are kept, as with a payment.
"""

import msgspec

from drivers.card_terminal.zvt import bcd, bmp, codes, messages
from drivers.card_terminal.zvt.conversation import Answer, PaperListener, converse
from drivers.card_terminal.zvt.messages import Lines, Status
from drivers.card_terminal.zvt.preparing import connect
from drivers.card_terminal.zvt.session import Procedure, Session
from drivers.events import Settle, TerminalSettled

_RECEIPTS = 4
_ENTRY = 7


class _Listener(PaperListener):
    def lines(self, message: Lines) -> Answer:
        return super().lines(msgspec.structs.replace(message, copy="admin"))


def counts(status: Status) -> tuple[str, ...]:
    """`Visa: 3, 4590` (count, minor units) for each scheme that was used. An unreadable field gives none."""
    entries = status.fields.values.get(bmp.TOTALS, b"")[_RECEIPTS:]
    found: list[str] = []
    for scheme, start in zip(codes.SCHEMES, range(0, len(entries), _ENTRY), strict=False):
        entry = entries[start : start + _ENTRY]
        if len(entry) == _ENTRY and entry[0] and entry[1:].hex().isdigit():
            found.append(f"{scheme}: {entry[0]}, {bcd.number(entry[1:])}")
    return tuple(found)


def settle(session: Session, order: Settle) -> Procedure[None]:
    """Settle: TerminalSettled. Not done, if the terminal did not say that it is."""
    device, ticket = session.device, order.ticket
    why = yield from connect(session)
    if why:
        session.report(TerminalSettled(device=device, ticket=ticket, done=False, total_minor=0, lines=(why,)))
        return
    listener = _Listener(session, ticket)
    ending = yield from converse(session, messages.end_of_day(session.terms.password), listener)
    last = listener.last
    done = ending.how == "completed" and (last is None or last.result in ("", codes.APPROVED))
    lines = counts(last) if last is not None else (ending.why,) if ending.why else ()
    total_minor = last.record.amount_minor if last is not None else 0
    session.report(TerminalSettled(device=device, ticket=ticket, done=done, total_minor=total_minor, lines=lines))
