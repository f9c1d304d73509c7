"""Scan byte in -> changed pixels out, on the real appliance: a socket, the price book's 30,000 items, a 40-line basket.

The clock starts before the label's bytes are written to the scanner's socket and stops when the changed rectangles have
been handed to the display. Each measured scan adds the 41st line; then the oldest is voided and the notice of it put
away, outside the clock, so that the next scan finds the screen of ordinary scanning again.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from kiosk.app.config import Config, DisplayTable, LaneTable, LinkTable, StorageTable
from kiosk.app.main import Appliance
from kiosk.app.runner import Runner
from kiosk.checkout.events import LineVoided, Touched
from kiosk.storage.journal import Journal, open_journal
from kiosk.storage.price_book import open_price_book
from kiosk.values.moment import Moment
from kiosk.wire.price_csv import PriceRow

ITEMS = 30_000
LINES = 40


def gtin(number: int) -> str:
    """A GTIN-13 of the demonstration prefix with its check digit."""
    body = f"952{number:09}"
    odd, even = (sum(int(digit) for digit in body[start::2]) for start in (0, 1))
    return f"{body}{-(odd + 3 * even) % 10}"


def rows() -> Iterator[PriceRow]:
    """Thirty thousand products with names of ordinary length."""
    for number in range(ITEMS):
        yield PriceRow(
            gtin=gtin(number),
            name=f"Product number {number}, an ordinary name",
            price_minor=1_000 + number % 9_000,
            tax_class="food",
            category="grocery/other",
        )


class Bench:
    """An appliance with somebody at the other end of its scanner's cable."""

    def __init__(self, appliance: Appliance, runner: Runner, cable: socket.socket) -> None:
        self.appliance, self.runner, self._cable = appliance, runner, cable
        self.longest_turn_ns = 0
        """While the loop turns, nobody feeds the watchdog."""
        self.shown_ns = 0
        """When pixels were last handed to the display."""
        glass_show, loop_turn = appliance.glass.show, appliance.loop.turn

        def turn(now: Moment) -> None:
            started = perf_counter_ns()
            loop_turn(now)
            self.longest_turn_ns = max(self.longest_turn_ns, perf_counter_ns() - started)

        def show(scene: Any) -> None:
            glass_show(scene)
            self.shown_ns = perf_counter_ns()

        appliance.glass.show = show  # type: ignore[method-assign]  # stop-watches on the real thing
        appliance.loop.turn = turn  # type: ignore[method-assign]

    def wake(self) -> None:
        """End the wait of a turn, from another thread."""
        self.appliance._inbox.wake()

    def until(self, reached: Callable[[], bool]) -> None:
        """Turn until something is so."""
        while not reached():
            self.runner.turn()

    def scan(self, number: int) -> int:
        """Nanoseconds from the first byte to the changed pixels."""
        basket = self.appliance.loop.state.basket
        self.shown_ns = 0
        started = perf_counter_ns()
        self._cable.sendall(b"]E0" + gtin(number).encode() + b"\r")
        self.until(lambda: self.shown_ns > 0)
        assert self.appliance.loop.state.basket != basket, "the scan did not reach the basket"
        return self.shown_ns - started

    def void_oldest(self) -> None:
        """Back to forty lines and no notice, outside the clock."""
        loop = self.appliance.loop
        oldest = loop.state.basket.lines[0].line
        loop.say(LineVoided(line=oldest))
        self.until(lambda: loop.state.basket.lines[0].line != oldest)
        loop.say(Touched())
        self.until(lambda: loop.state.notice is None and not loop.screen.moving)


@contextmanager
def bench(
    folder: Path,
    *,
    headless: bool,
    open_to_write: Callable[[Path], Journal] = open_journal,
    broker: str = "",
    book: str = "1",
) -> Iterator[Bench]:
    """A running appliance in `folder`, its basket filled to forty lines. `book`: the version that it has."""
    with ExitStack() as stack, socket.create_server(("127.0.0.1", 0)) as server:
        config = _config(folder, server.getsockname()[1], broker)
        if not config.price_book_path.exists():
            prices = open_price_book(config.price_book_path)
            prices.import_rows(book, rows())
            prices.close()
        appliance = Appliance(config, headless, stack, open_to_write)
        runner = appliance.runner()
        server.settimeout(10)
        runner.turn()
        cable, _ = server.accept()
        stack.callback(cable.close)
        running = Bench(appliance, runner, cable)
        running.until(lambda: "scanner" not in appliance.loop.state.devices.lost and appliance.loop.idle)
        for number in range(LINES):
            running.scan(number)
        running.longest_turn_ns = 0
        yield running


def _config(folder: Path, port: int, broker: str) -> Config:
    return Config(
        lane=LaneTable(store="s001", till="k01", needs=("scanner",), mode="demo"),
        storage=StorageTable(path=str(folder / "kiosk.db")),
        link=LinkTable(broker=broker),
        display=DisplayTable(fullscreen=False),
        devices={"scanner": {"driver": "serial", "port": f"socket://127.0.0.1:{port}"}},
    )


def scans(running: Bench, count: int, *, rested: bool, between: Callable[[], None] = lambda: None) -> list[int]:
    """The latencies of so many scans of the 41st line, in nanoseconds; `between` is done before each.

    With `rested` each begins when everything before is on the disk, as between two things that a hand picks up.
    """
    measured = []
    for number in range(count):
        between()
        measured.append(running.scan(LINES + number * 37 % (ITEMS - LINES)))
        running.void_oldest()
        if rested:
            running.until(lambda: running.appliance.loop.idle)
    return measured
