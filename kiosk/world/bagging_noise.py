"""Bagging noise: what things really weigh, and what a scale makes of it. The model is told in the README.

The brain never sees any of this: it sees the readings, in whole steps.
"""

from random import Random
from typing import NamedTuple

from kiosk.checkout.item import Item
from kiosk.checkout.weights import MG, new_spread_mg
from kiosk.values.money import Money
from kiosk.wire.price_csv import PriceRow

STEP_G = 5
NOISE_G = 1
_GROWN = ("fruit", "vegetables")
_PACKED_BY_LAW = ("vegetables", "fruit", "bread", "dairy", "meat", "pantry", "sweets", "frozen", "drinks", "ready")


class Thing(NamedTuple):
    """A product as the price book knows it, and its true mean and spread in grams."""

    item: Item
    mean_g: float
    spread_g: float

    def one(self, chance: Random) -> float:
        """What one of them weighs."""
        return max(1.0, chance.gauss(self.mean_g, self.spread_g))


class Scale:
    """A bagging scale: what lies on it, its slow drift, the noise of one reading and its steps."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.load_g = self._drift_g = 0.0

    def reading_g(self) -> int:
        """At rest."""
        self._drift_g += self._chance.gauss(0, 0.3)
        return round((self.load_g + self._drift_g + self._chance.gauss(0, NOISE_G)) / STEP_G) * STEP_G


def things(rows: tuple[PriceRow, ...], chance: Random) -> tuple[Thing, ...]:
    """All that is sold by the piece and lies in a bag."""
    return tuple(
        _thing(row, chance) for row in rows if row.sold_by == "each" and not row.blocked and "donation" not in row.name
    )


def _thing(row: PriceRow, chance: Random) -> Thing:
    item = Item(
        gtin=row.code, name=row.name, price=Money(row.price_minor), tax_class=row.tax_class, tax_bp=0, price_book="1",
        category=row.category, weight_g=row.weight_g,
    )  # fmt: skip
    if not row.weight_g:
        mean_g = chance.uniform(60, 400)
        return Thing(item, mean_g, mean_g * 0.12)
    mean_g = row.weight_g * (1 + chance.gauss(0, 0.01))
    if row.category.startswith(_GROWN) and not row.content_thousandths:
        return Thing(item, mean_g, mean_g * 0.10)
    if row.category.startswith(_PACKED_BY_LAW):
        return Thing(item, mean_g, new_spread_mg(row.weight_g) / MG * chance.uniform(0.2, 0.5))
    return Thing(item, mean_g, mean_g * 0.015)
