"""Whatever comes back, in whatever pieces and order: together it is the sale, to the minor unit."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from kiosk.checkout.returning import NotInTheSale, Returned, returned
from kiosk.checkout.sale import Chain, Discount, Sale, SaleLine, TaxTotal, Totals, taxable
from kiosk.values.money import Money
from kiosk.values.tax import added_totals, tax_totals

Pieces = list[tuple[int, tuple[int, ...]]]


def line_of(number: int, count: int, price: int, off: Sequence[int], rate: int, deposit: int, taxed: bool) -> SaleLine:
    """Of each discount no more is taken off than is left."""
    left, discounts = count * price, []
    for each in off:
        taken = min(each, left)
        left -= taken
        if taken:
            discounts.append(Discount(f"o{len(discounts)}", -taken))
    return SaleLine(
        line=number, gtin=f"{number:08}", name="Thing", category="", entry="scan", count=count, weight_g=None,
        unit_price_minor=price, amount_minor=count * price, discounts=tuple(discounts), tax_bp=rate,
        deposit_minor=deposit * count, price_book="1", deposit_tax_bp=rate if taxed else UNSET,
    )  # fmt: skip


def sale_of(lines: Sequence[SaleLine], on_top: bool = False) -> Sale:
    goods = sum(line.amount_minor + sum(d.amount_minor for d in line.discounts) for line in lines)
    deposit = sum(line.deposit_minor for line in lines)
    amounts = [(rate, Money(minor)) for line in lines for rate, minor in taxable(line)]
    by_rate = added_totals(amounts) if on_top else tax_totals(amounts)
    tax = tuple(TaxTotal(t.rate_bp, t.net.minor, t.tax.minor) for t in by_rate)
    added = sum(t.tax_minor for t in tax) if on_top else 0
    totals = Totals(goods, deposit, 0, goods + deposit + added, tax, added if on_top else UNSET)
    return Sale(
        store="s001", till="k01", business_day="2026-11-23", sequence=1, kind="sale", training=False, started="",
        sealed="", currency="SEK", language="sv", price_book="1", customer=None, lines=tuple(lines), totals=totals,
        tenders=(), interventions=(), chain=Chain(""),
    )  # fmt: skip


lines = st.builds(
    line_of,
    number=st.just(0),
    count=st.integers(1, 7),
    price=st.integers(0, 5_000),
    off=st.lists(st.integers(1, 4_000), max_size=3),
    rate=st.sampled_from([0, 600, 1_200, 2_500]),
    deposit=st.sampled_from([0, 100, 215]),
    taxed=st.booleans(),
)


@st.composite
def splits(draw: st.DrawFn) -> tuple[Sale, list[Pieces]]:
    """A sale, and all its pieces dealt out to up to four returns."""
    found = draw(st.lists(lines, min_size=1, max_size=5))
    numbered = [line_renumbered(line, n) for n, line in enumerate(found, start=1)]
    hands: list[dict[int, list[int]]] = [{} for _ in range(4)]
    for line in numbered:
        for unit in draw(st.permutations(range(line.count))):
            hands[draw(st.integers(0, 3))].setdefault(line.line, []).append(unit)
    dealt = [[(line, tuple(units)) for line, units in hand.items()] for hand in hands if hand]
    return sale_of(numbered, draw(st.booleans())), dealt


def line_renumbered(line: SaleLine, number: int) -> SaleLine:
    return replace(line, line=number)


def figures(totals: Totals, sign: int) -> Counter[str]:
    sums = Counter({"goods": totals.goods_minor, "deposit": totals.deposit_minor, "due": totals.due_minor})
    sums["added"] = totals.on_top_minor
    for rate in totals.tax:
        sums[f"net {rate.rate_bp}"] += rate.net_minor
        sums[f"tax {rate.rate_bp}"] += rate.tax_minor
    return Counter({name: sign * minor for name, minor in sums.items() if minor})


def added(found: Sequence[Returned]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for one in found:
        sums.update(figures(one.totals, -1))
    return Counter({name: minor for name, minor in sums.items() if minor})


@given(splits())
def test_any_split_of_a_sale_adds_up_to_the_sale(dealt: tuple[Sale, list[Pieces]]) -> None:
    sale, hands = dealt
    found = [returned(sale, pieces) for pieces in hands]
    assert added(found) == figures(sale.totals, 1)
    by_line: dict[int, Counter[str]] = {}
    for one in found:
        for line in one.lines:
            assert line.original is not UNSET
            sums = by_line.setdefault(line.original.line, Counter())
            sums["count"] += line.count
            sums["amount"] -= line.amount_minor
            sums["deposit"] -= line.deposit_minor
            for discount in line.discounts:
                sums[discount.offer] -= discount.amount_minor
    for line in sale.lines:
        expected = {"count": line.count, "amount": line.amount_minor, "deposit": line.deposit_minor}
        expected |= {d.offer: d.amount_minor for d in line.discounts}
        assert {**by_line[line.line]} == expected


@given(splits())
def test_a_return_holds_together_and_never_costs_the_shopper(dealt: tuple[Sale, list[Pieces]]) -> None:
    sale, hands = dealt
    for pieces in hands:
        one = returned(sale, pieces)
        goods = [line.amount_minor + sum(d.amount_minor for d in line.discounts) for line in one.lines]
        assert max(goods) <= 0
        assert one.totals.goods_minor == sum(goods)
        assert one.totals.due_minor == one.totals.goods_minor + one.totals.deposit_minor + one.totals.on_top_minor
        if one.totals.added_tax_minor is UNSET:
            taxed = sum(minor for line in one.lines for _, minor in taxable(line))
            assert sum(t.net_minor + t.tax_minor for t in one.totals.tax) == taxed


def test_one_of_three_for_the_price_of_two_gives_back_a_third() -> None:
    sale = sale_of([line_of(1, 3, 2_000, [2_000], 600, 0, False)])
    assert [returned(sale, [(1, (unit,))]).totals.due_minor for unit in range(3)] == [-1_334, -1_333, -1_333]
    assert returned(sale, [(1, (0, 1, 2))]).totals.due_minor == -4_000


def test_a_bottle_brings_its_deposit_and_the_old_rate_of_tax() -> None:
    sale = sale_of([line_of(1, 2, 1_120, [], 1_200, 200, False)])
    one = returned(sale, [(1, (1,))], hold="k01-000002-q1")
    assert (one.totals.goods_minor, one.totals.deposit_minor, one.totals.due_minor) == (-1_120, -200, -1_320)
    assert one.totals.tax == (TaxTotal(1_200, -1_000, -120),)
    assert one.lines[0].original is not UNSET
    assert one.lines[0].original.hold == "k01-000002-q1"


@pytest.mark.parametrize(
    "pieces", [[(2, (0,))], [(1, (2,))], [(1, (-1,))], [(1, ())], [(1, (0, 0))], [(1, (0,)), (1, (1,))]]
)
def test_what_was_not_sold_does_not_come_back(pieces: Pieces) -> None:
    with pytest.raises(NotInTheSale):
        returned(sale_of([line_of(1, 2, 500, [], 600, 0, False)]), pieces)
