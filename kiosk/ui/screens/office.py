"""Office: the violet frame of the staff's own pages, with its bar, the way back to the shopper and what is to be said.

Staff pages have the usual text whatever the shopper has switched on. A banner lies over the bar's title, or upright in
a strip of its own below the bar: there it is in nobody's way, on every glass.
"""

from typing import NamedTuple

from kiosk.checkout.events import Event, StaffSignedOut
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import is_known, text_width
from kiosk.ui.room import GAP_PX, Room
from kiosk.ui.scene import Box, Element, Group, Icon, Label, Mark, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import Banner, banner, paint
from kiosk.ui.screens.brand import lane_number
from kiosk.ui.screens.face import USUAL_ROOM, fits, target
from kiosk.ui.view import Look, OpenPage, View
from kiosk.ui.words import Words

_MENU = OpenPage("staff")
_WIDEST = 0.26
"""What one button of the bar may take of its width."""


class Exit(NamedTuple):
    """A button of the bar."""

    says: Event | Look
    text: str
    icon: str
    group: Group = "back"


def bar(room: Room = USUAL_ROOM) -> Rect:
    """At the top, as wide as the screen."""
    return Rect(0, 0, room.panel.size[0], max(room.px(96), room.touch(80) + 2 * GAP_PX))


def body(room: Room) -> Rect:
    """All below the bar, within the page's margins."""
    width, height = room.panel.size
    margin, top = room.px(40 if room.portrait else 32), layout.below(bar(room)) + room.px(20)
    if room.portrait:
        top = layout.below(_strip(room)) + room.px(20)
    return Rect(margin, top, width - 2 * margin, height - room.px(28) - top)


def _strip(room: Room) -> Rect:
    """Upright, where the bar is short: the banner's place below it."""
    top, margin = bar(room), room.px(40)
    return Rect(margin, layout.below(top) + room.px(16), top.w - 2 * margin, room.touch(88))


def halves(place: Rect, room: Room, left: int = 1, right: int = 1, gap: int = 32) -> tuple[Rect, Rect]:
    """Beside each other; upright, one above the other. The weights hold for either."""
    space = max(room.px(gap), GAP_PX)
    if not room.portrait:
        one, two = layout.shares(place, (left, right), space)
        return one, two
    high = (place.h - space) * left // (left + right)
    return place._replace(h=high), Rect(place.x, place.y + high + space, place.w, place.h - high - space)


def page(
    name: str,
    title: str,
    state: State,
    view: View,
    words: Words,
    elements: tuple[Element, ...],
    *,
    back: Look | Event | None = None,
    room: Room | None = None,
    more: tuple[Exit, ...] = (),
    focus: tuple[str, ...] = (),
) -> Scene:
    """A staff page. `back` leads to the page before; without it the bar offers Lock, or the shopper's screen.

    `more`: buttons of this page that stand in the bar.
    """
    shown = banner(state, view, words) if room is not None else None
    room = room or USUAL_ROOM
    top = bar(room)
    buttons, left = _exits(top, (*more, *_ways_out(state, words, back)), room)
    place = Rect(room.px(32), top.y, left - room.px(32), top.h)
    return Scene(
        name,
        room.panel.size,
        "staff-ground",
        (
            Box(top, "staff"),
            *(() if shown and not room.portrait else _titled(place, title, _who(state, view, words), room)),
            *(_said(place, shown, words, room) if shown else ()),
            *buttons,
            *elements,
        ),
        focus,
        title=title,
    )


def _ways_out(state: State, words: Words, back: Look | Event | None) -> tuple[Exit, ...]:
    if state.staff is None:
        return (Exit(OpenPage(""), words.say("Back to shopper"), "close"),)
    lock = Exit(StaffSignedOut(), words.say("Lock"), "lock-outline", "utility")
    if back is None:
        return Exit(OpenPage(""), words.say("To shopper"), "arrow-left"), lock
    if back == _MENU:
        return Exit(back, words.say("Menu"), "view-grid-outline"), lock
    return Exit(back, words.say("Back"), "arrow-left"), lock


def _who(state: State, view: View, words: Words) -> str:
    if state.staff is None:
        return ""
    return words.say(
        "Checkout {number} · {name} · {time}",
        number=lane_number(state),
        name=state.staff.name,
        time=words.time(max(view.utc_ms, state.seen.utc_ms)),
    )


def _said(place: Rect, shown: Banner, words: Words, room: Room) -> tuple[Element, ...]:
    if room.portrait:
        return paint(shown, _strip(room), words, room)
    high = room.touch(80)
    return paint(shown, Rect(place.x, place.y + (place.h - high) // 2, place.w - room.px(16), high), words, room)


def _titled(place: Rect, title: str, who: str, room: Room) -> tuple[Element, ...]:
    """The title, and who is here where there is room for it."""
    px = room.px
    icon, left = room.icon(52), place.x + room.icon(52) + px(16)
    free = layout.right_of(place) - px(16) - left
    size = next((s for s in (36, 32, 28) if fits(title, free, 1, room.font(s), 700, True)), 24)
    font = room.font(size)
    lines = 1 if fits(title, free, 1, font, 700, True) else 2
    unsure = 4 if is_known(title) else font
    wide = min(text_width(title, font, 700, True) + unsure, free) if lines == 1 else free
    who_px, rest = room.font(layout.CAPTION), Rect(left + wide + px(24), place.y, free - wide - px(24), place.h)
    lines_of_who = next((n for n in (1, 2) if fits(who, rest.w, n, who_px, 500)), 0)
    return (
        Icon(Rect(place.x, place.y, icon, place.h), "badge-account-horizontal-outline", "on-staff", icon),
        Label(Rect(left, place.y, wide, place.h), title, font, 700, True, "on-staff", max_lines=lines, line_height=1.1),
        *(
            (Label(rest, who, who_px, colour="on-staff", align="end", max_lines=lines_of_who),)
            if who and lines_of_who
            else ()
        ),
    )


def _exits(top: Rect, exits: tuple[Exit, ...], room: Room) -> tuple[tuple[Element, ...], int]:
    """From the right; and where the first of them begins."""
    painted: list[Element] = []
    high, gap = room.touch(80), max(room.px(16), GAP_PX)
    right = layout.right_of(top) - room.px(36)
    for way in reversed(exits):
        font, icon, pad = room.font(26), room.icon(36), room.px(20)
        words, most = text_width(way.text, font, 600) + 4, round(top.w * _WIDEST) - 2 * pad
        mark = words + icon + room.px(14) <= most
        inner = words + icon + room.px(14) if mark else min(words, most)
        while not fits(way.text, inner, 2, font, 600):
            inner += 8
        wide = max(inner + 2 * pad, room.touch(80))
        rect = Rect(right - wide, top.y + (top.h - high) // 2, wide, high)
        word = Word(way.text, font, 600, colour="staff")
        painted += (
            target(rect, way.says, way.text, style="bare", group=way.group),
            Box(rect, "paper", radius=room.px(20)),
            Row(layout.inset(rect, pad, 0), (Mark(way.icon, icon, "staff"), word) if mark else (word,), room.px(14)),
        )
        right = rect.x - gap
    return tuple(painted), right + gap - room.px(16)
