"""Approving: an act that its person may not do alone waits for a second one, who proves on the same screen who that is.

The first stays signed in. The act happens when the second person's PIN is proved and their role has the right; what is
written down names both. Nothing else of the lane waits for it: whatever moves the lane on drops it.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kiosk.checkout.basket import Cleared
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import ApprovalDropped, Event
from kiosk.checkout.notice import Notice
from kiosk.checkout.rights import may, right_for
from kiosk.checkout.state import Approval, Staff, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def missing(state: State, event: Event) -> str:
    """The right that whoever is signed in lacks for this act; empty: none."""
    if state.staff is None:
        return ""
    right = right_for(event, state.basket, state.lane.staff_limits, state.refund)
    return right if right is not None and not may(state.staff.role, right) else ""


def ask(state: State, event: Event, right: str) -> Step:
    """Wait for a second person."""
    assert state.staff is not None
    report = PublishEvent("approval.asked", {"by": state.staff.id, "right": right, "act": type(event).__name__})
    return replace(state, approval=Approval(event, right), badge=None), (Beep("attention"), report)


def proved(state: State, second: Staff) -> Step:
    """Somebody else has signed for it: done, if their right reaches (the machine does it), else it still waits."""
    asked = state.approval
    assert asked is not None
    if not may(second.role, asked.right):
        return replace(state, badge=None, notice=Notice("no_right", second.name)), (Beep("not-found"),)
    return replace(state, badge=None, notice=None, approval=replace(asked, by=second)), (Beep("staff-ok"),)


def in_both_names(state: State, at: Moment, do: Callable[[State, Any], Step] | None) -> Step:
    """Do what was waited for as the second person, and give the lane back to the first. `do` is its handler now."""
    asked, first = state.approval, state.staff
    assert asked is not None and asked.by is not None and first is not None
    before = len(state.basket.cleared)
    state = replace(state, approval=None)
    if do is None:
        return state, ()
    state, effects = do(replace(state, staff=asked.by), replace(asked.event, at=at))
    if state.staff is not None:
        state = replace(state, staff=replace(first, active_tick=at.tick_ms))
    notes = state.basket.cleared
    both = (*notes[:before], *(_for(note, first) for note in notes[before:]))
    state = replace(state, basket=replace(state.basket, cleared=both)) if both != notes else state
    report = PublishEvent("approval.given", {"by": asked.by.id, "for": first.id, "right": asked.right})
    return state, (*effects, report)


def _for(note: Cleared, first: Staff) -> Cleared:
    return replace(note, evidence=f"{note.evidence}; asked by {first.id}".removeprefix("; "))


def drop(state: State, event: ApprovalDropped) -> Step:
    """Not done after all."""
    return replace(state, approval=None, badge=None, notice=None), ()
