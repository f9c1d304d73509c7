"""An operator sees which version runs where, rolls another one out, and sees it stop."""

import asyncio
import shutil
from pathlib import Path
from tempfile import gettempdir
from zoneinfo import ZoneInfo

import pytest
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation
from selling import NOW
from sqlalchemy.engine import Engine

from kiosk.wire.messages import LaneState, UpdateReport
from store import rollouts
from store.console import updates_words as words
from store.console.updates_view import UpdatesView
from store.disk_room import KEEP_FREE_BYTES, room
from store.lanes import Lane
from store.rollout import Plan
from tests.store.test_rollouts import Store, raucb

ZONE = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def store(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    shop = Store(engine, tmp_path)
    shop.follow()
    monkeypatch.setattr("store.console.updates_view.may", lambda right: right == "machine")
    monkeypatch.setattr("store.console.updates_view.who", lambda: shop.operator)
    return shop


def test_a_rollout_is_planned_followed_and_resumed_on_the_page(store: Store) -> None:
    store.keep(raucb())
    asyncio.run(_rolled_out(store))
    assert store.first.plan.waves == ("1", "100%") and store.first.by == store.operator


async def _typed(user: User, marker: str, text: str) -> None:
    user.find(marker=marker).clear()
    user.find(marker=marker).type(text)


async def _rolled_out(store: Store) -> None:
    async with user_simulation(root=lambda: UpdatesView(store.parts)) as user:
        await user.open("/")
        await user.should_see("Nothing has been rolled out yet.")
        await user.should_see("1.0.0 · program 0.1.0 · slot A")
        user.find(marker="rollout-new").click()
        await user.should_see("At most so many per cent out of use at once")
        await _typed(user, "rollout-waves", "1, all")
        user.find(marker="rollout-begin").click()
        await user.should_see("'all' is no wave")
        await _typed(user, "rollout-waves", "1, 100%")
        await _typed(user, "rollout-from", "")
        user.find(marker="rollout-begin").click()
        await user.should_see("Write both times as 02:00, or leave both empty")
        await _typed(user, "rollout-until", "")
        user.find(marker="rollout-begin").click()
        await user.should_see("Under way: 0 of 4 checkouts have it")
        store.turn()
        order = store.takes("k01")
        state = UpdateReport(order=order, version="1.1.0", stage="failed", why="signature verification failed")
        said = LaneState(store="s001", till="k01", online=True, software="0.1.0", image="1.0.0", update=state)
        store.parts.lanes.hear("k01", said, store.now_ms)
        store.turn(1)
        await user.should_see("Stopped: 0 of 4 checkouts have it", retries=40)
        await user.should_see("k01: signature verification failed")
        user.find(marker=f"rollout-resume-{store.first.n}").click()
        await user.should_see("Under way: 0 of 4 checkouts have it")
        user.find(marker=f"rollout-abort-{store.first.n}").click()
        await user.should_see("Aborted: 0 of 4 checkouts have it")


def test_the_browser_sends_no_bundle_that_would_fill_the_disk(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's folder for uploads and ours may be on one disk: then there is room for half of what is free."""
    disk = shutil._ntuple_diskusage(8 << 30, 0, KEEP_FREE_BYTES + (100 << 20))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    here, there = Path(store.config.updates.folder), Path(gettempdir())
    assert room(here) == 100 << 20 and room(here, here) == 50 << 20
    asyncio.run(_refused(store, room(here, there) >> 24 << 4))


async def _refused(store: Store, mebibytes: int) -> None:
    async with user_simulation(root=lambda: UpdatesView(store.parts)) as user:
        await user.open("/")
        (upload,) = user.find(marker="bundle-file").elements
        assert int(upload.props["max-file-size"]) == mebibytes << 20 > 0
        user.find(marker="bundle-file").trigger("rejected")
        await user.should_see(f"one of {mebibytes} MiB fits now")


def lane(online: bool = True, **said: object) -> Lane:
    return Lane("k01", LaneState(store="s001", till="k01", online=online, software="0.1.0", **said))  # type: ignore[arg-type]


def test_a_lane_is_told_as_what_it_says_of_itself() -> None:
    update = UpdateReport(order="c-1", version="1.1.0", stage="fetching", percent=35)
    (shown,) = words.versions_shown(
        [lane(image="1.0.0", slot="B", since="2025-11-24T16:00:00Z", update=update)], {}, ZONE
    )
    assert shown.version == "1.0.0 · program 0.1.0 · slot B" and shown.since == "since 24 Nov, 17:00"
    assert (shown.doing, shown.wrong) == ("1.1.0: fetching it, 35 %", "")
    (old,) = words.versions_shown([lane()], {}, ZONE)
    assert (old.version, old.since, old.doing) == ("0.1.0", "", ""), "a lane that says less is told as that"
    ran = rollouts.Ran("k02", "1.0.0", "0.1.0", "A", "", NOW)
    (gone,) = words.versions_shown([], {"k02": ran}, ZONE)
    assert gone.version == "1.0.0 · program 0.1.0 · slot A", "known from before, though nobody hears it"
    assert words.stage_of("polishing", 10) == "polishing", "a newer lane's word is shown as it is"


@pytest.mark.parametrize(
    ("text", "minute"),
    [("02:30", 150), ("0:00", 0), ("23:59", 1439), ("24:00", None), ("2", None), ("02:60", None), ("-1:00", None)],
)
def test_a_time_of_day_is_read_or_not(text: str, minute: int | None) -> None:
    assert words.minute_of_text(text) == minute


def test_a_plan_is_told_in_words() -> None:
    assert words.plan_told(Plan()) == "waves 1, 25%, 100%, at most 25 % at once, whenever nobody is served"
    assert words.plan_told(Plan(from_minute=120, until_minute=300)).endswith("02:00 to 05:00")
