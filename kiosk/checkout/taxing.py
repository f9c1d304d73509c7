"""Taxing: a basket bears the rates of the day on which it is paid.

A thing is sold when it is paid and taken away, not when it is scanned, and the rate is the one in force then (in the EU
directive 2006/112/EC, article 93: the rate at the chargeable event; of packs outside it not verified). So where the law
changes a rate at midnight, what was scanned, or set aside, before it and is paid after it bears the new one. The gate
says with each item which rates come soon; the rest is here, before anything that happens on the new day is dealt with.
Prices stay as they are, so where tax is inside them the shopper pays the same.

A basket of which a part is paid, or for which a card is read, stays as it was agreed.
"""

from msgspec.structs import replace

from kiosk.checkout.basket import Line
from kiosk.checkout.state import Phase, State
from kiosk.values.moment import Moment, wall_clock


def of_the_day(state: State, at: Moment) -> State:
    """The same lane; the lines that are shopped for bear the rates of this moment's day."""
    basket = state.basket
    if state.phase is not Phase.SCANNING or basket.taken or not any(line.item.tax_soon for line in basket.lines):
        return state
    today = wall_clock(at).date().isoformat()
    lines = tuple(_taxed(line, today) for line in basket.lines)
    return state if lines == basket.lines else replace(state, basket=replace(basket, lines=lines))


def _taxed(line: Line, today: str) -> Line:
    begun = [rates for rates in line.item.tax_soon if rates.since <= today]
    if not begun:
        return line
    item = replace(
        line.item,
        tax_bp=begun[-1].tax_bp,
        deposit_tax_bp=begun[-1].deposit_tax_bp,
        tax_soon=line.item.tax_soon[len(begun) :],
    )
    return replace(line, item=item)
