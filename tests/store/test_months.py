"""A period is its whole months and the days beside them, and nothing twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.months import months_in


@given(st.dates(date(1999, 1, 1), date(2030, 12, 31)), st.integers(0, 800))
def test_every_day_is_in_a_month_or_beside_it(first: date, length: int) -> None:
    days = [(first + timedelta(days=n)).isoformat() for n in range(length + 1)]
    found = months_in(days[0], days[-1])
    whole = {day[:7] for day in days if days[0] <= f"{day[:7]}-01" and (f"{day[:7]}-28" in days) and
             (date.fromisoformat(f"{day[:7]}-28") + timedelta(days=4)).replace(day=1) - timedelta(days=1)
             <= date.fromisoformat(days[-1])}  # fmt: skip
    if found is None:
        assert not whole
        return
    assert {min(whole), max(whole)} == {found.from_month, found.to_month}
    places = [
        (day < found.months_from) + (found.from_month <= day[:7] <= found.to_month) + (day > found.months_to)
        for day in days
    ]
    assert set(places) == {1}


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("0001-01-01", "9999-12-31", ("0001-01", "9999-12")),
        ("2025-12-31", "2026-02-28", ("2026-01", "2026-02")),
        ("2024-02-01", "2024-02-28", None),
        ("2026-11-05", "2026-12-30", None),
        ("", "2026-12-31", None),
        ("monday", "sunday", None),
    ],
)
def test_months_are_whole(first: str, last: str, months: tuple[str, str] | None) -> None:
    found = months_in(first, last)
    assert (found[:2] if found else None) == months
