"""Part: the shopper says how much the next tender is to pay; the rest is paid with another, in any order.

The amount is kept until a tender is taken, or the shopper goes back to the goods. It is between one minor unit and all
that is left; all that is left is no part. What a kind of tender may pay of one basket counts all its parts together
(`paying.tender_blocked`), so that a limit cannot be paid around.
"""

from msgspec.structs import replace

from kiosk.checkout.effects import Beep
from kiosk.checkout.events import PartChosen
from kiosk.checkout.notice import Notice
from kiosk.checkout.paying import is_settling
from kiosk.checkout.state import Phase, State
from kiosk.checkout.taking_cash import no_longer_waiting
from kiosk.checkout.tenders import left
from kiosk.checkout.visit import Step
from kiosk.values.money import ZERO

_PAYING = (Phase.PAYING, Phase.CARD, Phase.DOUBT)


def choose(state: State, event: PartChosen) -> Step:
    """So much with the next tender; all that is left: no part any more."""
    if is_settling(state):
        return state, ()
    most = left(state.basket)
    if not ZERO < event.amount <= most:
        return replace(state, notice=Notice("too_much_external")), (Beep("not-found"),)
    part = event.amount if event.amount < most else ZERO
    return replace(no_longer_waiting(state), part=part), (Beep("touch"),)


def follow(state: State) -> State:
    """A part is forgotten where nothing is paid."""
    return replace(state, part=ZERO) if state.part and state.phase not in _PAYING else state
