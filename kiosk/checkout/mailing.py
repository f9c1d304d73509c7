"""Mailing: the receipt by e-mail. The sale is sealed and waits for nobody; the store sends, and tries again for days.

What was typed never reaches the journal: an event, and the question, have a word that stands for it
(`kiosk.app.whispers`). After a power cut that is forgotten; the question is asked again all the same, for the store may
have understood it before, and otherwise the shopper is asked to type it again. A store that is away is told kindly,
and every other receipt is still there. A member whose standing choice this is types nothing: the store has the address.
"""

from msgspec.structs import replace

from kiosk.checkout import finishing
from kiosk.checkout.asking import Unanswered, ask
from kiosk.checkout.effects import Beep
from kiosk.checkout.events import EmailOpened, EmailTyped, ReceiptChosen
from kiosk.checkout.notice import Notice
from kiosk.checkout.questions import EmailAnswer, EmailAsk
from kiosk.checkout.state import Asked, Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def begin(state: State, event: EmailOpened) -> Step:
    """The keys are open: typing takes longer than choosing."""
    return replace(state, receipt="typing"), ()


def send(state: State, event: EmailTyped) -> Step:
    """Ask the store to send it there."""
    assert state.sale is not None, "the sale is sealed"
    if not state.lane.email_receipts:
        return state, (Beep("not-found"),)
    return ask(state, EmailAsk(sale=state.sale.key, address=event.address), event.at)


def for_member(state: State, at: Moment) -> Step:
    """The standing choice of a member; on a lane that does not offer it, the question of 14a."""
    assert state.sale is not None, "the sale is sealed"
    member = state.sale.customer
    if not state.lane.email_receipts or not member:
        return state, ()
    return ask(state, EmailAsk(sale=state.sale.key, member=member), at)


def told(state: State, asked: Asked, answer: EmailAnswer, at: Moment) -> Step:
    """The store sends it, or says what is wrong."""
    assert isinstance(asked.question, EmailAsk), "a receipt was to be sent"
    if state.sale is None or state.sale.key != asked.question.sale:
        return state, ()
    match answer.state:
        case "ok" if state.phase is Phase.RECEIPT:
            sent = replace(state, notice=Notice("email_sent"))
            return finishing.choose(sent, ReceiptChosen(at=at, kind="email"))
        case "ok":
            return replace(state, notice=Notice("email_sent")), ()
        case "bad":
            return _not_sent(state, "email_bad")
        case "forgotten":
            return _not_sent(state, "email_again")
    return _not_sent(state, "email_away")


def untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """Not now; everything else can still be chosen."""
    return _not_sent(state, "email_away")


def _not_sent(state: State, kind: str) -> Step:
    if state.phase is not Phase.RECEIPT:
        return state, ()
    return replace(state, notice=Notice(kind)), (Beep("not-found"),)  # type: ignore[arg-type]  # the callers write the literals
