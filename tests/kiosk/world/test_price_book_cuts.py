"""The power goes at every write of a price book that arrives: the lane has the old book or the new one, whole."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.app.books import Books
from kiosk.checkout.events import PriceBookChanged
from kiosk.storage.database import migrate
from kiosk.storage.price_book import SCHEMA, PriceBook, open_price_book
from kiosk.values.canonical import canonical_json
from kiosk.wire.asking import PriceBookPart
from kiosk.wire.messages import PriceBookHead
from kiosk.wire.price_csv import PriceRow, book_digest
from kiosk.wire.tally import tally
from kiosk.world.disk import Disk
from kiosk.world.power_cut import ApswDatabase, PowerCut

OLD = tuple(PriceRow(gtin=f"9{n:012d}", name=f"Thing {n}", price_minor=100, tax_bp=0) for n in range(40))
NEW = tuple(replace(row, price_minor=200) for row in OLD[:30])
CHANGED = (*NEW[:1], *OLD[1:])
SEEDS = range(4)
"""All dropped, all kept, all torn, mixed."""


def parts(rows: tuple[PriceRow, ...], kind: str, of: tuple[PriceRow, ...], size: int) -> Iterator[PriceBookPart]:
    for offset in range(0, len(rows), size):
        yield PriceBookPart(
            version="2",
            kind=kind,  # type: ignore[arg-type]  # one of the two
            offset=offset,
            total=len(rows),
            rows=rows[offset : offset + size],
            items=len(of),
            digest=book_digest(of),
            tally=tally(canonical_json(row) for row in of),
        )


WHOLE = tuple(parts(NEW, "full", NEW, 8))
"""A copy in four parts."""
ONE_PRICE = tuple(parts(NEW[:1], "delta", CHANGED, 8))


def bought(disk: Disk) -> PriceBook:
    database = ApswDatabase(disk, "prices.db")
    migrate(database, SCHEMA)
    return PriceBook(database)


def arrive(disk: Disk, coming: tuple[PriceBookPart, ...]) -> bool:
    """The lane's own way of taking it in, until all is there or the power goes. Whether the new book was told of."""
    told = False

    def now(job: Callable[[], Iterator[object]]) -> None:
        nonlocal told
        for message in job():
            told = told or isinstance(message, PriceBookChanged)

    try:
        book = bought(disk)
        books = Books(lambda: book, now, book.head())
        books.announced(PriceBookHead(version="2", items=coming[0].items, digest=coming[0].digest))
        for part in coming:
            books.part(part, {"rows": part.rows})
        book.close()
    except PowerCut:
        pass
    return told


@pytest.fixture(scope="module")
def before() -> dict[str, bytes]:
    """The files of a lane that has the old book."""
    disk = Disk()
    book = bought(disk)
    book.import_rows("1", OLD)
    book.close()
    return disk.survivors(1)


def found(files: dict[str, bytes], folder: Path) -> tuple[PriceRow, ...]:
    for path in folder.iterdir():
        path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    book = open_price_book(folder / "prices.db")
    head, rows = book.head(), tuple(book.rows())
    book.close()
    assert (head.items, head.digest) == (len(rows), book_digest(rows)), "the book is not the one that it says it is"
    return rows


@pytest.mark.parametrize(("coming", "new"), [(WHOLE, NEW), (ONE_PRICE, CHANGED)], ids=["whole", "one price"])
def test_a_cut_leaves_one_whole_book(
    before: dict[str, bytes], tmp_path: Path, coming: tuple[PriceBookPart, ...], new: tuple[PriceRow, ...]
) -> None:
    whole = Disk(before)
    assert arrive(whole, coming)
    seen = set()
    for at in range(1, whole.steps + 1):
        disk = Disk(before, cut_at=at)
        told = arrive(disk, coming)
        for seed in SEEDS:
            try:
                rows = found(disk.survivors(seed), tmp_path)
            except sqlite3.DatabaseError as torn:
                raise AssertionError(f"cut at {at}, seed {seed}: {torn}") from torn
            assert rows == new or (rows == OLD and not told), f"cut at {at}, seed {seed}"
            seen.add(rows == new)
    assert seen == {False, True}, "the cuts hit only one side of the switch"


def test_what_a_cut_has_left_of_a_book_is_no_hindrance_to_the_next(before: dict[str, bytes], tmp_path: Path) -> None:
    steps = Disk(before)
    arrive(steps, WHOLE)
    for at in range(1, steps.steps + 1, 5):
        disk = Disk(before, cut_at=at)
        arrive(disk, WHOLE)
        again = Disk(disk.survivors(at))
        arrive(again, WHOLE)
        assert found(again.survivors(1), tmp_path) == NEW
