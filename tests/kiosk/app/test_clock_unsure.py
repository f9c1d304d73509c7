"""The machine's clock: believed where nobody says otherwise, and on the appliance when one of its files is there."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.app.clock import clock_is_sure
from kiosk.app.config import Config, LaneTable
from kiosk.app.housekeeping import LOOK_EVERY_MS, Housekeeping
from kiosk.checkout import events as e
from kiosk.checkout.machine import blank
from kiosk.values.moment import Moment

STATE = blank(Config(lane=LaneTable(store="s001", till="k01")).brain_lane())
UNSURE = replace(STATE, devices=replace(STATE.devices, clock_unsure=True))


def test_where_nobody_names_a_file_the_clock_is_believed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KASSA_CLOCK_SURE", raising=False)
    assert clock_is_sure()
    monkeypatch.setenv("KASSA_CLOCK_SURE", f"{tmp_path}/synchronized:{tmp_path}/clock-by-battery")
    assert not clock_is_sure()
    (tmp_path / "clock-by-battery").touch()
    assert clock_is_sure()


def test_the_lane_is_told_once_and_again_when_it_changes() -> None:
    sure = False
    keeper = Housekeeping(lambda: 1_000, 64, lambda _: None, 30, lambda: sure)
    assert [e.ClockTold(sure=False)] == keeper.turn(STATE, Moment(0, 0, "2026-11-24"), full=False)
    assert keeper.turn(UNSURE, Moment(0, LOOK_EVERY_MS, "2026-11-24"), full=False) == []
    sure = True
    told = keeper.turn(UNSURE, Moment(0, 2 * LOOK_EVERY_MS, "2026-11-24"), full=False)
    assert told == [e.ClockTold(sure=True)]


def test_no_day_begins_by_a_clock_that_nobody_believes() -> None:
    old = replace(STATE, day=replace(STATE.day, business_day="2026-11-24"))
    keeper = Housekeeping(lambda: 1_000, 64, lambda _: None, 30, lambda: False)
    assert e.DayBegan() not in keeper.turn(old, Moment(0, 0, "2031-01-01"), full=False)
    believed = Housekeeping(lambda: 1_000, 64, lambda _: None, 30, lambda: True)
    assert e.DayBegan() in believed.turn(old, Moment(0, 0, "2031-01-01"), full=False)
