"""When an offer runs: days, weekdays and hours of the shop's wall clock, and the days with 23 and 25 hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.checkout.offers.hours import Hours, runs

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def minutes(hours: Hours, day: date) -> int:
    """How many real minutes of a calendar day of the shop it runs."""
    begin = datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM).astimezone(UTC)
    after = day + timedelta(days=1)
    end = datetime(after.year, after.month, after.day, tzinfo=STOCKHOLM).astimezone(UTC)
    count = (end - begin) // timedelta(minutes=1)
    return sum(runs(hours, (begin + timedelta(minutes=n)).astimezone(STOCKHOLM)) for n in range(count))


ORDINARY, SHORT, LONG = date(2026, 5, 3), date(2026, 3, 29), date(2026, 10, 25)
"""Three Sundays. On the second the clock jumps from two to three, on the third it goes from three back to two."""


@pytest.mark.parametrize(("day", "hours"), [(ORDINARY, 24), (SHORT, 23), (LONG, 25)])
def test_an_offer_of_a_day_runs_from_midnight_to_midnight(day: date, hours: int) -> None:
    only = Hours(first_day=day, last_day=day)
    assert minutes(only, day) == hours * 60
    assert minutes(only, day - timedelta(days=1)) == minutes(only, day + timedelta(days=1)) == 0
    assert minutes(Hours(weekdays=(7,)), day) == hours * 60


@pytest.mark.parametrize(
    ("day", "since", "until", "expected"),
    [
        (ORDINARY, time(1), time(4), 180),
        (SHORT, time(1), time(4), 120),
        (LONG, time(1), time(4), 240),
        (SHORT, time(2), time(3), 0),
        (LONG, time(2), time(3), 120),
        (LONG, time(2, 30), None, 22 * 60),
    ],
)
def test_hours_are_those_that_the_clock_on_the_wall_shows(
    day: date, since: time, until: time | None, expected: int
) -> None:
    """An hour that is jumped over does not run, one that is shown twice runs twice: as the label on the shelf says."""
    assert minutes(Hours(since=since, until=until), day) == expected


def test_hours_over_midnight_belong_to_the_day_on_which_they_began() -> None:
    saturday_night = Hours(weekdays=(6,), since=time(22), until=time(4))
    for sunday, after_midnight in ((ORDINARY, 4), (SHORT, 3), (LONG, 5)):
        assert minutes(saturday_night, sunday) == after_midnight * 60
        assert minutes(saturday_night, sunday - timedelta(days=1)) == 2 * 60


def test_both_days_count_and_the_hour_at_which_it_ends_does_not() -> None:
    sale = Hours(first_day=date(2026, 5, 4), last_day=date(2026, 5, 5), since=time(8), until=time(20))
    inside = [datetime(2026, 5, 4, 8), datetime(2026, 5, 5, 19, 59, 59)]
    outside = [
        datetime(2026, 5, 3, 12),
        datetime(2026, 5, 4, 7, 59),
        datetime(2026, 5, 5, 20),
        datetime(2026, 5, 6, 12),
    ]
    assert [runs(sale, moment) for moment in inside] == [True, True]
    assert [runs(sale, moment) for moment in outside] == [False] * 4


def test_the_first_night_there_is_has_no_day_before_it() -> None:
    assert not runs(Hours(since=time(22), until=time(4)), datetime.min + timedelta(hours=1))
