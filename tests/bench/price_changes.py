"""A price that is changed at the store to the last of 40 lanes that charges it, over a real broker and the real route.

The store serves as in a shop; the lanes are their own code that takes a change in, 40 of it in two processes, since 40
machines do not fit on one: what these two compute for a change is told, for 40 machines do it side by side. Beside it
stands the limit of this machine: as many bytes published bare to 40 subscribers.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Queue
from shutil import copy
from threading import Thread
from time import monotonic, perf_counter_ns
from typing import IO

import httpx
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from price_lanes import BARE
from scanning import gtin
from selling import NOW

from kiosk.demo.ports import free_port
from kiosk.storage.price_book import open_price_book
from kiosk.wire.price_csv import PriceRow
from store.database import open_books
from store.price_book import PriceBook
from store.tokens import add_token

ITEMS, LANES, PROCESSES, CHANGES = 10_000, 40, 2, 15
WITHIN_S = 60
Said = tuple[str, str, int]
"""Lane, what it charges, when."""


def goods() -> list[PriceRow]:
    """Ten thousand products, as a large supermarket's self-checkout sells."""
    return [
        PriceRow(gtin=gtin(n), name=f"Product number {n}, an ordinary name", price_minor=1_000 + n, tax_class="food")
        for n in range(ITEMS)
    ]


def changes(folder: Path) -> dict[str, list[int]]:
    """Nanoseconds from the request to the last of the lanes, `charged`, and of bare publishing, `bare`; what all lanes
    together compute for one change, `lanes`."""
    port = free_port()
    token = _books(folder)
    with ExitStack() as stack:
        stack.enter_context(broker_at(folder, port))
        served = stack.enter_context(store_at(folder, port))
        said: Queue[Said] = Queue()
        names = [f"k{n:02}" for n in range(LANES)]
        pids = [stack.enter_context(_lanes(folder, port, names[first::PROCESSES], said)) for first in range(PROCESSES)]
        for _ in range(PROCESSES):
            assert said.get(timeout=WITHIN_S)[0] == "ready"
        client = httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=30, trust_env=False)
        shop = stack.enter_context(client)
        url = f"{served}/api/v1/products/{gtin(0)}"
        before = _computed_ns(pids)
        charged = [_charged(shop, url, 2_000 + n, said) for n in range(CHANGES)]
        lanes = (_computed_ns(pids) - before) // CHANGES
        return {"charged": charged, "bare": _bare(port, said), "lanes": [lanes]}


def _computed_ns(pids: Sequence[int]) -> int:
    """What these processes have computed so far, in ticks of 10 ms (proc(5), utime and stime)."""
    told = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids)
    return sum(int(fields[11]) + int(fields[12]) for fields in told) * 10_000_000


def _charged(shop: httpx.Client, url: str, minor: int, said: "Queue[Said]") -> int:
    began = perf_counter_ns()
    shop.patch(url, json={"product": {"price_minor": minor}}).raise_for_status()
    return _last(said, str(minor)) - began


def _bare(port: int, said: "Queue[Said]") -> list[int]:
    """The size of a change of one product, envelope and all."""
    client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
    client.connect("127.0.0.1", port)
    client.loop_start()
    measured = []
    for _ in range(CHANGES):
        began = perf_counter_ns()
        client.publish(BARE, b"x" * 1_000, qos=1)
        measured.append(_last(said, "bare") - began)
    client.disconnect()
    client.loop_stop()
    return measured


def _last(said: "Queue[Said]", word: str) -> int:
    """When the last lane said it."""
    heard: dict[str, int] = {}
    until_s = monotonic() + WITHIN_S
    while len(heard) < LANES:
        assert monotonic() < until_s, f"only {len(heard)} lanes came to {word}"
        name, what, at = said.get(timeout=WITHIN_S)
        if what == word:
            heard[name] = at
    return max(heard.values())


def _books(folder: Path) -> str:
    """The store's and every lane's book at version 1; the token of a program that may change prices."""
    rows = goods()
    engine = open_books(f"sqlite:///{folder}/store.db")
    PriceBook(engine).replace(rows, NOW, "bench")
    token = add_token(engine, "bench", "manager", NOW)
    engine.dispose()
    first = folder / "first.db"
    book = open_price_book(first)
    book.import_rows("1", rows)
    book.close()
    for n in range(LANES):
        copy(first, folder / f"k{n:02}.db")
    return token


@contextmanager
def broker_at(folder: Path, port: int, nice: int = 0) -> Iterator[None]:
    """A Mosquitto that keeps nothing. `nice`: how far it steps back (nice(1)), for what is another machine's."""
    config = folder / "broker.conf"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nuser root\n")
    command = ["nice", "-n", str(nice), "/usr/sbin/mosquitto", "-c", str(config)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()


@contextmanager
def store_at(folder: Path, port: int, nice: int = 0) -> Iterator[str]:
    """Its address."""
    toml = folder / "store.toml"
    toml.write_text(
        f'[store]\nid = "s001"\n[database]\nurl = "sqlite:///{folder}/store.db"\n[http]\nlisten = "127.0.0.1:0"\n'
        f'[link]\nbroker = "mqtt://127.0.0.1:{port}"\n[pictures]\nfolder = "{folder}/pictures"\n'
    )
    command = ["nice", "-n", str(nice), sys.executable, "-m", "store", "serve", "--config", str(toml)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        url, linked = "", False
        while not (url and linked):
            line = process.stderr.readline()
            assert line, "the store has ended"
            linked = linked or '"link.up"' in line
            url = json.loads(line)["url"] if '"store.open"' in line else url
        Thread(target=process.stderr.read, daemon=True).start()
        try:
            yield url
        finally:
            process.terminate()


@contextmanager
def _lanes(folder: Path, port: int, names: list[str], said: "Queue[Said]") -> Iterator[int]:
    """The number of their process."""
    script = str(Path(__file__).with_name("price_lanes.py"))
    command = [sys.executable, script, str(port), str(folder), gtin(0), *names]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdin is not None
        Thread(target=_listen, args=(process.stdout, said), daemon=True).start()
        try:
            yield process.pid
        finally:
            process.stdin.close()


def _listen(lines: IO[str], said: "Queue[Said]") -> None:
    for line in lines:
        name, what, *at = line.split()
        said.put((name, what, int(at[0]) if at else 0))


if __name__ == "__main__":
    from statistics import median
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        for what, measured in changes(Path(name)).items():
            sys.stdout.write(f"{what}: median {median(measured) / 1e6:.1f} ms, worst {max(measured) / 1e6:.1f} ms\n")
