"""Money: no cent is lost, none appears, and nobody can divide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.values.money import ZERO, Money, share, total

amounts = st.integers(-(10**12), 10**12).map(Money)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any)


@given(amounts, weights)
def test_shares_never_lose_a_cent(amount: Money, parts: list[int]) -> None:
    assert total(share(amount, parts)) == amount


@given(amounts, weights)
def test_no_share_is_a_unit_away_from_fair(amount: Money, parts: list[int]) -> None:
    for weight, part in zip(parts, share(amount, parts), strict=True):
        assert abs(part.minor * sum(parts) - amount.minor * weight) < sum(parts)


@given(amounts, weights)
def test_a_refund_is_shared_as_the_sale_was(amount: Money, parts: list[int]) -> None:
    assert tuple(-part for part in share(amount, parts)) == share(-amount, parts)


@given(amounts, weights)
def test_who_has_no_weight_gets_nothing(amount: Money, parts: list[int]) -> None:
    assert all(part == ZERO for weight, part in zip(parts, share(amount, parts), strict=True) if weight == 0)


def test_an_equal_share_gives_the_odd_cents_to_the_first() -> None:
    assert share(Money(100), [1, 1, 1]) == (Money(34), Money(33), Money(33))
    assert share(Money(-100), [1, 1, 1]) == (Money(-34), Money(-33), Money(-33))


@pytest.mark.parametrize("bad", [[], [0], [0, 0], [1, -1], [2, -1]])
def test_impossible_weights_are_refused(bad: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        share(Money(100), bad)


def test_money_adds_subtracts_and_multiplies() -> None:
    assert Money(1590) + Money(10) == Money(1600)
    assert Money(10) - Money(1590) == Money(-1580)
    assert Money(1590) * 3 == Money(4770)
    assert total([]) == ZERO
    assert not ZERO
    assert Money(-1) < ZERO < Money(1)


@pytest.mark.parametrize("factor", [1.5, True, "2"])
def test_money_is_not_multiplied_by_what_is_no_count(factor: object) -> None:
    with pytest.raises(TypeError):
        Money(100) * factor  # type: ignore[operator]


def test_money_has_no_division() -> None:
    for operator in ("__truediv__", "__floordiv__", "__mod__", "__divmod__"):
        assert not hasattr(Money, operator)
