"""What to buy: whole packs, enough, from whom; and what expires before it can be sold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from selling import BREAD, NOW, ROWS, WATER, Till, on, said
from sqlalchemy.engine import Engine

from store import expiry, reorder, stock, stock_slips
from store.ingest import take
from store.price_book import PriceBook
from store.reorder import BadRules, Rule
from store.stock_slips import SlipLine

SMALL = st.integers(-50, 500)


@pytest.fixture
def books(engine: Engine) -> Engine:
    PriceBook(engine).replace(ROWS, NOW, "test")
    return engine


@given(SMALL, st.integers(0, 300), st.integers(0, 300), st.integers(1, 48))
def test_a_proposal_is_whole_packs_and_never_too_few(available: int, minimum: int, fill_to: int, pack: int) -> None:
    buy = reorder.to_buy(available, minimum, fill_to, pack)
    assert buy % pack == 0
    if available >= minimum:
        assert buy == 0
    else:
        wanted = max(fill_to, minimum) - available
        assert wanted <= buy < wanted + pack


def test_what_is_below_its_minimum_is_proposed_with_its_supplier(books: Engine) -> None:
    rules = [
        Rule(BREAD.code, minimum_count=10, fill_to_count=30, pack_count=8, supplier="Bakery", supplier_code="B-1"),
        Rule(WATER.code, minimum_count=24, pack_count=24, supplier="Spring"),
        Rule("4011", minimum_g=5000, fill_to_g=20_000, pack_g=18_000, supplier="Fruit"),
    ]
    reorder.set_rules(books, rules, now_utc_ms=NOW)
    stock.move(books, "delivery", BREAD.code, count=9, weight_g=0, now_utc_ms=NOW, note="")
    stock.move(books, "delivery", WATER.code, count=24, weight_g=0, now_utc_ms=NOW, note="")
    bread, fruit = reorder.proposals(books)
    assert (bread.supplier, bread.name, bread.buy_count, bread.packs) == ("Bakery", "Rye bread", 24, 3)
    assert (fruit.name, fruit.buy_g, fruit.packs) == ("Bananas", 36_000, 2)
    assert reorder.proposals(books, "Spring") == [] and reorder.suppliers(books) == ["Bakery", "Fruit", "Spring"]
    take(books, on("sale"), said(Till().sell((WATER, 1))), NOW)
    assert [one.buy_count for one in reorder.proposals(books, "Spring")] == [24]


def test_rules_come_from_a_spreadsheet_and_go_back(books: Engine) -> None:
    text = f"\ufeffgtin,minimum_count,pack_count,supplier\n{BREAD.code},10,8,Bakery\n{WATER.code},24,,Spring\n"
    read = reorder.read_rules(text, {BREAD.code, WATER.code})
    assert read[0] == Rule(BREAD.code, minimum_count=10, pack_count=8, supplier="Bakery")
    reorder.set_rules(books, read, now_utc_ms=NOW)
    assert reorder.read_rules(reorder.rules_csv(reorder.rules(books)), {BREAD.code, WATER.code}) == read
    assert reorder.rule_of(books, WATER.code).supplier == "Spring" and reorder.rule_of(books, "1") == Rule("1")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("gtin,minimum\n1,2\n", "no column 'minimum'"),
        ("supplier\nx\n", "'gtin' is missing"),
        ("gtin,minimum_count\n1,ten\n", "line 2, column minimum_count: 'ten'"),
        ("gtin,pack_count\n1,0\n", "line 2, column pack_count"),
        ("gtin\n7\n", "line 2, column gtin: no product"),
        ("gtin\n1\n1\n", "line 3, column gtin: 1 is there twice"),
        ("gtin\n1,2\n", "line 2: there are more cells"),
    ],
)
def test_a_bad_rule_is_named_by_line_and_column(text: str, why: str) -> None:
    with pytest.raises(BadRules, match=why):
        reorder.read_rules(text, {"1"})


def test_a_spreadsheet_never_runs_what_a_supplier_is_called(books: Engine) -> None:
    reorder.set_rules(books, [Rule(BREAD.code, minimum_count=1, supplier="=HYPERLINK(1)")], now_utc_ms=NOW)
    assert "'=HYPERLINK" in reorder.proposals_csv(reorder.proposals(books))


def test_what_expires_is_listed_the_first_to_go_first(books: Engine) -> None:
    lines = [
        SlipLine(BREAD.code, 10, batch="A", expiry="2026-11-25"),
        SlipLine(BREAD.code, 6, batch="B", expiry="2026-11-28"),
        SlipLine(WATER.code, 5, batch="W", expiry="2027-11-28"),
    ]
    stock_slips.book_slip(books, "delivery", lines, now_utc_ms=NOW)
    till = Till()
    labelled = till.sell((BREAD, 4))
    labelled = till.sell((BREAD, 4), lines=tuple(replace(line, batch="A") for line in labelled.lines))
    take(books, on("sale"), said(labelled), NOW)
    found = expiry.expiring(books, "2026-11-30")
    assert [(one.batch, one.at_most_count) for one in found] == [("A", 6), ("B", 6)]
    take(books, on("sale"), said(till.sell((BREAD, 9))), NOW)
    assert [(one.batch, one.at_most_count) for one in expiry.expiring(books, "2026-11-30")] == [("A", 3), ("B", 3)]
    waste = SlipLine(BREAD.code, 3, batch="A", expiry="2026-11-25", reason="expired")
    stock_slips.book_slip(books, "waste", [waste], now_utc_ms=NOW)
    assert expiry.expiring(books, "2026-11-30") == []
