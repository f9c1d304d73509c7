"""13 Checking with the bank: the outcome is unknown. Nothing here pays, cancels or tries again.

It never ends by itself: only the terminal's own journal, or staff who have read it, end it.
"""

from kiosk.checkout.payment import Payment
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Label, Mark, Progress, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.prompt import prompt
from kiosk.ui.screens.slip import sums
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words, minutes

LOOP_MS = 1600
"""The bar goes to the right and back in this time."""


def scene(state: State, view: View, words: Words) -> Scene:
    """The panel, the bar, how often and how long."""
    payment = state.payment
    assert payment is not None
    waited = max(0, view.now_ms - payment.since_tick)
    title = words.say("We’re checking with the bank")
    return Scene(
        "13-checking-bank",
        layout.SIZE,
        "ground",
        (
            *prompt(
                state,
                words,
                fill="info-soft",
                picture="svg:bank",
                title=title,
                text=_said(state, payment, waited, words),
                shown=banner(state, view, words),
            ),
            Progress(Rect(68, 563, 640, 18), bar_permille(waited)),
            Label(
                Rect(68, 592, 480, 40),
                words.count("Asked {count} time", "Asked {count} times", payment.asked) if payment.asked else "",
                layout.BODY,
                600,
            ),
            Label(Rect(548, 592, 160, 40), minutes(waited), layout.BODY, 600, align="end", amount=True),
            *utility(state, words),
            *sums(state, words),
            Box(layout.PAY, "info-soft", radius=24),
            Row(
                layout.inset(layout.PAY, 24, 0),
                (Mark("account-check-outline", 52, "info"), Word(words.say("Our staff can see this too"), 28)),
                16,
                "start",
            ),
        ),
        title=title,
    )


def bar_permille(waited_ms: int) -> int:
    """Where the bar's block stands: to the right and back again."""
    half = LOOP_MS // 2
    at = waited_ms % LOOP_MS
    return (at if at <= half else LOOP_MS - at) * 1000 // half


def _said(state: State, payment: Payment, waited_ms: int, words: Words) -> str:
    if payment.stage == "unknown" or waited_ms > state.lane.time_outs.bank_slow_ms:
        return words.say(
            "It’s taking longer than usual. Our staff are coming to help you. **Please don’t pay again yet.**"
        )
    return words.say(
        "This can take a minute. **Please don’t pay again yet.** Your basket is safe, "
        "and we only finish when the bank has answered."
    )
