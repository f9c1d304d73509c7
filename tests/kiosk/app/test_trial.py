"""New settings are kept once the lane stands with them, and taken back by itself from whatever goes wrong.

The disk is cut before and after every write and rename, and the lane started again: it always has one of both texts,
whole, and comes to an end by itself.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.app import identity
from kiosk.app.trial import Standing, Trial, at_start, begun, missing, watched
from kiosk.app.trial_disk import TrialDisk

OLD, NEW, HAND = 'a = "old"\n', 'a = "new"\n', 'a = "by hand"\n'
NOW = 1_764_000_000_000
WAITING = Trial("cfg-7", "waiting", NEW, OLD)
TRYING = begun(WAITING, OLD, NOW, ("scanner",), was_open=True)
WELL = Standing(is_open=True, heard=True)


def test_it_is_kept_once_everything_stands() -> None:
    kept = watched(TRYING, WELL, 5_000)
    assert (kept.stage, kept.new, kept.old, kept.why) == ("kept", "", "", "")


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (Standing(is_open=True), "the lane did not reach the store within 120 s"),
        (Standing(is_open=False, heard=True), "the lane did not open again within 120 s"),
        (Standing(is_open=True, heard=True, lacks=("scanner",)), "scanner did not come back within 120 s"),
    ],
)
def test_whatever_is_missing_when_the_time_is_over_takes_it_back_with_a_reason(standing: Standing, why: str) -> None:
    assert watched(TRYING, standing, TRYING.watch_ms) == TRYING
    taken = watched(TRYING, standing, TRYING.watch_ms + 1)
    assert (taken.stage, taken.why, taken.old) == ("back", why, OLD)


def test_what_it_had_not_before_keeps_nobody() -> None:
    assert missing(TRYING, Standing(is_open=True, heard=True, lacks=("pos_printer",))) == ""
    closed = begun(WAITING, OLD, NOW, (), was_open=False)
    assert missing(closed, Standing(is_open=False, heard=True)) == ""


def test_starts_are_counted_also_where_the_clock_stands_still_or_runs_backwards() -> None:
    trial, texts = TRYING, []
    for start in range(TRYING.most_starts + 1):
        found = at_start(trial, OLD if start == 0 else NEW, NOW - start * 86_400_000)
        trial, texts = found.trial, [*texts, found.text]
    assert texts == [NEW, NEW, NEW, OLD]
    assert (trial.stage, trial.why) == ("back", "the lane started 3 times with it and did not reach the store")


def test_a_start_after_the_time_takes_it_back() -> None:
    found = at_start(TRYING, NEW, NOW + TRYING.watch_ms + 1)
    assert (found.trial.stage, found.text) == ("back", OLD)
    assert found.trial.why == "the lane did not reach the store within 120 s"


def test_a_change_that_waits_is_not_begun_by_a_start() -> None:
    assert at_start(WAITING, OLD, NOW).text == OLD
    assert at_start(WAITING, OLD, NOW).trial == WAITING


def test_what_somebody_wrote_at_the_machine_is_theirs() -> None:
    assert at_start(TRYING, HAND, NOW).text == HAND
    assert at_start(TRYING, HAND, NOW).trial.stage == "back"
    waited = begun(WAITING, HAND, NOW, (), was_open=True)
    assert (waited.stage, waited.new) == ("refused", "")
    done = at_start(replace(TRYING, stage="back"), NEW, NOW)
    assert at_start(replace(done.trial, old="", new=""), NEW, NOW).text == NEW, "the same text by hand, later"


# --- power cuts -------------------------------------------------------------------------------------------------------


class PowerCut(Exception):
    """The machine has no more power."""


@pytest.fixture
def disk(tmp_path: Path) -> TrialDisk:
    config = tmp_path / "kiosk.toml"
    config.write_text(OLD)
    config.chmod(0o640)
    return TrialDisk(config)


@pytest.fixture
def cut_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], list[str]]]:
    """Cut the power at the n-th touch of the disk from now on; what was touched so far."""
    touches: list[str] = []
    left = [10**9]

    def touch(name: str) -> None:
        if left[0] == 0:
            raise PowerCut
        left[0] -= 1
        touches.append(name)

    real_open, real_replace, real_fsync = Path.open, Path.replace, os.fsync

    def opened(self: Path, mode: str = "r", *args: object, **more: object) -> object:
        if "w" in mode:
            touch(f"write {self.name}")
        return real_open(self, mode, *args, **more)  # type: ignore[call-overload]

    def replaced(self: Path, target: Path) -> Path:
        touch(f"rename {self.name}")
        return real_replace(self, target)

    def synced(fd: int) -> None:
        touch("sync")
        real_fsync(fd)

    monkeypatch.setattr(Path, "open", opened)
    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(identity.os, "fsync", synced)

    def cut(n: int) -> list[str]:
        left[0] = n
        touches.clear()
        return touches

    yield cut
    left[0] = 10**9


def begin(disk: TrialDisk) -> None:
    """What a lane does that restarts into a change."""
    disk.keep(WAITING)
    disk.keep(TRYING)
    disk.install(NEW)


def keep(disk: TrialDisk) -> None:
    """A trial that stands."""
    begin(disk)
    trial = disk.settle(NOW)
    assert trial is not None
    disk.keep(watched(trial, WELL, 1_000) if trial.stage == "trying" else trial)


def give_up(disk: TrialDisk) -> None:
    """A trial whose time is over while the lane runs."""
    begin(disk)
    trial = disk.settle(NOW)
    assert trial is not None
    disk.take_back(watched(trial, Standing(is_open=True), trial.watch_ms + 1))


def cannot_start(disk: TrialDisk) -> None:
    """Settings with which the lane does not even start."""
    begin(disk)
    disk.settle(NOW)
    assert disk.fails("lane.jurisdiction: there is no pack")


@pytest.mark.parametrize("story", [begin, keep, give_up, cannot_start])
def test_the_power_is_cut_at_every_touch_of_the_disk(
    story: Callable[[TrialDisk], None], tmp_path: Path, cut_at: Callable[[int], list[str]]
) -> None:
    done = False
    for n in range(200):
        folder = tmp_path / str(n)
        folder.mkdir()
        config = folder / "kiosk.toml"
        config.write_text(OLD)
        disk = TrialDisk(config)
        cut_at(n)
        with suppress(PowerCut):
            story(disk)
            done = True
        cut_at(10**9)
        assert config.read_text() in (OLD, NEW)
        for _ in range(WAITING.most_starts + 2):  # nobody ever reaches the store again: it is taken back
            trial = TrialDisk(config).settle(NOW)
        assert trial is None or trial.stage != "trying"
        kept = trial is not None and trial.stage == "kept"
        assert config.read_text() == (NEW if kept else OLD)
        assert trial is None or trial.stage == "waiting" or (trial.new, trial.old) == ("", "")
        if done:
            assert (story is keep) == kept
            return
    raise AssertionError("it never came to an end")


def test_a_take_back_is_cut_too(tmp_path: Path, cut_at: Callable[[int], list[str]]) -> None:
    for n in range(12):
        config = tmp_path / f"{n}.toml"
        config.write_text(OLD)
        begin(TrialDisk(config))
        cut_at(n)
        with suppress(PowerCut):
            TrialDisk(config).settle(NOW + 10**9)
        cut_at(10**9)
        assert config.read_text() in (OLD, NEW)
        found = TrialDisk(config).settle(NOW + 10**9)
        assert found is not None and (found.stage, found.old) == ("back", "")
        assert config.read_text() == OLD


def test_the_file_stays_readable_by_the_same_people_and_the_mark_by_nobody_else(disk: TrialDisk) -> None:
    begin(disk)
    assert disk.config.stat().st_mode & 0o777 == 0o640
    assert disk.mark.stat().st_mode & 0o777 == 0o600


def test_where_the_file_is_a_link_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    real, link = tmp_path / "data" / "kiosk.toml", tmp_path / "kiosk.toml"
    real.write_text(OLD)
    link.symlink_to(real)
    begin(TrialDisk(link))
    assert link.is_symlink() and real.read_text() == NEW and (tmp_path / "data" / "kiosk.toml.change").exists()


def test_a_mark_that_is_none_stops_nobody(disk: TrialDisk) -> None:
    disk.mark.write_text("{")
    assert disk.settle(NOW) is None
    disk.mark.write_text('{"change": "cfg-1", "stage": "kept", "from_the_future": 1}')
    found = disk.settle(NOW)
    assert found is not None and found.change == "cfg-1"
    assert not disk.fails("anything")
