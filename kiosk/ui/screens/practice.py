"""Practice: what only training shows. Its band stands on every screen, over whatever else is there; and since nobody's
bank answers, whoever practises says whether the card is approved.
"""

from kiosk.checkout.events import TrainingCardAnswered
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect
from kiosk.ui.screens.face import button
from kiosk.ui.words import Words

BAND = Rect(0, 772, 1280, 28)
"""Below all that is read; of some low buttons it hides the lower edge."""


def band(words: Words) -> tuple[Element, ...]:
    """So that no shopper buys here."""
    text = f"{words.say('Training')} · {words.say('Somebody is learning here. Please use another checkout.')}"
    return Box(BAND, "sun"), Label(BAND, text, layout.CAPTION, 700, colour="on-sun", align="centre")


def practice(rect: Rect, state: State, words: Words) -> tuple[Element, ...]:
    """Two buttons beside each other; nothing in earnest, or before the order has gone out."""
    if state.training is None or state.payment is None or state.payment.stage != "sent":
        return ()
    yes, no = layout.columns(rect, 2, 12)
    return (
        *button(yes, TrainingCardAnswered(approved=True), words.say("Approve it"), style="staff", size=26),
        *button(no, TrainingCardAnswered(approved=False), words.say("Decline it"), size=26),
    )
