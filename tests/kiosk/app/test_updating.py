"""A lane becomes another version: fetched, checked, installed while nobody is served, tried; and cut at every point."""

import hashlib
import select
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from drivers.life import Life
from drivers.updater.driver import NoUpdater, Rauc, Updater
from drivers.updater.simulator import FOLDER, Machine, bundle
from kiosk.app.running import Running
from kiosk.app.update_order import RESERVE_MIB, Kept, Order, Places
from kiosk.app.updates_port import Worked
from kiosk.app.updating import HEALTHY_MS, LOOK_MS, PAUSE_AGAIN_MS, RETRY_MS, Updates
from kiosk.checkout import events as e
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank, step
from kiosk.checkout.state import Phase, State
from kiosk.values.moment import Moment
from kiosk.wire.asking import UpdateAsk, UpdatePart

LANE = Lane(store="s001", till="k01")
NEW = bundle("1.1.0", filling=700)
SHA = hashlib.sha256(NEW).hexdigest()
PART = 256
NOON = 1_764_000_000_000
DEADLINE_S = 60


def order(id_: str = "c-1", version: str = "1.1.0", content: bytes = NEW, **more: Any) -> Order:
    sha = hashlib.sha256(content).hexdigest()
    return Order(id=id_, version=version, sha256=sha, size=len(content), staff="u9", name="Olga", **more)


class PowerCut(Exception):
    """The machine is off now."""


class Bench:
    """A machine of two slots, its disk, a lane on it that somebody may use, and a store that has bundles."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.machine = Machine.new(folder / "machine", "1.0.0")
        self.places = Places(folder / "update")
        self.state: State = blank(LANE)
        self.tick_ms, self.boots, self.free_mib = 1_000, 0, 10_000
        self.stored: dict[str, bytes] = {SHA: NEW}
        self.jobs: list[Callable[[], Any]] = []
        self.said: list[str] = []
        self.told: list[tuple[str, str]] = []
        self.asked: list[UpdateAsk] = []
        self.cut_at: int | None = None
        self.steps = 0
        self.reset = False
        self.updater: Callable[[], Updater] = self.rauc
        self.lives: dict[str, Life] = {}
        self.good: Path | None = None
        self.restart = ("touch", str(folder / "reset"))
        self.boot()

    def rauc(self) -> Updater:
        command = (sys.executable, "-m", "drivers.updater.simulator")
        return Rauc(command, self.restart, f"{FOLDER}={self.folder / 'machine'}", self.good)

    def boot(self, version: str = "") -> None:
        """Power on; `version`: only our process starts again, on what ran."""
        self.boots += not version
        runs = version or self.machine.boot()
        self.folder.joinpath("reset").unlink(missing_ok=True)
        self.jobs.clear()
        running = Running("0.1.0", runs, self.machine.read("booted"), f"boot-{self.boots}")
        self.running = runs
        self.updates = Updates(
            self.places,
            running,
            self.updater(),
            self.jobs.append,
            lambda: self.free_mib,
            self.now().utc_ms,
            lambda: self.lives,
        )
        pause = self.state.pause
        self.state = replace(self.state, pause=pause and replace(pause, until_tick=self.tick_ms + 10_000_000))

    def now(self) -> Moment:
        return Moment(NOON + self.tick_ms, self.tick_ms, "2025-11-24")

    def step(self) -> None:
        """Something has happened on the disk or is about to: here the power may go."""
        self.steps += 1
        if self.cut_at is not None and self.steps > self.cut_at:
            self.cut_at = None
            raise PowerCut

    def work(self) -> None:
        """The background has done all that it was given."""
        while self.jobs:
            self.step()
            for worked in self.jobs.pop(0)():
                assert isinstance(worked, Worked)
                self.step()
                self.updates.heard(worked)

    def turn(self, ms: int = LOOK_MS) -> None:
        """As loop and link do."""
        self.tick_ms += ms
        self.work()
        for event in self.updates.turn(self.state, self.now()):
            self.said.append(event.kind if isinstance(event, e.CommandCame) else type(event).__name__)
            self.state, _ = step(self.state, replace(event, at=self.now()))
        ask = self.updates.ask(self.state, self.now())
        if ask is not None:
            self.asked.append(ask)
            self.updates.part(self.answer(ask), self.now())
        self.told += [(one.id, one.why) for one in self.updates.told()]
        if self.folder.joinpath("reset").exists():
            self.boot()

    def answer(self, ask: UpdateAsk) -> UpdatePart | None:
        content = self.stored.get(ask.sha256)
        if content is None:
            return None
        piece = content[ask.offset : ask.offset + PART]
        return UpdatePart(sha256=ask.sha256, size=len(content), offset=ask.offset, content=piece)

    @property
    def stage(self) -> str:
        report = self.updates.said().update
        return getattr(report, "stage", "")

    @property
    def why(self) -> str:
        report = self.updates.said().update
        return getattr(report, "why", "")

    def until(self, *stages: str, ms: int = LOOK_MS) -> str:
        """Turn until one of them; real time only passes for RAUC's process."""
        deadline = time.monotonic() + DEADLINE_S
        while self.stage not in stages:
            assert time.monotonic() < deadline, f"it stays {self.stage}: {self.why}"
            if self.stage == "installing":
                select.select([], [], [], 0.005)
            self.turn(ms)
        return self.stage

    def over(self) -> str:
        return self.until("updated", "fell_back", "failed")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_an_order_is_fetched_installed_tried_and_told(bench: Bench) -> None:
    assert bench.updates.order(order()) == ""
    assert bench.told == [], "not before it is on the disk"
    bench.turn()
    assert bench.told == [("c-1", "")]
    assert bench.until("starting") and bench.machine.running == "1.0.0"
    assert bench.said == ["pause"] and bench.state.closed == "paused"
    bench.until("trying")
    since = bench.tick_ms
    assert bench.running == "1.1.0" and bench.state.closed == "paused", "not open before it has proved itself"
    assert bench.over() == "updated" and bench.tick_ms - since >= HEALTHY_MS - LOOK_MS
    for _ in range(3):
        bench.turn()
    assert bench.said == ["pause", "open"] and bench.state.phase is Phase.WELCOME
    assert not bench.places.bundle.exists(), "its room is free again"
    said = bench.updates.said()
    assert (said.image, said.slot) == ("1.1.0", "B") and said.since > "2025-11-24T16:00:01"


def test_a_second_order_under_the_same_id_is_the_same(bench: Bench) -> None:
    bench.updates.order(order())
    bench.over()
    assert bench.updates.order(order()) == ""
    bench.turn()
    assert bench.stage == "updated" and bench.told[-1] == ("c-1", "")


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (order(version="1.0.0"), "1.0.0 runs here already"),
        (order(version="0.9.7"), "0.9.7 is older than 1.0.0, which runs here"),
        (order(version="latest"), "'latest' is no version such as 1.4.0"),
        (replace(order(), sha256="00"), "its digest or its size cannot be read"),
        (replace(order(), size=0), "its digest or its size cannot be read"),
        (replace(order(), size=9_900 << 20), "its digest or its size cannot be read"),
        (replace(order(), size=3_000 << 20), f"too little space: {3_001 + RESERVE_MIB} MiB are needed, 3000"),
    ],
)  # fmt: skip
def test_what_is_not_wanted_is_refused_in_words(bench: Bench, wanted: Order, why: str) -> None:
    bench.free_mib = 3_000
    assert bench.updates.order(wanted).startswith(why)
    bench.turn()
    assert bench.stage == "" and bench.asked == []


def test_a_machine_without_an_updater_says_so(bench: Bench) -> None:
    bench.updater = NoUpdater
    bench.boot()
    assert "see [updates] in kiosk.toml" in bench.updates.order(order())


# --- when -------------------------------------------------------------------------------------------------------------


def test_nothing_is_fetched_or_installed_while_somebody_is_served(bench: Bench) -> None:
    bench.updates.order(order())
    bench.turn()
    served = replace(bench.state, phase=Phase.SCANNING)
    quiet, bench.state = bench.state, served
    asked = len(bench.asked)
    for _ in range(20):
        bench.turn()
    assert bench.stage == "fetching" and len(bench.asked) == asked
    bench.state = quiet
    bench.until("checking")
    bench.state = served
    for _ in range(20):
        bench.turn()
    assert bench.stage == "ready" and bench.said == []
    bench.state = quiet
    assert bench.over() == "updated"


def test_it_waits_for_its_time_and_gives_up_after_it(bench: Bench) -> None:
    night = NOON + 3_600_000
    bench.updates.order(order(not_before_utc_ms=night, not_after_utc_ms=night + 3_600_000))
    bench.until("ready")
    for _ in range(20):
        bench.turn()
    assert bench.stage == "ready" and bench.said == [], "it is here, and it is not night yet"
    bench.tick_ms = 3_600_000
    assert bench.until("installing")
    other = Bench(bench.folder / "other")
    other.updates.order(order(not_before_utc_ms=night, not_after_utc_ms=night + 3_600_000))
    other.until("ready")
    other.state = replace(other.state, phase=Phase.SCANNING)
    other.turn(7_200_000)
    assert other.stage == "failed" and "no quiet moment" in other.why


def test_a_lane_that_staff_closed_stays_closed(bench: Bench) -> None:
    bench.state = replace(bench.state, phase=Phase.CLOSED, closed="staff")
    bench.updates.order(order())
    assert bench.over() == "updated"
    for _ in range(5):
        bench.turn(PAUSE_AGAIN_MS)
    assert bench.said == [] and bench.state.closed == "staff"


def test_it_can_be_taken_back_until_it_is_installed(bench: Bench) -> None:
    bench.updates.order(order())
    bench.until("ready")
    assert bench.updates.order(order("c-2", version="")) == ""
    bench.turn()
    assert bench.stage == "failed" and bench.why == "it was taken back" and bench.told[-1] == ("c-2", "")
    bench.updates.order(order("c-3"))
    bench.until("installing")
    assert bench.updates.order(order("c-4", version="")) == "1.1.0 is being installed already"
    assert bench.updates.order(order("c-5")) == "", "the same once more, of a store that forgot that it asked"
    assert bench.over() == "updated" and bench.updates.said().update.order == "c-5"  # type: ignore[union-attr]


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_a_line_that_was_lost_and_a_store_that_has_it_no_more(bench: Bench) -> None:
    bench.updates.order(order())
    bench.stored.clear()
    bench.turn()
    for _ in range(5):
        bench.turn()
    assert len(bench.asked) == 1, "not again at once"
    bench.stored[SHA] = NEW
    bench.turn(RETRY_MS)
    bench.updates.lost()
    assert bench.over() == "updated"


def test_another_content_than_announced_is_fetched_once_more_and_then_refused(bench: Bench) -> None:
    bench.stored[SHA] = NEW[:-1] + b"!"
    bench.updates.order(order())
    assert bench.over() == "failed" and "SHA-256 is another, twice" in bench.why
    assert sum(ask.offset == 0 for ask in bench.asked) == 2 and bench.said == []


def test_a_bundle_that_rauc_refuses_leaves_the_lane_as_it_was_and_open(bench: Bench) -> None:
    bad = bundle("1.1.0", signed="no")
    bench.stored[hashlib.sha256(bad).hexdigest()] = bad
    bench.updates.order(order(content=bad))
    assert bench.over() == "failed" and "signature verification failed" in bench.why
    for _ in range(3):
        bench.turn()
    assert bench.state.phase is Phase.WELCOME and bench.running == "1.0.0"


def test_a_disk_that_takes_nothing_is_told_and_harms_nobody(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_places: Places, _kept: Kept) -> None:
        raise OSError(28, "No space left on device", "state.json")

    monkeypatch.setattr(Places, "keep", full)
    bench.updates.order(order())
    bench.turn()
    assert bench.stage == "failed" and bench.told == [("c-1", "No space left on device: state.json")]


# --- the power goes ---------------------------------------------------------------------------------------------------


def _steps_of_a_whole_update(folder: Path) -> int:
    bench = Bench(folder)
    bench.updates.order(order())
    bench.over()
    bench.turn()
    return bench.steps


def test_a_cut_at_every_step_ends_as_if_there_had_been_none(tmp_path: Path) -> None:
    """Of the disk's: before a job and after it. What the store did not hear it orders again."""
    steps = _steps_of_a_whole_update(tmp_path / "uncut")
    assert steps > 20
    for cut_at in range(steps):
        bench = Bench(tmp_path / f"cut-{cut_at}")
        bench.cut_at = cut_at
        try:
            bench.updates.order(order())
            bench.over()
            bench.turn()
        except PowerCut:
            bench.boot()
        bench.updates.order(order())
        assert bench.over() == "updated", f"cut at {cut_at}: {bench.why}"
        for _ in range(4):
            bench.turn(PAUSE_AGAIN_MS)
        assert bench.state.phase is Phase.WELCOME and bench.running == "1.1.0", f"cut at {cut_at}"


def test_a_cut_while_the_slot_is_written_begins_it_again_and_not_for_ever(bench: Bench) -> None:
    bench.updates.order(order())
    for tries in range(3):
        bench.until("installing")
        assert bench.stage == "installing", tries
        bench.turn()
        bench.boot()
    assert bench.over() == "failed" and "the power went 3 times" in bench.why


def test_our_process_alone_starts_again_after_the_installing_and_the_machine_still_restarts(bench: Bench) -> None:
    bench.updates.order(order())
    bench.until("starting")
    bench.work()
    bench.boot("1.0.0")
    assert bench.stage == "starting", "the same boot: it has not been tried yet"
    assert bench.over() == "updated"


def test_a_torn_tail_of_the_bundle_is_found_and_fetched_again(bench: Bench) -> None:
    bench.updates.order(order())
    bench.turn()
    bench.turn()
    bench.boot()
    bench.places.bundle.write_bytes(b"\0" * bench.places.have())
    bench.boot()
    assert bench.over() == "updated"
