"""From the finger of somebody who is signed in at the store to a lane that has been approved, in real processes.

A store with HTTP, a Mosquitto, a lane. A shopper calls; as soon as the store has heard it, the approval is posted as
the console's page orders it (the same row, the same clerk), and the lane is looked at until the call is gone. So the
figure holds the guard, the commits in the store's books, the broker, the lane's step and its answer to the look. What a
bare request to the store takes stands beside it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from time import monotonic, perf_counter_ns
from typing import Any

import httpx

from kiosk.demo.ports import free_ports

APPROVALS = 40
_WITHIN_S, _LOOK_S = 60, 0.002
_PIN = "2468"
_LANE = """
[lane]
store = "s001"
till = "k01"
needs = []
mode = "demo"
[storage]
path = "{folder}/lane.db"
[link]
broker = "mqtt://127.0.0.1:{broker}"
[display]
fullscreen = false
[debug]
listen = "127.0.0.1:{debug}"
"""
_STORE = """
[store]
id = "s001"
[database]
url = "sqlite:///{folder}/store.db"
[link]
broker = "mqtt://127.0.0.1:{broker}"
[http]
listen = "127.0.0.1:{http}"
"""


def approvals(folder: Path) -> dict[str, list[int]]:
    """Nanoseconds of each approval, `approval`; and of a bare request, `request`."""
    broker, http, debug = free_ports(3)
    ports = {"folder": folder, "broker": broker, "http": http, "debug": debug}
    (folder / "lane.toml").write_text(_LANE.format(**ports))
    (folder / "store.toml").write_text(_STORE.format(**ports))
    (folder / "broker.conf").write_text(f"listener {broker} 127.0.0.1\nallow_anonymous true\npersistence false\n")
    person = ["user", "add", "Anna", "--role", "supervisor", "--pin", _PIN]
    subprocess.run([*_store(folder, *person)], check=True, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{http}"
    with ExitStack() as stack:
        for name, command in (
            ("broker", ["/usr/sbin/mosquitto", "-c", str(folder / "broker.conf")]),
            ("store", _store(folder, "serve")),
            ("lane", [sys.executable, "-m", "kiosk", "run", "--headless", "--config", str(folder / "lane.toml")]),
        ):
            stack.enter_context(_running(command, folder / f"{name}.log"))
        store = stack.enter_context(httpx.Client(base_url=url, headers={"Origin": url}, timeout=10, trust_env=False))
        lane = stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{debug}", timeout=10, trust_env=False))
        _until(lambda: store.get("/healthz").json()["broker"] == "up")
        store.post("/sign-in", data={"name": "Anna", "pin": _PIN})
        _until(lambda: _tills(store))
        _staff_are_known(store, lane)
        bare = [_timed(lambda: store.get("/api/v1/prices/00000000")) for _ in range(APPROVALS)]
        return {"approval": [_approval(store, lane) for _ in range(APPROVALS)], "request": bare}


def _staff_are_known(store: httpx.Client, lane: httpx.Client) -> None:
    """The lane has fetched who they are: an approval is done."""
    lane.post("/event", content=json.dumps({"type": "HelpCalled"}))
    pause, until_s = Event(), monotonic() + 2 * _WITHIN_S
    while lane.get("/state.json").json().get("interventions"):
        assert monotonic() < until_s, "the lane does not learn who its staff are"
        store.post("/api/v1/tills/k01/commands", json={"kind": "approve", "reason": "help"})
        pause.wait(1)


def _approval(store: httpx.Client, lane: httpx.Client) -> int:
    lane.post("/event", content=json.dumps({"type": "HelpCalled"}))
    _until(lambda: any(one["reason"] == "help" for one in _tills(store)[0]["state"]["staff_needed"]))
    return _timed(lambda: _approve(store, lane))


def _approve(store: httpx.Client, lane: httpx.Client) -> None:
    store.post("/api/v1/tills/k01/commands", json={"kind": "approve", "reason": "help"}).raise_for_status()
    _until(lambda: not lane.get("/state.json").json().get("interventions"))


def _timed(act: Any) -> int:
    began = perf_counter_ns()
    act()
    return perf_counter_ns() - began


def _tills(store: httpx.Client) -> list[dict[str, Any]]:
    return [till for till in store.get("/api/v1/tills").raise_for_status().json() if till["online"]]


def _until(holds: Any) -> None:
    pause, until_s = Event(), monotonic() + _WITHIN_S
    while not _asked(holds):
        assert monotonic() < until_s, "it did not come to that"
        pause.wait(_LOOK_S)


def _asked(holds: Any) -> Any:
    try:
        return holds()
    except httpx.TransportError:  # it is being started
        return None


def _store(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "store", *words, "--config", str(folder / "store.toml")]


@contextmanager
def _running(command: list[str], log: Path) -> Iterator[None]:
    with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        try:
            yield
        finally:
            process.terminate()
