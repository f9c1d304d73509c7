"""Assisting: what staff do on the lane. The gate has checked a PIN before any of these events exists.

A handler still looks at `state.staff`: a stray event without a signed-in person changes nothing. Who did what is in
the journal and, for the sale, in its interventions.
"""

from msgspec.structs import replace

from kiosk.checkout import approving, keylock, visit
from kiosk.checkout.basket import Cleared
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import (
    AgeApproved,
    AgeRefused,
    HelpCleared,
    HelpSeen,
    LaneClosed,
    LaneOpened,
    StaffRefused,
    StaffSignedIn,
    StaffSignedOut,
)
from kiosk.checkout.notice import Intervention, Notice
from kiosk.checkout.paying import age_needed, fault, is_between_visits
from kiosk.checkout.scanning import without_idle_age_call
from kiosk.checkout.state import Phase, Staff, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

PIN_TRIES = 5


def sign_in(state: State, event: StaffSignedIn) -> Step:
    """Somebody proved to be staff; on the lane's own pad not while it pauses, however right the PIN.

    While an act waits for a second person, it is they.
    """
    if event.where == "lane" and (_pauses(state, event.at) or _lacks_proof(state, event)):
        return state, (Beep("not-found"),)
    staff = Staff(event.staff, event.name, event.role, event.at.tick_ms)
    state = replace(state, pin_failures=0, pin_pause_until_tick=0)
    if state.approval is not None:
        return approving.proved(state, staff)
    state = replace(state, staff=staff, badge=None)
    return state, (Beep("staff-ok"), PublishEvent("staff.signed_in", {"staff": event.staff}))


def _lacks_proof(state: State, event: StaffSignedIn) -> bool:
    """Where the shop asks for more, a PIN without its own badge, or staff number, or the key, signs nobody in."""
    limits = state.lane.staff_limits
    if keylock.is_missing(state):
        return True
    if state.badge is not None and state.badge.staff == event.staff:
        return False
    return limits.badge_needed or (limits.number_needed and not event.numbered)


def refuse(state: State, event: StaffRefused) -> Step:
    """Five wrong PINs, then a pause; one that was still being checked when it began does not count."""
    if _pauses(state, event.at):
        return state, ()
    failures = state.pin_failures + 1
    if failures < PIN_TRIES:
        return replace(state, pin_failures=failures), (Beep("not-found"),)
    until = event.at.tick_ms + state.lane.time_outs.pin_pause_ms
    state = replace(state, pin_failures=0, pin_pause_until_tick=until)
    return state, (Beep("not-found"), PublishEvent("staff.pin_paused", {"tries": failures}))


def _pauses(state: State, at: Moment) -> bool:
    return at.tick_ms < state.pin_pause_until_tick


def sign_out(state: State, event: StaffSignedOut) -> Step:
    """Lock."""
    return visit.sign_off(state), ()


def _by(kind: str, state: State, **data: str | int) -> PublishEvent:
    """The report of what staff did."""
    assert state.staff is not None
    return PublishEvent(kind, {"by": state.staff.id, **data})


def _cleared(state: State, call: Intervention, at: Moment, evidence: str = "") -> State:
    assert state.staff is not None
    note = Cleared(call.reason, call.opened_utc_ms, at.utc_ms, state.staff.id, evidence=evidence)
    return replace(
        state,
        interventions=tuple(i for i in state.interventions if i != call),
        basket=replace(state.basket, cleared=(*state.basket.cleared, note)),
    )


def approve_age(state: State, event: AgeApproved) -> Step:
    """The highest limit in the basket is checked; nothing up to it asks again in this visit.

    By the looks only where the shop's rule reaches: nobody looks old enough for a limit above it.
    """
    call = next((i for i in state.interventions if i.reason == "age"), None)
    limit = age_needed(state)
    if state.staff is None or call is None or (event.how == "clear" and limit >= state.lane.age_limit_clear):
        return state, ()
    state = _cleared(state, call, event.at, f"{limit}: {event.how}")
    basket = replace(state.basket, age_approved=max(state.basket.age_approved, limit))
    state = replace(state, basket=basket, prompt="" if state.prompt == "age" else state.prompt, notice=Notice("age_ok"))
    return state, (Beep("staff-ok"), _by("age.approved", state, age=limit, how=event.how))


def refuse_age(state: State, event: AgeRefused) -> Step:
    """What has the highest limit leaves the basket, and nothing with it is sold in this visit; the rest is unchanged.

    A lower limit that is not checked yet still waits: who is too young for wine may be old enough for a lottery ticket.
    """
    call = next((i for i in state.interventions if i.reason == "age"), None)
    if state.staff is None or call is None:
        return state, ()
    limit = age_needed(state)
    if not limit:
        return without_idle_age_call(state), ()
    state = _cleared(state, call, event.at, f"{limit}: refused")
    lines = tuple(line for line in state.basket.lines if line.item.age_limit < limit)
    newest = state.basket.newest if any(line.line == state.basket.newest for line in lines) else 0
    basket = replace(state.basket, lines=lines, newest=newest, age_refused=limit)
    state = replace(state, basket=basket, notice=Notice("age_refused"))
    if age_needed(state):
        state = visit.call_staff(state, "age", event.at)
    return without_idle_age_call(state), (Beep("attention"), _by("age.refused", state, age=limit))


def see_help(state: State, event: HelpSeen) -> Step:
    """Somebody answers: shown on 16."""
    calls = tuple(replace(i, seen_by=event.name) if i.reason == "help" else i for i in state.interventions)
    return replace(state, interventions=calls), ()


def clear_help(state: State, event: HelpCleared) -> Step:
    """Staff have been here."""
    call = next((i for i in state.interventions if i.reason == "help"), None)
    if state.staff is None or call is None:
        return state, ()
    state = _cleared(state, call, event.at, call.detail)
    return replace(state, prompt="" if state.prompt == "help" else state.prompt), (_by("help.cleared", state),)


def close_lane(state: State, event: LaneClosed) -> Step:
    """At once when nobody is served, else after this visit."""
    if state.staff is None:
        return state, ()
    report = _by("lane.closed", state, reason=event.reason)
    if is_between_visits(state):
        return replace(state, phase=Phase.CLOSED, closed="staff", pause=None), (report,)
    return replace(state, close_after=True), (report,)


def open_lane(state: State, event: LaneOpened) -> Step:
    """Back to work, if everything needed works."""
    if state.staff is None:
        return state, ()
    report = _by("lane.opened", state, reason=event.reason)
    if state.phase is Phase.CLOSED and fault(state):
        return replace(state, closed="fault", close_after=False, pause=None), (report,)
    phase = Phase.WELCOME if state.phase is Phase.CLOSED else state.phase
    return replace(state, phase=phase, closed="", close_after=False, pause=None), (report,)
