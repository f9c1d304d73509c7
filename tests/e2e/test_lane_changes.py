"""A lane is changed from the store while somebody shops, keeps what works, and comes back by itself from what does not.

The lane is a real process that is started again whenever it ends, as systemd does, beside a real broker and a store's
link, clerk and books. The broker's port is mistyped, and the lane is killed while it tries that. Where the lane would
wait for minutes its clock leaps (`leaping_lane`), to some seconds before the end of the wait.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from at_the_bench import eventually

from kiosk.checkout.commanding import RESTART_REST_MS
from kiosk.demo.ports import free_port
from kiosk.wire.messages import LaneState
from store import commands, lane_config, lane_log
from store.config import Config, LinkTable, StoreTable
from store.config_edits import Edit, edited
from store.database import open_books
from store.parts import Parts, make_parts
from store.users import add_user

WATCH_S, REST_S = 300, RESTART_REST_MS // 1_000
"""The lane's own. The watch is long enough for a start on a busy machine: it ends when the clock leaps there."""
STARTS_S, RESTS_S = 180, 60
"""On such a machine."""
LEAP_S, SHORT_S = 10, 5
"""A leap is shorter than any patience with a shopper; the last seconds of a wait pass by themselves."""
MIB = 1 << 20
LEAPING_LANE = Path(__file__).with_name("leaping_lane.py")


def utc_ms() -> int:
    return time.time_ns() // 1_000_000


class Lane:
    """Keeps one lane running."""

    def __init__(self, folder: Path, broker: int) -> None:
        debug = free_port()
        self.config, self.debug = folder / "kiosk.toml", f"http://127.0.0.1:{debug}"
        self._leaps, self._leapt_ms = folder / "leaps", 0
        self.leap(0)
        self.config.write_text(
            f"""# ours
[lane]
store = "s001"
till = "k01"
mode = "demo"
needs = ["scanner", "card_terminal"]
[storage]
path = "{folder}/kiosk.db"
[link]
broker = "mqtt://127.0.0.1:{broker}"
[display]
fullscreen = false
[changes]
watch_s = {WATCH_S}
[debug]
listen = "127.0.0.1:{debug}"
[devices.scanner]
driver = "simulated"
[devices.card_terminal]
driver = "simulated"
password = "271828"
"""
        )
        self.web = httpx.Client(timeout=20, trust_env=False)
        self.codes: list[int] = []
        self._ends = False
        self._log = (folder / "stderr.log").open("ab")
        self.process = self._start()
        self._keeper = threading.Thread(target=self._keep)
        self._keeper.start()

    def _start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, str(LEAPING_LANE), str(self._leaps), "run", "--headless"]
        command += ["--config", str(self.config)]
        return subprocess.Popen(command, stderr=self._log, stdout=self._log)

    def _keep(self) -> None:
        while True:
            self.codes.append(self.process.wait())
            if self._ends:
                return
            self.process = self._start()

    def stop(self) -> None:
        self._ends = True
        self.process.terminate()
        self._keeper.join(30)
        self.web.close()
        self._log.close()

    def state(self) -> dict[str, Any]:
        """What it remembers; nothing while it is away."""
        with suppress(httpx.TransportError):
            answer = self.web.get(f"{self.debug}/state.json")
            if answer.is_success:
                return dict(answer.json())
        return {}

    def leap(self, seconds: int) -> None:
        """So much time is over at once."""
        self._leapt_ms += seconds * 1_000
        whole = self._leaps.with_suffix(".new")
        whole.write_text(str(self._leapt_ms))
        whole.replace(self._leaps)

    def is_touched_for(self, seconds: int) -> None:
        """So long, and often enough that it does not take the shopper for gone."""
        for _ in range(0, seconds, LEAP_S):
            self.leap(LEAP_S)
            leapt_ms = time.monotonic_ns() // 1_000_000 + self._leapt_ms
            eventually("a touch", lambda leapt_ms=leapt_ms: self._touched_ms() >= leapt_ms)

    def _touched_ms(self) -> int:
        """When it was touched last, by its own clock; a turn of its loop may have begun before the clock leapt."""
        self.says(type="Touched")
        return int(self.state().get("touched_tick", 0))

    def says(self, **event: Any) -> None:
        self.web.post(f"{self.debug}/event", json=event).raise_for_status()

    def mark(self) -> dict[str, Any]:
        return dict(json.loads(self.config.with_name("kiosk.toml.change").read_text()))


class Shop:
    """The store's end, with the lane."""

    def __init__(self, parts: Parts, lane: Lane, by: str) -> None:
        self.parts, self.lane, self.by = parts, lane, by

    @property
    def heard(self) -> LaneState | None:
        return next((one.state for one in self.parts.lanes.all() if one.till == "k01" and one.online), None)

    def change(self, path: str, value: str) -> int:
        now = lane_config.present(self.parts.engine, "k01")
        assert now is not None
        text = edited(now.text, [Edit(path, value)])
        lane_config.propose(self.parts.engine, "k01", text, self.by, "a test of ours", utc_ms())
        self.parts.clerk.look()
        return lane_config.versions(self.parts.engine, "k01")[0].number

    def version(self, number: int) -> lane_config.Version:
        found = lane_config.version(self.parts.engine, "k01", number)
        assert found is not None
        return found

    def becomes(self, number: int, state: str, within_s: float) -> lane_config.Version:
        eventually(f"version {number} {state}", lambda: self.version(number).state == state, within_s)
        return self.version(number)


@pytest.fixture
def shop(tmp_path: Path, start_broker: Callable[[str], int]) -> Iterator[Shop]:
    broker = start_broker(f"allow_anonymous true\nmax_packet_size {2 * MIB}")
    config = Config(StoreTable("s001"), link=LinkTable(broker=f"mqtt://127.0.0.1:{broker}"))
    bugs: list[BaseException] = []
    parts = make_parts(config, open_books(f"sqlite:///{tmp_path}/store.db"), utc_ms, bugs.append)
    person, _ = add_user(parts.engine, "Otto", "operator", "9753", any_pin=True)
    assert parts.link is not None
    parts.clerk.start()
    parts.link.start()
    lane = Lane(tmp_path, broker)
    try:
        yield Shop(parts, lane, person.id)
    finally:
        lane.stop()
        parts.link.stop()
        parts.clerk.stop()
    assert bugs == []


@pytest.mark.slow
def test_a_lane_keeps_what_works_and_takes_back_what_does_not(shop: Shop) -> None:
    lane, settings = shop.lane, shop.lane.config
    eventually("what it runs on", lambda: lane_config.tills(shop.parts.engine), STARTS_S)
    eventually("its staff", lambda: shop.heard is not None, STARTS_S)
    now = lane_config.present(shop.parts.engine, "k01")
    assert now is not None and "271828" not in now.text and "lane.number" in {key.path for key in now.keys}

    first = lane.process.pid
    lane.says(type="StartPressed")
    eventually("a visit", lambda: lane.state()["phase"] == "scanning")
    good = shop.change("lane.number", '"7"')
    shop.becomes(good, "waiting", 30)
    lane.is_touched_for(REST_S + 2 * LEAP_S)
    assert (shop.version(good).state, lane.process.pid) == ("waiting", first), "somebody shops"
    lane.says(type="ShoppingStopped")
    shop.becomes(good, "kept", STARTS_S)
    assert (lane.codes, lane.state()["lane"]["number"]) == ([75], "7")
    kept = settings.read_text()
    assert 'number = "7"' in kept and '"271828"' in kept and kept.startswith("# ours")
    assert (lane.mark()["stage"], lane.mark()["old"]) == ("kept", "")

    bad = shop.change("link.broker", '"mqtt://127.0.0.1:1"')
    shop.becomes(bad, "waiting", 30)
    lane.leap(REST_S - SHORT_S)
    eventually("the trial", lambda: lane.mark().get("starts") == 1, RESTS_S)
    os.kill(lane.process.pid, signal.SIGKILL)
    eventually("its second start", lambda: lane.mark().get("starts", 2) == 2 and lane.state(), STARTS_S)
    eventually("the end of the watch", lambda: shop.version(bad).state == "back" or lane.leap(1), STARTS_S)
    told = shop.version(bad)
    assert told.told == f"the lane did not reach the store within {WATCH_S} s"
    assert settings.read_text() == kept
    assert lane.codes == [75, 75, -signal.SIGKILL, 75]
    eventually(
        "the lane as before", lambda: shop.heard is not None and lane.state().get("phase") == "welcome", STARTS_S
    )

    unstartable = shop.change("receipts.signing_key_file", '"/none"')
    shop.becomes(unstartable, "waiting", 30)
    lane.leap(REST_S - SHORT_S)
    why = shop.becomes(unstartable, "back", STARTS_S).told
    assert "/none" in why, "what it said when it could not start"
    assert settings.read_text() == kept

    order = lane_log.order(shop.parts.engine, "k01", 500, 0, "", shop.by, utc_ms())
    shop.parts.clerk.look()
    log = eventually("its log", lambda: lane_log.find(shop.parts.engine, "k01", order), 30)
    events = {json.loads(line).get("event") for line in log.text.splitlines() if line.startswith("{")}
    assert {"lane.ready", "change.kept", "change.taken_back"} <= events
    assert "271828" not in log.text
    found = commands.find(shop.parts.engine, order)
    assert found is not None and (found.state, found.staff) == ("done", shop.by)
