"""The six digits of a date on a label."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.values.label_date import label_date

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("digits", "day"),
    [
        ("261127", date(2026, 11, 27)),
        ("261100", date(2026, 11, 30)),
        ("280200", date(2028, 2, 29)),
        ("760101", date(2076, 1, 1)),
        ("770101", date(1977, 1, 1)),
        ("261131", None),
        ("261301", None),
        ("260001", None),
        ("2611", None),
        ("26112x", None),
        ("", None),
    ],
)
def test_a_date_or_none(digits: str, day: date | None) -> None:
    assert label_date(digits, TODAY) == day


@given(st.dates(date(2000, 1, 1), date(2150, 1, 1)), st.integers(-17_500, 17_500))
def test_every_day_within_49_years_comes_back(today: date, days: int) -> None:
    day = date.fromordinal(today.toordinal() + days)
    assert label_date(day.strftime("%y%m%d"), today) == day
