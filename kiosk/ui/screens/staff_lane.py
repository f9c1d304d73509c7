"""Why the lane is closed, paused or opened: one touch does it, with a reason or with none."""

from typing import get_args

from kiosk.checkout.events import Event, LaneClosed, LaneOpened, LanePaused
from kiosk.checkout.events.staff import LaneReason
from kiosk.checkout.state import Phase, State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import page
from kiosk.ui.view import OpenForm, OpenPage, View
from kiosk.ui.words import Words

_REASONS: tuple[LaneReason, ...] = get_args(LaneReason)
SHORT_MIN = 5
_KEYS = Rect(240, 200, 800, 460)


def scene(state: State, view: View, words: Words) -> Scene:
    """What is to be done is the form's tab: `open`, `close`, or the minutes of a pause."""
    tab = view.picked.get("tab", "close")
    shown = banner(state, view, words)
    elements = (
        Label(Rect(64, 120, 1152, 60), words.say("Why? One touch does it."), layout.BODY, 600, align="centre"),
        *(
            element
            for cell, reason in zip(layout.grid(_KEYS, 2, 3, 24, 24), (*_REASONS[1:], ""), strict=True)
            for element in button(
                cell, _act(tab, reason), _said(reason, words), style="staff" if reason else "secondary"
            )
        ),
        *(paint(shown, Rect(64, 688, 1152, 88), words) if shown else _short_pause(tab, state, words)),
    )
    return page("19-staff-lane", _title(tab, words), state, view, words, elements, back=OpenPage("staff"))


def _short_pause(tab: str, state: State, words: Words) -> tuple[Element, ...]:
    """Beside closing: the shortest pause, which has no tile of its own."""
    if tab != "close" or state.phase is not Phase.WELCOME:
        return ()
    text = words.say("Pause {minutes} min", minutes=SHORT_MIN)
    return button(Rect(240, 684, 800, 88), OpenForm("staff_lane", str(SHORT_MIN)), text, icon="timer-pause-outline")


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
