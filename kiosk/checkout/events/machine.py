"""Machine events: the process, its disk, its devices, its link and its price book."""

from typing import Literal

import msgspec

from kiosk.checkout.events.fact import Fact
from kiosk.checkout.lane import Lane


class TookOver(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """This machine goes on as a till that another was: what the store told when it was adopted (`taking_over`).

    `segment` counts the till's machines; `sequence` is the first number of this one's sales, `head` the hash that the
    first of them follows, `head_sale` the key of that sale. The others are the last numbers that may have been used.
    """

    segment: int
    sequence: int
    head: str
    head_sale: str
    reports: int
    period: int = 0
    day: int = 1
    signed: int = 0
    signature: str = ""


class Restarted(Fact, frozen=True, kw_only=True):
    """The process has started: after a boot, a crash, an upgrade, or for the very first time."""

    lane: Lane
    genesis: str = ""
    """Chain head of a lane that has never sold: random, so that receipt tokens cannot be guessed."""
    audit_seed: str = ""
    """Random: what lots are drawn with on a lane that has no seed yet (`drawing_lots`)."""
    takes_over: TookOver | None = None
    """Of a machine that has not begun yet as the till that another was."""


class Stored(Fact, frozen=True):
    """Everything stepped before this is on disk. Fed only while the state waits for it (`state.waits`)."""


class TimePassed(Fact, frozen=True):
    """The deadline that the state asked for (`machine.deadline_ms`) has been reached."""


class DiskLow(Fact, frozen=True):
    """Too little room to begin another sale; the open one still fits."""


class DiskFine(Fact, frozen=True):
    """There is room again."""


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
