"""A rollout goes in waves, leaves a shop its lanes, and stops by itself. Pure."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.rollout import BadPlan, Part, Plan, Report, Step, ends_in_ms, in_window, look, most_out, planned, retried

OLD, NEW = "1.0.0", "1.1.0"
MINUTE_MS = 60_000
PLAN = Plan(most_percent=50, watch_minutes=30, soak_minutes=10)
EIGHT = tuple(f"k0{n}" for n in range(1, 9))


class Shop:
    """Lanes, and a store that follows a rollout minute by minute."""

    def __init__(self, tills: Iterable[str] = EIGHT, plan: Plan = PLAN) -> None:
        tills = tuple(tills)
        self.plan, self.parts, self.now_ms, self.state, self.why = plan, planned(tills, plan), 1_000_000, "running", ""
        self.reports = {till: Report(online=True, version=OLD) for till in tills}

    def look(self, minutes: int = 0, minute: int = 0) -> tuple[str, ...]:
        """Whom it orders; they hear it."""
        self.now_ms += minutes * MINUTE_MS
        found: Step = look(self.plan, NEW, self.parts, self.reports, self.now_ms, minute)
        self.parts, self.state, self.why = found.parts, found.state, found.why
        for till in found.order:
            self.parts = tuple(
                replace(p, state="ordered", command=f"c-{till}", ordered_utc_ms=self.now_ms) if p.till == till else p
                for p in self.parts
            )
            self.says(till, order=f"c-{till}", stage="fetching")
        return found.order

    def says(self, till: str, **said: object) -> None:
        self.reports[till] = replace(self.reports[till], **said)

    def updated(self, *tills: str) -> None:
        for till in tills:
            self.says(till, online=True, version=NEW, stage="updated")

    def of(self, till: str) -> Part:
        return next(part for part in self.parts if part.till == till)


def test_waves_are_numbers_and_parts_of_the_lanes() -> None:
    assert [part.wave for part in planned(EIGHT, PLAN)] == [1, 2, 3, 3, 3, 3, 3, 3]
    ten = planned([f"k{n}" for n in range(10)], Plan(waves=("1", "25%", "60 %", "100%")))
    assert [part.wave for part in ten] == [1, 2, 2, 3, 3, 3, 4, 4, 4, 4]
    assert [part.wave for part in planned(["k01"], PLAN)] == [1]
    assert [part.wave for part in planned(["k01", "k02"], Plan(waves=("1",)))] == [1, 2], "the rest is always the last"


@given(total=st.integers(1, 60), waves=st.lists(st.sampled_from(["1", "3", "10%", "25%", "60%", "100%"]), min_size=1))
def test_every_lane_is_in_one_wave_and_no_wave_is_empty(total: int, waves: list[str]) -> None:
    parts = planned([f"k{n}" for n in range(total)], Plan(waves=tuple(waves)))
    found = [part.wave for part in parts]
    assert len(parts) == total and found == sorted(found) and set(found) == set(range(1, max(found) + 1))


@pytest.mark.parametrize(
    ("plan", "tills", "why"),
    [
        (PLAN, (), "name the lanes"),
        (replace(PLAN, waves=("half",)), EIGHT, "'half' is no wave"),
        (replace(PLAN, waves=("0",)), EIGHT, "'0' is no wave"),
        (replace(PLAN, waves=("101%",)), EIGHT, "'101%' is no wave"),
        (replace(PLAN, most_percent=0), EIGHT, "1 to 100 per cent"),
        (replace(PLAN, watch_minutes=0), EIGHT, "waited for 1 minute"),
        (replace(PLAN, from_minute=1_440), EIGHT, "from 00:00 to 23:59"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_words(plan: Plan, tills: tuple[str, ...], why: str) -> None:
    with pytest.raises(BadPlan, match=why):
        planned(tills, plan)


def test_a_wave_begins_when_the_one_before_has_proved_itself() -> None:
    shop = Shop()
    assert shop.look() == ("k01",)
    assert shop.look(5) == ()
    shop.says("k01", stage="trying", version=NEW)
    assert shop.look(1) == () and shop.of("k01").state == "ordered", "not before it says so itself"
    shop.updated("k01")
    assert shop.look(1) == () and shop.of("k01").state == "updated"
    assert shop.look(9) == (), "it is looked at for ten minutes"
    assert shop.look(1) == ("k02",)
    shop.updated("k02")
    shop.look(1)
    assert shop.look(10) == ("k03", "k04", "k05", "k06"), "half of eight at once"
    shop.updated("k03")
    assert shop.look(1) == ("k07",)
    shop.updated("k04", "k05", "k06", "k07")
    assert shop.look(1) == ("k08",)
    shop.updated("k08")
    shop.look(1)
    assert shop.state == "done"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"stage": "failed", "why": "signature verification failed"}, "k01: signature verification failed"),
        ({"stage": "fell_back", "why": "1.1.0 did not come up"}, "k01: 1.1.0 did not come up"),
        ({"refused": "too little space"}, "k01: too little space"),
    ],
)
def test_one_lane_that_fails_stops_all_of_it(said: dict[str, str], why: str) -> None:
    shop = Shop()
    shop.look()
    shop.says("k01", **said)
    assert shop.look(1) == ()
    assert (shop.state, shop.why) == ("stopped", why)


def test_a_lane_that_does_not_come_back_stops_it_and_one_that_serves_does_not() -> None:
    shop = Shop()
    shop.look()
    assert shop.look(300) == () and shop.state == "running", "it is busy, and that is no fault"
    shop.says("k01", online=False)
    shop.look(1)
    shop.look(29)
    assert shop.state == "running"
    shop.look(1)
    assert shop.state == "stopped" and shop.why == "k01: it did not come back within 30 minutes"


def test_a_lane_that_comes_back_late_with_the_old_version_is_not_updated() -> None:
    shop = Shop()
    shop.look()
    shop.says("k01", stage="installing")
    shop.look(1)
    shop.says("k01", online=False)
    shop.look(5)
    shop.says("k01", online=True, stage="fell_back", why="1.1.0 did not come up: 1.0.0 runs again")
    shop.look(1)
    assert shop.state == "stopped"
    shop.parts = retried(shop.parts)
    assert shop.of("k01") == Part(till="k01", wave=1)
    assert shop.look(1) == ("k01",)


def test_what_another_order_ended_as_says_nothing_of_ours() -> None:
    shop = Shop()
    shop.says("k01", order="c-of-last-year", stage="failed", why="old")
    assert shop.look() == ("k01",)
    shop.says("k01", order="c-of-last-year", stage="failed")
    shop.look(1)
    assert shop.state == "running"


def test_a_lane_that_has_it_already_is_done_and_one_that_is_off_waits() -> None:
    shop = Shop(("k01", "k02", "k03", "k04"))
    shop.says("k01", version="1.2.0")
    shop.says("k02", online=False)
    assert shop.look() == () and shop.of("k01").state == "updated"
    assert shop.look(500) == ("k03",), "two of four may be out, and k02 is off"
    shop.updated("k03")
    assert shop.look(1) == ("k04",)
    shop.updated("k04")
    assert shop.look(500) == () and shop.state == "running", "k02 is waited for, as long as it takes"
    shop.says("k02", online=True)
    assert shop.look() == ("k02",)


def test_lanes_that_are_off_for_other_reasons_count_as_out() -> None:
    shop = Shop(plan=Plan(waves=("100%",), most_percent=50))
    for till in ("k06", "k07", "k08"):
        shop.says(till, online=False)
    assert shop.look() == ("k01",), "three of eight are off, and half may be"
    for till in ("k03", "k04", "k05"):
        shop.says(till, online=False)
    shop.updated("k01")
    assert shop.look(60) == ()


@given(lanes=st.integers(1, 200), percent=st.integers(1, 100))
def test_a_bank_is_never_wholly_out(lanes: int, percent: int) -> None:
    assert 1 <= most_out(Plan(most_percent=percent), lanes) <= max(1, lanes - 1)


def test_a_night_is_over_midnight_and_nothing_begins_outside_of_it() -> None:
    night = replace(PLAN, from_minute=22 * 60, until_minute=5 * 60)
    assert [in_window(night, hour * 60) for hour in (12, 22, 23, 0, 4, 5)] == [False, True, True, True, True, False]
    assert ends_in_ms(night, 23 * 60) == 6 * 60 * MINUTE_MS and ends_in_ms(night, 4 * 60) == 60 * MINUTE_MS
    shop = Shop(plan=night)
    assert shop.look(minute=12 * 60) == () and shop.look(minute=23 * 60) == ("k01",)
