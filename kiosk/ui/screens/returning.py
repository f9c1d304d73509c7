"""Goods are coming back: what the shopper sees while staff are not signed in, and the terminal still has the word."""

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import room_in
from kiosk.ui.scene import Scene
from kiosk.ui.screens.closed import call_place, front
from kiosk.ui.screens.utility import call_staff
from kiosk.ui.view import View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """Our staff are at it; what the terminal says."""
    title = words.say("Our staff are taking goods back")
    text = state.payment.text if state.payment is not None else ""
    room = room_in(state, view)
    said = text or words.say("One moment, please.")
    return Scene(
        "19f-waiting",
        room.panel.size,
        "deep",
        (
            *front(state, view, words, title, said, "", ("on-deep", "on-deep2"), room),
            *call_staff(call_place(room), state, words, style="deep", size=layout.BODY, room=room),
        ),
        title=title,
    )
