"""Tax: value added tax inside gross prices, and sales tax added on top of net ones.

Where shelf prices contain their tax, the tax inside a gross amount at a rate of r basis points is
gross * r / (10000 + r), half a minor unit rounded away from zero, and the net is what is left: net and tax always
add up to the gross. Where they do not, the tax is net * r / 10000, rounded alike. A receipt taxes the *sum* of each
rate, not each line, so that rounding happens once a rate.
"""

from collections.abc import Iterable

import msgspec

from kiosk.values.money import ZERO, Money

WHOLE_BP = 10_000
"""A hundred percent, in basis points."""


class TaxSum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was sold at one rate, without its tax, and the tax. `net + tax` is the gross amount."""

    rate_bp: int
    net: Money
    tax: Money


def tax_inside(gross: Money, rate_bp: int) -> tuple[Money, Money]:
    """(net, tax) of a gross amount; a refund is the mirror of its sale. ValueError for a rate below zero."""
    if rate_bp < 0:
        raise ValueError(f"a tax rate is zero or more basis points, not {rate_bp}")
    share_bp = WHOLE_BP + rate_bp
    size = (2 * abs(gross.minor) * rate_bp + share_bp) // (2 * share_bp)
    tax = Money(-size if gross.minor < 0 else size)
    return gross - tax, tax


def tax_on_top(net: Money, rate_bp: int) -> Money:
    """The tax that is added to a net amount, half a minor unit away from zero. ValueError for a rate below zero."""
    if rate_bp < 0:
        raise ValueError(f"a tax rate is zero or more basis points, not {rate_bp}")
    size = (2 * abs(net.minor) * rate_bp + WHOLE_BP) // (2 * WHOLE_BP)
    return Money(-size if net.minor < 0 else size)


def tax_totals(amounts: Iterable[tuple[int, Money]]) -> tuple[TaxSum, ...]:
    """The tax of a basket: (rate in basis points, gross amount after discounts) of each line, summed up by rate.

    One TaxSum for each rate that occurs, the lowest rate first.
    """
    return tuple(TaxSum(rate_bp, *tax_inside(gross, rate_bp)) for rate_bp, gross in _by_rate(amounts))


def added_totals(amounts: Iterable[tuple[int, Money]]) -> tuple[TaxSum, ...]:
    """The same for net amounts, whose tax comes on top."""
    return tuple(TaxSum(rate_bp, net, tax_on_top(net, rate_bp)) for rate_bp, net in _by_rate(amounts))


def _by_rate(amounts: Iterable[tuple[int, Money]]) -> list[tuple[int, Money]]:
    by_rate: dict[int, Money] = {}
    for rate_bp, amount in amounts:
        by_rate[rate_bp] = by_rate.get(rate_bp, ZERO) + amount
    return sorted(by_rate.items())
