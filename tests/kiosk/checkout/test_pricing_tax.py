"""Tax on deposits, and tax on top of prices: every sum comes out, in the basket and in the sealed sale."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from kiosk.checkout.basket import Basket, Line
from kiosk.checkout.item import Item
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank
from kiosk.checkout.pricing import due, totals
from kiosk.checkout.sale import Sale, TaxTotal, link_hash, taxable
from kiosk.checkout.visit import seal_basket
from kiosk.values.moment import Moment
from kiosk.values.money import Money
from store.flags import flags_of

AT = Moment(1_795_425_220_002, 0, "2026-11-23")
COLA = Item(
    gtin="1", name="Cola", price=Money(119), tax_class="standard", tax_bp=1900, price_book="1", deposit=Money(25)
)
MILK = replace(COLA, gtin="2", name="Milch", price=Money(159), tax_bp=700, deposit=Money(15))


def basket(*items: Item) -> Basket:
    return Basket(lines=tuple(Line(line=n, item=item, count=2) for n, item in enumerate(items, 1)), started_utc_ms=1)


def sealed(of: Basket) -> Sale:
    sale = seal_basket(replace(blank(Lane("s001", "k01")), chain="0" * 64), of, "sale", (), AT)[0].sale
    assert sale is not None
    return sale


def test_a_german_deposit_bears_the_tax_of_what_is_in_the_bottle() -> None:
    sums = totals(basket(replace(COLA, deposit_tax_bp=1900), replace(MILK, deposit_tax_bp=700)))
    assert sums.due == Money(2 * (119 + 25 + 159 + 15))
    assert sums.tax == (TaxTotal(700, 325, 23), TaxTotal(1900, 242, 46))


def test_a_swedish_deposit_bears_none() -> None:
    assert totals(basket(COLA)).tax == (TaxTotal(1900, 200, 38),)


def test_a_sales_tax_comes_on_top_once_a_rate() -> None:
    taxed = replace(COLA, price=Money(199), tax_bp=825, deposit=Money(0), tax_on_top=True)
    sums = totals(basket(taxed, taxed, replace(taxed, tax_bp=0)))
    assert sums.tax == (TaxTotal(0, 398, 0), TaxTotal(825, 796, 66))
    assert (sums.goods, sums.added_tax, sums.due) == (Money(1194), Money(66), Money(1260))


def test_a_sale_without_either_is_written_as_it_always_was() -> None:
    text = msgspec.json.encode(sealed(basket(COLA)))
    assert b"added_tax" not in text and b"deposit_tax" not in text


@pytest.mark.parametrize("item", [replace(COLA, deposit_tax_bp=1900), replace(COLA, tax_on_top=True, tax_bp=825)])
def test_what_was_written_can_be_read_and_has_the_same_hash(item: Item) -> None:
    sale = sealed(basket(item))
    again = msgspec.json.decode(msgspec.json.encode(sale), type=Sale)
    assert again == sale and link_hash(again) == sale.chain.hash


ITEMS = st.builds(
    Item,
    gtin=st.just("1"),
    name=st.just("x"),
    price=st.integers(0, 100_000).map(Money),
    tax_class=st.just("x"),
    tax_bp=st.sampled_from([0, 600, 700, 825, 1350, 1900, 2550]),
    price_book=st.just("1"),
    deposit=st.integers(0, 500).map(Money),
    deposit_tax_bp=st.sampled_from([None, 700, 1900]),
)


@given(st.lists(ITEMS, min_size=1, max_size=8), st.booleans())
def test_every_sum_comes_out_and_the_store_agrees(items: list[Item], on_top: bool) -> None:
    whole = basket(*(replace(item, tax_on_top=on_top) for item in items))
    sums, sale = totals(whole), sealed(whole)
    assert due(whole) == sums.due == Money(sale.totals.due_minor)
    under_tax = sum(minor for line in sale.lines for _, minor in taxable(line))
    tax = sum(t.tax_minor for t in sums.tax)
    assert sum(t.net_minor for t in sums.tax) + (0 if on_top else tax) == under_tax
    assert sums.due == sums.goods + sums.deposit + Money(tax if on_top else 0)
    assert (sale.totals.added_tax_minor is UNSET) is not on_top
    flags = flags_of(replace(sale, kind="void"), msgspec.to_builtins(replace(sale, kind="void")), lambda *_: None)
    assert {flag.reason for flag in flags} <= {"hash", "price_book"}
