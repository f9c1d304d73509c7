"""A change of kiosk.toml is checked by its lines and tried between two visits; the store hears what came of it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from drivers.life import Life
from kiosk.app.changing import Changed, Changing
from kiosk.app.config import read_config
from kiosk.app.trial_disk import TrialDisk
from kiosk.checkout import events as e
from kiosk.checkout.commanding import RESTART_REST_MS
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank, step
from kiosk.checkout.state import Phase, Staff, State
from kiosk.values.moment import Moment
from kiosk.wire.asking import Lookup
from kiosk.wire.configuring import ChangeAnswer, ChangeAsk, ConfigAnswer, ConfigAsk

OLD = """[lane]
store = "s001"
till = "k01"
[link]
broker = "mqtt://me:secret@127.0.0.1:1883"
[devices.card_terminal]
driver = "zvt"
port = "socket://127.0.0.1:1"
password = "271828"
"""
NEW = OLD.replace("[link]", 'number = "7"\n[link]')
NOW = 1_764_000_000_000
LANE = Lane(store="s001", till="k01", needs=("card_terminal",))


class Till:
    """One lane's changing, its starts, its clock and a store that knows what it ordered."""

    def __init__(self, path: Path, text: str = OLD) -> None:
        path.write_text(text)
        self.path, self.tick = path, 0
        self.lives = {"card_terminal": Life("ready")}
        self.orders: dict[str, str] = {}
        self.reports: list[ConfigAsk] = []
        self.has = ""
        self.store_answers = True
        self.start()

    def start(self, after_ms: int = 0) -> None:
        """As `kiosk run` does."""
        self.tick += after_ms
        disk = TrialDisk(self.path)
        disk.settle(NOW + self.tick)
        self.changing = Changing(disk, read_config(self.path), (), lambda: self.lives, self._background)
        started = e.Restarted(at=self.now, lane=LANE, genesis="0" * 64, audit_seed="0" * 64)
        self.state: State = step(blank(LANE), started)[0]
        assert not self.changing.turn(self.state, self.now)

    @property
    def now(self) -> Moment:
        return Moment(NOW + self.tick, self.tick, "2025-11-24", 60)

    def _background(self, job: Any) -> None:
        news: Iterable[Any] = job()
        for one in news:
            assert isinstance(one, Changed)
            self.changing.changed(one)

    def talks(self) -> None:
        """All that the link would carry now."""
        while self.store_answers and (asked := self.changing.ask(self.now)) is not None:
            self.changing.heard(asked, self._answer(asked))

    def _answer(self, asked: Lookup) -> Any:
        match asked:
            case ConfigAsk(digest=digest, change=change):
                self.reports.append(asked)
                self.has = digest if asked.text else self.has
                return ConfigAnswer(known=self.has == digest, ours=change in self.orders)
            case ChangeAsk(change=change):
                return ChangeAnswer(text=self.orders[change]) if change in self.orders else None
        raise AssertionError(asked)

    def order(self, change: str, text: str) -> None:
        self.orders[change] = text
        self.changing.fetch(change)
        self.talks()

    def after(self, ms: int) -> bool:
        """Whether it ends to be started again."""
        self.tick += ms
        self.talks()
        restarts = self.changing.turn(self.state, self.now)
        self.talks()
        return restarts

    @property
    def last(self) -> tuple[str, str, str]:
        return self.reports[-1].change, self.reports[-1].stage, self.reports[-1].why


@pytest.fixture
def till(tmp_path: Path) -> Till:
    till = Till(tmp_path / "kiosk.toml")
    till.talks()
    return till


def test_the_store_has_what_the_lane_runs_on_without_its_secrets_and_asks_once(till: Till) -> None:
    short, whole = till.reports
    assert (short.text, short.keys) == ("", ()) and "271828" not in whole.text and "secret" not in whole.text
    assert 'till = "k01"' in whole.text
    till.changing.lost()
    till.talks()
    assert len(till.reports) == 3 and till.reports[-1].text == ""


def test_a_change_is_tried_when_nobody_is_served_and_kept_when_the_store_has_answered(till: Till) -> None:
    shown = till.reports[1].text
    till.order("cfg-1", shown.replace("[link]", 'number = "7"\n[link]'))
    assert till.last == ("cfg-1", "waiting", "")
    assert not till.after(RESTART_REST_MS - 1), "it has only just started"
    assert till.after(1_000)
    assert till.path.read_text() == NEW, "with its secrets"
    till.start(5_000)
    assert not till.after(1_000)
    assert [one.stage for one in till.reports if one.change][-2:] == ["trying", "kept"]
    assert till.last == ("cfg-1", "kept", "")
    till.start(1)
    assert not till.after(10**7) and till.path.read_text() == NEW
    assert "271828" not in till.path.with_name("kiosk.toml.change").read_text()


@pytest.mark.parametrize(
    "busy",
    [
        {"phase": Phase.SCANNING},
        {"phase": Phase.CARD},
        {"phase": Phase.RETURNING},
        {"settling": "k01-z1"},
        {"staff": Staff("u1", "Anna", "supervisor", 0)},
    ],
)
def test_nobody_is_ever_interrupted_by_it(till: Till, busy: dict[str, Any]) -> None:
    quiet = till.state
    till.order("cfg-1", NEW)
    till.state = replace(quiet, **busy)
    assert not any(till.after(10_000) for _ in range(360))
    assert till.path.read_text() == OLD
    till.state = quiet
    assert till.after(1_000) and till.path.read_text() == NEW


def test_a_lane_that_does_not_reach_the_store_goes_back_but_not_during_a_sale(till: Till) -> None:
    till.order("cfg-1", NEW.replace(":1883", ":9"))
    assert till.after(RESTART_REST_MS)
    till.store_answers = False
    till.start()
    assert not till.after(100_000)
    quiet, till.state = till.state, replace(till.state, phase=Phase.SCANNING)
    assert not till.after(100_000) and ":9" in till.path.read_text()
    till.state = quiet
    assert till.after(1_000)
    assert till.path.read_text() == OLD
    till.store_answers = True
    till.start()
    till.talks()
    assert till.last == ("cfg-1", "back", "the lane did not reach the store within 120 s")
    assert not till.after(10**6)


def test_a_device_that_does_not_come_back_takes_it_back(till: Till) -> None:
    till.order("cfg-1", NEW)
    assert till.after(RESTART_REST_MS)
    till.lives = {"card_terminal": Life("absent")}
    till.start()
    assert not till.after(1_000) and not till.after(1_000), "the store has answered, and that is not enough"
    assert till.after(120_000)
    till.start()
    till.talks()
    assert till.last == ("cfg-1", "back", "card_terminal did not come back within 120 s")


def test_another_store_than_the_one_that_ordered_it_keeps_nothing(till: Till) -> None:
    till.order("cfg-1", NEW)
    assert till.after(RESTART_REST_MS)
    till.orders.clear()
    till.start()
    assert not till.after(119_000) and till.after(2_000)
    assert till.path.read_text() == OLD


@pytest.mark.parametrize(
    ("before", "after", "line", "why"),
    [
        ("[link]", "[lnik]", 4, "lnik is not a setting; did you mean link?"),
        ('driver = "zvt"', 'driver = "ztv"', 7, "devices.card_terminal: there is no driver 'ztv'"),
        ('port = "socket:', 'prot = "socket:', 8, "devices.card_terminal: there is no setting 'prot'"),
        ('till = "k01"', "till = ", 3, "this is not TOML"),
        ('till = "k01"', 'till = "k02"', 3, "lane.till: 'k01' is who this lane is"),
        ('till = "k01"', 'till = "k01"\nday_starts = "25:00"', 4, "lane.day_starts: '25:00' is not a time"),
        ("[link]", '[storage]\npath = "/elsewhere.db"\n[link]', 5, "storage.path: "),
        ("[link]", "[changes]\nstarts = 9\n[link]", 5, "changes.starts: 1 to 3"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_line(till: Till, before: str, after: str, line: int, why: str) -> None:
    till.order("cfg-1", OLD.replace(before, after))
    assert till.last[1] == "refused" and till.last[2].startswith(why)
    assert till.reports[-1].line == line
    assert not till.after(10**6) and till.path.read_text() == OLD


def test_what_is_the_same_and_what_is_too_large_is_refused(till: Till) -> None:
    till.order("cfg-1", till.reports[1].text)
    assert till.last == ("cfg-1", "refused", "it is what the lane runs on already")
    till.order("cfg-2", OLD + "#" * (64 << 10))
    assert till.last == ("cfg-2", "refused", "it has more than 65536 bytes")


def test_a_lane_may_be_changed_at_the_machine_only(tmp_path: Path) -> None:
    till = Till(tmp_path / "kiosk.toml", OLD + "[changes]\nallowed = false\n")
    till.order("cfg-1", NEW)
    assert till.last[1:] == (
        "refused",
        "[changes] allowed = false: kiosk.toml of this lane is changed at the machine only",
    )


def test_a_newer_change_takes_the_place_of_one_that_waits_and_waits_for_one_on_trial(till: Till) -> None:
    till.order("cfg-1", NEW)
    till.order("cfg-2", NEW.replace('"7"', '"8"'))
    assert till.last == ("cfg-2", "waiting", "")
    assert till.after(RESTART_REST_MS)
    till.start()
    till.order("cfg-3", NEW.replace('"7"', '"9"'))
    assert 'number = "8"' in till.path.read_text() and not till.after(1)
    till.after(1_000)
    assert ("cfg-2", "kept") in [(one.change, one.stage) for one in till.reports]


def test_an_order_that_was_withdrawn_is_forgotten(till: Till) -> None:
    till.changing.fetch("cfg-9")
    till.talks()
    assert not till.after(10**6) and till.last == ("", "", "")


def test_what_the_lane_says_fits_the_wire(till: Till) -> None:
    whole = till.reports[1]
    assert msgspec.json.decode(msgspec.json.encode(whole), type=ConfigAsk) == whole
