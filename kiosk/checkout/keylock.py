"""Keylock: the key that staff turn. It says that somebody has it, and not who: badge or PIN still does.

Turned, it opens the sign-in, wherever a shopper is; turned back, whoever is signed in is so no more. Where the shop
wants it (`[staff] key_needed`) nobody signs in on the lane without it. The console has no key.
"""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import KeylockTurned
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step


def turn(state: State, event: KeylockTurned) -> Step:
    """The key moved, or the lane has started and hears how it stands."""
    if event.turned == state.devices.key_turned:
        return state, ()
    state = replace(state, devices=replace(state.devices, key_turned=event.turned))
    by = state.staff.id if state.staff is not None else ""
    report = PublishEvent("keylock", {"turned": event.turned, "by": by})
    return (state, (Beep("touch"), report)) if event.turned else (visit.sign_off(state), (report,))


def is_missing(state: State) -> bool:
    """Whether nobody can sign in here for want of the key."""
    return state.lane.staff_limits.key_needed and not state.devices.key_turned
