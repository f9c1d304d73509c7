"""04c Type a code: the number under the barcode, or on the shelf label, when scanning fails."""

from kiosk.checkout.events import PriceCheckOpened
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.scene import Box, Code, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import button
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenPage, SubmitCode, View
from kiosk.ui.words import Words

_FIELD = Rect(364, 136, 380, 84)
_KEYS = Rect(364, 236, 380, 426)
_CHECK = Rect(32, 574, 308, 88)
_EXAMPLE = "7350000012348"


def scene(state: State, view: View, words: Words) -> Scene:
    """The keypad beside the slip."""
    title = words.say("Type a code")
    shown = banner(state, view, words)
    head = back("" if shown else title, OpenPage(""), words)
    why = "" if view.typed else words.say("Type a number first.")
    return Scene(
        "04c-type-code",
        layout.SIZE,
        "ground",
        (
            *head,
            *(paint(shown, layout.BESIDE_BACK, words) if shown else ()),
            Label(
                Rect(32, 136, 308, 144),
                words.say("Type the number printed under the barcode or on the shelf label."),
                layout.BODY,
                max_lines=4,
                line_height=1.25,
                valign="top",
            ),
            *_example(),
            *button(_CHECK, PriceCheckOpened(), words.say("Check a price"), icon="tag-outline", size=26),
            *field(_FIELD, view.typed, words),
            *keypad(_KEYS, words, words.say("OK"), SubmitCode(), why_not=why),
            *utility(state, words),
            *basket(state, view, words),
            *pay(state, words, meanwhile=words.say("Press OK first, or go back.")),
        ),
        title=title,
    )


def _example() -> tuple[Element, ...]:
    return (
        Box(Rect(32, 292, 308, 175), "paper", radius=28),
        Code(Rect(32, 312, 308, 86), _EXAMPLE, "ean13"),
        Label(Rect(32, 408, 308, 42), "7 350000 012348", 26, 600, align="centre", amount=True),
    )


def field(rect: Rect, typed: str, words: Words, *, ink: str = "ink") -> tuple[Element, ...]:
    """What has been typed so far, and the caret. A text too long shows its end."""
    room = rect.w - 56
    shown = typed
    while shown and text_width(shown, 42, 600) > room:
        shown = shown[1:]
    caret = rect.x + 26 + text_width(shown, 42, 600) + 4
    return (
        Box(rect, "paper", ink, 3, 16),
        Label(Rect(rect.x + 26, rect.y, room, rect.h), shown, 42, 600, amount=True),
        Box(Rect(caret, rect.y + 16, 4, rect.h - 36), "primary"),
    )
