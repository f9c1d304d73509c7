"""16 Help: the call is answered at once, and the shopper may go on."""

from typing import Literal

from kiosk.checkout.events import HelpDismissed, HelpExplained, PromptClosed
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room, room_in
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.brand import lane_number
from kiosk.ui.screens.face import button, fits
from kiosk.ui.screens.prompt import prompt
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import longest, utility
from kiosk.ui.view import View
from kiosk.ui.words import Words

SORRY_AFTER_MS = 60_000
_REASONS: tuple[Literal["item", "price", "paying", "other"], ...] = ("item", "price", "paying", "other")


def about(reason: str, words: Words) -> str:
    """What the call is about, for the shopper who says so and the staff who come."""
    match reason:
        case "item":
            return words.say("An item")
        case "price":
            return words.say("A price")
        case "paying":
            return words.say("Paying")
    return words.say("Something else")


def scene(state: State, view: View, words: Words) -> Scene:
    """Called, seen by somebody, or waiting for a while."""
    room = room_in(state, view).prompting
    title, text = _said(state, view, words)
    goes_on, fine = words.say("Keep scanning"), words.say("I’m fine now")
    shown = banner(state, view, words)
    high = room.touch(84)
    px_below = room.px(34)
    asked = high + room.px(36)
    for above_px in (asked, 0):
        told = prompt(
            state,
            words,
            fill="info-soft",
            picture="svg:staff",
            title=title,
            text=text,
            shown=shown,
            above_px=above_px,
            answers=(goes_on, fine),
            room=room,
        )
        if told.picture.h and told.both.y - px_below - high >= room.top_touch and _has_room(told.both.w, words, room):
            break
    return Scene(
        "16-help-coming",
        room.panel.size,
        "ground",
        (
            *told.elements,
            *(_choices(state, told.both, words, room) if above_px else ()),
            *button(told.left, PromptClosed(), goes_on, room=room, style="info", icon="barcode-scan"),
            *button(told.right, HelpDismissed(), fine, room=room, icon="close"),
            *utility(state, words, room),
            *basket(state, view, words, room=room),
            *pay(state, words, room=room),
        ),
        title=title,
        focus=(goes_on, fine),
    )


def _widths(words: Words, room: Room) -> tuple[int, ...]:
    font = room.font(layout.CAPTION)
    return tuple(longest(about(reason, words), font) + room.px(30) for reason in _REASONS)


def _has_room(wide: int, words: Words, room: Room) -> bool:
    """Whether the four reasons stand beside each other, and the question above them on one line."""
    gaps = (len(_REASONS) - 1) * max(room.px(10), GAP_PX)
    asks = words.say("If you like, tell us what it is about:")
    asked = fits(asks, wide, 1, room.font(layout.CAPTION), 600)
    return not room.large and asked and sum(_widths(words, room)) + gaps <= wide


def _choices(state: State, answers: Rect, words: Words, room: Room) -> tuple[Element, ...]:
    """One touch says what it is about; nobody has to. Large text leaves it out: staff ask anyway."""
    call = next((i for i in state.interventions if i.reason == "help"), None)
    chosen = call.detail if call is not None else ""
    px, high = room.px, room.touch(84)
    row = Rect(answers.x, answers.y - px(34) - high, answers.w, high)
    asks = words.say("If you like, tell us what it is about:")
    cells = layout.shares(row, _widths(words, room), max(px(10), GAP_PX))
    return (
        Label(Rect(row.x, row.y - px(40), row.w, px(36)), asks, room.font(layout.CAPTION), 600, colour="ink2"),
        *(
            element
            for cell, reason in zip(cells, _REASONS, strict=True)
            for element in button(
                cell,
                HelpExplained(about=reason),
                about(reason, words),
                room=room,
                role="radio",
                selected=reason == chosen,
                size=24,
            )
        ),
    )


def _said(state: State, view: View, words: Words) -> tuple[str, str]:
    text = words.say(
        "We can see checkout {number} is calling. **You can keep scanning** while you wait.", number=lane_number(state)
    )
    call = next((i for i in state.interventions if i.reason == "help"), None)
    if call is not None and call.seen_by:
        return words.say("{name} has seen it", name=call.seen_by), text
    if call is not None and view.now_ms - call.since_tick > SORRY_AFTER_MS:
        return words.say("Sorry for the wait"), text
    return words.say("Help is on its way"), text
