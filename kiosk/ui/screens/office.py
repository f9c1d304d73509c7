"""Office: the violet frame of the staff's own pages, with its bar and the way back to the shopper."""

from kiosk.checkout.events import Event, StaffSignedOut
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Group, Icon, Label, Rect, Row, Scene, Word
from kiosk.ui.screens.brand import lane_number
from kiosk.ui.screens.face import target
from kiosk.ui.view import Look, OpenPage, View
from kiosk.ui.words import Words

BAR = Rect(0, 0, 1280, 96)


def page(
    name: str,
    title: str,
    state: State,
    view: View,
    words: Words,
    elements: tuple[Element, ...],
    *,
    back: Look | Event | None = None,
) -> Scene:
    """A staff page. `back` leads to the page before; without it the bar offers Lock, or the shopper's screen."""
    return Scene(
        name,
        layout.SIZE,
        "staff-ground",
        (
            Box(BAR, "staff"),
            Icon(Rect(32, 16, 52, 64), "badge-account-horizontal-outline", "on-staff", 52),
            Label(Rect(100, 16, 480, 64), title, 36, 700, True, "on-staff"),
            *_way_out(state, view, words, back),
            *elements,
        ),
        title=title,
    )


def _way_out(state: State, view: View, words: Words, back: Look | Event | None) -> tuple[Element, ...]:
    if state.staff is None:
        return _exit(Rect(943, 8, 301, 80), OpenPage(""), words.say("Back to shopper"), "close")
    who = words.say(
        "Checkout {number} · {name} · {time}",
        number=lane_number(state),
        name=state.staff.name,
        time=words.time(max(view.utc_ms, state.seen.utc_ms)),
    )
    lock = _exit(Rect(1064, 8, 180, 80), StaffSignedOut(), words.say("Lock"), "lock-outline", "utility")
    shown = _exit(
        Rect(784, 8, 264, 80),
        back or OpenPage(""),
        words.say("Back") if back else words.say("To shopper"),
        "arrow-left",
    )
    return (Label(Rect(380, 16, 388, 64), who, 24, 500, colour="on-staff", align="end", max_lines=2), *shown, *lock)


def _exit(rect: Rect, says: Event | Look, text: str, icon: str, group: Group = "back") -> tuple[Element, ...]:
    return (
        target(rect, says, text, style="bare", group=group),
        Box(rect, "paper", radius=20),
        Icon(Rect(rect.x + 16, rect.y, 48, rect.h), icon, "staff", 36),
        Row(Rect(rect.x + 72, rect.y, rect.w - 84, rect.h), (Word(text, 26, 600, colour="staff"),), 0, "start"),
    )
