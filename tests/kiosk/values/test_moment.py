"""Moments: the shop's day, its local clock, and what records say."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from kiosk.values.canonical import canonical_json, digest
from kiosk.values.moment import business_day, local, rfc3339

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FOUR_O_CLOCK = 4 * 60


def utc_ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 1000


def test_records_say_utc_with_milliseconds() -> None:
    assert rfc3339(utc_ms("2026-11-23T09:12:03+00:00") + 120) == "2026-11-23T09:12:03.120Z"
    assert rfc3339(0) == "1970-01-01T00:00:00.000Z"


@given(st.integers(0, 4_000_000_000_000))
def test_what_records_say_can_be_read_back_exactly(moment: int) -> None:
    text = rfc3339(moment)
    read = datetime.fromisoformat(text)
    assert read.tzinfo == UTC
    assert int(read.replace(microsecond=0).timestamp()) * 1000 + read.microsecond // 1000 == moment


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-11-23T03:59:59+01:00", "2026-11-22"),
        ("2026-11-23T04:00:00+01:00", "2026-11-23"),
        ("2026-11-24T00:30:00+01:00", "2026-11-23"),
        ("2026-12-31T23:30:00+01:00", "2026-12-31"),
        ("2027-01-01T03:59:00+01:00", "2026-12-31"),
        # the clock goes forward at 02:00 and back at 03:00
        ("2026-03-29T03:59:00+02:00", "2026-03-28"),
        ("2026-03-29T04:00:00+02:00", "2026-03-29"),
        ("2026-10-25T03:59:00+01:00", "2026-10-24"),
        ("2026-10-25T04:00:00+01:00", "2026-10-25"),
    ],
)
def test_the_business_day_begins_at_four_by_the_clock_on_the_wall(instant: str, day: str) -> None:
    assert business_day(utc_ms(instant), STOCKHOLM, FOUR_O_CLOCK) == day


def test_the_calendar_date_for_tax_is_local() -> None:
    assert local(utc_ms("2026-03-31T21:59:59+00:00"), STOCKHOLM).date().isoformat() == "2026-03-31"
    assert local(utc_ms("2026-03-31T22:00:00+00:00"), STOCKHOLM).date().isoformat() == "2026-04-01"


records = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcXYZ_09", max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(records)
def test_canonical_json_is_what_the_rfc_s_own_implementation_writes(record: object) -> None:
    assert canonical_json(record) == rfc8785.dumps(record)


def test_the_chain_hangs_on_both_its_parts() -> None:
    assert digest("a", {"x": 1}) != digest("b", {"x": 1})
    assert digest("a", {"x": 1}) != digest("a", {"x": 2})
    assert digest("a", {"x": 1, "y": 2}) == digest("a", {"y": 2, "x": 1})
    assert len(digest("", None)) == 64


@pytest.mark.parametrize(
    ("zone", "starts", "instants", "days"),
    [
        (  # 25 hours: half past two comes twice, the day begins the first time and stays begun
            STOCKHOLM,
            150,
            ("2026-10-25T02:29:59+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00"),
            ("2026-10-24", "2026-10-25", "2026-10-25"),
        ),
        (  # 23 hours: half past two does not come at all, the day begins with the jump
            STOCKHOLM,
            150,
            ("2026-03-29T01:59:59+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T03:30:00+02:00"),
            ("2026-03-28", "2026-03-29", "2026-03-29"),
        ),
        (
            ZoneInfo("America/New_York"),
            90,
            ("2026-11-01T01:29:59-04:00", "2026-11-01T01:30:00-04:00", "2026-11-01T01:10:00-05:00"),
            ("2026-10-31", "2026-11-01", "2026-11-01"),
        ),
    ],
)
def test_a_day_that_has_begun_does_not_come_back(
    zone: ZoneInfo, starts: int, instants: tuple[str, ...], days: tuple[str, ...]
) -> None:
    assert tuple(business_day(utc_ms(text), zone, starts) for text in instants) == days


@given(st.integers(0, 1439), st.integers(0, 365 * 24 * 60), st.sampled_from(["Europe/Stockholm", "America/New_York"]))
def test_days_follow_each_other_whatever_the_clock_on_the_wall_does(starts: int, minute: int, zone: str) -> None:
    """In a year with both changes: a minute later it is the same day or the next, never the one before."""
    begins = utc_ms("2026-01-01T00:00:00+00:00") + minute * 60_000
    first, second = (business_day(begins + more, ZoneInfo(zone), starts) for more in (0, 60_000))
    assert second in (first, (datetime.fromisoformat(first) + timedelta(days=1)).date().isoformat())


def test_a_trading_day_has_25_hours_in_autumn_and_23_in_spring() -> None:
    for day, hours in (("2026-10-25", 25), ("2026-03-29", 23), ("2026-11-24", 24)):
        noon = utc_ms(f"{day}T12:00:00+00:00")
        minutes = range(noon - 24 * 3_600_000, noon + 36 * 3_600_000, 60_000)
        assert sum(business_day(at, STOCKHOLM, 0) == day for at in minutes) == hours * 60
