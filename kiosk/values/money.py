"""Money: whole minor units of one currency, and how to share them.

A lane sells in one currency (ISO 4217), so an amount is only a count of minor units: 15.90 SEK is
`Money(1590)`. There is no division operator on purpose. Dividing money loses cents; sharing it does
not, so the only way to split an amount is `share`, whose parts always add up to the whole.
"""

from collections.abc import Iterable, Sequence

import msgspec


class Money(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """An amount in minor units (öre, cents). Negative amounts are discounts, refunds and change."""

    minor: int

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + other.minor)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - other.minor)

    def __neg__(self) -> "Money":
        return Money(-self.minor)

    def __mul__(self, count: int) -> "Money":
        if type(count) is not int:
            raise TypeError("money is multiplied by a whole number of things only")
        return Money(self.minor * count)

    def __bool__(self) -> bool:
        return self.minor != 0


ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """The sum of the amounts; zero of none."""
    return Money(sum(amount.minor for amount in amounts))


def nearest(amount: Money, step_minor: int) -> Money:
    """The multiple of `step_minor` nearest to the amount, half a step away from zero: there is no smaller coin."""
    size = (2 * abs(amount.minor) + step_minor) // (2 * step_minor) * step_minor
    return Money(-size if amount.minor < 0 else size)


def share(amount: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """The amount in parts proportional to `weights`, adding up to it exactly (largest remainder).

    Weights are whole numbers, none negative, at least one positive: ValueError otherwise. Where two
    remainders are equal the earlier part gets the unit, so the same input always gives the same parts.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("shares need weights of zero or more, at least one of them positive")
    sign = -1 if amount.minor < 0 else 1
    size = abs(amount.minor)
    parts = [size * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % whole), i))
    for i in by_remainder[: size - sum(parts)]:
        parts[i] += 1
    return tuple(Money(sign * part) for part in parts)
