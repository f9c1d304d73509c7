"""Tax inside prices: what the receipt and the tax office see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.values.money import Money, total
from kiosk.values.tax import TaxSum, tax_inside, tax_totals

grosses = st.integers(-(10**11), 10**11).map(Money)
rates = st.integers(0, 9_999)


@pytest.mark.parametrize(
    ("gross", "rate_bp", "net", "tax"),
    [
        (2500, 600, 2358, 142),
        (2500, 1200, 2232, 268),
        (2500, 2500, 2000, 500),
        (1125, 1250, 1000, 125),
        (3, 10_000, 1, 2),  # 1.5 of 3: half a unit goes to the tax office
        (-3, 10_000, -1, -2),
        (2500, 0, 2500, 0),
        (0, 2500, 0, 0),
    ],
)
def test_tax_of_a_price(gross: int, rate_bp: int, net: int, tax: int) -> None:
    assert tax_inside(Money(gross), rate_bp) == (Money(net), Money(tax))


@given(grosses, rates)
def test_net_and_tax_are_the_gross(gross: Money, rate_bp: int) -> None:
    net, tax = tax_inside(gross, rate_bp)
    assert net + tax == gross
    assert abs(2 * (tax.minor * (10_000 + rate_bp) - gross.minor * rate_bp)) <= 10_000 + rate_bp


@given(grosses, rates)
def test_a_refund_gives_back_exactly_the_tax_of_the_sale(gross: Money, rate_bp: int) -> None:
    net, tax = tax_inside(gross, rate_bp)
    assert tax_inside(-gross, rate_bp) == (-net, -tax)


def test_a_rate_below_zero_is_a_bug() -> None:
    with pytest.raises(ValueError, match="-1"):
        tax_inside(Money(100), -1)


def test_totals_round_once_a_rate_and_not_once_a_line() -> None:
    # Each line alone would be 0.57 -> 1; three lines together are 1.70 -> 2.
    assert tax_inside(Money(10), 600) == (Money(9), Money(1))
    assert tax_totals([(600, Money(10))] * 3) == (TaxSum(600, Money(28), Money(2)),)


def test_totals_come_by_rate_the_lowest_first() -> None:
    found = tax_totals([(2500, Money(1000)), (600, Money(2180)), (2500, Money(500)), (600, Money(-680))])
    assert [(t.rate_bp, t.net.minor, t.tax.minor) for t in found] == [(600, 1415, 85), (2500, 1200, 300)]
    assert tax_totals([]) == ()


@given(st.lists(st.tuples(st.sampled_from([0, 600, 1200, 2500]), grosses), max_size=50))
def test_totals_hold_every_cent(lines: list[tuple[int, Money]]) -> None:
    sums = tax_totals(lines)
    assert total(t.net + t.tax for t in sums) == total(gross for _, gross in lines)
    assert len({t.rate_bp for t in sums}) == len(sums)
