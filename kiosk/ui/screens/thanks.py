"""15 Thank you: the end, the exit code where the shop has a gate, and what people forget."""

from kiosk.checkout.events import DonePressed, GiftReceiptAsked
from kiosk.checkout.finishing import gift_offered
from kiosk.checkout.joining import offered
from kiosk.checkout.sale import Sale, exit_code
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Code, Element, Icon, Label, Picture, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import button
from kiosk.ui.screens.paper import paper
from kiosk.ui.screens.utility import call_staff
from kiosk.ui.view import OpenForm, View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """Goodbye."""
    assert state.sale is not None
    title, done = words.say("Thank you.\nSee you soon!"), words.say("Done")
    shown = banner(state, view, words)
    return Scene(
        "15-thank-you",
        layout.SIZE,
        "deep",
        (
            *brand(state, words, ink="on-deep"),
            Label(Rect(56, 120, 690, 167), title, 80, 800, True, "on-deep", max_lines=2, line_height=1.04),
            Label(
                Rect(56, 304, 690, 80),
                words.say("Remember your card and all your bags."),
                32,
                600,
                colour="on-deep2",
                max_lines=2,
                line_height=1.25,
                valign="top",
            ),
            Picture(Rect(60, 376, 430, 287), "svg:thanks"),
            *(paint(shown, Rect(56, 580, 676, 88), words) if shown else ()),
            *button(Rect(56, 684, 330, 88), DonePressed(), done, style="sun", icon="check-bold"),
            *call_staff(Rect(402, 684, 330, 88), state, words, style="deep", size=layout.BODY),
            *_gift(state, words),
            *(_join(words) if offered(state) else ()),
            *(_exit_code(state.sale, words) if state.lane.exit_codes else _tick(state, words)),
        ),
        focus=(done, words.say("Call staff")),
        title=title.replace("\n", " "),
    )


def _gift(state: State, words: Words) -> tuple[Element, ...]:
    """A receipt without prices, for whoever has one with them; then that it is coming."""
    place = Rect(512, 384, 220, 88)
    if gift_offered(state):
        return button(place, GiftReceiptAsked(), words.say("Gift receipt"), style="deep", size=layout.UTILITY_TEXT)
    if not state.gift_receipt:
        return ()
    told = words.say("The gift receipt is on its way.")
    return (Label(place, told, layout.CAPTION, colour="on-deep2", max_lines=2),)


def _join(words: Words) -> tuple[Element, ...]:
    """The points of this sale for whoever becomes a member now."""
    text = words.say("Become a member")
    return button(Rect(512, 482, 220, 88), OpenForm("contact", "join"), text, style="deep", size=layout.UTILITY_TEXT)


def _exit_code(sale: Sale, words: Words) -> tuple[Element, ...]:
    code = exit_code(sale)
    return (
        *paper(0, 736),
        Code(Rect(776, 59, 472, 472), code),
        Label(Rect(800, 26, 424, 46), words.say("Your exit code"), 36, 700, align="centre"),
        Label(Rect(800, 518, 424, 62), code, 46, 700, align="centre", amount=True),
        Box(Rect(811, 597, 402, 2), "hair"),
        Label(
            Rect(800, 618, 424, 110),
            words.say("Show the printed slip at the gate, or take a photo of this."),
            layout.BODY,
            align="centre",
            max_lines=3,
            line_height=1.28,
            valign="top",
        ),
    )


def _tick(state: State, words: Words) -> tuple[Element, ...]:
    paid = words.say("Paid")
    return (
        *paper(0, 736),
        Label(
            Rect(800, 27, 424, 173),
            state.lane.store_name,
            36,
            700,
            align="centre",
            max_lines=4,
            line_height=1.2,
            valign="top",
        ),
        Icon(Rect(800, 200, 424, 240), "check-circle", "primary", 240),
        Label(Rect(800, 470, 424, 60), paid, 46, 700, align="centre"),
        Box(Rect(811, 597, 402, 2), "hair"),
        Label(
            Rect(800, 618, 424, 110),
            _receipt(state, words),
            layout.BODY,
            align="centre",
            max_lines=3,
            line_height=1.28,
            valign="top",
        ),
    )


def _receipt(state: State, words: Words) -> str:
    match state.receipt:
        case "print":
            return words.say("Your receipt is on its way out of the printer.")
        case "staff":
            return words.say("Our staff print your receipt.")
        case "email":
            return words.say("Your receipt comes by e-mail.")
        case "qr":
            return words.say("Your receipt stays on your phone.")
    return words.say("No receipt, as you wished.")
