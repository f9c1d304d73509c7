"""Machine events: the process, its disk, its devices, its link and its price book."""

from typing import Literal

from kiosk.checkout.events.fact import Fact
from kiosk.checkout.lane import Lane
from kiosk.checkout.succession import Succession


class Restarted(Fact, frozen=True, kw_only=True):
    """The process has started: after a boot, a crash, an upgrade, or for the very first time."""

    lane: Lane
    genesis: str = ""
    """Chain head of a lane that has never sold: random, so that receipt tokens cannot be guessed."""
    audit_seed: str = ""
    """Random: what lots are drawn with on a lane that has no seed yet (`drawing_lots`)."""
    takes_over: Succession | None = None
    """Of a machine that has not begun yet as the till that another was."""


class Stored(Fact, frozen=True):
    """Everything stepped before this is on disk. Fed only while the state waits for it (`state.waits`)."""


class TimePassed(Fact, frozen=True):
    """The deadline that the state asked for (`machine.deadline_ms`) has been reached."""


class DiskLow(Fact, frozen=True):
    """Too little room to begin another sale; the open one still fits."""


class DiskFine(Fact, frozen=True):
    """There is room again."""


class ClockTold(Fact, frozen=True, kw_only=True):
    """Whether the machine's clock can be believed: it was set by the network, or has a battery. Until it is told, it
    can."""

    sure: bool


class DeviceLost(Fact, frozen=True, kw_only=True):
    """A device does not answer or is unplugged. `device` is its name in the configuration."""

    device: str
    why: str = ""


class DeviceFound(Fact, frozen=True, kw_only=True):
    """A device answers (again)."""

    device: str


class HeadphonesMoved(Fact, frozen=True, kw_only=True):
    """Headphones were plugged into the lane, or are out. What is not known counts as out."""

    plugged: bool


class CardLeft(Fact, frozen=True, kw_only=True):
    """The payment is over, and the shopper's card is still in the terminal; `there` false: it has been taken."""

    there: bool


class DoorMoved(Fact, frozen=True, kw_only=True):
    """A door of the kiosk, by its name in the configuration, was opened or shut."""

    door: str
    open: bool


class PaperChanged(Fact, frozen=True, kw_only=True):
    """The printer's paper or cover changed."""

    paper: Literal["ok", "low", "out", "cover_open", "error"]


class LinkChanged(Fact, frozen=True, kw_only=True):
    """The store server can (`up`) or cannot be reached."""

    up: bool


class SequenceSeen(Fact, frozen=True, kw_only=True):
    """The store already holds this sequence number of ours: never use it, or one below it, again."""

    sequence: int


class PriceBookChanged(Fact, frozen=True, kw_only=True):
    """A new price book is in use for scans from now on."""

    version: str


MachineEvent = (
    Restarted
    | Stored
    | TimePassed
    | DiskLow
    | DiskFine
    | ClockTold
    | DeviceLost
    | DeviceFound
    | HeadphonesMoved
    | CardLeft
    | DoorMoved
    | PaperChanged
    | LinkChanged
    | SequenceSeen
    | PriceBookChanged
)
