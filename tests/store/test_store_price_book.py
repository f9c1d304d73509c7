"""Prices with their history: any version can be told again, and a till that applies the parts holds the same book."""

import json
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from selling import BANANAS, BREAD, NOW, ROWS, WATER
from sqlalchemy.engine import Engine

from kiosk.values.canonical import canonical_json
from kiosk.wire import asking
from kiosk.wire.codec import LARGEST_BYTES, encode, envelope
from kiosk.wire.offers_csv import OfferRow
from kiosk.wire.price_csv import PriceRow, book_digest, lines_digest
from kiosk.wire.tally import tally
from store import schema
from store.copies import PART_BYTES
from store.database import open_books, writing
from store.price_book import BadPrice, PriceBook, UnknownProduct, rows_of_version, told


class Copy:
    """A till's copy, kept by asking."""

    def __init__(self) -> None:
        self.version, self.rows = "", dict[str, PriceRow]()

    def catch_up(self, book: PriceBook) -> list[asking.PriceBookPart]:
        parts: list[asking.PriceBookPart] = []
        while not parts or sum(len(part.rows) for part in parts) < parts[0].total:
            done = sum(len(part.rows) for part in parts)
            version = parts[0].version if parts else ""
            part = book.part(asking.PriceBookAsk(since=self.version, version=version, offset=done, tally=True))
            assert part is not None and part.offset == done
            parts.append(part)
        if parts[0].kind == "full":
            self.rows = {}
        for part in parts:
            for code in part.removed:
                del self.rows[code]
            self.rows |= {row.code: row for row in part.rows}
        self.version = parts[0].version
        assert book_digest(self.rows.values()) == parts[0].digest and len(self.rows) == parts[0].items
        assert tally(canonical_json(row) for row in self.rows.values()) == parts[0].tally
        return parts


def test_before_the_first_import_there_is_nothing_to_tell(engine: Engine) -> None:
    book = PriceBook(engine)
    assert book.head() is None and book.rows() == () and book.part(asking.PriceBookAsk()) is None


def test_an_import_makes_one_version_and_says_what_changed(engine: Engine) -> None:
    book = PriceBook(engine)
    assert book.replace(ROWS, NOW, "first").version == 1
    dearer = replace(BREAD, price_minor=3490)
    change = book.replace([dearer, WATER, replace(WATER, gtin="9520000000042", name="Juice")], NOW, "second")
    assert (change.version, [r.name for r in change.added], change.unchanged) == (2, ["Juice"], 1)
    assert change.changed == ((BREAD, dearer),) and change.removed == (BANANAS,)
    text = "\n".join(told(change))
    assert "price_minor 3290 -> 3490" in text and "- 4011 Bananas" in text and "price book 2" in text


def test_the_same_again_is_no_new_version(engine: Engine) -> None:
    book = PriceBook(engine)
    book.replace(ROWS, NOW, "first")
    change = book.replace(reversed(ROWS), NOW, "again")
    assert change.version == 1 and not change.is_new and "nothing changed" in told(change)[0]


def test_what_is_only_added_leaves_the_others(engine: Engine) -> None:
    book = PriceBook(engine)
    book.replace(ROWS, NOW, "first")
    book.replace([replace(WATER, gtin="9520000000042")], NOW, "more", keep_others=True)
    assert len(book.rows()) == 4


def test_every_version_can_be_told_again(engine: Engine) -> None:
    book = PriceBook(engine)
    book.replace(ROWS, NOW, "first")
    book.change_price(BREAD.code, 2990, NOW, "test")
    book.replace([BREAD], NOW, "third")
    codes = {row.code for row in ROWS}
    with engine.connect() as connection:
        told_again = [rows_of_version(connection, version, codes) for version in ("1", "2", "3")]
        assert [rows_of_version(connection, odd, codes) for odd in ("0", "4", "", "x", "9" * 40, "²")] == [None] * 6
    assert [rows and {code: row.price_minor for code, row in rows.items()} for rows in told_again] == [
        {BREAD.code: 3290, WATER.code: 1190, "4011": 2490},
        {BREAD.code: 2990, WATER.code: 1190, "4011": 2490},
        {BREAD.code: 3290},
    ]


def test_the_head_is_the_digest_of_the_whole_book(engine: Engine) -> None:
    book = PriceBook(engine)
    book.replace(ROWS, NOW, "first")
    book.change_price("4011", 2590, NOW, "test")
    head = book.head()
    assert head is not None and (head.version, head.items) == ("2", 3)
    assert head.digest == book_digest([BREAD, WATER, replace(BANANAS, price_minor=2590)])


@pytest.mark.parametrize("price_minor", [-1, 100_000_001])
def test_a_price_that_is_none_is_refused(engine: Engine, price_minor: int) -> None:
    book = PriceBook(engine)
    book.replace(ROWS, NOW, "first")
    with pytest.raises(BadPrice):
        book.change_price(BREAD.code, price_minor, NOW, "test")
    with pytest.raises(UnknownProduct, match="9999"):
        book.change_price("9999", 100, NOW, "test")
    assert book.head() and book.row(BREAD.code) == BREAD


def test_a_till_with_an_old_version_gets_only_what_differs(engine: Engine) -> None:
    book, till = PriceBook(engine), Copy()
    book.replace(ROWS, NOW, "first")
    assert till.catch_up(book)[0].kind == "full"
    book.change_price(BREAD.code, 2990, NOW, "test")
    book.replace([replace(BREAD, price_minor=2990), WATER], NOW, "no bananas")
    part = till.catch_up(book)[0]
    assert (part.kind, [row.price_minor for row in part.rows], part.removed) == ("delta", [2990], ("4011",))


def test_a_version_that_we_never_had_gets_everything(engine: Engine) -> None:
    book = PriceBook(engine)
    book.replace(ROWS, NOW, "first")
    for since in ("7", "-1", "x", "9" * 30):
        part = book.part(asking.PriceBookAsk(since=since))
        assert part is not None and part.kind == "full" and part.total == 3


def test_a_copy_begins_anew_when_the_store_has_moved_on(engine: Engine) -> None:
    book = PriceBook(engine)
    book.replace(ROWS, NOW, "first")
    first = book.part(asking.PriceBookAsk())
    assert first is not None
    book.change_price(BREAD.code, 2990, NOW, "test")
    second = book.part(asking.PriceBookAsk(version=first.version, offset=2))
    assert second is not None and (second.version, second.offset) == ("2", 0)


def test_a_large_book_travels_in_parts_that_fit(engine: Engine) -> None:
    long = {f"l{k}": "x" * 290 for k in range(8)}
    rows = [PriceRow(gtin=f"9{n:012d}", name="Thing", names=long, price_minor=n, tax_bp=0) for n in range(1, 500)]
    book, till = PriceBook(engine), Copy()
    book.replace(rows, NOW, "first")
    parts = till.catch_up(book)
    assert len(parts) > 2 and len(till.rows) == len(rows)
    ask = asking.question("1", asking.PriceBookAsk())
    for part in parts:
        sent = encode(envelope(asking.answer(ask, part), id="x", source="x", time="x"))
        assert len(sent) < 1.2 * PART_BYTES < LARGEST_BYTES


prices = st.dictionaries(st.sampled_from(["4011", "4012", "4013", "4014"]), st.integers(0, 3), max_size=4)


@settings(max_examples=30)
@given(st.lists(prices, min_size=1, max_size=5), st.data())
def test_however_it_changes_a_till_ends_with_the_same_book(history: list[dict[str, int]], data: st.DataObject) -> None:
    engine = open_books("sqlite:///:memory:")
    book, till = PriceBook(engine), Copy()
    for prices_now in history:
        rows = [PriceRow(plu=code, name=code, price_minor=minor, tax_bp=0) for code, minor in prices_now.items()]
        book.replace(rows, NOW, "change")
        if book.head() and data.draw(st.booleans()):
            till.catch_up(book)
    if book.head():
        till.catch_up(book)
        assert [till.rows[code] for code in sorted(till.rows)] == list(book.rows())
    engine.dispose()


def test_search_finds_by_any_word_in_any_language(engine: Engine) -> None:
    book = PriceBook(engine)
    book.replace(
        [*ROWS, PriceRow(plu="4015", name="Red apples", names={"sv": "Röda äpplen"}, price_minor=1, tax_bp=0)], NOW, "x"
    )
    assert [row.name for row in book.search("apples red", 9)] == ["Red apples"]
    assert [row.name for row in book.search("RÖDA ÄPP", 9)] == ["Red apples"]
    assert book.search("price_minor", 9) == []
    assert [row.name for row in book.search("95200 water", 9)] == ["Water"]
    assert book.search("100%", 9) == [] and len(book.search("", 2)) == 2


def test_a_big_catalogue_is_imported_in_seconds(engine: Engine) -> None:
    rows = [PriceRow(gtin=f"9{n:012d}", name=f"Thing {n}", price_minor=n, tax_class="food") for n in range(30_000)]
    book = PriceBook(engine)
    began = time.monotonic()
    book.replace(rows, NOW, "many")
    book.change_price(rows[77].code, 1, NOW, "one")
    assert time.monotonic() - began < 15


def test_after_an_update_that_gave_rows_another_field_tills_can_still_check_what_they_get(engine: Engine) -> None:
    book, till = PriceBook(engine), Copy()
    book.replace(ROWS, NOW, "first")
    with writing(engine) as connection:
        whole = connection.scalar(sa.select(schema.price.c.row).where(schema.price.c.code == BREAD.code)) or ""
        fields = {name: value for name, value in json.loads(whole).items() if name != "max_quantity"}
        short = canonical_json(fields).decode()
        connection.execute(sa.update(schema.price).values(row=short).where(schema.price.c.code == BREAD.code))
        lines = connection.scalars(sa.select(schema.price.c.row).order_by(schema.price.c.code)).all()
        connection.execute(sa.update(schema.price_book).values(digest=lines_digest(line.encode() for line in lines)))
    with pytest.raises(AssertionError):
        Copy().catch_up(book)
    assert book.restate(NOW).version == 2 and book.rows() == tuple(sorted(ROWS, key=lambda row: row.code))
    assert till.catch_up(book) and not book.restate(NOW).is_new


def test_a_half_written_import_is_no_import(engine: Engine, tmp_path: Path) -> None:
    book = PriceBook(engine)
    book.replace(ROWS, NOW, "first")
    twice = [replace(WATER, gtin="9520000000042"), replace(BREAD, gtin="9520000000059")]
    with engine.connect() as connection:
        connection.execute(
            sa.text("CREATE UNIQUE INDEX cut ON price_book ((1))")  # a second version is one too many
        )
        connection.commit()
    with pytest.raises(sa.exc.IntegrityError):
        book.replace(twice, NOW, "cut")
    assert book.rows() == tuple(sorted(ROWS, key=lambda row: row.code))
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.price)) == 3


def test_a_till_may_ask_about_one_code(engine: Engine) -> None:
    book = PriceBook(engine)
    assert book.first_of(("1",)) == asking.ItemRow(version="")
    offers = (
        OfferRow(offer="rye", name="10 off", kind="percent", items=((BREAD.gtin,),), need=1, percent_bp=1_000),
        OfferRow(offer="other", name="10 off", kind="percent", items=((WATER.gtin,),), need=1, percent_bp=1_000),
    )
    book.replace((BREAD, WATER), NOW, "first", offers=offers)
    book.change_price(BREAD.code, 3_490, NOW, "dearer")
    told = book.first_of((f"0{BREAD.code}", BREAD.code, WATER.code))
    assert (told.version, told.row and told.row.price_minor, [o.offer for o in told.offers]) == ("2", 3_490, ["rye"])
    assert book.first_of(("offer:rye", "5")) == asking.ItemRow(version="2")
    book.replace((WATER,), NOW, "no bread")
    assert book.first_of((BREAD.code,)) == asking.ItemRow(version="3")


def test_tills_agree_with_the_digest_however_a_database_orders_letters(engine: Engine) -> None:
    """Tills order the rows by the bytes of their codes; Swedish readers, and so some databases, put `a` before `B`."""
    goods = ((BREAD.gtin,),)
    offers = [
        OfferRow(offer=name, name="10 off", kind="percent", items=goods, need=1, percent_bp=1_000)
        for name in ("a-ten", "B_ten", "aten", "Aten")
    ]
    book = PriceBook(engine)
    book.replace((BREAD, WATER), NOW, "first", offers=offers)
    head = book.head()
    in_order = sorted([BREAD, WATER, *offers], key=lambda entry: entry.code)
    assert head is not None and head.digest == lines_digest(canonical_json(entry) for entry in in_order)
