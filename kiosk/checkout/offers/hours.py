"""Hours: whether an offer runs at a moment of the shop's wall clock. Whoever asks hands the moment in, in local time.

An offer runs from the first minute of its first day to the last of its last one, on its weekdays, between its hours.
Hours that end before they begin go on after midnight and belong to the day on which they began.
"""

from datetime import date, datetime, time, timedelta

import msgspec


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When an offer runs. Days are included, both; the hour `until` is not."""

    first_day: date = date.min
    last_day: date = date.max
    weekdays: tuple[int, ...] = ()
    """1 is Monday, 7 Sunday (ISO 8601); empty: every day."""
    since: time | None = None
    until: time | None = None


def runs(hours: Hours, local: datetime) -> bool:
    """Whether it is on at this moment."""
    day, now = local.date(), local.time()
    since, until = hours.since or time.min, hours.until
    if until is None:
        return now >= since and _runs_on(hours, day)
    if since < until:
        return since <= now < until and _runs_on(hours, day)
    if now >= since:
        return _runs_on(hours, day)
    return now < until and day > date.min and _runs_on(hours, day - timedelta(days=1))


def _runs_on(hours: Hours, day: date) -> bool:
    in_time = hours.first_day <= day <= hours.last_day
    return in_time and (not hours.weekdays or day.isoweekday() in hours.weekdays)
