"""Windows, holidays and the rule that the strictest of all that fit decides."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkout.sale_hours import (
    Holiday,
    SaleHours,
    Window,
    day_kind,
    easter_sunday,
    may_sell,
    sale_opens,
)

CHRISTMAS = Holiday("Christmas", on="12-25")
LAW: SaleHours = {"alcohol": (Window(("mon", "tue", "wed", "thu", "fri", "sat", "eve"), time(8), time(20)),)}
NIGHT: SaleHours = {"drinks/strong": (Window(("fri", "sat"), time(18), time(0)),)}
WEDNESDAY = datetime(2026, 11, 25)


@pytest.mark.parametrize(
    "easter", [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2008, 3, 23), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)]
)
def test_easter(easter: tuple[int, int, int]) -> None:
    """Known Easter Sundays, the earliest and the latest that there can be among them."""
    assert easter_sunday(easter[0]) == date(*easter)


@given(st.integers(1900, 2200))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    day = easter_sunday(year)
    assert day.weekday() == 6 and date(year, 3, 22) <= day <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-12-23", "wed"), ("2026-12-24", "eve"), ("2026-12-25", "holiday"), ("2027-12-25", "holiday"),
        ("2027-12-24", "eve"), ("2022-12-24", "sat"), ("2026-11-29", "sun"),
    ],
)  # fmt: skip
def test_what_kind_of_day_it_is(day: str, kind: str) -> None:
    assert day_kind(date.fromisoformat(day), (CHRISTMAS,)) == kind


def test_an_eve_that_is_a_day_like_others() -> None:
    assert day_kind(date(2026, 12, 24), (Holiday("Christmas", on="12-25", eve=False),)) == "thu"


def test_a_category_means_everything_below_it_and_nothing_beside_it() -> None:
    noon = WEDNESDAY.replace(hour=12)
    assert not may_sell(NIGHT, (), noon, "alcohol", "drinks/strong")
    assert not may_sell(NIGHT, (), noon, "alcohol", "drinks/strong/rum")
    assert may_sell(NIGHT, (), noon, "alcohol", "drinks/stronger")
    assert may_sell(NIGHT, (), noon, "alcohol", "drinks")


def test_a_window_that_closes_at_midnight_lasts_the_day() -> None:
    friday = datetime(2026, 11, 27, 23, 59, 59, 999_999)
    assert may_sell(NIGHT, (), friday, "alcohol", "drinks/strong")


HOURS = st.times().map(lambda at: at.replace(microsecond=0))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda at: at.replace(microsecond=0))
DAYS = st.lists(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun", "eve", "holiday"]), max_size=9)
RULES = st.dictionaries(
    st.sampled_from(["alcohol", "drinks"]),
    st.lists(st.builds(Window, DAYS.map(tuple), HOURS, HOURS), max_size=3).map(tuple),
)


@given(RULES, RULES, MOMENTS)
def test_a_shop_can_only_be_stricter_than_the_law(law: SaleHours, shop: SaleHours, when: datetime) -> None:
    """Rules under other names are added to the law's; whatever they say, nothing is allowed that was forbidden."""
    both = {**law, **{f"drinks/beer{'/' * (n + 1)}": windows for n, windows in enumerate(shop.values())}}
    allowed = may_sell(both, (CHRISTMAS,), when, "alcohol", "drinks/beer//")
    assert not allowed or may_sell(law, (CHRISTMAS,), when, "alcohol", "drinks/beer//")


@given(RULES, MOMENTS)
def test_the_next_opening_is_the_first_moment_at_which_sale_is_allowed(hours: SaleHours, when: datetime) -> None:
    opens = sale_opens(hours, (CHRISTMAS,), when, "alcohol", "drinks/beer")
    end = opens or when + timedelta(days=14)
    quarters = (when + timedelta(minutes=15 * n) for n in range(0, 14 * 96, 7))
    assert opens is None or may_sell(hours, (CHRISTMAS,), opens, "alcohol", "drinks/beer")
    assert not any(may_sell(hours, (CHRISTMAS,), at, "alcohol", "drinks/beer") for at in quarters if at < end)
