"""Upkeep: what happens while nobody pays: looking whether the terminal is well, and letting it see to itself.

    look     now and then: status enquiry (05 01); a terminal that wants its diagnosis (06 70) gets it
    show     the shop's text on an idle terminal (06 E0), once after each payment
    let go   log-off (06 02), and nothing more is said until the terminal is claimed again

A terminal makes its own end of day, sends payments to the bank and takes new software when it sees fit; meanwhile it
says that it is busy, or what it is doing. Then cards are away, and come back by themselves. A shop that knows when this
happens has the terminal let go for that time, so that no shopper begins what the terminal would not finish.
"""

from drivers.card_terminal.zvt import messages
from drivers.card_terminal.zvt.conversation import Listener, converse
from drivers.card_terminal.zvt.preparing import PASSING, UNREACHABLE, connect, open_line, readiness
from drivers.card_terminal.zvt.session import Procedure, Session

MAINTENANCE, DIAGNOSE = "maintenance", "diagnose"


class _AtOnce(Listener):
    """An order that is done when it is accepted."""

    has_end = False


def look(session: Session) -> Procedure[None]:
    """Is the terminal there, and does it take payments? Reported, when it is news.

    Papers of a diagnosis are taken and not printed: nobody is there to want them. The end of day that a terminal may
    want (`reconcile`) is for whoever keeps the books to order.
    """
    why = (yield from connect(session)) or (yield from readiness(session))
    if why == UNREACHABLE:
        why = (yield from connect(session)) or (yield from readiness(session))
    if why == DIAGNOSE:
        yield from converse(session, messages.diagnosis(), Listener())
        why = (yield from connect(session)) or (yield from readiness(session))
    if why == UNREACHABLE:
        session.is_away(why)
    elif why in PASSING:
        session.is_busy(why)
    elif why:
        session.is_occupied(why)


def show(session: Session) -> Procedure[None]:
    """Put the shop's text on the display. A terminal that cannot do that shows its own."""
    session.text_due = False
    if not (yield from connect(session)):
        yield from converse(session, messages.display_text(session.terms.idle_text), _AtOnce())


def let_go(session: Session) -> Procedure[None]:
    """Log off and hang up. A terminal that cannot be reached needs no log-off."""
    if session.logged_on and not (yield from open_line(session)):
        yield from converse(session, messages.log_off(), _AtOnce())
    session.logged_on = False
    session.hang_up()
    session.wanted, session.let_go = False, True
    session.is_occupied(MAINTENANCE)
