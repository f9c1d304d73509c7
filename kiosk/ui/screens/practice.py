"""Practice: what only training shows. Its band stands on every screen, over whatever else is there; and since nobody's
bank answers, whoever practises says whether the card is approved.
"""

from kiosk.checkout.events import TrainingCardAnswered
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Label, Rect
from kiosk.ui.screens.face import USUAL_ROOM, button
from kiosk.ui.words import Words


def band(words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """So that no shopper buys here. Below all that is read; of some low buttons it hides the lower edge."""
    width, height = room.panel.size
    font = room.font(layout.CAPTION)
    full = f"{words.say('Training')} · {words.say('Somebody is learning here. Please use another checkout.')}"
    text = full if text_width(full, font, 700) <= width else words.say("Training")
    high = max(room.px(28), round(font * 1.1))
    place = Rect(0, height - high, width, high)
    return Box(place, "sun"), Label(place, text, font, 700, colour="on-sun", align="centre")


def practice(rect: Rect, state: State, words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """Two buttons beside each other; nothing in earnest, or before the order has gone out."""
    if state.training is None or state.payment is None or state.payment.stage != "sent":
        return ()
    yes, no = layout.columns(rect, 2, 12)
    return (
        *button(yes, TrainingCardAnswered(approved=True), words.say("Approve it"), room=room, style="staff", size=26),
        *button(no, TrainingCardAnswered(approved=False), words.say("Decline it"), room=room, size=26),
    )
