"""Cash machine events: notes and coins that go into a machine, and change that comes out of it.

What has moved is told by the machine's own counters (`Meter`), so that a fact that was lost on the way, or is told
twice, changes nothing.
"""

from kiosk.checkout.events.fact import Fact
from kiosk.checkout.meter import Meter
from kiosk.values.money import Money


class CashMetered(Fact, frozen=True, kw_only=True):
    """The machine tells its counters: asked for them, or because something came in. No attempt: by itself."""

    attempt: str
    meter: Meter


class CashOffered(Fact, frozen=True, kw_only=True):
    """A note is in escrow: it belongs to the shopper until it is stacked."""

    attempt: str
    amount: Money


class NoteReturned(Fact, frozen=True, kw_only=True):
    """The note that was in escrow is not taken in."""

    attempt: str


class CashRefused(Fact, frozen=True, kw_only=True):
    """The machine does not answer: what it has done about this nobody knows."""

    attempt: str
    why: str


class CashDispensed(Fact, frozen=True, kw_only=True):
    """The machine has stopped paying; how much it paid, its counters say. `why`: its word, where it was not all."""

    attempt: str
    meter: Meter
    why: str = ""


class CashStopped(Fact, frozen=True, kw_only=True):
    """The shopper puts nothing more in. `keep`: what is in pays a part; else it comes back."""

    keep: bool


class PayoutSettled(Fact, frozen=True, kw_only=True):
    """Staff have found out what the machine could not say: so much is still owed to the shopper."""

    attempt: str
    owed: Money


CashMachineEvent = CashMetered | CashOffered | NoteReturned | CashRefused | CashDispensed | CashStopped | PayoutSettled
