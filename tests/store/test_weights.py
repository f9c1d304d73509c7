"""What the lanes have weighed comes back to them with the price book."""

import msgspec
import pytest
from sqlalchemy.engine import Engine

from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from kiosk.wire.price_csv import PriceRow, read_csv, write_csv
from kiosk.wire.topics import Address
from store.ingest import take
from store.price_book import PriceBook
from store.weights import KIND, learn_weights

BREAD = PriceRow(gtin="9520001200014", name="Rye bread", price_minor=3290, tax_class="food", weight_g=510)
APPLES = PriceRow(plu="4015", name="Apples", price_minor=2990, tax_class="food", sold_by="kg")


@pytest.fixture
def book(engine: Engine) -> PriceBook:
    book = PriceBook(engine)
    book.replace((BREAD, APPLES), 1, "import")
    return book


def _report(engine: Engine, n: int, data: dict[str, object], till: str = "k01") -> None:
    at = f"2026-11-23T09:{n // 60:02d}:{n % 60:02d}.000Z"
    message = event_message("s001", till, n, KIND, data, at)
    assert take(engine, Address("s001", till, "event"), encode(message), 1).outcome == "new"


def test_what_was_seen_comes_back_with_the_price_book(engine: Engine, book: PriceBook) -> None:
    for n in range(1, 41):
        _report(engine, n, {"seen": [[BREAD.gtin, 530 + n % 5], ["9999999999999", 5], [APPLES.plu, 700]]})
    change = learn_weights(engine, book, 2)
    assert [new.code for _, new in change.changed] == [BREAD.gtin]
    row = book.row(BREAD.gtin)
    assert row.weight_seen == 40
    assert abs(row.weight_mean_mg - 532_000) < 1_000
    assert not learn_weights(engine, book, 3).is_new


def test_a_little_more_is_no_new_price_book(engine: Engine, book: PriceBook) -> None:
    for n in range(1, 21):
        _report(engine, n, {"seen": [[BREAD.gtin, 510]]})
    learn_weights(engine, book, 2)
    for n in range(21, 26):
        _report(engine, n, {"seen": [[BREAD.gtin, 510]]})
    assert not learn_weights(engine, book, 3).is_new
    for n in range(26, 40):
        _report(engine, n, {"seen": [[BREAD.gtin, 510]]}, till="k02")
    assert learn_weights(engine, book, 4).is_new


@pytest.mark.parametrize(
    "data", [{}, {"seen": 3}, {"seen": [["x"]]}, {"seen": [[BREAD.gtin, -5], [BREAD.gtin, 10**12], [BREAD.gtin, 0]]}]
)
def test_a_report_that_is_none_teaches_nothing(engine: Engine, book: PriceBook, data: dict[str, object]) -> None:
    _report(engine, 1, data)
    assert not learn_weights(engine, book, 2).is_new


def test_an_import_does_not_forget_unless_the_label_changes(engine: Engine, book: PriceBook) -> None:
    for n in range(1, 9):
        _report(engine, n, {"seen": [[BREAD.gtin, 530]]})
    learn_weights(engine, book, 2)
    book.replace((msgspec.structs.replace(BREAD, price_minor=3490), APPLES), 3, "import")
    assert book.row(BREAD.gtin).weight_seen == 8
    book.replace((msgspec.structs.replace(BREAD, weight_g=450), APPLES), 4, "import")
    assert book.row(BREAD.gtin).weight_seen == 0


def test_the_file_of_the_price_book_carries_it(engine: Engine, book: PriceBook) -> None:
    for n in range(1, 9):
        _report(engine, n, {"seen": [[BREAD.gtin, 530]]})
    learn_weights(engine, book, 2)
    assert read_csv("".join(write_csv(book.rows()))) == book.rows()
