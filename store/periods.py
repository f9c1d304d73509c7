"""Periods: the stretches of time that people ask reports about, from what day it is. Pure.

Weeks begin on Monday (ISO 8601).
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

Days = tuple[date, date]
_DAY = timedelta(days=1)


def _month(of: date) -> Days:
    after = (of.replace(day=28) + 4 * _DAY).replace(day=1)
    return of.replace(day=1), after - _DAY


def _week(of: date) -> Days:
    monday = of - of.weekday() * _DAY
    return monday, monday + 6 * _DAY


def _year(of: date) -> Days:
    return date(of.year, 1, 1), date(of.year, 12, 31)


PERIODS: dict[str, tuple[str, Callable[[date], Days]]] = {
    "today": ("Today", lambda today: (today, today)),
    "yesterday": ("Yesterday", lambda today: (today - _DAY, today - _DAY)),
    "week": ("This week", _week),
    "last-week": ("Last week", lambda today: _week(today - 7 * _DAY)),
    "month": ("This month", _month),
    "last-month": ("Last month", lambda today: _month(today.replace(day=1) - _DAY)),
    "30-days": ("Last 30 days", lambda today: (today - 29 * _DAY, today)),
    "year": ("This year", _year),
    "last-year": ("Last year", lambda today: _year(date(today.year - 1, 1, 1))),
}
"""Name -> how people call it, and the first and last day of it."""


def period(name: str, today: date) -> tuple[str, str]:
    """(first day, last day) of the period, as business days are written. KeyError."""
    first, last = PERIODS[name][1](today)
    return first.isoformat(), last.isoformat()


def before(from_day: str, to_day: str) -> tuple[str, str]:
    """The stretch of the same length that ended the day before."""
    first, last = date.fromisoformat(from_day), date.fromisoformat(to_day)
    return (first - (last - first) - _DAY).isoformat(), (first - _DAY).isoformat()


def today(now_utc_ms: int, zone: ZoneInfo) -> date:
    """What day it is on the shop's clock."""
    return datetime.fromtimestamp(now_utc_ms // 1000, UTC).astimezone(zone).date()


def told(from_day: str, to_day: str) -> str:
    """`23 Nov 2026`, or `1 Nov 2026 to 30 Nov 2026`."""
    try:
        first, last = (format_date(date.fromisoformat(day), "d MMM yyyy", "en") for day in (from_day, to_day))
    except ValueError:
        return "All days"
    return first if first == last else f"{first} to {last}"
