"""Gift card: what is on one. The store alone knows; a lane that cannot ask says so and takes no card's word for it.

A gift card scanned while shopping tells its balance in the banner.
"""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.asking import Unanswered, ask, release
from kiosk.checkout.effects import Beep
from kiosk.checkout.events import GiftCardScanned
from kiosk.checkout.questions import GiftCardAnswer, GiftCardAsk, holds
from kiosk.checkout.state import Asked, Notice, Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def balance(state: State, event: GiftCardScanned) -> Step:
    """Ask what is on it."""
    return ask(state, GiftCardAsk(number=event.number, currency=state.lane.currency), event.at)


def balance_first(state: State, event: GiftCardScanned) -> Step:
    """The same on the welcome screen: it starts the visit, as every scan does."""
    return balance(visit.begin(state, event.at), event)


def told(state: State, asked: Asked, answer: GiftCardAnswer, at: Moment) -> Step:
    """The balance, or why the card is worth nothing."""
    loose = (release(asked.id),) if holds(answer) else ()
    if state.phase is not Phase.SCANNING:
        return state, loose
    if answer.state != "ok":
        return replace(state, notice=Notice("gift_card_refused", answer.state)), (*loose, Beep("not-found"))
    return replace(state, notice=Notice("gift_card", str(answer.balance_minor))), (*loose, Beep("scan-ok"))


def untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """Nobody can tell now."""
    if state.phase is not Phase.SCANNING:
        return state, ()
    return replace(state, notice=Notice("store_away")), (Beep("not-found"),)
