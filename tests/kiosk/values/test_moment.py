"""Moments: the shop's day, its local clock, and what records say."""

from datetime import UTC, datetime
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
