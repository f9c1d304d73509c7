"""16 Help: the call is answered at once, and the shopper may go on."""

from kiosk.checkout.events import HelpDismissed, PromptClosed
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Scene
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
            ),
            *button(LEFT_ANSWER, PromptClosed(), words.say("Keep scanning"), style="info", icon="barcode-scan"),
            *button(RIGHT_ANSWER, HelpDismissed(), words.say("I’m fine now"), icon="close"),
            *utility(state, words),
            *basket(state, view, words),
            *pay(state, words),
        ),
        title=title,
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
