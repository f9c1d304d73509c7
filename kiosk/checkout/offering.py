"""Offering: what the lane can still do for shoppers, as its devices are now. Worked out from the state, never kept.

A device that the lane does not have is none that is missing: a lane of a screen and a terminal alone offers all that it
is there for.
"""

from typing import NamedTuple

from kiosk.checkout.bagging import limits_of
from kiosk.checkout.finishing import printer_works
from kiosk.checkout.paying import fault, working_tenders
from kiosk.checkout.sale import TenderKind
from kiosk.checkout.scale import SCALE
from kiosk.checkout.state import State


class Offer(NamedTuple):
    """What there is now. `closed_by`: the needed device (or `disk`, `signer`) that is away; empty: the lane sells."""

    closed_by: str
    tenders: tuple[TenderKind, ...]
    paper: bool
    weighs: bool
    watches_bags: bool


def offer_of(state: State) -> Offer:
    """The lane's, for the shopper who is there and for the next one."""
    return Offer(
        closed_by=fault(state),
        tenders=working_tenders(state),
        paper=printer_works(state),
        weighs=state.lane.scale is not None and SCALE not in state.devices.lost,
        watches_bags=limits_of(state) is not None,
    )
