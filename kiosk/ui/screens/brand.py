"""Brand: the bar at the top left. The shop's mark and the lane's number, or Back and the page's title.

The mark is also the staff's way in: touching it opens the PIN pad. It shows no outline: it is for nobody else.
"""

from kiosk.checkout.events import Event
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Label, Picture, Rect, Row, Word
from kiosk.ui.screens.face import button, target
from kiosk.ui.view import Look, OpenPage
from kiosk.ui.words import Words

NAME = "Kassa"


def lane_number(state: State) -> str:
    """What the shop calls this lane: its number on the sign, or else its name in the system."""
    return state.lane.number or state.lane.till


def brand(state: State, words: Words, *, ink: str = "ink") -> tuple[Element, ...]:
    """Logo, name and `Checkout 4`."""
    door = OpenPage("staff") if state.staff else OpenPage("staff_pin")
    number = words.say("Checkout {number}", number=lane_number(state))
    return (
        target(Rect(24, 8, 320, 80), door, words.say("Staff sign-in"), style="bare"),
        Picture(Rect(32, 26, 52, 52), "svg:logo"),
        Row(
            Rect(100, 24, 644, 56),
            (Word(NAME, 36, 800, True, ink, max_lines=1), Word(number, 26, 600, colour=ink, max_lines=1)),
            16,
            "start",
        ),
        *(_demo(words) if state.lane.mode == "demo" else ()),
    )


def _demo(words: Words) -> tuple[Element, ...]:
    """A lane that sells nothing real says so on every screen."""
    return (Row(Rect(444, 32, 300, 40), (Word(words.say("Demo"), 24, 600, colour="on-sun"),), 0, "end", "sun", 14, 8),)


def back(title: str, says: Event | Look, words: Words) -> tuple[Element, ...]:
    """Back at the brand's place, and the title of the page beside it."""
    return (
        *button(layout.BACK, says, words.say("Back"), icon="arrow-left"),
        Label(layout.BESIDE_BACK, title, 40, 700, True, max_lines=2, line_height=1.1),
    )
