"""09 Become a member: what was typed once more, what it is kept for, and the word of the person that agrees.

Nothing is chosen beforehand: `I agree` makes a member, the empty box is a consent of its own (Regulation (EU) 2016/679,
article 7 and recital 32). The store keeps version and language of the words, so a change of them is a new version.
"""

from kiosk.checkout.asking import is_asking
from kiosk.checkout.questions import SignUpAsk
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.keyboard import BACK
from kiosk.ui.view import Choose, SubmitSignUp, TurnLeaf, View
from kiosk.ui.words import Words
from kiosk.values.contact import read_contact

CONSENT_TEXT = "1"
"""Version of the words below; `tests/kiosk/ui/test_consent.py` holds them to it."""
_TITLE = Rect(288, 24, 960, 88)
_PAPER = Rect(32, 128, 1216, 292)
_OFFERS, _RECEIPTS, _AGREE = Rect(32, 436, 1216, 88), Rect(32, 576, 1216, 88), Rect(32, 684, 1216, 96)


def scene(state: State, view: View, words: Words) -> Scene:
    """The contact, the words, two choices, and `I agree`."""
    say = words.say
    title = say("Become a member")
    shown = banner(state, view, words)
    waits = say("One moment, we are asking.") if is_asking(state, SignUpAsk) else ""
    return Scene(
        "09-member-consent",
        layout.SIZE,
        "ground",
        (
            *button(BACK, TurnLeaf("contact"), say("Back"), icon="arrow-left", group="back"),
            *(paint(shown, _TITLE, words) if shown else (Label(_TITLE, waits or title, layout.TITLE, 700, True),)),
            Box(_PAPER, "paper", radius=28),
            Label(Rect(64, 140, 1152, 76), read_contact(view.typed) or "", 32, 700, max_lines=2, plain=True),
            Label(
                Rect(64, 222, 1152, 190),
                "\n".join(agreed_words(state.lane.store_name, words)),
                layout.BODY,
                max_lines=5,
                line_height=1.25,
                valign="top",
            ),
            *_offers(view, words),
            *_receipts(view, words),
            *button(_AGREE, SubmitSignUp(), say("I agree, make me a member"), style="primary", why_not=waits, size=34),
        ),
        title=title,
    )


def agreed_words(shop: str, words: Words) -> tuple[str, str]:
    """What is kept and for what; how it ends."""
    return (
        words.say(
            "I agree that {shop} keeps this, and what I buy as a member, to give me points and member prices.",
            shop=shop or words.say("this shop"),
        ),
        words.say("I can end this at any time: the staff show me what is kept, and erase it."),
    )


def offers_words(words: Words) -> str:
    """The second consent, which nobody needs to give."""
    return words.say("Send me offers as well (you choose)")


def _offers(view: View, words: Words) -> tuple[Element, ...]:
    chosen = view.picked.get("marketing") == "yes"
    icon = "checkbox-marked" if chosen else "checkbox-blank-outline"
    value = words.say("on") if chosen else words.say("off")
    says = Choose("marketing", "" if chosen else "yes")
    return button(_OFFERS, says, offers_words(words), icon=icon, role="switch", value=value, selected=chosen)


def _receipts(view: View, words: Words) -> tuple[Element, ...]:
    say = words.say
    kinds = (
        ("", say("Ask me")),
        ("print", say("Print it")),
        ("qr", say("Show a QR code")),
        ("none", say("No receipt")),
    )
    painted: list[Element] = [Label(Rect(32, 532, 1216, 38), say("My receipt, every time:"), layout.CAPTION, 600)]
    for (kind, text), cell in zip(kinds, layout.columns(_RECEIPTS, len(kinds), 16), strict=True):
        chosen = view.picked.get("receipt", "") == kind
        icon = "radiobox-marked" if chosen else "radiobox-blank"
        painted += button(cell, Choose("receipt", kind), text, icon=icon, size=layout.UTILITY_TEXT, gap=10,
                          role="radio", selected=chosen)  # fmt: skip
    return tuple(painted)
