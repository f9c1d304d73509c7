"""Kept words: a message in the quarantine as people read it. Pure."""

from datetime import tzinfo

import msgspec

from kiosk.values.moment import rfc3339
from store.console import words
from store.quarantine import Kept

_WHATS = {"sale": "Sale", "stock": "Stock report", "event": "Report"}
_ENDS = {"booked": "Booked", "dismissed": "Dismissed"}


class Shown(msgspec.Struct, frozen=True):
    """One card. `state` says what was done; empty while nobody has tried."""

    n: int
    title: str
    about: str
    reason: str
    state: str
    waits: bool
    alarm: bool


def shown(kept: Kept, zone: tzinfo) -> Shown:
    """A card of the page."""
    at = words.clock(rfc3339(kept.received_utc_ms), zone)
    size = f"{kept.size:,} bytes"
    return Shown(
        n=kept.n,
        title=f"{_WHATS.get(kept.what, kept.what)} of checkout {kept.till}",
        about=" · ".join((kept.id or "No number that could be read", at, size)),
        reason=kept.reason[:1].upper() + kept.reason[1:],
        state=_state(kept, zone),
        waits=kept.waits,
        alarm=kept.waits and kept.is_alarm,
    )


def _state(kept: Kept, zone: tzinfo) -> str:
    if not kept.tries:
        return ""
    at = words.clock(rfc3339(kept.ended_utc_ms), zone)
    if kept.waits:
        times = "once" if kept.tries == 1 else f"{kept.tries} times"
        return f"Tried {times}, last {at}: {kept.why if kept.why != kept.reason else 'still so'}"
    return f"{_ENDS[kept.outcome]} {at}" + (f": {kept.why}" if kept.why else "")


def alarm(waiting: int) -> str:
    """The line at the top of every page; empty while nothing waits."""
    return "" if not waiting else "1 message not booked" if waiting == 1 else f"{waiting:,} messages not booked"
