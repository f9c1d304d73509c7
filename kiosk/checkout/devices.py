"""Devices: what works now."""

from typing import Literal

import msgspec

from kiosk.checkout.meter import Meter
from kiosk.checkout.scale import Reading

SPEAKER = "speaker"
"""The loudspeaker's name among the devices. Nobody waits for it, so that staff are not called when it is away."""

MAINTENANCE = "maintenance"
"""Why a device is away that was let go at its own time: that is no fault, so that staff are not called."""
RECONCILE = "reconcile"
"""Why a card terminal is away that wants its end of day first: the lane makes it; staff are called if that fails."""


FITTED = ("keylock", "door", "badge_reader", "gate")
"""Kinds of devices that a lane may have or not: staff see in Health which there are (`Lane.fitted`)."""


class Devices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What works now. `lost` maps a device's name to (reason, UTC since)."""

    lost: dict[str, tuple[str, int]] = {}
    paper: Literal["ok", "low", "out", "cover_open", "error"] = "ok"
    link_up: bool = True
    disk_low: bool = False
    clock_unsure: bool = False
    """Whether nobody knows yet what time it is (`timekeeping`)."""
    drawer_open: bool = False
    cash: Meter | None = None
    """What the cash machine counts; None: it has not said."""
    card_left: bool = False
    """Whether somebody's card is still in the terminal though nothing is paid there any more."""
    cash_mark: str = ""
    """The mark of the last meter that was told, by this process or one before it."""
    headphones: bool = False
    """Whether headphones are plugged in. What is not known counts as out."""
    key_turned: bool = False
    """Whether the staff key is turned. What is not known counts as not."""
    doors_open: tuple[str, ...] = ()
    """The doors of the kiosk that are open, by their names in the configuration."""
    scale: Reading = Reading()
    """What the produce scale says."""
    drawer_tick: int = 0
    """Since when the drawer is open."""
