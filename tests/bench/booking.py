"""Sales into the books: how fast, beside the same rows inserted bare, and how soon a lane hears that they are there.

Bare is what no store could beat: the rows of a ten-line sale and its stock, made beforehand, through the driver alone,
a hundred sales a commit, with nothing read, checked or looked up.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter_ns
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from sqlalchemy.engine import Engine

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

import psycopg
from postgres import cluster
from selling import NOW, Till, on, said

from kiosk.values.canonical import canonical_json
from kiosk.wire.codec import decode, read_data
from kiosk.wire.price_csv import PriceRow
from kiosk.wire.topics import till_topic
from store import booking, rollup_care, rollups, schema
from store.aside import Letter
from store.database import engine_at, open_books
from store.exit_codes import note_all
from store.ingest import take_all
from store.price_book import PriceBook

BATCH = 100
Statement = tuple[str, Any]
"""As it is said to the driver: rows one by one, or all of them as arrays."""
ZONE = ZoneInfo("Europe/Stockholm")
SALES = 2_000
LANES, A_LANE_AN_HOUR = 200, 60
WEEK_LANES, WEEK_SALES, IN_FLIGHT = 40, 235_000, 64
GOODS = [
    PriceRow(gtin=f"95200000{n:05}", name=f"Thing {n}", price_minor=1_000 + n, tax_class="food", tax_bp=600)
    for n in range(1_000)
]


def sales(count: int, lanes: int, first: str = "k") -> list[tuple[str, str, bytes]]:
    """(lane, key, message) of ten-line sales, the lanes taking turns."""
    tills = [Till(f"{first}{n:03}") for n in range(lanes)]
    made = []
    for n in range(count):
        till = tills[n % lanes]
        sold = till.sell(*((GOODS[(n * 7 + line * 13) % len(GOODS)], 1) for line in range(10)))
        made.append((till.name, sold.key, said(sold)))
    return made


def ours_and_bare(url_ours: str, url_bare: str) -> dict[str, float]:
    """Milliseconds a sale: ours, and the same rows bare, taking turns so that both have the same neighbours."""
    ours, bare = open_books(url_ours), open_books(url_bare)
    PriceBook(ours).replace(GOODS, NOW, "bench")
    rollup_care.keep(ours, ZONE.key)
    letters = [Letter(on("sale", lane), payload) for lane, _, payload in sales(SALES, WEEK_LANES)]
    took: dict[str, list[int]] = {"ours": [], "bare": []}
    for start in range(0, SALES, BATCH):
        batch = letters[start : start + BATCH]
        statements = _statements(bare, batch)
        started = perf_counter_ns()
        _insert(bare, statements)
        between = perf_counter_ns()
        _book(ours, batch)
        took["bare"].append(between - started)
        took["ours"].append(perf_counter_ns() - between)
    each = {name: round(median(times) / BATCH / 1e6, 3) for name, times in took.items()}
    ours.dispose()
    bare.dispose()
    return {"ours_ms": each["ours"], "bare_ms": each["bare"], "times_bare": round(each["ours"] / each["bare"], 2)}


def _book(engine: Engine, batch: Sequence[Letter]) -> None:
    assert all(one.outcome == "new" for one in take_all(engine, batch, NOW))


class _Recorder:
    """Stands where a connection would, and keeps the statements that the books would run, each once, and their rows."""

    def __init__(self, dialect: sa.Dialect) -> None:
        self.dialect = dialect
        self.statements: list[Statement] = []

    def exec_driver_sql(self, sql: str, rows: Any) -> None:
        """As `store.bulk` says them to the driver."""
        self.statements.append((sql, rows))


def _statements(engine: Engine, batch: Sequence[Letter]) -> list[Statement]:
    """SQL of the driver's own and its parameters, for every row that the books have of these sales."""
    recorder: Any = _Recorder(engine.dialect)
    whole = [read_data(letter.payload) for letter in batch]
    sold = [decode(letter.payload).data for letter in batch]
    sealed = [booking.Sealed(one, said, canonical_json(said).decode()) for one, said in zip(sold, whole, strict=True)]
    booking.write_rows(recorder, sealed, NOW)
    booking.book_movements(recorder, sold, NOW)
    note_all(recorder, sold, NOW)
    rollups.book(recorder, sold, {}, ZONE)
    return recorder.statements


def _insert(engine: Engine, statements: Sequence[Statement]) -> None:
    connection = engine.raw_connection()
    cursor = connection.cursor()
    if engine.dialect.name == "sqlite":
        cursor.execute("BEGIN IMMEDIATE")
    for sql, rows in statements:
        cursor.executemany(sql, rows) if isinstance(rows, list) else cursor.execute(sql, rows)
    cursor.execute("COMMIT") if engine.dialect.name == "sqlite" else connection.commit()
    connection.close()


def on_both(folder: Path) -> dict[str, dict[str, float]]:
    """SQLite with its syncs, and a PostgreSQL of our own with its."""
    figures = {"sqlite": ours_and_bare(f"sqlite:///{folder}/ours.db", f"sqlite:///{folder}/bare.db")}
    with cluster("fsync=on", "synchronous_commit=on", "full_page_writes=on") as address:
        with psycopg.connect(address.format("postgres").replace("+psycopg", ""), autocommit=True) as connection:
            for name in ("ours", "bare"):
                connection.execute(f"CREATE DATABASE {name}")
        figures["postgresql"] = ours_and_bare(address.format("ours"), address.format("bare"))
    return figures


# --- over a real broker, into a real `store serve --only ingest` ------------------------------------------------------


class Lanes:
    """Many lanes over one connection. `acked` has the moment at which each key was heard of."""

    def __init__(self, port: int) -> None:
        self.acked: dict[str, int] = {}
        self.heard = threading.Condition()
        self._client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        self._client.max_inflight_messages_set(0)
        self._client.on_message = self._on_ack
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        self._client.subscribe("kassa/v1/s001/+/ack", qos=1)

    def _on_ack(self, _client: Any, _data: Any, message: Any) -> None:
        now = perf_counter_ns()
        with self.heard:
            self.acked.update(dict.fromkeys(decode(message.payload).data.ids, now))
            self.heard.notify_all()

    def say(self, lane: str, payload: bytes) -> None:
        self._client.publish(till_topic("s001", lane, "sale"), payload, qos=1)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@contextmanager
def store(folder: Path, port: int) -> Iterator[Lanes]:
    """A broker, a worker on SQLite, and lanes."""
    config = folder / "mosquitto.conf"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nuser root\n")
    url = f"sqlite:///{folder}/store.db"
    books = open_books(url)
    PriceBook(books).replace(GOODS, NOW, "bench")
    books.dispose()
    toml = folder / "store.toml"
    toml.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{url}"\n[link]\nbroker = "mqtt://127.0.0.1:{port}"\n')
    broker = subprocess.Popen(["/usr/sbin/mosquitto", "-c", str(config)], stderr=subprocess.DEVNULL)
    command = [sys.executable, "-m", "store", "serve", "--only", "ingest", "--config", str(toml)]
    worker = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert worker.stderr is not None
    while "link.up" not in worker.stderr.readline():
        pass
    threading.Thread(target=worker.stderr.read, daemon=True).start()
    lanes = Lanes(port)
    try:
        yield lanes
    finally:
        lanes.close()
        for process in (worker, broker):
            process.terminate()
            process.wait(30)


def acks(lanes: Lanes, seconds: int) -> list[int]:
    """Nanoseconds from a sale that is said to its acknowledgement: 200 lanes with 60 an hour each, evenly."""
    made = sales(seconds * LANES * A_LANE_AN_HOUR // 3_600, LANES, "a")
    said_at, start = {}, monotonic()
    for n, (lane, key, payload) in enumerate(made):
        pause = threading.Event()
        pause.wait(max(0, start + n * 3_600 / (LANES * A_LANE_AN_HOUR) - monotonic()))
        said_at[key] = perf_counter_ns()
        lanes.say(lane, payload)
    with lanes.heard:
        assert lanes.heard.wait_for(lambda: said_at.keys() <= lanes.acked.keys(), 30), "some were never acknowledged"
    return [lanes.acked[key] - at for key, at in said_at.items()]


def drain(lanes: Lanes, count: int) -> float:
    """Sales a second while 40 lanes get rid of what has waited, each with 64 in flight."""
    made = sales(count, WEEK_LANES, "d")
    waiting = {lane: iter([(key, payload) for of, key, payload in made if of == lane]) for lane, _, _ in made}
    flying: dict[str, set[str]] = {lane: set() for lane in waiting}
    started, done = perf_counter_ns(), 0
    while done < count:
        for lane, queue in waiting.items():
            landed = {key for key in flying[lane] if key in lanes.acked}
            flying[lane] -= landed
            done += len(landed)
            while len(flying[lane]) < IN_FLIGHT and (following := next(queue, None)):
                flying[lane].add(following[0])
                lanes.say(lane, following[1])
        with lanes.heard:
            lanes.heard.wait(0.05)
    return count / (perf_counter_ns() - started) * 1e9


def all_figures(folder: Path, port: int, *, seconds: int = 60, count: int = 6_000) -> dict[str, Any]:
    """Everything above. The week is worked out from a part of it."""
    figures: dict[str, Any] = on_both(folder)
    with store(folder, port) as lanes:
        took = sorted(acks(lanes, seconds))
        rate = drain(lanes, count)
    with engine_at(f"sqlite:///{folder}/store.db").connect() as connection:
        booked = connection.scalar(sa.select(sa.func.count()).select_from(schema.sale))
    assert booked == len(took) + count, f"{booked} are in the books"
    figures["acks"] = {"median_ms": round(median(took) / 1e6, 1), "p99_ms": round(took[len(took) * 99 // 100] / 1e6, 1)}
    figures["drain"] = {"sales_per_s": round(rate), "week_s": round(WEEK_SALES / rate)}
    return figures
