"""Greeting: what fills the stage of 02 when a member is known (09): a word of welcome, and what it is good for."""

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Rect, Row, Word
from kiosk.ui.view import View
from kiosk.ui.words import Words

_PLATE = Rect(66, 160, 200, 200)
_LEFT, _ROOM = 290, 430


def greeting(state: State, view: View, words: Words) -> tuple[Element, ...]:
    """Card, greeting and points. A name only where the store told one, and only while this visit lasts."""
    say = words.say
    title = say("Good to see you, {name}", name=view.member_name) if view.member_name else say("Good to see you")
    text = (
        say("Your member prices are on.")
        + "\n"
        + words.count("You have {count} point.", "You have {count} points.", state.basket.points)
    )
    return (
        Box(layout.STAGE, "paper", radius=28),
        Box(_PLATE, "primary-soft", radius=24),
        Icon(_PLATE, "card-account-details-star-outline", "primary", 140),
        Row(
            Rect(_LEFT, 146, _ROOM, 40),
            (Mark("check-circle", 34, "primary"), Word(say("Member card added"), 28, 600, colour="primary")),
            11,
            "start",
        ),
        Label(
            Rect(_LEFT, 190, _ROOM, 104), title, layout.TITLE, 700, True, max_lines=2, line_height=1.1, valign="top",
            plain=True,
        ),
        Label(Rect(_LEFT, 302, _ROOM, 80), text, layout.BODY, max_lines=2, line_height=1.25, valign="top"),
    )  # fmt: skip
