"""Day events: the float and the count of the cash drawer, the end of a business day, the terminal's settlement."""

from typing import Literal

import msgspec

from kiosk.checkout.events.fact import Fact
from kiosk.values.money import Money


class SchemeSum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many payments of one kind, and how much in minor units."""

    name: str
    count: int
    amount_minor: int


class DayBegan(Fact, frozen=True):
    """The shop's business day has changed (`day_starts`); said when the lane is free to close the old one."""


class DayClosed(Fact, frozen=True):
    """Staff close the day by hand (Z)."""


class DaySlipAsked(Fact, frozen=True, kw_only=True):
    """Staff want a report on paper: the day so far (`x`), or the last day that was closed (`z`)."""

    kind: Literal["x", "z"]


class CashMoved(Fact, frozen=True, kw_only=True):
    """Staff put cash into the drawer (`float`) or take some out (`pickup`). `machine`: change into the cash machine."""

    kind: Literal["float", "pickup"]
    amount: Money
    machine: bool = False


class DrawerCounted(Fact, frozen=True, kw_only=True):
    """Staff have counted all the cash in the drawer."""

    amount: Money


class BoxCounted(Fact, frozen=True, kw_only=True):
    """Staff have taken the cash machine's box out and counted what was in it."""

    amount: Money


class MachineEmptied(Fact, frozen=True):
    """Staff want all that the cash machine could pay out moved into its box."""


class CardsSettled(Fact, frozen=True, kw_only=True):
    """The terminal's end of day; `done` false: it would not, `why` says why."""

    job: str
    done: bool
    total: Money
    schemes: tuple[SchemeSum, ...] = ()
    why: str = ""


DayEvent = DayBegan | DayClosed | DaySlipAsked | CashMoved | DrawerCounted | BoxCounted | MachineEmptied | CardsSettled
