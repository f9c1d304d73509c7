"""Dimensions: what reports are split and filtered by, and how people read their values. Pure.

Some are folded out of another one after the database has summed: a week out of days, a department out of a category.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from store.console import words
from store.contributions import BASKETS


class Dimension(NamedTuple):
    """One. `base` is what the database splits by, `fold` makes the value of it; `number`: the values are numbers."""

    name: str
    title: str
    base: str = ""
    fold: Callable[[Any], Any] | None = None
    number: bool = False

    @property
    def column(self) -> str:
        """The dimension that the database knows."""
        return self.base or self.name


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _week(day: str) -> str:
    found = _day(day)
    return day if found is None else "{}-W{:02d}".format(*found.isocalendar())


def _weekday(day: str) -> int:
    found = _day(day)
    return 0 if found is None else found.isoweekday()


def _department(category: str) -> str:
    return category.partition("/")[0]


DIMENSIONS = {
    one.name: one
    for one in (
        Dimension("day", "Day"),
        Dimension("week", "Week", "day", _week),
        Dimension("month", "Month"),
        Dimension("year", "Year"),
        Dimension("weekday", "Weekday", "day", _weekday, number=True),
        Dimension("hour", "Hour", number=True),
        Dimension("till", "Checkout"),
        Dimension("kind", "Kind"),
        Dimension("currency", "Currency"),
        Dimension("group", "Customer group"),
        Dimension("staff", "Staff"),
        Dimension("basket", "Pieces in the basket", number=True),
        Dimension("product", "Product"),
        Dimension("category", "Category"),
        Dimension("department", "Department", "category", _department),
        Dimension("entry", "Entered by"),
        Dimension("tender", "Tender"),
        Dimension("scheme", "Card scheme"),
        Dimension("rate", "Tax rate", number=True),
        Dimension("reason", "Reason"),
        Dimension("where", "Cleared at"),
        Dimension("act", "Act"),
    )
}
PERIODS = ("day", "week", "month", "year")
_WEEKDAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EMPTY = {
    "group": "No group", "staff": "Nobody (self-service)", "category": "No category", "department": "No category",
    "scheme": "None", "reason": "None",
}  # fmt: skip


def read(name: str, value: Any) -> str:
    """How a value is read: `17:00`, `Monday`, `4 to 6`. What needs the books to be read (names) is not changed here."""
    match name:
        case "hour":
            return "Unknown" if value < 0 else f"{value:02d}:00"
        case "weekday":
            return _WEEKDAYS[value] or "Unknown"
        case "basket":
            return _size(value)
        case "rate":
            return f"{value // 100}.{value % 100:02d}".rstrip("0").rstrip(".") + " %"
        case "reason" if value:
            return words.said(value, words.REASONS)
        case "tender" | "kind" | "entry" | "where" | "act":
            return words.said(value, words.KINDS)
        case _:
            return str(value) or _EMPTY.get(name, "")


def _size(from_pieces: int) -> str:
    bigger = [size for size in BASKETS if size > from_pieces]
    if not bigger:
        return f"{from_pieces} or more"
    return str(from_pieces) if bigger[0] == from_pieces + 1 else f"{from_pieces} to {bigger[0] - 1}"
