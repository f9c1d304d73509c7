"""11d Gift card: hold it before the scanner; then what it paid, what is left on it, and what is left to pay."""

from kiosk.checkout.asking import is_asking
from kiosk.checkout.basket import Taken
from kiosk.checkout.events import TenderCancelled
from kiosk.checkout.questions import GiftCardAsk
from kiosk.checkout.state import State
from kiosk.checkout.tenders import left
from kiosk.ui import layout
from kiosk.ui.measure import largest
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back, brand
from kiosk.ui.screens.face import button
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_PANEL = Rect(32, 136, 712, 524)


def scene(state: State, view: View, words: Words) -> Scene:
    """Waiting for the card."""
    title = words.say("Gift card")
    shown = banner(state, view, words)
    said = words.say("Hold the card’s code to the scanner.")
    if is_asking(state, GiftCardAsk):
        said = words.say("One moment, we look at your card …")
    return Scene(
        "11d-gift-card",
        layout.SIZE,
        "ground",
        (
            *back("" if shown else title, OpenPage("tenders"), words),
            *(paint(shown, layout.BESIDE_BACK, words) if shown else ()),
            Box(_PANEL, "primary-soft", radius=28),
            Icon(Rect(238, 180, 300, 240), "gift-outline", "primary", 220),
            Label(Rect(68, 452, 640, 48), said, layout.BODY, 600, align="centre"),
            Label(
                Rect(68, 508, 640, 112),
                words.say("What is on it is used first. The rest can be paid another way."),
                layout.BODY,
                align="centre",
                max_lines=3,
                line_height=1.3,
                valign="top",
            ),
            *utility(state, words),
            *sums(state, words),
        ),
        title=title,
    )


def added(state: State, view: View, words: Words) -> Scene:
    """What the last card paid, and the ways on."""
    taken = state.basket.taken[-1]
    title = words.say("Gift card added")
    shown = banner(state, view, words)
    another, rest = words.say("Add another"), words.say("Pay the rest")
    text = words.say("Remove gift card {digits}", digits=_digits(taken))
    figure = words.money(left(state.basket))
    return Scene(
        "11d-gift-card-added",
        layout.SIZE,
        "ground",
        (
            *brand(state, words),
            Box(Rect(32, 100, 712, 560), "paper", radius=28),
            Box(Rect(64, 132, 180, 180), "primary-soft", radius=20),
            Icon(Rect(64, 132, 180, 180), "gift-outline", "primary", 130),
            *_used(taken, title, words),
            Box(Rect(64, 332, 648, 2), "hair"),
            Label(Rect(64, 350, 300, 80), words.say("Left to pay"), 36, 700),
            Label(
                Rect(340, 350, 372, 80),
                figure,
                largest(figure, 372, (layout.DISPLAY, 52, layout.TITLE)),
                800,
                True,
                align="end",
                amount=True,
            ),
            *(paint(shown, Rect(64, 436, 648, 84), words) if shown else ()),
            *button(Rect(64, 532, 316, 96), OpenPage("gift_card"), another, icon="gift-outline"),
            *button(Rect(396, 532, 316, 96), OpenPage("tenders"), rest, style="primary", icon="contactless-payment"),
            *utility(state, words),
            *sums(state, words),
            *button(layout.PAY, TenderCancelled(attempt=taken.tender.attempt), text, icon="undo-variant"),
        ),
        focus=(rest, another, text),
        title=title,
    )


def _digits(taken: Taken) -> str:
    reference = taken.tender.reference
    return reference if isinstance(reference, str) else ""


def _used(taken: Taken, title: str, words: Words) -> tuple[Element, ...]:
    used = words.say("{amount} used", amount=words.money(Money(taken.tender.amount_minor)))
    if taken.rest:
        kept = words.say("{amount} is left on this card.", amount=words.money(taken.rest))
    else:
        kept = words.say("Nothing is left on this card.")
    return (
        Row(
            Rect(268, 150, 440, 44),
            (Mark("check-circle", 34, "primary"), Word(title, layout.BODY, 600, colour="primary")),
            12,
            "start",
        ),
        Label(Rect(268, 196, 440, 52), used, 38, 700),
        Label(Rect(268, 252, 440, 40), kept, layout.BODY),
    )
