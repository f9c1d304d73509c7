"""Restore: the state that the journal remembers. Replay performs nothing: effects of the past are not done again here.

A machine that has gone back to the version before finds what the newer one has written: what this one does not know of
it is left out, and told in the log.

What was under way is looked at afterwards, by the Restarted event (`checkout.recovering`).
"""

from collections.abc import Iterable
from contextlib import suppress

import structlog

from kiosk.checkout.events import Event, Restarted
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank, step
from kiosk.checkout.state import State
from kiosk.storage.database import StorageFull
from kiosk.storage.journal import Journal


def remembered(journal: Journal, version: str, lane: Lane) -> State:
    """The state that this journal remembers; this version writes it from now on. UnreadableRecord."""
    boot = journal.boot(version)
    if boot.forgotten:
        what = "a newer version has run here: update again, and compare the last receipts with the cash"
        structlog.get_logger("restore").error("journal.of_a_newer_version", forgotten=boot.forgotten, what_to_do=what)
    with suppress(StorageFull):  # a full card still sells what it can, and the next start notes it
        journal.writes(version)
    return restore(boot.snapshot, boot.events, lane)


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
