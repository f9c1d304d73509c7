"""Machine books: what must be in the cash machine, by all that went in and out of it, beside what it counts itself.

What can be paid out the machine counts (`Meter.stored`); what is in its box nobody counts but people. So the box must
hold what is left of the sum when the store is taken off, and a count of the box shows a difference in either.
"""

from msgspec.structs import replace

from kiosk.checkout.effects import Beep, EmptyCash, FillCash, PublishEvent
from kiosk.checkout.events import BoxCounted, MachineEmptied
from kiosk.checkout.meter import Meter
from kiosk.checkout.notice import Notice
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.money import ZERO, Money

DEVICE = "cash_recycler"
"""Its name in the configuration."""
MOST_IN_A_BOX_MINOR = 1_000_000_00
"""No box holds more."""


def counted(state: State, meter: Meter) -> State:
    """The machine has told its counters. What was in it when it was first seen is where the books begin."""
    state = replace(state, devices=replace(state.devices, cash=meter, cash_mark=meter.mark))
    if state.day.machine_minor is not None:
        return state
    return replace(state, day=replace(state.day, machine_minor=meter.stored.minor))


def put_in(state: State, amount: Money) -> State:
    """So much more is in it; negative: so much was paid out."""
    return replace(state, day=replace(state.day, machine_minor=(state.day.machine_minor or 0) + amount.minor))


def in_the_box(state: State) -> Money:
    """What must be in its box."""
    stored = state.devices.cash.stored if state.devices.cash is not None else ZERO
    return Money(state.day.machine_minor or 0) - stored


def filled(state: State, amount: Money, by: str) -> Step:
    """Staff have put change in; the machine is asked how much it has now, or, if it cannot count it, told."""
    if _is_busy(state):
        return _busy(state)
    state, day = put_in(state, amount), state.day
    state = replace(state, day=replace(state.day, machine_float_minor=day.machine_float_minor + amount.minor))
    report = {"by": by, "kind": "float", "amount_minor": amount.minor, "machine_minor": state.day.machine_minor}
    return state, (FillCash("", amount), Beep("staff-ok"), PublishEvent("cash_machine.moved", report))


def box_counted(state: State, event: BoxCounted) -> Step:
    """What was in the box is in the safe now. What it had too much or too little is a difference of the day."""
    minor, day = event.amount.minor, state.day
    if state.staff is None:
        return state, ()
    if not 0 <= minor <= MOST_IN_A_BOX_MINOR or minor % state.lane.cash_step_minor:
        return replace(state, notice=Notice("cash_step")), (Beep("not-found"),)
    if _is_busy(state):
        return _busy(state)
    expected = in_the_box(state)
    difference = minor - expected.minor
    day = replace(
        day,
        machine_minor=(day.machine_minor or 0) - expected.minor,
        machine_pickup_minor=day.machine_pickup_minor + minor,
        machine_difference_minor=day.machine_difference_minor + difference,
    )
    report = {
        "by": state.staff.id,
        "expected_minor": expected.minor,
        "counted_minor": minor,
        "difference_minor": difference,
        "machine_minor": day.machine_minor,
    }
    return replace(state, day=day), (Beep("staff-ok"), PublishEvent("cash_machine.box_counted", report))


def empty(state: State, event: MachineEmptied) -> Step:
    """All of it into the box: the sum in the machine stays what it is."""
    if state.staff is None:
        return state, ()
    if _is_busy(state):
        return _busy(state)
    stored = state.devices.cash.stored.minor if state.devices.cash is not None else 0
    report = {"by": state.staff.id, "stored_minor": stored}
    return state, (EmptyCash(""), Beep("staff-ok"), PublishEvent("cash_machine.emptied", report))


def _is_busy(state: State) -> bool:
    """Whether it is away, or its money is somebody's."""
    away = not state.lane.cash_machine or DEVICE in state.devices.lost
    return away or bool(state.payouts) or not is_between_visits(state)


def _busy(state: State) -> Step:
    return replace(state, notice=Notice("cash_busy")), (Beep("not-found"),)
