"""Weights and what they cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.values.money import Money
from kiosk.values.quantity import Weight, price_of_weight, root


@pytest.mark.parametrize(
    ("per_kg", "grams", "price"),
    [
        (3990, 395, 1576),  # 15.7605: the vine tomatoes of the picture
        (3990, 1000, 3990),
        (3990, 0, 0),
        (1000, 1, 1),
        (100, 5, 1),  # half a unit goes up
        (100, 4, 0),
        (-100, 5, -1),  # a return mirrors the sale
    ],
)
def test_a_weight_costs_what_the_shelf_says(per_kg: int, grams: int, price: int) -> None:
    assert price_of_weight(Money(per_kg), Weight(grams)) == Money(price)


@given(st.integers(-(10**7), 10**7), st.integers(0, 10**6))
def test_rounding_is_never_more_than_half_a_unit(per_kg: int, grams: int) -> None:
    price = price_of_weight(Money(per_kg), Weight(grams))
    assert abs(2 * (price.minor * 1000 - per_kg * grams)) <= 1000


def test_weights_add_and_subtract() -> None:
    assert Weight(409) + Weight(3) - Weight(12) == Weight(400)
    assert Weight(1) < Weight(2)


@given(st.integers(0, 10**30))
def test_a_root_is_the_whole_part(square: int) -> None:
    found = root(square)
    assert found * found <= square < (found + 1) * (found + 1)
