"""Weighing: from an item sold by the kilogram to its line (screen 05).

A pick, a typed number or a scan begins it (`scanning.item`); the load may lie on the scale already. What the scale says
is remembered at all times, so that the rule against selling one load twice holds over lines, visits and restarts.
A line that was weighed here may be weighed again: the new load takes its place, the old line counts as taken out.
"""

from msgspec.structs import replace

from kiosk.checkout import scale, scanning
from kiosk.checkout.basket import Line
from kiosk.checkout.effects import Beep, PriceScale
from kiosk.checkout.events import (
    Event,
    ItemFound,
    LineVoided,
    Restarted,
    TrainingEnded,
    WeighedAgain,
    WeighingAccepted,
    WeighingLeft,
    WeightShown,
)
from kiosk.checkout.scale import SCALE, Plate, Reading
from kiosk.checkout.state import State, Weighing
from kiosk.checkout.visit import Step
from kiosk.values.money import Money
from kiosk.values.quantity import Weight, price_of_weight


def shown(state: State, event: WeightShown) -> Step:
    """Remembered; somebody who moves things on the scale is there."""
    reading = Reading(event.grams, event.stable, event.trouble, event.priced)
    was_ready = state.weighing is not None and verdict(state) == "ready"
    state = replace(state, devices=replace(state.devices, scale=reading))
    if state.sold_g is not None and scale.is_another(reading, _plate(state), state.sold_g):
        state = replace(state, sold_g=None)
    if state.weighing is None:
        return state, ()
    state = replace(state, touched_tick=event.at.tick_ms, warned_tick=None)
    return state, (Beep("touch"),) if verdict(state) == "ready" and not was_ready else ()


def verdict(state: State) -> scale.Verdict:
    """Whether the load on the scale can be sold now as the item that is being weighed."""
    assert state.weighing is not None, "nothing is being weighed"
    if SCALE in state.devices.lost:
        return "away"
    item = state.weighing.item
    return scale.verdict(state.devices.scale, _plate(state), item.tare_g, state.sold_g, item.price.minor)


def net_g(state: State) -> int:
    """What is charged of the load that the scale shows; 0 while it shows none."""
    assert state.weighing is not None, "nothing is being weighed"
    return max(0, (state.devices.scale.grams or 0) - state.weighing.item.tare_g)


def amount(state: State) -> Money:
    """What that costs: the scale's own sum, where it works out prices."""
    assert state.weighing is not None, "nothing is being weighed"
    return _of_the_scale(state) or price_of_weight(state.weighing.item.price, Weight(net_g(state)))


def follow(before: State, after: State, event: Event) -> tuple[PriceScale, ...]:
    """A scale that works out prices is told which item lies there, and when none does any more.

    Practice ends in the middle of anything, and a scale may have been told by a lane that stopped.
    """
    if not _plate(after).computes or (
        _order(before) == _order(after) and not isinstance(event, Restarted | TrainingEnded)
    ):
        return ()
    return (_order(after),)


def accept(state: State, event: WeighingAccepted) -> Step:
    """The load becomes a line, if it is still the one that was on the screen."""
    if state.weighing is None:
        return state, ()
    if verdict(state) != "ready" or event.gross_g != state.devices.scale.grams:
        return state, (Beep("not-found"),)
    found = ItemFound(
        at=event.at, item=state.weighing.item, entry="weigh", weight_g=net_g(state), amount=_of_the_scale(state)
    )
    if old := state.weighing.instead_of:
        state, refused = scanning.void_line(state, LineVoided(at=event.at, line=old))
        if any(line.line == old for line in state.basket.lines):
            return replace(state, weighing=None), refused
        state = replace(state, notice=None)
    before = state.basket
    state, effects = scanning.item(replace(state, weighing=None), found)
    if state.basket.lines != before.lines:
        state = replace(state, sold_g=event.gross_g)
    return state, effects


def leave(state: State, event: WeighingLeft) -> Step:
    """Nothing is added."""
    return replace(state, weighing=None), (Beep("touch"),)


def can_again(state: State, line: Line) -> bool:
    """Whether the line came from this lane's scale, at the shop's price: what a label or staff said stays as it is."""
    weighed = line.entry == "weigh" and line.weight_g is not None
    return weighed and line.markdown is None and state.lane.scale is not None


def again(state: State, event: WeighedAgain) -> Step:
    """Back to the scale with what the line has; left there, the line stays."""
    line = next((line for line in state.basket.lines if line.line == event.line), None)
    if line is None or not can_again(state, line):
        return state, ()
    return replace(state, weighing=Weighing(line.item, instead_of=line.line), prompt=""), (Beep("touch"),)


def _order(state: State) -> PriceScale:
    if state.weighing is None:
        return PriceScale()
    return PriceScale(state.weighing.item.price.minor, state.weighing.item.tare_g)


def _of_the_scale(state: State) -> Money | None:
    priced = state.devices.scale.priced
    return Money(priced.sum_minor) if priced is not None and _plate(state).computes else None


def _plate(state: State) -> Plate:
    return state.lane.scale or Plate()
