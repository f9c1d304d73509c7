"""Trying parts: staff try a part of the lane from the page of its health, and hear, see or hold what it does. Pure.

The light tower shows one state after another, a touch each, and goes back to what it should show when staff leave.
"""

from msgspec.structs import replace

from kiosk.checkout.effects import Beep, Effect, Pattern, PrintTest, PublishEvent
from kiosk.checkout.events import PartTried, RollChanged
from kiosk.checkout.finishing import printer_works
from kiosk.checkout.notice import Notice
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step

COLOURS: tuple[Pattern, ...] = ("free", "help", "out_of_order", "closed")
"""Green, amber that pulses, red, dark."""


def change_roll(state: State, event: RollChanged) -> Step:
    """A new roll proves itself with a test slip; what became of it stands in `Staff.roll`."""
    staff = state.staff
    if staff is None:
        return state, ()
    if not printer_works(state):
        return replace(state, notice=Notice("not_printed")), (Beep("not-found"),)
    job = f"{state.lane.till}:roll:{state.reports}"
    report = PublishEvent("roll.changed", {"by": staff.id, "paper": state.devices.paper})
    return replace(state, staff=replace(staff, roll=job)), (PrintTest(job), report)


def try_part(state: State, event: PartTried) -> Step:
    """Do it and write down who did. A printer that cannot print is not asked to."""
    staff = state.staff
    if staff is None:
        return state, ()
    done: list[Effect] = []
    if event.part in ("speaker", "all"):
        done.append(Beep("staff-ok"))
    if event.part in ("printer", "all"):
        works = printer_works(state)
        done.append(PrintTest(f"{state.lane.till}:test:{state.reports}") if works else Beep("not-found"))
    if event.part in ("lights", "all"):
        at = COLOURS.index(staff.lamps) + 1 if staff.lamps in COLOURS else 0
        state = replace(state, staff=replace(staff, lamps=COLOURS[at % len(COLOURS)]))
    return state, (*done, PublishEvent("part.tried", {"by": staff.id, "part": event.part}))
