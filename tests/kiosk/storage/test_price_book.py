"""A scan finds the price of one whole book: the old one or the new one."""

import threading
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.storage.database import Row, Value, migrate, open_database
from kiosk.storage.price_book import NO_BOOK, SCHEMA, BookMismatch, Head, PriceBook, StaffMember, open_price_book
from kiosk.values.barcode import parse, parse_typed
from kiosk.values.canonical import canonical_json
from kiosk.wire.offers_csv import OfferRow
from kiosk.wire.price_csv import PriceRow, book_digest
from kiosk.wire.tally import tally

MILK = PriceRow(gtin="7310865004703", name="Mjölk", price_minor=1590, tax_class="food", names={"en": "Milk"})
BANANA = PriceRow(plu="4011", name="Banan", price_minor=2490, tax_class="food", sold_by="kg")
APPLE = PriceRow(gtin="9521234000013", plu="4015", name="Äpple", price_minor=3490, tax_class="food", sold_by="kg")
ROWS = (MILK, BANANA, APPLE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "prices.db"


@pytest.fixture
def book(file: Path) -> Iterator[PriceBook]:
    book = open_price_book(file)
    book.import_rows("1", ROWS)
    yield book
    book.close()


def keys(label: str) -> tuple[str, ...]:
    read = parse(label)
    assert read is not None
    return read.keys


def test_a_new_lane_has_no_book(file: Path) -> None:
    book = open_price_book(file)
    assert (book.head(), book.version, book.lookup(keys("7310865004703"))) == (NO_BOOK, "", None)
    assert NO_BOOK.digest == book_digest(())
    book.close()


def test_a_scanned_code_finds_its_row_however_it_is_spelt(book: PriceBook) -> None:
    assert book.lookup(keys("7310865004703")) == MILK
    assert book.lookup(keys("07310865004703")) == MILK
    assert book.lookup(keys("5901234123457")) is None
    assert book.version == "1"


def test_of_two_spellings_the_likelier_one_wins(book: PriceBook) -> None:
    short = PriceRow(gtin="017082877499", name="twelve digits", price_minor=1, tax_class="food")
    long = replace(short, gtin="0017082877499", name="thirteen digits")
    book.import_rows("2", (short, long))
    found = book.lookup(keys("017082877499"))
    assert found is not None and found.name == "thirteen digits"
    book.import_rows("3", (short,))
    found = book.lookup(keys("017082877499"))
    assert found is not None and found.name == "twelve digits"


def test_a_plu_finds_goods_with_and_without_a_gtin(book: PriceBook) -> None:
    typed = parse_typed("4011")
    assert typed is not None
    assert book.lookup(typed.keys) == BANANA
    assert book.by_plu("4015") == APPLE
    assert book.by_plu("9999") is None


def test_the_head_is_the_one_that_a_store_works_out_for_itself(book: PriceBook) -> None:
    assert book.head() == Head("1", 3, book_digest(reversed(ROWS)))
    assert sorted(book.rows(), key=lambda row: row.code) == sorted(ROWS, key=lambda row: row.code)


def test_a_new_book_is_invisible_until_it_is_switched_to(book: PriceBook) -> None:
    book.stage("2", whole=True)
    book.add([replace(MILK, price_minor=1690)])
    book.add([BANANA])
    assert book.staged() == ("2", 2)
    assert book.lookup(keys("7310865004703")) == MILK
    head = book.switch()
    assert (head, book.version) == (book.head(), "2")
    assert book.lookup(keys("7310865004703")) == replace(MILK, price_minor=1690)
    assert book.by_plu("4015") is None
    assert book.staged() is None


def test_changes_alone_give_the_same_book_as_a_whole_copy(book: PriceBook) -> None:
    dearer = replace(MILK, price_minor=1690)
    cream = PriceRow(gtin="5901234123457", name="Grädde", price_minor=2190, tax_class="food")
    book.stage("2", whole=False)
    book.add([dearer])
    book.add([cream])
    book.remove([BANANA.code])
    announced = Head("2", 3, book_digest([APPLE, cream, dearer]))
    assert book.switch(announced) == announced
    assert set(map(repr, book.rows())) == set(map(repr, [APPLE, cream, dearer]))
    assert book.by_plu("4011") is None


def test_a_row_that_becomes_loose_goods_is_found_by_its_new_number_only(book: PriceBook) -> None:
    book.stage("2", whole=False)
    book.add([replace(APPLE, plu="4017")])
    book.switch()
    assert book.by_plu("4015") is None
    assert book.by_plu("4017") == replace(APPLE, plu="4017")


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_not_the_announced_book_is_thrown_away(book: PriceBook, whole: bool) -> None:
    before = book.head()
    book.stage("2", whole=whole)
    book.add([replace(MILK, price_minor=1)])
    with pytest.raises(BookMismatch, match="price book 2"):
        book.switch(Head("2", 3, "0" * 64))
    assert book.head() == before
    assert book.lookup(keys("7310865004703")) == MILK
    assert book.staged() is None


def test_an_arrival_that_was_cut_off_can_go_on_or_begin_again(file: Path, book: PriceBook) -> None:
    book.stage("2", whole=True)
    book.add([MILK])
    again = open_price_book(file)
    assert (again.version, again.staged()) == ("1", ("2", 1))
    again.stage("3", whole=True)
    again.add([BANANA])
    assert again.switch() == Head("3", 1, book_digest([BANANA]))
    again.close()


def test_readers_never_see_half_a_book_while_it_is_swapped(file: Path, book: PriceBook) -> None:
    """Every price of version n is n: a lookup that mixed two books would find another price than its version."""
    rows = [replace(MILK, gtin=f"{n:014d}") for n in range(500)]
    stop = threading.Event()

    def swap() -> None:
        try:
            writer = open_price_book(file)
            for version in range(2, 12):
                writer.stage(str(version), whole=version % 2 == 0)
                writer.add(replace(row, price_minor=version) for row in rows)
                writer.switch()
            writer.close()
        finally:
            stop.set()

    book.import_rows("1", [replace(row, price_minor=1) for row in rows])
    thread = threading.Thread(target=swap)
    thread.start()
    seen = set()
    while not stop.is_set():
        row = book.lookup((rows[250].gtin,))
        assert row is not None
        assert str(row.price_minor) == book.version
        seen.add(book.version)
    thread.join()
    assert book.head().version == "11"
    assert len(seen) > 1, "the reader saw only one version: the test proved nothing"


def test_a_lookup_in_a_big_book_is_a_handful_of_steps(file: Path) -> None:
    """Counted in instructions of SQLite's machine, because a clock on a shared machine proves little."""
    database = open_database(file)
    migrate(database, SCHEMA)
    book = PriceBook(database)
    book.import_rows("1", [replace(MILK, gtin=f"{n:014d}") for n in range(30_000)])
    steps = count()
    database._connection.set_progress_handler(lambda: next(steps) and None, 1)
    assert book.lookup(("00000000029999", "0000000029999")) is not None
    assert book.lookup(("99999999999999", "9999999999999", "999999999999", "99999999")) is None
    assert next(steps) < 500
    book.close()


def test_offers_and_loose_goods_of_a_big_book_are_found_without_looking_through_it(file: Path) -> None:
    """The loop asks for both after every change of a price."""
    database = open_database(file)
    migrate(database, SCHEMA)
    book = PriceBook(database)
    offer = OfferRow(offer="two", kind="multibuy", name="Two", items=(("4011",),), need=2, price_minor=100)
    searched = replace(MILK, gtin="99999999", pick_keys="milk")
    goods = [replace(MILK, gtin=f"{n:014d}") for n in range(30_000)]
    book.import_rows("1", [*goods, BANANA, APPLE, searched, offer])
    steps = count()
    database._connection.set_progress_handler(lambda: next(steps) and None, 1)
    assert [row.offer for row in book.offers()] == ["two"]
    assert {row.code for row in book.loose()} == {BANANA.code, APPLE.code, searched.code}
    assert next(steps) < 500
    book.close()


def test_changes_in_one_piece_need_one_sync_before_they_are_charged(book: PriceBook) -> None:
    commits: list[str] = []
    execute = book._database.execute

    def counted(sql: str, params: Sequence[Value] = ()) -> list[Row]:
        commits.extend([sql] if sql == "COMMIT" else [])
        return execute(sql, params)

    book._database.execute = counted  # type: ignore[method-assign]  # a counter on the real thing
    dearer = replace(MILK, price_minor=1690)
    announced = Head("2", 2, book_digest([dearer, APPLE]))
    assert book.take(announced, [dearer], removed=[BANANA.code], whole=False) == announced
    assert len(commits) == 1
    assert book.lookup(keys("7310865004703")) == dearer and book.by_plu("4011") is None
    with pytest.raises(BookMismatch):
        book.take(Head("3", 2, "0" * 64), [replace(MILK, price_minor=1)], whole=False)
    assert book.head() == announced and book.lookup(keys("7310865004703")) == dearer


def told(rows: Sequence[PriceRow]) -> str:
    return tally(canonical_json(row) for row in rows)


def test_a_change_of_one_price_in_a_big_book_reads_one_row(file: Path) -> None:
    database = open_database(file)
    migrate(database, SCHEMA)
    book = PriceBook(database)
    rows = [replace(MILK, gtin=f"{n:014d}") for n in range(5_000)]
    book.import_rows("1", rows)
    rows[7] = replace(rows[7], price_minor=1)
    steps = count()
    database._connection.set_progress_handler(lambda: next(steps) and None, 1)
    book.take(Head("2", len(rows), book_digest(rows)), [rows[7]], whole=False, tally=told(rows))
    assert next(steps) < 2_000
    database._connection.set_progress_handler(None, 1)
    assert book.head() == Head("2", len(rows), book_digest(book.rows()))
    book.close()


changes = st.lists(
    st.dictionaries(st.integers(0, 8), st.none() | st.integers(1, 3), min_size=1), min_size=1, max_size=6
)


@settings(max_examples=30, deadline=None)
@given(changes, st.booleans())
def test_after_any_changes_the_book_is_the_one_that_its_head_says(
    told_of: list[dict[int, int | None]], one: bool
) -> None:
    """In one piece or in parts; each change is checked by the tally, and at the end all of it by the digest."""
    with TemporaryDirectory() as folder:
        book, goods = open_price_book(Path(folder) / "prices.db"), {3: replace(MILK, gtin=f"{3:014d}")}
        book.import_rows("0", goods.values())
        for version, change in enumerate(told_of, start=1):
            fresh = {n: replace(MILK, gtin=f"{n:014d}", price_minor=minor) for n, minor in change.items() if minor}
            removed = [f"{n:014d}" for n, minor in change.items() if minor is None and n in goods]
            goods = {n: row for n, row in {**goods, **fresh}.items() if change.get(n, 1) is not None}
            head = Head(str(version), len(goods), book_digest(goods.values()))
            if one:
                book.take(head, list(fresh.values()), removed=removed, whole=False, tally=told(list(goods.values())))
            else:
                book.stage(head.version, whole=False)
                book.add(list(fresh.values()))
                book.remove(removed)
                book.switch(head, told(list(goods.values())))
            assert book.head() == head == Head(str(version), len(goods), book_digest(book.rows()))
        book.close()


def test_changes_that_do_not_fit_are_thrown_away_by_their_tally_too(book: PriceBook) -> None:
    before, dearer = book.head(), replace(MILK, price_minor=1690)
    here = [dearer, BANANA, APPLE]
    for head, tally_ in (
        (Head("2", 3, book_digest(here)), told([dearer, BANANA])),
        (Head("2", 2, book_digest(here)), told(here)),
    ):
        with pytest.raises(BookMismatch):
            book.take(head, [dearer], whole=False, tally=tally_)
        assert book.head() == before and book.lookup(keys("7310865004703")) == MILK
    book.take(Head("2", 3, book_digest(here)), [dearer], whole=False, tally=told(here))
    assert book.lookup(keys("7310865004703")) == dearer


def test_a_file_of_the_version_before_is_read_whole_once_and_then_has_its_tally(file: Path, book: PriceBook) -> None:
    book._database.execute("UPDATE book SET tally = ''")
    dearer = replace(MILK, price_minor=1690)
    here = [dearer, BANANA, APPLE]
    with pytest.raises(BookMismatch):
        book.take(Head("2", 3, "0" * 64), [dearer], whole=False, tally=told(here))
    book.take(Head("2", 3, book_digest(here)), [dearer], whole=False, tally=told(here))
    assert book._database.execute("SELECT tally FROM book") == [(told(here),)]


def test_the_list_of_staff_is_replaced_as_a_whole(file: Path, book: PriceBook) -> None:
    anna = StaffMember("u1", "Anna", "cashier", "$argon2id$...", badge="9521234000020")
    bo = StaffMember("u2", "Bo", "manager", "$argon2id$...")
    book.replace_staff([anna, bo])
    book.replace_staff([bo])
    again = open_price_book(file)
    assert again.staff() == (bo,)
    again.close()
