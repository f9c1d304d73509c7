"""Markdown: what staff take off a line or off the whole basket, to the minor unit. Pure.

First the lines' own, each of what is left of its goods after the shop's offers; then the basket's, of the sum that is
then left, shared over the lines in proportion to what is left of each (`share`), so that tax and returns come out
right. A deposit is never reduced: it is the shopper's own money. Nothing goes below zero.
"""

from collections.abc import Sequence

from kiosk.checkout.basket import Basket, Markdown
from kiosk.checkout.sale import Discount
from kiosk.values.money import ZERO, Money, share, total

WHOLE_BP = 10_000


def markdowns(basket: Basket, left: Sequence[Money]) -> tuple[tuple[Discount, ...], ...]:
    """What comes off each line of goods, of which `left` is left before. Amounts are negative."""
    off: list[list[Discount]] = [[] for _ in basket.goods]
    rest = list(left)
    for at, line in enumerate(basket.goods):
        if line.markdown is not None:
            rest[at] = _take(off[at], line.markdown, taken(line.markdown, rest[at]), rest[at])
    whole = total(rest)
    if basket.markdown is not None and whole.minor > 0:
        parts = share(taken(basket.markdown, whole), [max(0, one.minor) for one in rest])
        for at, part in enumerate(parts):
            rest[at] = _take(off[at], basket.markdown, part, rest[at])
    return tuple(tuple(line) for line in off)


def taken(markdown: Markdown, amount: Money) -> Money:
    """How much it takes off so much: half a unit is rounded in the shopper's favour, and never more than there is."""
    if amount.minor <= 0:
        return ZERO
    if markdown.percent_bp:
        return Money((2 * amount.minor * markdown.percent_bp + WHOLE_BP) // (2 * WHOLE_BP))
    return min(markdown.amount, amount)


def _take(off: list[Discount], markdown: Markdown, part: Money, left: Money) -> Money:
    if part:
        off.append(Discount(f"staff:{markdown.reason}", -part.minor))
    return left - part
