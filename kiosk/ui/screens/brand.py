"""Brand: the bar at the top left. The shop's mark and the lane's number, or Back and the page's title.

The mark is also the staff's way in: touching it opens the PIN pad. It shows no outline: it is for nobody else.
"""

from kiosk.checkout.events import Event, StaffSignedOut
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Picture, Rect, Row, Word
from kiosk.ui.screens.face import button, target
from kiosk.ui.view import Look, OpenPage
from kiosk.ui.words import Words

NAME = "Kassa"
_LOCK = Rect(564, 8, 180, 80)


def lane_number(state: State) -> str:
    """What the shop calls this lane: its number on the sign, or else its name in the system."""
    return state.lane.number or state.lane.till


def brand(state: State, words: Words, *, ink: str = "ink") -> tuple[Element, ...]:
    """Logo, name and `Checkout 4`."""
    if state.assisted and state.staff is not None:
        return _strip(state.staff.name, state, words)
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


def _strip(name: str, state: State, words: Words) -> tuple[Element, ...]:
    """Who serves, the way to the staff's list, and the lock."""
    who = words.say("{name} serves · Checkout {number}", name=name, number=lane_number(state))
    return (
        Box(Rect(24, 4, 728, 88), "staff", radius=20),
        target(Rect(28, 8, 512, 80), OpenPage("staff"), words.say("Staff mode"), style="bare"),
        Icon(Rect(40, 8, 52, 80), "badge-account-horizontal-outline", "on-staff", 48),
        Label(Rect(108, 8, 428, 80), who, 26, 600, colour="on-staff", max_lines=2, line_height=1.1, plain=True),
        *button(_LOCK, StaffSignedOut(), words.say("Lock"), icon="lock-outline", size=26, icon_px=36, gap=12),
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
