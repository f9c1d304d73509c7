"""17 Still there?: frees an abandoned lane without loss. Any touch, key or scan counts as yes.

Stop shopping asks once more, because it empties the basket.
"""

from typing import NamedTuple

from kiosk.checkout.events import MoreTimeAsked, ShoppingStopped, StillHere
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Element, Label, Rect, Ring, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.prompt import answer_height
from kiosk.ui.screens.sheet import over
from kiosk.ui.screens.told import told
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words, seconds_left

_MINUTE_MS = 60_000


class _Card(NamedTuple):
    """The card and the places on it."""

    whole: Rect
    words: Rect
    first: Rect
    second: Rect
    """Below the first answer."""


def scene(base: Scene, state: State, view: View, words: Words) -> Scene:
    """The sheet over whatever the shopper was doing."""
    assert state.warned_tick is not None
    room = room_in(state, view)
    whole = state.lane.time_outs.still_there_ms
    ends = state.warned_tick + whole
    left = seconds_left(ends, max(view.now_ms, state.warned_tick))
    title = words.say("Are you still there?")
    yes, more, stop = words.say("Yes, I’m here"), words.say("Give me more time"), words.say("Stop shopping")
    text = words.say(
        "No rush. If we don’t hear from you, we keep your basket for {minutes} minutes and let our staff know.",
        minutes=state.lane.time_outs.parked_ms // _MINUTE_MS,
    )
    card = _card((more, stop), room)
    longer, ends_it = layout.columns(card.second, 2, room.px(16))
    elements: tuple[Element, ...] = (
        *_count(card.words, words.number(left), min(1000, left * 1_000_000 // whole), title, text, room),
        *button(card.first, StillHere(), yes, style="primary", icon="check-bold", size=38, room=room),
        *button(longer, MoreTimeAsked(), more, icon="clock-outline", room=room),
        *button(ends_it, OpenPage("stop"), stop, icon="close", room=room),
    )
    return over(base, "17-still-there", card.whole, elements, title, (yes, more, stop), room)


def _count(place: Rect, figure: str, permille: int, title: str, text: str, room: Room) -> tuple[Element, ...]:
    """The seconds that are left, in a ring, and the words beside it; upright below it. The ring yields to words."""
    px = room.px
    side = px(260 if room.portrait else 222)
    ring = Rect(place.x + px(9), place.y + px(9), side, side)
    said = Rect(layout.right_of(ring) + px(53), place.y + px(12), 0, place.h - px(12))
    said = said._replace(w=layout.right_of(place) - said.x)
    if room.portrait:
        ring = ring._replace(x=place.x + (place.w - side) // 2)
        said = Rect(place.x, layout.below(ring) + px(24), place.w, layout.below(place) - layout.below(ring) - px(24))
    elif room.large or room.scale < 0.9:
        return told(place, title, text, room, sizes=(56, 44, 36, 28))
    return (
        Ring(ring, permille, "primary", "sunk", px(22)),
        Label(ring, figure, room.px(88), 800, True, align="centre", amount=True),
        *told(said, title, text, room, sizes=(56, 44, 36, 28), middle=False,
              align="centre" if room.portrait else "start"),
    )  # fmt: skip


def _card(answers: tuple[str, ...], room: Room) -> _Card:
    """In the middle of the screen, its answers within everybody's reach."""
    px, (width, height) = room.px, room.panel.size
    wide = px(920 if room.portrait else 960)
    inner = wide - 2 * px(32)
    second_h, first_h = answer_height(answers, inner, room), room.touch(112)
    high = min(px(1000 if room.portrait else 540) + (px(180) if room.large else 0), height - 2 * px(16))
    if room.portrait and not room.large:
        high = px(860)
    whole = Rect((width - wide) // 2, (height - high) // 2, wide, high)
    low = layout.below(whole) - px(32)
    second = Rect(whole.x + px(32), low - second_h, inner, second_h)
    first = Rect(second.x, second.y - px(24) - first_h, inner, first_h)
    top = whole.y + px(32)
    return _Card(whole, Rect(second.x, top, inner, first.y - px(20) - top), first, second)


def stop(base: Scene, state: State, view: View, words: Words) -> Scene:
    """Stop and empty the basket?"""
    room = room_in(state, view)
    title = words.say("Stop and empty the basket?")
    yes, no = words.say("Yes, stop"), words.say("No, go back")
    card = _card((), room)
    elements: tuple[Element, ...] = (
        *told(card.words, title, "", room, sizes=(56, 44, 36, 28), align="centre"),
        *button(card.first, OpenPage(""), no, style="primary", icon="arrow-left", size=38, room=room),
        *button(card.second, ShoppingStopped(), yes, style="danger", icon="trash-can-outline", room=room),
    )
    return over(base, "17-stop", card.whole, elements, title, (no, yes), room)
