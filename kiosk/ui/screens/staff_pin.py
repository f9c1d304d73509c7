"""19a Staff sign-in: the badge, or a typed number, says who, the PIN proves it.

Its digits are never shown and go no further than the gate.

The same pad takes the second person's, when an act needs somebody with a higher right (`kiosk.checkout.approving`).
"""

from kiosk.checkout.events import ApprovalDropped
from kiosk.checkout.rights import least
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.office import page
from kiosk.ui.view import Choose, SubmitPin, View
from kiosk.ui.words import Words, minutes

_KEYS = Rect(640, 244, 576, 461)
_LEAST_DIGITS = 4


def scene(state: State, view: View, words: Words) -> Scene:
    """The pad, the dots, and how many tries are left."""
    title = words.say("Second person") if state.approval is not None else words.say("Staff sign-in")
    head, text = _text(state, view, words)
    numbers = wants_number(state, view)
    shown = banner(state, view, words)
    elements: tuple[Element, ...] = (
        Box(Rect(64, 144, 520, 560), "paper", radius=28),
        Icon(Rect(64, 236, 520, 220), "badge-account-horizontal-outline", "staff", 190),
        Label(Rect(84, 458, 480, 52), head, layout.TITLE, 700, True, align="centre"),
        Label(
            Rect(104, 526, 440, 160),
            text,
            layout.BODY,
            align="centre",
            max_lines=4,
            line_height=1.25,
            valign="top",
        ),
        *((_number(view),) if numbers else _dots(len(view.typed))),
        *keypad(
            _KEYS,
            words,
            words.say("Next") if numbers else words.say("Sign in"),
            Choose("number", view.typed, keeps=False) if numbers else SubmitPin(),
            style="staff",
            gap=15,
            size=34,
            why_not=_why_not(state, view, words),
        ),
        Label(Rect(64, 720, 1152, 48), _tries(state, view, words), layout.CAPTION, colour="ink2"),
        *(paint(shown, Rect(64, 716, 1152, 80), words) if shown else ()),
    )
    back = ApprovalDropped() if state.approval is not None else None
    return page("19a-staff-sign-in", title, state, view, words, elements, back=back)


def wants_number(state: State, view: View) -> bool:
    """Whether the digits are a staff number: the shop wants one, and neither it nor a badge has said who."""
    limits = state.lane.staff_limits
    wanted = limits.number_needed and not limits.badge_needed
    return wanted and state.badge is None and "number" not in view.picked


def _number(view: View) -> Label:
    """No secret: whoever types it may read it."""
    return Label(Rect(640, 152, 576, 68), view.typed, 56, 700, align="centre")


def _text(state: State, view: View, words: Words) -> tuple[str, str]:
    """What to do now."""
    if state.badge is not None:
        text = words.say("Your badge says who you are. Your PIN proves it.")
        return words.say("{name}, type your PIN", name=state.badge.name), text
    if "number" in view.picked:
        return words.say("Type your PIN"), words.say("Your number says who you are. Your PIN proves it.")
    if state.approval is not None:
        who = {
            "manager": words.say("Ask a manager"),
            "supervisor": words.say("Ask a supervisor"),
        }.get(least(state.approval.right), words.say("Ask a cashier"))
        if wants_number(state, view):
            return who, words.say("They scan their badge or type their staff number here. You stay signed in.")
        return who, words.say("They scan their badge or type their PIN here. You stay signed in.")
    if state.lane.staff_limits.badge_needed:
        return words.say("Scan your badge"), words.say("Hold it over the glass, then type your PIN.")
    if state.lane.staff_limits.number_needed:
        return words.say("Scan your badge"), words.say("Hold it over the glass, or type your staff number.")
    return words.say("Scan your badge"), words.say("Hold it over the glass, or type your PIN.")


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
    if state.lane.staff_limits.badge_needed and state.badge is None:
        return words.say("Scan your badge first. The PIN only proves it.")
    if wants_number(state, view):
        return "" if view.typed else words.say("Type your staff number first.")
    return "" if len(view.typed) >= _LEAST_DIGITS else words.say("A PIN has at least four digits.")


def _tries(state: State, view: View, words: Words) -> str:
    if pause := _pause_ms(state, view):
        return words.say("Too many wrong PINs. The pad works again in {time}.", time=minutes(pause))
    if state.pin_failures and state.lane.staff_limits.number_needed:
        return words.count(
            "That number and that PIN are not one person’s. {count} wrong try so far.",
            "That number and that PIN are not one person’s. {count} wrong tries so far.",
            state.pin_failures,
        )
    if state.pin_failures:
        return words.count(
            "Nobody here has that PIN. {count} wrong try so far.",
            "Nobody here has that PIN. {count} wrong tries so far.",
            state.pin_failures,
        )
    return words.say("After 5 wrong tries the PIN pad pauses for 5 minutes.")
