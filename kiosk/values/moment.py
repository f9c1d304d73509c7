"""Moment: when something happened, on the two clocks that a lane has.

Deadlines are counted on the monotonic clock (`tick_ms`), which never jumps but starts anew with the
machine. Records carry UTC (`utc_ms`, milliseconds since 1970-01-01T00:00:00Z), which a network may correct
at any time. Nothing here reads a clock: a Moment is always handed in. The business day (POSLog
BusinessDayDate) is the shop's local date, shifted so that it begins at `day_starts`. Whoever stamps a Moment works it
out once, and how far the shop's wall clock is from UTC, so that the rooms above need no time zone: on the day with 25
hours two moments have the same wall clock and two offsets.
"""

from datetime import UTC, datetime, timedelta, tzinfo

import msgspec


class Moment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """One point in time: `utc_ms` for records, `tick_ms` for deadlines of this boot only, `day` the business day."""

    utc_ms: int
    tick_ms: int
    day: str = ""
    offset_min: int = 0
    """Minutes that the shop's wall clock is ahead of UTC."""


UNSTAMPED = Moment(0, 0)
"""The moment of an event that nobody has put into the loop yet: a button's, a driver's."""


def rfc3339(utc_ms: int) -> str:
    """UTC as RFC 3339 with milliseconds: `2026-11-23T09:12:03.120Z`."""
    whole = datetime.fromtimestamp(utc_ms // 1000, UTC)
    return f"{whole:%Y-%m-%dT%H:%M:%S}.{utc_ms % 1000:03d}Z"


def local(utc_ms: int, zone: tzinfo) -> datetime:
    """The wall clock of the shop at that moment, aware of its offset."""
    return datetime.fromtimestamp(utc_ms // 1000, UTC).astimezone(zone)


def offset_min(utc_ms: int, zone: tzinfo) -> int:
    """How many minutes that wall clock is ahead of UTC then, summer time included."""
    ahead = local(utc_ms, zone).utcoffset() or timedelta()
    return ahead // timedelta(minutes=1)


def wall_clock(at: Moment) -> datetime:
    """What the shop's clock on the wall says at this moment, to the second; it does not know of its offset."""
    return datetime.fromtimestamp(at.utc_ms // 1000 + at.offset_min * 60, UTC).replace(tzinfo=None)


def business_day(utc_ms: int, zone: tzinfo, day_starts_minutes: int) -> str:
    """The business day (ISO 8601 date) of a moment: it begins when the shop's clock first says `day_starts`.

    Summer time's end does not bring the old day back; where its beginning jumps over `day_starts`, the day begins then.
    """
    here = local(utc_ms, zone)
    begins = datetime(here.year, here.month, here.day, tzinfo=zone) + timedelta(minutes=day_starts_minutes)
    shown = here.replace(tzinfo=None) >= begins.replace(tzinfo=None)
    begun = shown or utc_ms >= begins.timestamp() * 1000
    return (here.date() if begun else here.date() - timedelta(days=1)).isoformat()
