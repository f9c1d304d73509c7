"""Every report over a year of a busy shop: `python tests/bench/reporting.py URL [SEED]`.

Makes the year in an empty database (SQLite or PostgreSQL) unless it is there, then times each report as the console
asks for it: the roll-ups first, then filters that no roll-up can answer. Beside it the bare limit, a count over a whole
table. `make bench-year` does so on both.
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Engine

sys.path.insert(0, str(Path(__file__).parent))

from shop_year import MADE_UP, Put, Year, repeats

from store.database import open_books, writing
from store.price_book import PriceBook
from store.report_book import BOOK
from store.report_schema import report_clock, rollup_product
from store.report_shapes import Ask
from store.reports import make_report
from store.schema import sale, sale_line, stock_movement

ZONE = "Europe/Stockholm"
ROLLED_S = {"sqlite": 3, "postgresql": 1}
RAW_S = 15
RAW = (
    Ask("products", by=("product",), filters={"till": ("k01",), "hour": ("17",)}, limit=100),
    Ask("categories", by=("hour",), filters={"product": ("9520000000001",)}),
    Ask("products", by=("product",), filters={"entry": ("scan",), "till": ("k01",)}, limit=100),
)
ROLLED = (
    Ask("sales", by=("day", "till")),
    Ask("categories", by=("category",), filters={"till": ("k01", "k02"), "hour": ("17",), "group": ("staff",)}),
    Ask("products", by=("product",), filters={"group": ("members",)}, limit=100),
)


def main() -> None:
    """Make the year, ask everything, write what was measured."""
    url, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
    engine = open_books(url)
    with engine.connect() as connection:
        empty = connection.scalar(sa.select(sa.func.count()).select_from(rollup_product)) == 0
    if empty:
        _make(engine, url, Year(seed))
    database = engine.dialect.name
    kept = True
    for ask in asked(1000):
        seconds, rows = _timed(engine, ask)
        limit = RAW_S if ask in RAW else ROLLED_S[database]
        kept &= seconds <= limit
        what = f"{ask.name} by {','.join(ask.by) or '-'} {json.dumps(dict(ask.filters)) if ask.filters else ''}"
        _say(f"{database:<11}{seconds:>8.2f} s of {limit:>2}  {rows:>6} rows  {what}")
    for table in (rollup_product, sale_line):
        _say(f"{database:<11}{_bare(engine, table):>8.2f} s bare count of {table.name}")
    _say("KEPT" if kept else "NOT KEPT")
    sys.exit(0 if kept else 1)


def asked(limit: int) -> tuple[Ask, ...]:
    """Every report as it opens, then with filters that the roll-ups know, then with those that need the lines."""
    return (*(Ask(name, limit=limit) for name in (*BOOK, "stock", "slow")), *ROLLED, *RAW)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _timed(engine: Engine, ask: Ask) -> tuple[float, int]:
    """The best of three: the first may read the disk, and others may want the machine."""
    taken, rows = [], 0
    for _ in range(3):
        started = perf_counter()
        rows = make_report(engine, ask, ZONE).found
        taken.append(perf_counter() - started)
        if taken[0] > RAW_S:
            break
    return min(taken), rows


def _bare(engine: Engine, table: sa.Table) -> float:
    started = perf_counter()
    with engine.connect() as connection:
        connection.scalar(sa.select(sa.func.count()).select_from(table))
    return perf_counter() - started


def _make(engine: Engine, url: str, year: Year) -> None:
    PriceBook(engine).replace(year.price_rows(), 0, "made up")
    engine.dispose()  # nobody else may have the file open while it is written without a log
    with (_into_sqlite if engine.dialect.name == "sqlite" else _into_postgres)(url) as (put, do):
        put(stock_movement, year.deliveries())
        for number, day in enumerate(year.days(), start=1):
            for table, rows in day.items():
                put(table, rows)
            sys.stderr.write(f"\r{number} of {MADE_UP} days made up")
        for order in repeats():
            do(order)
    with writing(engine) as connection:
        connection.execute(sa.update(report_clock).values(timezone=ZONE))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE")
        _say(f"{connection.scalar(sa.select(sa.func.count()).select_from(sale))} sales")


@contextmanager
def _into_sqlite(url: str) -> Iterator[tuple[Put, Callable[[str], object]]]:
    bare = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000000"):
        bare.execute(f"PRAGMA {pragma}")
    bare.execute("BEGIN")

    def put(table: sa.Table, rows: list[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(table.c))
        names = ", ".join(f'"{column.name}"' for column in table.c)
        bare.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)

    yield put, bare.execute
    bare.execute("COMMIT")
    bare.execute("PRAGMA journal_mode=WAL")
    bare.close()


@contextmanager
def _into_postgres(url: str) -> Iterator[tuple[Put, Callable[[str], object]]]:
    with psycopg.connect(url.replace("+psycopg", "")) as bare:

        def put(table: sa.Table, rows: list[tuple[Any, ...]]) -> None:
            names = ", ".join(f'"{column.name}"' for column in table.c)
            with bare.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)

        yield put, bare.execute


if __name__ == "__main__":
    main()
