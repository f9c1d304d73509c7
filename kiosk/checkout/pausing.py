"""Pausing: nobody is served for some minutes, and the screen says until when. Not closed: it opens again by itself.

A pause begins between two visits only, and the power may go meanwhile: what counts is the promised time of day.
"""

from msgspec.structs import replace

from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import LanePaused
from kiosk.checkout.state import Pause, Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

MOST_MINUTES = 240
_MINUTE_MS = 60_000


def pause(state: State, event: LanePaused) -> Step:
    """From now on, for so many minutes."""
    staff = state.staff
    if staff is None or not 1 <= event.minutes <= MOST_MINUTES:
        return state, (Beep("not-found"),)
    ms = event.minutes * _MINUTE_MS
    until = Pause(until_tick=event.at.tick_ms + ms, until_utc_ms=event.at.utc_ms + ms, reason=event.reason)
    state = replace(state, phase=Phase.CLOSED, closed="paused", pause=until, prompt="", assisted=False)
    data = {"by": staff.id, "minutes": event.minutes, "reason": event.reason}
    return state, (PublishEvent("lane.paused", data),)


def over(state: State) -> int | None:
    """The tick at which the lane opens again."""
    return state.pause.until_tick if state.pause is not None else None


def reopen(state: State, at: Moment) -> Step:
    """As it was promised."""
    return replace(state, phase=Phase.WELCOME, closed="", pause=None), (PublishEvent("lane.opened", {"by": ""}),)


def rebased(pause: Pause | None, now: Moment) -> Pause | None:
    """On the clock of this boot: the time without power counts."""
    return pause and replace(pause, until_tick=now.tick_ms + max(0, pause.until_utc_ms - now.utc_ms))
