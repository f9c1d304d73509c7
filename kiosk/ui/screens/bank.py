"""13 Checking with the bank: the outcome is unknown. Nothing here pays, cancels or tries again.

It never ends by itself: only the terminal's own journal, or staff who have read it, end it.
"""

from kiosk.checkout.payment import Payment
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import room_in
from kiosk.ui.scene import Box, Label, Mark, Progress, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.prompt import prompt
from kiosk.ui.screens.slip_sum import sums
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
    room = room_in(state, view).prompting
    told = prompt(
        state,
        words,
        fill="info-soft",
        picture="svg:bank",
        title=title,
        text=_said(state, payment, waited, words),
        shown=banner(state, view, words),
        room=room,
    )
    px, place, font = room.px, told.both, room.font(layout.BODY)
    bar = Rect(place.x, place.y + px(21), place.w, px(18))
    below = Rect(place.x, bar.y + px(29), place.w, max(px(40), round(font * 1.3)))
    asked = words.count("Asked {count} time", "Asked {count} times", payment.asked) if payment.asked else ""
    since = minutes(waited)
    free = place.w - text_width(since, font, 600) - px(16)
    pay = room.zones.pay
    seen = words.say("Our staff can see this too")
    return Scene(
        "13-checking-bank",
        room.panel.size,
        "ground",
        (
            *told.elements,
            Progress(bar, bar_permille(waited)),
            Label(below._replace(w=free), asked, font if text_width(asked, font, 600) <= free else room.font(24), 600),
            Label(below, since, font, 600, align="end", amount=True),
            *utility(state, words, room),
            *sums(state, words, room),
            Box(pay, "info-soft", radius=px(24)),
            Row(
                layout.inset(pay, px(24), 0),
                (Mark("account-check-outline", room.icon(52), "info"), Word(seen, font)),
                px(16),
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
