"""17 Still there?: frees an abandoned lane without loss. Any touch, key or scan counts as yes.

Stop shopping asks once more, because it empties the basket.
"""

from kiosk.checkout.events import MoreTimeAsked, ShoppingStopped, StillHere
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Label, Rect, Ring, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.sheet import over
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words, seconds_left

_CARD = Rect(160, 130, 960, 540)
_YES, _MORE, _STOP = Rect(192, 414, 896, 112), Rect(192, 550, 440, 88), Rect(648, 550, 440, 88)
_MINUTE_MS = 60_000


def scene(base: Scene, state: State, view: View, words: Words) -> Scene:
    """The sheet over whatever the shopper was doing."""
    assert state.warned_tick is not None
    whole = state.lane.time_outs.still_there_ms
    ends = state.warned_tick + whole
    left = seconds_left(ends, max(view.now_ms, state.warned_tick))
    title = words.say("Are you still there?")
    yes, more, stop = words.say("Yes, I’m here"), words.say("Give me more time"), words.say("Stop shopping")
    elements: tuple[Element, ...] = (
        Ring(Rect(201, 171, 222, 222), min(1000, left * 1_000_000 // whole), "primary", "sunk", 22),
        Label(Rect(201, 171, 222, 222), words.number(left), 88, 800, True, align="centre", amount=True),
        Label(Rect(476, 190, 620, 64), title, 56, 700, True),
        Label(
            Rect(476, 267, 620, 140),
            words.say(
                "No rush. If we don’t hear from you, we keep your basket for {minutes} minutes and let our staff know.",
                minutes=state.lane.time_outs.parked_ms // _MINUTE_MS,
            ),
            layout.BODY,
            max_lines=4,
            line_height=1.25,
            valign="top",
        ),
        *button(_YES, StillHere(), yes, style="primary", icon="check-bold", size=38),
        *button(_MORE, MoreTimeAsked(), more, icon="clock-outline"),
        *button(_STOP, OpenPage("stop"), stop, icon="close"),
    )
    return over(base, "17-still-there", _CARD, elements, title, (yes, more, stop))


def stop(base: Scene, words: Words) -> Scene:
    """Stop and empty the basket?"""
    title = words.say("Stop and empty the basket?")
    yes, no = words.say("Yes, stop"), words.say("No, go back")
    elements: tuple[Element, ...] = (
        Label(Rect(192, 190, 896, 124), title, 56, 700, True, align="centre", max_lines=2, line_height=1.1),
        *button(_YES, OpenPage(""), no, style="primary", icon="arrow-left", size=38),
        *button(Rect(192, 550, 896, 88), ShoppingStopped(), yes, style="danger", icon="trash-can-outline"),
    )
    return over(base, "17-stop", _CARD, elements, title, (no, yes))
