"""A hundred thousand products as Odoo exports them: looked at, taken in, changed, undone; beside rows inserted bare."""

from pathlib import Path
from time import perf_counter_ns

from selling import NOW

from kiosk.values.barcode import check_digit
from kiosk.values.canonical import canonical_json
from store.config import Config, StoreTable
from store.database import open_books
from store.imports.against import Job, options_of
from store.imports.doing import do, look
from store.imports.undo import undo
from store.price_batches import Limits
from store.price_book import PriceBook

PRODUCTS = 100_000


def exported(count: int, price: str) -> bytes:
    """As many products with a category and a tax, in one file."""
    lines = ["External ID,Name,Product Category,Unit,Sales Taxes,Internal Reference,Barcode,Sales Price"]
    for n in range(count):
        digits = f"952{n:09}"
        lines.append(f"p.{n},Thing number {n},All / Things,Units,25% G,,{digits}{check_digit(digits)},{price}")
    return "\n".join(lines).encode()


def imports(folder: Path, count: int = PRODUCTS) -> dict[str, float]:
    """Seconds for a look at the file, for the import into empty books, for one more with other prices, and to undo."""
    config = Config(store=StoreTable(id="s001"))
    engine = open_books(f"sqlite:///{folder}/imports.db")
    jobs = [Job("odoo", "products", exported(count, price), options_of(config), "bench.csv") for price in ("9.9", "12")]
    started = perf_counter_ns()
    assert look(engine, config, jobs[0], NOW).count("add") == count
    looked = perf_counter_ns()
    do(engine, config, jobs[0], "", NOW)
    taken = perf_counter_ns()
    done = do(engine, config, jobs[1], "", NOW)
    changed = perf_counter_ns()
    assert (done.changed, undo(engine, done.id, "", NOW, Limits()).kept) == (count, 0)
    undone = perf_counter_ns()
    bare_s = _bare_s(folder, [canonical_json(row).decode() for row in PriceBook(engine).rows()])
    engine.dispose()
    spans = {
        "look_s": looked - started,
        "import_s": taken - looked,
        "again_s": changed - taken,
        "undo_s": undone - changed,
    }
    return {**{name: round(span / 1e9, 2) for name, span in spans.items()}, "bare_s": bare_s}


def _bare_s(folder: Path, rows: list[str]) -> float:
    """The same texts through the driver alone, in one transaction."""
    bare = open_books(f"sqlite:///{folder}/bare-imports.db")
    connection = bare.raw_connection()
    started = perf_counter_ns()
    cursor = connection.cursor()
    cursor.execute("BEGIN IMMEDIATE")
    sql = 'INSERT INTO price (code, since, name, price_minor, found_by, "row") VALUES (?, 1, ?, 0, ?, ?)'
    cursor.executemany(sql, [(str(n), "x" * 20, "x" * 40, row) for n, row in enumerate(rows)])
    cursor.execute("COMMIT")
    took = perf_counter_ns() - started
    connection.close()
    bare.dispose()
    return round(took / 1e9, 2)
