"""19a Staff sign-in: the badge, or a typed number, says who, the PIN proves it.

Its digits are never shown and go no further than the gate.

The same pad takes the second person's, when an act needs somebody with a higher right (`kiosk.checkout.approving`).
"""

from kiosk.checkout import keylock
from kiosk.checkout.events import ApprovalDropped
from kiosk.checkout.rights import least
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import Room, office
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_form import card, note
from kiosk.ui.screens.told import told
from kiosk.ui.view import Choose, SubmitPin, View
from kiosk.ui.words import Words, minutes

_LEAST_DIGITS = 4


def scene(state: State, view: View, words: Words) -> Scene:
    """The pad, the dots, and how many tries are left."""
    title = words.say("Second person") if state.approval is not None else words.say("Staff sign-in")
    room, numbers = office(view), wants_number(state, view)
    px, place = room.px, body(room)
    foot_h = room.lines(layout.CAPTION, 2 if room.scale < 1 or room.portrait else 1)
    left, right = halves(place._replace(h=place.h - foot_h - px(8)), room, *((38, 62) if room.portrait else (46, 54)))
    typed_h = max(px(72), room.lines(56 if numbers else layout.BODY))
    above = right._replace(h=typed_h)
    keys_h = right.h - typed_h - px(12)
    keys = Rect(right.x, layout.below(above) + px(12), right.w, min(keys_h, 4 * room.touch(130) + 3 * px(16)))
    below = Rect(place.x, layout.below(place) - foot_h, place.w, foot_h)
    last = words.say("Next") if numbers else words.say("Sign in")
    says = Choose("number", view.typed, keeps=False) if numbers else SubmitPin()
    why = _why_not(state, view, words)
    elements: tuple[Element, ...] = (
        *_who(left, *_text(state, view, words), room),
        *((_number(above, view, room),) if numbers else _dots(above, len(view.typed), room)),
        *keypad(keys, words, last, says, room=room, style="staff", gap=15, size=34, why_not=why),
        *note(below, _tries(state, view, words), room, sizes=(layout.CAPTION,), colour="ink2"),
    )
    back = ApprovalDropped() if state.approval is not None else None
    return page("19a-staff-sign-in", title, state, view, words, elements, back=back, room=room)


def _who(place: Rect, head: str, text: str, room: Room) -> tuple[Element, ...]:
    """The badge, where there is room for it, and what to do."""
    px = room.px
    inner = layout.inset(place, px(36), px(20))
    side = min(room.icon(190), inner.h * 45 // 100)
    words_h = min(inner.h - side - px(12), px(260))
    top = inner.y + (inner.h - side - px(12) - words_h) // 2
    sign = Rect(inner.x, top, inner.w, side)
    said = Rect(inner.x, layout.below(sign) + px(12), inner.w, words_h)
    return (
        card(place, room),
        Icon(sign, "badge-account-horizontal-outline", "staff", side),
        *told(said, head, text, room, align="centre", middle=False),
    )


def wants_number(state: State, view: View) -> bool:
    """Whether the digits are a staff number: the shop wants one, and neither it nor a badge has said who."""
    limits = state.lane.staff_limits
    wanted = limits.number_needed and not limits.badge_needed
    return wanted and state.badge is None and "number" not in view.picked


def _number(place: Rect, view: View, room: Room) -> Label:
    """No secret: whoever types it may read it."""
    return Label(place, view.typed, room.font(56), 700, align="centre")


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


def _dots(place: Rect, typed: int, room: Room) -> tuple[Element, ...]:
    places, step, side = max(_LEAST_DIGITS, typed), room.px(74), room.px(40)
    left, top = place.x + (place.w - step * places + step - side) // 2, place.y + (place.h - side) // 2
    return tuple(
        Box(Rect(left + step * i, top, side, side), "staff" if i < typed else "paper", "staff", 4, side // 2)
        for i in range(places)
    )


def _pause_ms(state: State, view: View) -> int:
    return max(0, state.pin_pause_until_tick - view.now_ms) if state.pin_pause_until_tick else 0


def _why_not(state: State, view: View, words: Words) -> str:
    if pause := _pause_ms(state, view):
        return words.say("Too many wrong PINs. The pad works again in {time}.", time=minutes(pause))
    if keylock.is_missing(state):
        return words.say("Turn the staff key first.")
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
