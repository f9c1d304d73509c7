"""14c Receipt by e-mail: the address, its usual ends for one touch, and the keys."""

from kiosk.checkout.asking import is_asking
from kiosk.checkout.questions import EmailAsk
from kiosk.checkout.state import State
from kiosk.ui.room import room_in
from kiosk.ui.scene import Scene
from kiosk.ui.screens.address_page import address_page
from kiosk.ui.view import OpenPage, SubmitEmail, View
from kiosk.ui.words import Words
from kiosk.values.contact import read_email


def scene(state: State, view: View, words: Words) -> Scene:
    """The field, what the address is for, the keys, Send."""
    say = words.say
    title = say("Where should we send it?")
    waits = say("One moment, we are asking.") if is_asking(state, EmailAsk) else ""
    why = waits or ("" if read_email(view.typed) else say("Something is missing in the address."))
    painted = address_page(
        state,
        view,
        words,
        title=waits or title,
        note=say("Used for this receipt only. It is deleted when the receipt is sent."),
        back=OpenPage(""),
        does=SubmitEmail(),
        does_text=say("Send"),
        does_icon="send",
        why_not=why,
        icon="email-outline",
    )
    return Scene("14c-receipt-email", room_in(state, view).panel.size, "ground", painted, title=title)
