"""Why the lane is closed, paused or opened: one touch does it, with a reason or with none; and wiping the screen."""

from typing import get_args

from kiosk.checkout.events import CleaningBegan, Event, LaneClosed, LaneOpened, LanePaused
from kiosk.checkout.events.staff import LaneReason
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.state import Phase, State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import body, page
from kiosk.ui.view import OpenForm, OpenPage, View
from kiosk.ui.words import Words

_REASONS: tuple[LaneReason, ...] = get_args(LaneReason)
PAUSES_MIN = (5, 15, 30)


def scene(state: State, view: View, words: Words) -> Scene:
    """What is to be done is the form's tab: `open`, `close`, or the minutes of a pause."""
    tab = view.picked.get("tab", "close")
    room = office(view)
    px, place, gap = room.px, body(room), max(room.px(20), GAP_PX)
    head = words.say("Why? One touch does it.")
    head_h = room.lines(layout.BODY, 2 if text_width(head, room.font(layout.BODY), 600) > place.w else 1)
    foot_h = room.touch(112)
    top = place.y + head_h + px(12)
    keys = Rect(place.x, top, place.w, min(layout.below(place) - foot_h - px(24) - top, px(720)))
    cells = layout.grid(keys, 2, 3, gap, gap)
    elements = (
        Label(place._replace(h=head_h), head, room.font(layout.BODY), 600, align="centre", max_lines=2),
        *(
            element
            for cell, reason in zip(cells, (*_REASONS[1:], ""), strict=True)
            for element in button(
                cell,
                _act(tab, reason),
                _said(reason, words),
                room=room,
            )
        ),
        *_foot(Rect(place.x, layout.below(keys) + px(24), place.w, foot_h), tab, state, words, room),
    )
    title, back = _title(tab, words), OpenPage("staff")
    return page("19-staff-lane", title, state, view, words, elements, back=back, room=room)


def _foot(place: Rect, tab: str, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """Beside closing and opening: the pauses, and a cloth."""
    if tab.isdecimal():
        return ()
    say = words.say
    busy = "" if state.phase is Phase.WELCOME else say("Only between two shoppers, on an open lane.")
    here = "" if is_between_visits(state) else say("Only between two shoppers.")
    cells = layout.columns(place, len(PAUSES_MIN) + 1, max(room.px(16), GAP_PX))
    painted: list[Element] = []
    for cell, minutes in zip(cells, PAUSES_MIN, strict=False):
        text, says = say("Pause {minutes} min", minutes=minutes), OpenForm("staff_lane", str(minutes))
        painted += button(cell, says, text, room=room, icon="timer-pause-outline", size=26, icon_px=36, why_not=busy)
    wipe = say("Wipe the screen")
    painted += button(
        cells[-1], CleaningBegan(), wipe, room=room, icon="spray-bottle", size=26, icon_px=36, why_not=here
    )
    return tuple(painted)


def _act(tab: str, reason: LaneReason) -> Event:
    if tab == "open":
        return LaneOpened(reason=reason)
    return LanePaused(minutes=int(tab), reason=reason) if tab.isdecimal() else LaneClosed(reason=reason)


def _title(tab: str, words: Words) -> str:
    if tab == "open":
        return words.say("Open the lane")
    return words.say("Pause {minutes} min", minutes=tab) if tab.isdecimal() else words.say("Close the lane")


def _said(reason: LaneReason, words: Words) -> str:
    match reason:
        case "break":
            return words.say("Break")
        case "cash":
            return words.say("Cash")
        case "cleaning":
            return words.say("Cleaning")
        case "fault":
            return words.say("Fault")
        case "other":
            return words.say("Another reason")
    return words.say("No reason")
