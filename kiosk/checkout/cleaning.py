"""Cleaning: the screen and the scanner are wiped, and for half a minute no hand does anything on them. Pure.

It begins between two shoppers and ends by itself, with whoever is signed in still so. What is scanned meanwhile is not
sold: it beeps, and the screen says `not now`.
"""

from msgspec.structs import replace

from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import CleaningBegan, Event, HelpCalled, Touched
from kiosk.checkout.notice import Notice
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

LASTS_MS = 30_000
_SILENT = (Touched, HelpCalled)
"""A cloth does these all the time."""


def begin(state: State, event: CleaningBegan) -> Step:
    """From now on."""
    staff = state.staff
    if staff is None:
        return state, ()
    state = replace(state, cleaning_tick=event.at.tick_ms, notice=None, prompt="")
    return state, (Beep("staff-ok"), PublishEvent("cleaning.began", {"by": staff.id}))


def keep_off(state: State, event: Event) -> Step:
    """Not now."""
    if isinstance(event, _SILENT):
        return state, ()
    return replace(state, notice=Notice("cleaning")), (Beep("not-found"),)


def over(state: State) -> int | None:
    """The tick at which it ends."""
    return None if state.cleaning_tick is None else state.cleaning_tick + LASTS_MS


def end(state: State, at: Moment) -> Step:
    """Whoever cleaned has their whole time again."""
    staff = state.staff and replace(state.staff, active_tick=at.tick_ms)
    return replace(state, cleaning_tick=None, notice=None, staff=staff), (Beep("staff-ok"),)
