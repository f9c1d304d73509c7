"""Goods are coming back: what the shopper sees while staff are not signed in, and the terminal still has the word."""

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.closed import CALL
from kiosk.ui.screens.utility import call_staff
from kiosk.ui.view import View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """Our staff are at it; what the terminal says."""
    title = words.say("Our staff are taking goods back")
    text = state.payment.text if state.payment is not None else ""
    shown = banner(state, view, words)
    return Scene(
        "19f-waiting",
        layout.SIZE,
        "deep",
        (
            *brand(state, words, ink="on-deep"),
            Label(
                Rect(64, 181, 1100, 166), title, 72, 800, True, "on-deep", max_lines=2, line_height=1.04, valign="top"
            ),
            Label(Rect(64, 368, 1100, 120), text or words.say("One moment, please."), 36, 600, colour="on-deep2"),
            *(paint(shown, Rect(64, 556, 1152, 88), words) if shown else ()),
            *call_staff(CALL, state, words, style="deep", size=layout.BODY),
        ),
        title=title,
    )
