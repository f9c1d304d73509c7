"""Staff sign-in: a PIN, whose digits are never shown and go no further than the gate."""

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.office import page
from kiosk.ui.view import SubmitPin, View
from kiosk.ui.words import Words, minutes

_KEYS = Rect(640, 244, 576, 461)
_LEAST_DIGITS = 4


def scene(state: State, view: View, words: Words) -> Scene:
    """The pad, the dots, and how many tries are left."""
    title = words.say("Staff sign-in")
    shown = banner(state, view, words)
    elements: tuple[Element, ...] = (
        Box(Rect(64, 144, 520, 560), "paper", radius=28),
        Icon(Rect(64, 236, 520, 220), "badge-account-horizontal-outline", "staff", 190),
        Label(Rect(84, 458, 480, 52), words.say("Type your PIN"), layout.TITLE, 700, True, align="centre"),
        Label(
            Rect(104, 526, 440, 160),
            words.say("Only for people who work here. Signing in is written down."),
            layout.BODY,
            align="centre",
            max_lines=4,
            line_height=1.25,
            valign="top",
        ),
        *_dots(len(view.typed)),
        *keypad(
            _KEYS,
            words,
            words.say("Sign in"),
            SubmitPin(),
            style="staff",
            gap=15,
            size=34,
            why_not=_why_not(state, view, words),
        ),
        Label(Rect(64, 720, 1152, 48), _tries(state, view, words), layout.CAPTION, colour="ink2"),
        *(paint(shown, Rect(64, 716, 1152, 80), words) if shown else ()),
    )
    return page("19a-staff-sign-in", title, state, view, words, elements)


def _dots(typed: int) -> tuple[Element, ...]:
    places = max(_LEAST_DIGITS, typed)
    left = 928 - (74 * places - 34) // 2
    return tuple(
        Box(Rect(left + 74 * i, 166, 40, 40), "staff" if i < typed else "paper", "staff", 4, 20) for i in range(places)
    )


def _pause_ms(state: State, view: View) -> int:
    return max(0, state.pin_pause_until_tick - view.now_ms) if state.pin_pause_until_tick else 0


def _why_not(state: State, view: View, words: Words) -> str:
    if pause := _pause_ms(state, view):
        return words.say("Too many wrong PINs. The pad works again in {time}.", time=minutes(pause))
    return "" if len(view.typed) >= _LEAST_DIGITS else words.say("A PIN has at least four digits.")


def _tries(state: State, view: View, words: Words) -> str:
    if pause := _pause_ms(state, view):
        return words.say("Too many wrong PINs. The pad works again in {time}.", time=minutes(pause))
    if state.pin_failures:
        return words.count(
            "Nobody here has that PIN. {count} wrong try so far.",
            "Nobody here has that PIN. {count} wrong tries so far.",
            state.pin_failures,
        )
    return words.say("After 5 wrong tries the PIN pad pauses for 5 minutes.")
