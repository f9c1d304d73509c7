"""14c Receipt by e-mail: the address, its usual ends for one touch, and the keys."""

from kiosk.checkout.asking import is_asking
from kiosk.checkout.questions import EmailAsk
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keyboard import BACK, FIELD, whole
from kiosk.ui.view import OpenPage, SubmitEmail, TypeKey, View
from kiosk.ui.words import Words
from kiosk.values.contact import read_email

_TITLE, _NOTE = Rect(32, 126, 1216, 52), Rect(32, 178, 1216, 44)
_TOLD = Rect(32, 132, 1216, 88)
_BED = Rect(0, 236, 1280, 564)
_CLEAR, _ENDINGS, _SEND = Rect(32, 684, 180, 96), Rect(224, 684, 708, 96), Rect(944, 684, 304, 96)
_MOST_ENDINGS = 3


def scene(state: State, view: View, words: Words) -> Scene:
    """The field, what the address is for, the keys, Send."""
    say = words.say
    title = say("Where should we send it?")
    note = say("Used for this receipt only. It is deleted when the receipt is sent.")
    shown = banner(state, view, words)
    waits = say("One moment, we are asking.") if is_asking(state, EmailAsk) else ""
    told: tuple[Element, ...] = (
        Label(_TITLE, waits or title, layout.BODY, 700, True),
        Label(_NOTE, note, layout.CAPTION, colour="ink2"),
    )
    why = waits or ("" if read_email(view.typed) else say("Something is missing in the address."))
    return Scene(
        "14c-receipt-email",
        layout.SIZE,
        "ground",
        (
            *button(BACK, OpenPage(""), say("Back"), icon="arrow-left", group="back"),
            *field(FIELD, view.typed),
            *(paint(shown, _TOLD, words) if shown else told),
            Box(_BED, "sunk"),
            *whole(words),
            *button(_CLEAR, TypeKey("clear"), say("Clear"), radius=14),
            *_endings(state),
            *button(_SEND, SubmitEmail(), say("Send"), style="primary", icon="send", why_not=why, radius=14),
        ),
        title=title,
    )


def _endings(state: State) -> tuple[Element, ...]:
    cells = layout.columns(_ENDINGS, _MOST_ENDINGS, 12)
    ends = zip(state.lane.email_endings, cells, strict=False)
    return tuple(part for end, cell in ends for part in button(cell, TypeKey(end), end, radius=14, size=26))
