"""Arriving: a price book on its way into the store and onto a lane, timed, and found again unharmed.

The store's command is the real one, a process on a database of its own; the lane gets the book from a store in memory
over the wire, in parts, as it does in a shop.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, perf_counter_ns
from typing import TypeVar

from opening import OpenShop

from kiosk.storage.price_book import PriceBook
from kiosk.wire.price_csv import PriceRows, book_digest, read_csv

Figures = dict[str, object]
T = TypeVar("T")
CONFIG = '[store]\nid = "s001"\n[database]\nurl = "sqlite:///{}"\n'


def in_store(file: Path, rows: PriceRows, folder: Path) -> Figures:
    """`store catalogue import`, twice, and what `store catalogue export` gives back. Exits if one of them fails."""
    config = folder / "store.toml"
    config.write_text(CONFIG.format(folder / "store.db"))
    words, first_s = _timed(lambda: _store("import", str(file), "--config", str(config)))
    again, _ = _timed(lambda: _store("import", str(file), "--config", str(config)))
    back = read_csv(_store("export", "--config", str(config)))
    assert book_digest(back) == book_digest(rows), "the store gives back another price book than it was given"
    return {
        "store catalogue import": f"{first_s:.1f} s, {words.splitlines()[-1]}",
        "  the same again": again.splitlines()[-1],
        "  exported": f"{len(back)} items, the same",
    }


def on_lane(shop: OpenShop, rows: PriceRows, visited: PriceRows) -> Figures:
    """The whole book over the wire, then the other products as a change to it."""
    _, whole_s = _timed(lambda: shop.stock(rows))
    prices = shop.lane.shop.prices
    assert prices.head().digest == book_digest(rows), "the lane's book differs from the file"
    figures: Figures = {"book to the lane, over the wire": f"{whole_s:.1f} s, {prices.head().items} items"}
    if visited:
        _, change_s = _timed(lambda: shop.stock(visited, keep_others=True))
        figures["  and a change to it"] = f"{change_s:.1f} s, {len(visited)} rows, {prices.head().items} items now"
    return figures


def looked_up(prices: PriceBook, rows: PriceRows) -> Figures:
    """Every code once."""
    taken = []
    for row in rows:
        started = perf_counter_ns()
        found = prices.lookup((row.code,))
        taken.append(perf_counter_ns() - started)
        assert found is not None, f"{row.code} is not in the lane's book"
    taken.sort()
    slow = taken[len(taken) * 99 // 100]
    return {"lookup, median and p99": f"{median(taken) / 1000:.0f} and {slow / 1000:.0f} µs"}


def _store(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "store", "catalogue", *words], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    started = perf_counter()
    done = act()
    return done, perf_counter() - started
