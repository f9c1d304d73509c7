"""Pricing: what the lines of a basket cost. Totals are worked out, never kept.

Shelf prices are gross, so goods amounts contain their tax, except where the jurisdiction adds it on top of the sum
(`Item.tax_on_top`). The deposit of a container stands beside the goods; whether it bears tax the item says.
"""

from collections.abc import Iterator

import msgspec

from kiosk.checkout.basket import Basket, Line
from kiosk.checkout.sale import TaxTotal
from kiosk.values.money import ZERO, Money, total
from kiosk.values.quantity import Weight, price_of_weight
from kiosk.values.tax import added_totals, tax_totals


class Totals(msgspec.Struct, frozen=True):
    """Sums of a basket: goods (discounts taken off) + deposit + what tax is added on top = due."""

    goods: Money
    deposit: Money
    due: Money
    tax: tuple[TaxTotal, ...]
    added_tax: Money | None = None
    """The whole tax where it comes on top of the prices; None: it is inside them."""


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
    """What the basket costs; `totals` without the tax, which the screen of scanning does not show if it is inside."""
    if _on_top(basket):
        return totals(basket).due
    return total(line_total(line) for line in basket.lines)


def _on_top(basket: Basket) -> bool:
    return any(line.item.tax_on_top for line in basket.lines)


def taxable(line: Line) -> Iterator[tuple[int, Money]]:
    """(rate in basis points, amount) that a line puts under tax: its goods, and its deposit where the law says so."""
    yield line.item.tax_bp, line_amount(line)
    if line.item.deposit_tax_bp is not None:
        yield line.item.deposit_tax_bp, line_deposit(line)


def totals(basket: Basket) -> Totals:
    """Everything summed up."""
    goods = total(line_amount(line) for line in basket.lines)
    deposit = total(line_deposit(line) for line in basket.lines)
    taxed = [part for line in basket.lines for part in taxable(line)]
    by_rate = added_totals(taxed) if _on_top(basket) else tax_totals(taxed)
    tax = tuple(TaxTotal(rate_bp=t.rate_bp, net_minor=t.net.minor, tax_minor=t.tax.minor) for t in by_rate)
    added = total(t.tax for t in by_rate) if _on_top(basket) else None
    return Totals(goods=goods, deposit=deposit, due=goods + deposit + (added or ZERO), tax=tax, added_tax=added)
