"""Pricing: what the lines of a basket cost. Totals are worked out, never kept.

Swedish shelf prices are gross, so goods amounts contain their tax; the deposit of a container stands beside the goods
and carries none (the jurisdiction says so in `se.toml`).
"""

import msgspec

from kiosk.checkout.basket import Basket, Line
from kiosk.checkout.sale import TaxTotal
from kiosk.values.money import Money, total
from kiosk.values.quantity import Weight, price_of_weight
from kiosk.values.tax import tax_totals


class Totals(msgspec.Struct, frozen=True):
    """Sums of a basket: goods (discounts taken off) + deposit = due; `tax` is inside the goods."""

    goods: Money
    deposit: Money
    due: Money
    tax: tuple[TaxTotal, ...]


def line_amount(line: Line) -> Money:
    """The line's price without deposit: count times price, or weight times price per kilogram."""
    if line.weight_g is not None:
        return price_of_weight(line.item.price, Weight(line.weight_g))
    return line.item.price * line.count


def line_deposit(line: Line) -> Money:
    """The line's deposit: one per container."""
    return line.item.deposit * line.count


def line_total(line: Line) -> Money:
    """What the slip shows at the line's right: goods and deposit together."""
    return line_amount(line) + line_deposit(line)


def count_items(basket: Basket) -> int:
    """How many things lie in the basket; a weighed line is one thing."""
    return sum(line.count for line in basket.lines)


def due(basket: Basket) -> Money:
    """What the basket costs; `totals` without the tax, which the screen of scanning does not show."""
    return total(line_total(line) for line in basket.lines)


def totals(basket: Basket) -> Totals:
    """Everything summed up."""
    goods = total(line_amount(line) for line in basket.lines)
    deposit = total(line_deposit(line) for line in basket.lines)
    by_rate = tax_totals((line.item.tax_bp, line_amount(line)) for line in basket.lines)
    tax = tuple(TaxTotal(rate_bp=t.rate_bp, net_minor=t.net.minor, tax_minor=t.tax.minor) for t in by_rate)
    return Totals(goods=goods, deposit=deposit, due=goods + deposit, tax=tax)
