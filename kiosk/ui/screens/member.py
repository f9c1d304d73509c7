"""09 Member, the way to it: scan the card or the app's code, or type the number."""

from kiosk.checkout.asking import is_asking
from kiosk.checkout.joining import offered
from kiosk.checkout.questions import MemberAsk
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.code import field
from kiosk.ui.screens.face import button
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenForm, OpenPage, SubmitMember, View
from kiosk.ui.words import Words

_FIELD = Rect(364, 136, 380, 84)
_KEYS = Rect(364, 236, 380, 426)
_TYPE, _JOIN = Rect(32, 470, 308, 88), Rect(32, 574, 308, 88)


def scene(state: State, view: View, words: Words) -> Scene:
    """The keypad beside the slip."""
    title = words.say("Member card")
    shown = banner(state, view, words)
    waits = words.say("One moment, we are asking.") if is_asking(state, MemberAsk) else ""
    why = waits or ("" if view.typed else words.say("Type a number first."))
    return Scene(
        "09-member-number",
        layout.SIZE,
        "ground",
        (
            *back("" if shown else title, OpenPage(""), words),
            *(paint(shown, layout.BESIDE_BACK, words) if shown else ()),
            Label(
                Rect(32, 136, 308, 180),
                waits or words.say("Scan your member card, or type your number."),
                layout.BODY,
                max_lines=5,
                line_height=1.25,
                valign="top",
            ),
            *_card(),
            *button(_TYPE, OpenForm("contact", "find"), words.say("Use my e-mail"), icon="email-outline", size=26),
            *(_join(words) if offered(state) else ()),
            *field(_FIELD, view.typed, words),
            *keypad(_KEYS, words, words.say("OK"), SubmitMember(), why_not=why),
            *utility(state, words),
            *basket(state, view, words),
            *pay(state, words, meanwhile=words.say("Press OK first, or go back.")),
        ),
        title=title,
    )


def _join(words: Words) -> tuple[Element, ...]:
    text = words.say("Become a member")
    return button(_JOIN, OpenForm("contact", "join"), text, icon="account-plus-outline", size=26)


def _card() -> tuple[Element, ...]:
    plate = Rect(32, 310, 308, 140)
    return Box(plate, "primary-soft", radius=28), Icon(plate, "card-account-details-star-outline", "primary", 110)
