"""Reprinting: a copy of any sale's receipt, of whatever checkout, from the store's books.

Staff find the sale as for a return and touch `Print a copy`. The lane asks the store for all of it once more, because
what a return keeps of a sale is not enough for a receipt, and prints it headed as a copy. Who did it is reported.
"""

from msgspec.structs import replace

from kiosk.checkout.asking import Unanswered, ask, is_asking
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import CopyAsked
from kiosk.checkout.finishing import print_copy, printer_works
from kiosk.checkout.notice import Notice
from kiosk.checkout.questions import SaleAnswer, SaleAsk
from kiosk.checkout.state import Asked, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def wanted(state: State, event: CopyAsked) -> Step:
    """Of the sale that staff have found."""
    found = state.refund.sale if state.refund is not None else None
    if state.staff is None or found is None or is_asking(state, SaleAsk):
        return state, (Beep("not-found"),)
    if not printer_works(state):
        return replace(state, notice=Notice("not_printed")), (Beep("not-found"),)
    return ask(state, SaleAsk(find=found.key, loads=True), event.at, because=event)


def told(state: State, asked: Asked, answer: SaleAnswer, at: Moment) -> Step:
    """The sale, for whoever is still there to take its copy."""
    if state.staff is None or answer.sale is None:
        return state, (Beep("not-found"),)
    report = PublishEvent("receipt.copied", {"by": state.staff.id, "sale": answer.sale.key})
    state, effects = print_copy(state, answer.sale)
    return state, (*effects, report)


def untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """The store is silent."""
    return replace(state, notice=Notice("store_away")), (Beep("not-found"),)
