"""10d Pay a part: how much the next payment is to be. Typed as it is read, to the last minor unit."""

from kiosk.checkout.events import PartChosen
from kiosk.checkout.state import State
from kiosk.checkout.tenders import left
from kiosk.ui import layout
from kiosk.ui.scene import Box, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_FIELD = Rect(364, 136, 380, 84)
_KEYS = Rect(364, 236, 380, 426)
_TEXT = Rect(32, 136, 308, 300)


def scene(state: State, view: View, words: Words) -> Scene:
    """The amount, and how to pay it comes next."""
    title, shown = words.say("Pay a part"), banner(state, view, words)
    typed = Money(int(view.typed or "0"))
    why = "" if typed else words.say("Type an amount first.")
    if typed > left(state.basket):
        why = words.say("That is more than is left to pay.")
    return Scene(
        "10d-pay-a-part",
        layout.SIZE,
        "ground",
        (
            *back("" if shown else title, OpenPage("tenders"), words),
            *(paint(shown, layout.BESIDE_BACK, words) if shown else ()),
            Label(
                _TEXT,
                words.say("Type how much you want to pay first. You pay the rest afterwards, in any way you like."),
                layout.BODY,
                max_lines=8,
                line_height=1.25,
                valign="top",
            ),
            Box(_FIELD, "paper", "ink", 3, 16),
            Label(_FIELD._replace(x=392, w=324), words.amount(typed), layout.TITLE, 700, align="end", amount=True),
            *keypad(_KEYS, words, words.say("OK"), PartChosen(amount=typed), why_not=why),
            *utility(state, words),
            *sums(state, words),
        ),
        title=title,
    )
