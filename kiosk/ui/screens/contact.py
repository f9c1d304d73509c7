"""09 Member, by a telephone number or an e-mail address: the keys to type it with, to be found or to join."""

from kiosk.checkout.asking import is_asking
from kiosk.checkout.questions import MemberAsk
from kiosk.checkout.state import Phase, State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keyboard import BACK, FIELD, whole
from kiosk.ui.view import OpenPage, SubmitMember, TurnLeaf, TypeKey, View
from kiosk.ui.words import Words
from kiosk.values.contact import read_contact

_TOLD = Rect(32, 132, 1216, 88)
_BED = Rect(0, 236, 1280, 564)
_CLEAR, _NEXT = Rect(32, 684, 440, 96), Rect(484, 684, 764, 96)


def scene(state: State, view: View, words: Words) -> Scene:
    """The field, the keys, and the way on."""
    say = words.say
    title = say("Type your telephone number or e-mail address.")
    asking = is_asking(state, MemberAsk)
    hint = say("One moment, we are asking.") if asking else title
    shown = banner(state, view, words)
    back = OpenPage("" if state.phase is Phase.THANKS else "member")
    return Scene(
        "09-member-contact",
        layout.SIZE,
        "ground",
        (
            *button(BACK, back, say("Back"), icon="arrow-left", group="back"),
            *field(FIELD, view.typed),
            *(paint(shown, _TOLD, words) if shown else (Label(_TOLD, hint, layout.BODY, 600, max_lines=2),)),
            Box(_BED, "sunk"),
            *whole(words),
            *button(_CLEAR, TypeKey("clear"), say("Clear"), icon="close", radius=14),
            *_on(view, hint if asking else "", words),
        ),
        title=title,
    )


def _on(view: View, waits: str, words: Words) -> tuple[Element, ...]:
    """To be found, or on to what is agreed to."""
    bad = "" if read_contact(view.typed) else words.say("Something is missing in this number or address.")
    if view.picked.get("tab") == "join":
        return button(_NEXT, TurnLeaf("consent"), words.say("Next"), style="primary", why_not=waits or bad, radius=14)
    return button(_NEXT, SubmitMember(), words.say("OK"), style="primary", why_not=waits or bad, radius=14)
