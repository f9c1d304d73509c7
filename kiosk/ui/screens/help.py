"""16 Help: the call is answered at once, and the shopper may go on."""

from typing import Literal

from kiosk.checkout.events import HelpDismissed, HelpExplained, PromptClosed
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.brand import lane_number
from kiosk.ui.screens.face import button
from kiosk.ui.screens.prompt import LEFT_ANSWER, RIGHT_ANSWER, prompt
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words

SORRY_AFTER_MS = 60_000
_REASONS: tuple[Literal["item", "price", "paying", "other"], ...] = ("item", "price", "paying", "other")
_ASKS = Rect(68, 384, 640, 36)
_CHOICES = Rect(68, 424, 640, 84)


def about(reason: str, words: Words) -> str:
    """What the call is about, for the shopper who says so and the staff who come."""
    match reason:
        case "item":
            return words.say("An item")
        case "price":
            return words.say("A price")
        case "paying":
            return words.say("Paying")
    return words.say("Something else")


def scene(state: State, view: View, words: Words) -> Scene:
    """Called, seen by somebody, or waiting for a while."""
    title, text = _said(state, view, words)
    return Scene(
        "16-help-coming",
        layout.SIZE,
        "ground",
        (
            *prompt(
                state,
                words,
                fill="info-soft",
                picture="svg:staff",
                title=title,
                text=text,
                shown=banner(state, view, words),
                room_px=120,
            ),
            *_choices(state, words),
            *button(LEFT_ANSWER, PromptClosed(), words.say("Keep scanning"), style="info", icon="barcode-scan"),
            *button(RIGHT_ANSWER, HelpDismissed(), words.say("I’m fine now"), icon="close"),
            *utility(state, words),
            *basket(state, view, words),
            *pay(state, words),
        ),
        title=title,
    )


def _choices(state: State, words: Words) -> tuple[Element, ...]:
    """One touch says what it is about; nobody has to."""
    call = next((i for i in state.interventions if i.reason == "help"), None)
    chosen = call.detail if call is not None else ""
    asks = words.say("If you like, tell us what it is about:")
    return (
        Label(_ASKS, asks, layout.CAPTION, 600, colour="ink2"),
        *(
            element
            for cell, reason in zip(layout.columns(_CHOICES, len(_REASONS), 10), _REASONS, strict=True)
            for element in button(
                cell,
                HelpExplained(about=reason),
                about(reason, words),
                style="info" if reason == chosen else "secondary",
                size=24,
            )
        ),
    )


def _said(state: State, view: View, words: Words) -> tuple[str, str]:
    text = words.say(
        "We can see checkout {number} is calling. **You can keep scanning** while you wait.", number=lane_number(state)
    )
    call = next((i for i in state.interventions if i.reason == "help"), None)
    if call is not None and call.seen_by:
        return words.say("{name} has seen it", name=call.seen_by), text
    if call is not None and view.now_ms - call.since_tick > SORRY_AFTER_MS:
        return words.say("Sorry for the wait"), text
    return words.say("Help is on its way"), text
