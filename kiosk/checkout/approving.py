"""Approving: an act that its person may not do alone waits for a second one, who proves on the same screen who that is.

The first stays signed in. The act happens when the second person's PIN is proved and their role has the right; what is
written down names both. The second may stand at the console instead (`commanding`), and say no from there. Nothing else
of the lane waits for it: whatever moves the lane on drops it.
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
    asked = Approval(event, right, asked_utc_ms=event.at.utc_ms)
    return replace(state, approval=asked, badge=None), (Beep("attention"), report)


def name_of(asked: Approval, first: Staff) -> str:
    """What it is called from afar: another act, or the same one asked for again, has another name."""
    return f"{first.id}/{type(asked.event).__name__}/{asked.asked_utc_ms}"


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
    both = (*notes[:before], *(_for(note, first, asked.where) for note in notes[before:]))
    state = replace(state, basket=replace(state.basket, cleared=both)) if both != notes else state
    return state, (*effects, _report("given", asked, asked.by, first))


def _report(became: str, asked: Approval, by: Staff, first: Staff) -> PublishEvent:
    data = {"by": by.id, "for": first.id, "right": asked.right, "act": type(asked.event).__name__}
    return PublishEvent(f"approval.{became}", {**data, "where": asked.where, "reason": asked.why})


def _for(note: Cleared, first: Staff, where: str) -> Cleared:
    return replace(note, where=where, evidence=f"{note.evidence}; asked by {first.id}".removeprefix("; "))


def drop(state: State, event: ApprovalDropped) -> Step:
    """Not done after all."""
    return replace(state, approval=None, badge=None, notice=None), ()


def from_afar(state: State, why: str, first: Staff | None, *, yes: bool) -> Step:
    """Who is signed in for this step is at the console, and has the right; `first` waits at the lane."""
    asked, second = state.approval, state.staff
    assert asked is not None and second is not None and first is not None
    asked = replace(asked, where="console", why=why)
    if yes:
        return replace(state, badge=None, notice=None, approval=replace(asked, by=second)), (Beep("staff-ok"),)
    said_no = replace(state, badge=None, approval=None, notice=Notice("approval_refused", second.name))
    return said_no, (Beep("not-found"), _report("refused", asked, second, first))
