"""Months: which whole months a period has in it. Pure, and of text alone: days are written so that they sort."""

import re
from calendar import monthrange
from typing import NamedTuple


class Months(NamedTuple):
    """From the first whole month to the last. Days before `months_from` and after `months_to` are beside them."""

    from_month: str
    to_month: str
    months_from: str
    months_to: str


def months_in(from_day: str, to_day: str) -> Months | None:
    """None where the period has no whole month, or one of its ends is no day."""
    first, last = (re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", day) for day in (from_day, to_day))
    if first is None or last is None:
        return None
    year, month, day = map(int, first.groups())
    number = year * 12 + month - 1 + (day > 1)
    year, month, day = map(int, last.groups())
    end = year * 12 + month - 1 - (not 1 <= month <= 12 or day < monthrange(max(1, year), month)[1])
    if end < number:
        return None
    return Months(_named(number), _named(end), f"{_named(number)}-01", f"{_named(end)}-31")


def borders(from_day: str, to_day: str) -> dict[str, str]:
    """The borders of the period by name, those of its whole months too, as the questions of `store.cubes` name them."""
    months = months_in(from_day, to_day)
    return {"from_day": from_day, "to_day": to_day, **(months._asdict() if months else {})}


def _named(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
