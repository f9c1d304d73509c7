"""Practice: in training nobody's bank answers. Whoever practises says whether the card is approved."""

from kiosk.checkout.events import TrainingCardAnswered
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Rect
from kiosk.ui.screens.face import button
from kiosk.ui.words import Words


def practice(rect: Rect, state: State, words: Words) -> tuple[Element, ...]:
    """Two buttons beside each other; nothing in earnest, or before the order has gone out."""
    if state.training is None or state.payment is None or state.payment.stage != "sent":
        return ()
    yes, no = layout.columns(rect, 2, 12)
    return (
        *button(yes, TrainingCardAnswered(approved=True), words.say("Approve it"), style="staff", size=26),
        *button(no, TrainingCardAnswered(approved=False), words.say("Decline it"), size=26),
    )
