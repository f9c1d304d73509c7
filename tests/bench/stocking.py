"""A price book of 100,000 products on its way to a lane that sells: how long, and how long the lane's loop was held.

The store and the broker are processes of their own and step back before the lane, for in a shop they are another
machine, and here they would take a processor from it. The lane is the real appliance with somebody who scans four times
a second. The clock runs from the moment at which the lane hears of the book to the one at which it charges by it. A
turn of the loop that takes longer than a frame would drop one. Beside it stand the longest turn of the same lane while
nothing comes, and what this machine could do at best: the same parts read as JSON, and their rows inserted into a file
like the lane's, a commit a part.
"""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread
from time import perf_counter_ns
from typing import Any

import msgspec
from price_changes import broker_at, store_at
from scanning import LINES, Bench, bench, gtin
from selling import NOW

from kiosk.demo.ports import free_port
from kiosk.storage.database import migrate, open_database
from kiosk.storage.price_book import SCHEMA
from kiosk.wire.asking import PriceBookAsk, answer
from kiosk.wire.messages import Ask
from kiosk.wire.price_csv import PriceRow
from store.database import engine_at, open_books
from store.price_book import PriceBook

ITEMS = 100_000
EVERY_NS = 250_000_000
REST_NS = 5_000_000_000
WITHIN_NS = 120_000_000_000
LAST = 19
"""The niceness of what computes only when nobody else wants to."""


def goods(count: int) -> Iterator[PriceRow]:
    """Those that the lane knows already, dearer, and many more."""
    for number in range(count):
        yield PriceRow(
            gtin=gtin(number),
            name=f"Product number {number}, an ordinary name",
            price_minor=2_000 + number % 9_000,
            tax_class="food",
            category="grocery/other",
        )


def arrival(folder: Path, *, headless: bool, count: int = ITEMS) -> dict[str, Any]:
    """Seconds and the bare limit in seconds; the longest turn, also at rest, and the slowest scan, in nanoseconds."""
    port = free_port()
    engine = open_books(f"sqlite:///{folder}/store.db")
    PriceBook(engine).replace(goods(count), NOW, "bench")
    engine.dispose()
    with ExitStack() as stack:
        stack.enter_context(broker_at(folder, port, LAST))
        lane = stack.enter_context(bench(folder, headless=headless, broker=f"mqtt://127.0.0.1:{port}", book="before"))
        stack.enter_context(_awake(lane))
        rest = _watched(lane, lambda took: took > REST_NS)
        stack.enter_context(store_at(folder, port, LAST))
        came = _watched(lane, lambda _: lane.appliance.loop.state.price_book == "1")
    return {
        "took_s": round(came["took"] / 1e9, 2),
        "bare_s": _bare_s(folder),
        "turn": came["turn"],
        "rest_turn": rest["turn"],
        "scan": came["scan"],
        "rest_scan": rest["scan"],
    }


def _watched(lane: Bench, over: Callable[[int], bool]) -> dict[str, int]:
    """Scan now and then until it is over; what it took, the longest turn and the slowest scan."""
    lane.longest_turn_ns, due, scans = 0, 0, [0]
    began = perf_counter_ns()
    while not over(took := perf_counter_ns() - began):
        assert took < WITHIN_NS, "the book has not come"
        if took >= due:
            scans.append(lane.scan(LINES + len(scans) * 37 % 20_000))
            lane.void_oldest()
            due = perf_counter_ns() - began + EVERY_NS
        lane.runner.turn()
    return {"took": took, "turn": lane.longest_turn_ns, "scan": max(scans)}


class _awake:
    """Wakes the lane now and then, for whoever scans when it is time."""

    def __init__(self, lane: Bench) -> None:
        self._lane, self._over = lane, Event()
        self._thread = Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        while not self._over.wait(EVERY_NS / 4e9):
            self._lane.wake()

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def _bare_s(folder: Path) -> float:
    payloads = list(_parts(PriceBook(engine_at(f"sqlite:///{folder}/store.db"))))
    path = folder / "bare-book.db"
    database = open_database(path)
    migrate(database, SCHEMA)
    database.close()
    bare = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        bare.execute(f"PRAGMA {pragma}")
    bare.execute(
        "INSERT INTO book (generation, state, version, whole, items, digest) VALUES (1, 'staged', '1', 1, 0, '')"
    )
    began = perf_counter_ns()
    for payload in payloads:
        rows = msgspec.json.decode(payload)["data"]["rows"]
        bare.execute("BEGIN IMMEDIATE")
        sql = "INSERT INTO product VALUES (1, ?, NULL, ?)"
        bare.executemany(sql, [(row["gtin"], msgspec.json.encode(row).decode()) for row in rows])
        bare.execute("COMMIT")
    took = perf_counter_ns() - began
    bare.close()
    return round(took / 1e9, 2)


def _parts(book: PriceBook) -> Iterator[bytes]:
    """As the store says them."""
    offset, total = 0, 1
    while offset < total:
        part = book.part(PriceBookAsk(version="1", offset=offset))
        assert part is not None and part.rows
        yield msgspec.json.encode(answer(Ask(id="a", kind="price_book", data={}), part))
        offset, total = offset + len(part.rows), part.total


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    from display import display

    with display() as measured_on, TemporaryDirectory() as name:
        figures = arrival(Path(name), headless="dummy" in measured_on, count=int((*sys.argv, ITEMS)[1]))
        sys.stdout.write(f"{measured_on}: {figures}\n")
