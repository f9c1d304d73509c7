"""Restore: the state that the journal remembers. Replay performs nothing: effects of the past are not done again here.

What was under way is looked at afterwards, by the Restarted event (`checkout.recovering`).
"""

from collections.abc import Iterable

from kiosk.checkout.events import Event, Restarted
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank, step
from kiosk.checkout.state import State


def restore(snapshot: State | None, events: Iterable[Event], lane: Lane) -> State:
    """The state after these events; a lane that has never run is blank."""
    events = tuple(events)
    state = snapshot
    if state is None:
        first = events[0] if events else None
        state = blank(first.lane if isinstance(first, Restarted) else lane)
    for event in events:
        state, _ = step(state, event)
    return state
