"""Quantity: how many, or how much. Counts are plain integers; weights are whole grams."""

import msgspec

from kiosk.values.money import Money


class Weight(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A net weight in grams."""

    g: int

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.g + other.g)

    def __sub__(self, other: "Weight") -> "Weight":
        return Weight(self.g - other.g)


def price_of_weight(per_kg: Money, weight: Weight) -> Money:
    """What a weight costs at a price per kilogram, half a minor unit rounded up (away from zero)."""
    thousandths = abs(per_kg.minor) * weight.g
    sign = -1 if per_kg.minor < 0 else 1
    return Money(sign * ((thousandths + 500) // 1000))


def root(square: int) -> int:
    """The whole part of the square root of a whole number that is not below zero (Newton's method, from above)."""
    if not square:
        return 0
    guess = 1 << (square.bit_length() + 1 >> 1)
    while (better := (guess + square // guess) >> 1) < guess:
        guess = better
    return guess
