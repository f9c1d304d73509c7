"""Cells: what stands where an event meets a phase: a handler, or the reason why nothing is done. There is no third."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from kiosk.checkout.events import Event
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step

Handler = Callable[[State, Any], Step]


class Ignored(msgspec.Struct, frozen=True):
    """Nothing is done, and this is why."""

    why: str


Cell = Handler | Ignored
Row = Mapping[Phase, Cell]


class Chapter(NamedTuple):
    """The rows of one chapter of events.

    `moves`: where a handler may move the lane (the chart is drawn from it). `shopper`: what only a shopper does, a sign
    of life; `staff`: what staff do, which gives the shopper as much time again.
    """

    rows: Mapping[type[Event], Row]
    moves: Mapping[Handler, tuple[Phase, ...]] = {}
    shopper: tuple[type[Event], ...] = ()
    staff: tuple[type[Event], ...] = ()


LATE = Ignored("a touch that was on its way when the screen changed")
AMOUNT_FIXED = Ignored("the amount is with the terminal; the basket cannot change now")
NO_PROMPT = Ignored("no such prompt is open in this phase")
CLOSED = Ignored("the lane is closed")
NO_BASKET = Ignored("there is no open basket")
SEALED = Ignored("the sale is sealed")


def everywhere(cell: Cell) -> Row:
    """The same in every phase."""
    return dict.fromkeys(Phase, cell)


def by_phase(*, rest: Cell | None = None, **cells: Cell) -> Row:
    """One cell for each phase by its name, and `rest` for those not named; with no rest all must be named."""
    named = {Phase(name): cell for name, cell in cells.items()}
    assert rest is not None or len(named) == len(Phase), "a phase has neither a handler nor a reason"
    return named if rest is None else dict.fromkeys(Phase, rest) | named
