"""Access: what tells a person of the house from others, and what lets people out; part of `drivers.events`."""

from typing import Literal

import msgspec

from drivers.reported import Reported

# --- badge reader (UnifiedPOS MSR, RFIDScanner) -----------------------------------------------------------------------


class BadgeRead(Reported, frozen=True, kw_only=True):
    """A badge was held before the reader; one that stays there is read once. `text`: at most 64 characters."""

    text: str


class BadgeGarbled(Reported, frozen=True, kw_only=True):
    """Something was read that is no badge, or not all of one."""

    why: str


# --- keylock (UnifiedPOS Keylock), doors and exit gate (no category) --------------------------------------------------


class KeylockTurned(Reported, frozen=True, kw_only=True):
    """Where the key stands, when it moves and when the lane starts."""

    position: Literal["normal", "supervisor"]


class DoorMoved(Reported, frozen=True, kw_only=True):
    """Whether this door of the kiosk is open, when it moves and when the lane starts."""

    open: bool


class OpenGate(msgspec.Struct, frozen=True, tag=True):
    """One pulse on the exit gate's input."""

    ticket: str


AccessEvent = BadgeRead | BadgeGarbled | KeylockTurned | DoorMoved
