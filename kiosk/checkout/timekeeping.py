"""Timekeeping: what is sold while nobody knows what time it is, and by which day.

A Pi has no battery for its clock: after a power cut it goes on from about where it was, until the network tells it the
time. Until then (`ClockTold`) the lane sells on. Sales are in order by their numbers; they belong to the day that is
open, and no day ends. What asks for the right date or hour waits for staff, who have a watch: goods with an age limit,
goods that the law or the shop sells at certain hours, goods with a last day on their label. What staff then sell is in
the record with their name, and no rule of hours is applied to it by a clock that nobody believes.
"""

from msgspec.structs import replace

from kiosk.checkout.effects import Effect, PublishEvent
from kiosk.checkout.events import ClockTold, ItemFound
from kiosk.checkout.item import Label
from kiosk.checkout.sale_hours import rules_for
from kiosk.checkout.state import State
from kiosk.values.moment import Moment


def tell(state: State, event: ClockTold) -> tuple[State, tuple[Effect, ...]]:
    """The time is known now, or it is not; reported with the last sale before, so that its times can be judged."""
    unsure = not event.sure
    if unsure == state.devices.clock_unsure:
        return state, ()
    state = replace(state, devices=replace(state.devices, clock_unsure=unsure))
    return state, (PublishEvent("clock", {"sure": event.sure, "sequence": state.sequence - 1}),)


def waits(state: State, event: ItemFound) -> bool:
    """Whether this can only be sold by somebody who knows the time."""
    if not state.devices.clock_unsure:
        return False
    item, label, hours = event.item, event.label, state.lane.hours
    if item.age_limit or (label is not None and label.days_left is not None):
        return True
    return any(rules_for(rules, item.tax_class, item.category) for rules in (hours.law, hours.licence, hours.shop))


def believed(state: State, label: Label | None) -> Label | None:
    """The label, without what was reckoned from a date that nobody knows."""
    if label is None or not state.devices.clock_unsure:
        return label
    return replace(label, days_left=None)


def business_day(state: State, at: Moment) -> str:
    """The day that a sale belongs to."""
    return (state.day.business_day if state.devices.clock_unsure else "") or at.day
