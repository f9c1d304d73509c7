"""Doors: the doors of the kiosk itself. An open one is staff's business, and somebody else's never.

Every move is reported, with who was signed in. While a door is open and nobody is signed in, staff are called to it: at
once if nobody was when it opened, else when they sign off and leave it so. Whoever was called to a door that is shut
again need not come; the report stays.
"""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import DoorMoved
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def move(state: State, event: DoorMoved) -> Step:
    """A door moved, or the lane has started and hears how it stands."""
    was = event.door in state.devices.doors_open
    if event.open == was:
        return state, ()
    others = tuple(door for door in state.devices.doors_open if door != event.door)
    doors = (*others, event.door) if event.open else others
    calls = tuple(c for c in state.interventions if not (c.reason == "door" and c.detail == event.door))
    state = replace(state, devices=replace(state.devices, doors_open=doors), interventions=calls)
    by = state.staff.id if state.staff is not None else ""
    return state, (PublishEvent("door", {"door": event.door, "open": event.open, "by": by}),)


def follow(state: State, at: Moment) -> Step:
    """The rule at every moment: somebody is signed in, or called, wherever a door is open."""
    called = {call.detail for call in state.interventions if call.reason == "door"}
    unwatched = [door for door in state.devices.doors_open if door not in called]
    if state.staff is not None or not unwatched:
        return state, ()
    for door in unwatched:
        state = visit.call_staff(state, "door", at, door)
    return state, (Beep("attention"),)
