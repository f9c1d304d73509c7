"""07 Age check: it waits without stopping anybody. Only Pay is locked."""

from kiosk.checkout.events import LineVoided, PromptClosed
from kiosk.checkout.paying import age_needed
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.face import button
from kiosk.ui.screens.prompt import LEFT_ANSWER, RIGHT_ANSWER, prompt
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The prompt, with the limited item that was added last to be taken out again."""
    title = words.say("A quick age check")
    shown = banner(state, view, words)
    waiting = [line for line in state.basket.lines if line.item.age_limit > state.basket.age_approved]
    remove = (
        button(RIGHT_ANSWER, LineVoided(line=waiting[-1].line), words.say("Remove this item"), icon="trash-can-outline")
        if waiting
        else ()
    )
    return Scene(
        "07-age-check",
        layout.SIZE,
        "ground",
        (
            *prompt(
                state,
                words,
                fill="info-soft",
                picture="svg:age",
                title=title,
                text=words.say(
                    "Someone from our staff is on the way to look at your ID. **You can keep scanning** while you wait."
                ),
                shown=shown,
            ),
            *(() if shown else _badge(state, words)),
            *button(LEFT_ANSWER, PromptClosed(), words.say("Keep scanning"), style="info", icon="barcode-scan"),
            *remove,
            *utility(state, words),
            *basket(state, view, words),
            *pay(state, words),
        ),
        title=title,
    )


def _badge(state: State, words: Words) -> tuple[Element, ...]:
    """The limit, on the picture's card."""
    limit = age_needed(state)
    if not limit:
        return ()
    rect, years = Rect(416, 250, 84, 46), words.say("{years}+", years=limit)
    return Box(rect, "ink", radius=23), Label(rect, years, 26, 600, colour="paper", align="centre", amount=True)
