"""What Odoo and Square export, taken into the books whole or not at all, and taken out again where nobody uses it."""

import pytest
import sqlalchemy as sa
from exports import (
    ODOO_CARDS,
    ODOO_CONTACTS,
    ODOO_PRODUCTS,
    ODOO_QUANTS,
    SQUARE_CARDS,
    SQUARE_CUSTOMERS,
    SQUARE_ITEMS,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selling import BANANAS, BREAD, NOW, ROWS, WATER
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import GiftCardAsk
from store import members, stock_ledger, vouchers
from store.config import Config, MembersTable, StoreTable
from store.customers import card, change
from store.imports.against import Job, options_of
from store.imports.doing import Done, do, listed, look
from store.imports.plan import Plan
from store.imports.reading import BadImport
from store.imports.undo import undo
from store.imports.wanted import Kind
from store.price_batches import Limits
from store.price_book import PriceBook
from store.schema import member, member_consent, stock_movement, voucher
from store.stock import at_place
from store.stock_ledger import Moved
from store.tables import metadata
from store.vouchers import Asker

CONFIG = Config(store=StoreTable(id="s001"), members=MembersTable(groups=("club",)))
GLOGG = "9520000000035"
JAM_TART_PEN = ("9520000000059", "9520000000066", "9520000000073")
ALL = Limits()
"""One person may change everything alone."""
AT_DESK = {"by": "u3", "now_utc_ms": NOW}


@pytest.fixture
def books(engine: Engine) -> Engine:
    PriceBook(engine).replace(ROWS, NOW, "test")
    return engine


def job(profile: str, kind: Kind, text: str, **options: object) -> Job:
    return Job(profile, kind, text.encode(), options_of(CONFIG, **options), "export.csv")  # type: ignore[arg-type]


def done(engine: Engine, profile: str, kind: Kind, text: str, **options: object) -> Done:
    return do(engine, CONFIG, job(profile, kind, text, **options), **AT_DESK)  # type: ignore[arg-type]


def told(plan: Plan) -> list[tuple[int, str, str, str]]:
    return [(step.line, step.what, step.name, step.told) for step in plan.steps]


def all_rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the books."""
    with engine.connect() as connection:
        return {t.name: [tuple(row) for row in connection.execute(sa.select(t))] for t in metadata.sorted_tables}


# --- products ---------------------------------------------------------------------------------------------------------


def test_a_look_says_what_each_line_would_do_and_does_nothing(books: Engine) -> None:
    before = all_rows(books)
    plan = look(books, CONFIG, job("odoo", "products", ODOO_PRODUCTS), NOW)
    assert told(plan) == [
        (2, "change", "Rye bread", "category was empty"),
        (3, "add", "Glögg", ""),
        (4, "leave", "Gift wrap", "has neither a barcode nor a PLU"),
        (6, "change", "Bananas", "category was empty"),
    ]
    assert all_rows(books) == before


def test_products_of_odoo_change_what_the_file_says_and_nothing_else(books: Engine) -> None:
    old = PriceBook(books).row(BREAD.code)
    was = done(books, "odoo", "products", ODOO_PRODUCTS)
    assert (was.added, was.left_out) == (1, 1)
    book = PriceBook(books)
    bread, glogg, bananas = book.row(BREAD.code), book.row(GLOGG), book.row(BANANAS.code)
    assert (bread.price_minor, bread.category, bread.tax_class, bread.tax_bp) == (3490, "All/Bakery", "food", 600)
    assert (glogg.price_minor, glogg.tax_bp, glogg.sold_by, glogg.category) == (5900, 2500, "each", "All/Drinks")
    assert (bananas.price_minor, bananas.sold_by) == (2490, "kg")
    assert book.row(WATER.code) == WATER and old.weight_g == bread.weight_g


def test_products_of_square(books: Engine) -> None:
    plan = look(books, CONFIG, job("square", "products", SQUARE_ITEMS), NOW)
    assert told(plan) == [
        (2, "change", "Rye bread", "category was empty"),
        (3, "add", "Glögg Large", ""),
        (4, "leave", "Old thing", "is archived"),
        (5, "same", "Water", ""),
    ]
    done(books, "square", "products", SQUARE_ITEMS)
    assert PriceBook(books).row(GLOGG).tax_bp == 2500


def test_prices_without_tax_get_it(books: Engine) -> None:
    done(books, "square", "products", SQUARE_ITEMS, without_tax=True)
    book = PriceBook(books)
    assert (book.row(GLOGG).price_minor, book.row(BREAD.code).price_minor) == (7375, 3699)


def test_tax_that_nobody_said_is_asked_for(books: Engine) -> None:
    silent = "Name,Barcode,Sales Price\nJam,9520000000059,10.00\n"
    with pytest.raises(BadImport, match="nothing says how Jam is taxed"):
        done(books, "odoo", "products", silent)
    done(books, "odoo", "products", silent, tax_class="food")
    said = "Name,Barcode,Sales Price,Sales Taxes\nTart,9520000000066,10.00,12%\nPen,9520000000073,10.00,25%\n"
    done(books, "odoo", "products", said, tax_class="food")
    taxed = [(row.tax_class, row.tax_bp) for row in map(PriceBook(books).row, JAM_TART_PEN)]
    assert taxed == [("food", None), ("food", None), ("", 2500)], "a class whose rate is said moves with the law"
    with pytest.raises(BadImport, match="no lane could tax 'fod'"):
        options_of(CONFIG, tax_class="fod")


def test_a_file_that_technical_names_head_and_a_spreadsheet_saved_is_the_same(books: Engine) -> None:
    saved = f"name;barcode;list_price;taxes_id\r\nKnäcke;{GLOGG};12,50;6%\r\n".encode("cp1252")
    do(books, CONFIG, Job("odoo", "products", saved, options_of(CONFIG)), **AT_DESK)  # type: ignore[arg-type]
    assert (PriceBook(books).row(GLOGG).name, PriceBook(books).row(GLOGG).price_minor) == ("Knäcke", 1250)


def test_undoing_products_leaves_what_somebody_changed_since(books: Engine) -> None:
    book = PriceBook(books)
    was = done(books, "odoo", "products", ODOO_PRODUCTS)
    book.change_price(BREAD.code, 9900, NOW, "somebody")
    after = undo(books, was.id, "u3", NOW + 1, ALL)
    assert after.kept == 1 and listed(books)[0] == after
    assert book.row(BREAD.code).price_minor == 9900
    assert {row.code for row in book.rows()} == {BREAD.code, WATER.code, BANANAS.code}
    with pytest.raises(BadImport, match="was undone before"):
        undo(books, was.id, "u3", NOW + 2, ALL)


def test_undoing_products_makes_the_book_what_it_was(books: Engine) -> None:
    was = done(books, "square", "products", SQUARE_ITEMS)
    assert undo(books, was.id, "u3", NOW, ALL).kept == 0
    assert PriceBook(books).rows() == tuple(sorted(ROWS, key=lambda row: row.code))


# --- members ----------------------------------------------------------------------------------------------------------


def test_people_come_only_with_their_consent(books: Engine) -> None:
    with pytest.raises(BadImport, match="without consent"):
        done(books, "square", "members", SQUARE_CUSTOMERS)
    assert done(books, "square", "members", SQUARE_CUSTOMERS, agreed=True).added == 2
    with books.connect() as connection:
        asa, bo = members.find(connection, "+46701234567"), members.find(connection, "+46707654321")
        assert asa is not None and bo is not None and members.find(connection, "asa.berg@example.com") == asa
        assert (asa.first_name, asa.member_groups, asa.email) == ("Åsa", "club", "asa.berg@example.com")
        consents = sa.select(member_consent.c.member_id, member_consent.c.purpose, member_consent.c.place)
        said = {tuple(row) for row in connection.execute(consents)}
    assert {(asa.id, "marketing", "import"), (bo.id, "membership", "import")} <= said
    assert (bo.id, "marketing", "import") not in said


def test_who_is_a_member_already_is_left_alone(books: Engine) -> None:
    done(books, "square", "members", SQUARE_CUSTOMERS, agreed=True)
    plan = look(books, CONFIG, job("odoo", "members", ODOO_CONTACTS, agreed=True), NOW)
    assert told(plan) == [
        (2, "leave", "Azure", "is a company"),
        (3, "same", "Åsa", "is a member already"),
        (4, "leave", "Nobody", "has neither a telephone number nor an address"),
    ]
    with pytest.raises(BadImport, match="nothing would change"):
        done(books, "odoo", "members", ODOO_CONTACTS, agreed=True)


def test_undoing_members_erases_those_whom_nobody_has_touched(books: Engine) -> None:
    was = done(books, "square", "members", SQUARE_CUSTOMERS, agreed=True)
    with books.connect() as connection:
        asa = members.find(connection, "+46701234567")
    assert asa is not None
    change(books, asa.id, "u3", NOW, first_name="Åsa B")
    assert undo(books, was.id, "u3", NOW, ALL).kept == 1
    with books.connect() as connection:
        assert connection.scalars(sa.select(member.c.id)).all() == [asa.id]
    assert card(books, asa.id).member.first_name == "Åsa B"


# --- stock ------------------------------------------------------------------------------------------------------------


def levels(engine: Engine, place: str = "floor") -> dict[str, tuple[int, int]]:
    with engine.connect() as connection:
        return at_place(connection, place, [BREAD.code, WATER.code, BANANAS.code])


def test_stock_becomes_what_the_file_says_and_goes_back_with_what_was_sold(books: Engine) -> None:
    with books.begin() as connection:
        stock_ledger.book(connection, [Moved(BREAD.code, "delivery", NOW, 3), Moved(WATER.code, "delivery", NOW, 5)])
    was = done(books, "odoo", "stock", ODOO_QUANTS)
    assert (was.changed, was.left_out) == (2, 1)
    assert levels(books) == {BREAD.code: (20, 0), WATER.code: (5, 0), BANANAS.code: (0, 12_500)}
    with books.begin() as connection:
        stock_ledger.book(connection, [Moved(BREAD.code, "waste", NOW, -1)])
    undo(books, was.id, "u3", NOW, ALL)
    assert levels(books) == {BREAD.code: (2, 0), WATER.code: (5, 0), BANANAS.code: (0, 0)}
    assert stock_ledger.differences(books) == []
    with books.connect() as connection:
        hands = connection.scalars(sa.select(stock_movement.c.staff).where(stock_movement.c.cause != "")).all()
    assert set(hands) == {"u3"}


def test_one_of_several_locations_must_be_named(books: Engine) -> None:
    two = ODOO_QUANTS + f"Rye bread,{BREAD.gtin},,WH/Back,,100.0\n"
    with pytest.raises(BadImport, match=r"several locations.*WH/Back, WH/Stock"):
        done(books, "odoo", "stock", two)
    done(books, "odoo", "stock", two, location="WH/Back", place="back")
    assert levels(books, "back") == {BREAD.code: (100, 0)}
    with pytest.raises(BadImport, match="no location 'Moon'"):
        done(books, "square", "stock", SQUARE_ITEMS, location="Moon")
    with pytest.raises(BadImport, match="no place of this shop"):
        done(books, "square", "stock", SQUARE_ITEMS, place="moon")


def test_stock_of_square(books: Engine) -> None:
    done(books, "square", "stock", SQUARE_ITEMS)
    assert levels(books)[BREAD.code] == (20, 0)


def test_half_a_loaf_is_refused(books: Engine) -> None:
    with pytest.raises(BadImport, match=r"line 3, column Quantity: must be whole, not '8\.5'"):
        done(books, "odoo", "stock", ODOO_QUANTS.replace("8.0", "8.5"))


# --- gift cards -------------------------------------------------------------------------------------------------------


def test_gift_cards_pay_and_undoing_blocks_those_that_nobody_spent(books: Engine) -> None:
    was = done(books, "odoo", "gift-cards", ODOO_CARDS)
    assert (was.added, was.left_out) == (2, 1)
    answer = vouchers.gift_card(
        books, Asker("k01", "q1", NOW), GiftCardAsk(number="044a-11", currency="SEK", hold_minor=100_00)
    )
    assert (answer.state, answer.held_minor) == ("ok", 100_00)
    assert undo(books, was.id, "u3", NOW, ALL).kept == 1
    with books.connect() as connection:
        rows = connection.execute(sa.select(voucher.c.number, voucher.c.blocked).order_by(voucher.c.number)).all()
    assert [tuple(row) for row in rows] == [("044a-11", False), ("044a-13", True)]


def test_gift_cards_of_square_are_its_apis(books: Engine) -> None:
    plan = look(books, CONFIG, job("square", "gift-cards", SQUARE_CARDS), NOW)
    assert [(step.what, step.code, step.told) for step in plan.steps] == [
        ("add", "7783320001001635", ""), ("leave", "7783320009999999", "is blocked"),
    ]  # fmt: skip
    with pytest.raises(BadImport, match="EUR is not SEK"):
        done(books, "square", "gift-cards", SQUARE_CARDS.replace("SEK", "EUR"))
    with pytest.raises(BadImport, match="not what Square's gift cards API answers"):
        done(books, "square", "gift-cards", SQUARE_ITEMS)


# --- rubbish ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "kind", "text", "said"),
    [
        ("odoo", "products", ODOO_PRODUCTS.replace("59.0", "dear"), "line 3, column Sales Price: must be a number"),
        ("odoo", "products", ODOO_PRODUCTS.replace(GLOGG, "9520000000036"), "line 3, column Barcode: .*check digit"),
        ("odoo", "products", ODOO_PRODUCTS.replace(GLOGG, BREAD.gtin), "line 3: .* is already on line 2"),
        ("odoo", "products", "Name,Barcode\nx,1\n", "no column for the price .Sales Price or list_price.; there is"),
        ("odoo", "products", SQUARE_ITEMS, "no column for the name"),
        ("square", "members", SQUARE_CUSTOMERS.replace("asa.berg@", "asa berg@"), "neither a number nor an address"),
        ("odoo", "gift-cards", ODOO_CARDS.replace("2026-12-31", "31/12/2026"), "line 2, column Expiration Date"),
        ("odoo", "gift-cards", ODOO_CARDS.replace("044a-13", "044a-11"), "is already on line 2"),
        ("excel", "products", ODOO_PRODUCTS, "there are odoo and square"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_taken(
    books: Engine, profile: str, kind: Kind, text: str, said: str
) -> None:
    before = all_rows(books)
    with pytest.raises(BadImport, match=said):
        done(books, profile, kind, text, agreed=True)
    assert all_rows(books) == before


FILES: dict[tuple[str, Kind], str] = {
    ("odoo", "products"): ODOO_PRODUCTS, ("odoo", "members"): ODOO_CONTACTS, ("odoo", "stock"): ODOO_QUANTS,
    ("odoo", "gift-cards"): ODOO_CARDS, ("square", "products"): SQUARE_ITEMS, ("square", "members"): SQUARE_CUSTOMERS,
    ("square", "stock"): SQUARE_ITEMS, ("square", "gift-cards"): SQUARE_CARDS,
}  # fmt: skip


def damage(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """Some of its bytes cut out or replaced."""
    for start, length, middle in cuts:
        at = start % (len(data) + 1)
        data = data[:at] + middle + data[at + length :]
    return data


CUT = st.tuples(
    st.integers(0, 2_000), st.integers(0, 30), st.binary(max_size=4) | st.sampled_from([b";", b'"', b"\n", b","])
)


@given(st.sampled_from(sorted(FILES)), st.lists(CUT, min_size=1, max_size=4))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_never_half_taken(
    books: Engine, file: tuple[str, Kind], cuts: list[tuple[int, int, bytes]]
) -> None:
    """Refused in words and nothing changed; or done, by as many lines as the look said, and undone to what was."""
    wanted = Job(*file, damage(FILES[file].encode(), cuts), options_of(CONFIG, agreed=True, tax_class="food"), "x.csv")
    tables = ("member", "member_key", "member_consent", "price", "voucher", "stock_movement", "data_import")
    before = {name: rows for name, rows in all_rows(books).items() if name in tables}
    try:
        plan = look(books, CONFIG, wanted, NOW)
        was = do(books, CONFIG, wanted, "u3", NOW)
    except BadImport as bad:
        assert bad.problems
        assert {name: rows for name, rows in all_rows(books).items() if name in tables} == before
        return
    assert (was.added, was.changed, was.left_out) == (plan.count("add"), plan.count("change"), plan.count("leave"))
    assert undo(books, was.id, "u3", NOW, ALL).kept == 0
    assert PriceBook(books).rows() == tuple(sorted(ROWS, key=lambda row: row.code))
    assert set(levels(books).values()) <= {(0, 0)}
    with books.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(member)) == 0
        assert connection.scalar(sa.select(sa.func.count()).where(voucher.c.blocked.is_(False))) == 0
