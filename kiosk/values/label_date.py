"""Label date: the six digits of a date on a label (AI 15, 17 and their like) as a day.

The century is the nearest one: a year more than 50 before or after this one is meant the other way round; the day 00 is
the last of its month (GS1 General Specifications, sections 3.4.2 and 7.12). Six digits that are no date are None: a
misprint must not keep a thing from being sold.
"""

from datetime import date, timedelta


def label_date(digits: str, today: date) -> date | None:
    """YYMMDD as a day, seen from `today`."""
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    apart = year - today.year % 100
    century = today.year // 100 * 100 - (100 if apart >= 51 else 0) + (100 if apart <= -50 else 0)
    try:
        if day:
            return date(century + year, month, day)
        first = date(century + year, month, 1)
    except ValueError:  # there is no such day
        return None
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
