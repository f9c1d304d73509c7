"""Picking: the shelf of loose goods made from the price book in use, and what this lane's shoppers take from it most.

The shelf is made anew when the book has changed, as soon as somebody opens the picker. What is popular is counted since
the lane started; a fresh lane shows the alphabet.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Protocol

from kiosk.search.shelf import Entry, Shelf
from kiosk.storage.price_book import Head
from kiosk.values.money import Money
from kiosk.wire.price_csv import PriceRow


class Loose(Protocol):
    """What is asked of the price book."""

    def head(self) -> Head:
        """Which book is in use."""
        ...

    def loose(self) -> Iterator[PriceRow]:
        """Its rows that can be picked."""
        ...


class Picker:
    """One lane's."""

    def __init__(self, prices: Loose) -> None:
        self._prices = prices
        self._head: Head | None = None
        self._shelf = Shelf()
        self._picked: Counter[str] = Counter()

    def shelf(self) -> Shelf:
        """The goods as the price book in use has them."""
        head = self._prices.head()
        if head != self._head:
            self._head = head
            self._shelf = Shelf(_entry(row) for row in self._prices.loose() if not row.blocked and not row.staff_only)
        return self._shelf

    def listed(self, tab: str, language: str) -> tuple[Entry, ...]:
        """What stands under a tab."""
        return self.shelf().listed(tab, language, self._picked)

    def taken(self, code: str) -> None:
        """Somebody has put this into the basket."""
        self._picked[code] += 1


def _entry(row: PriceRow) -> Entry:
    return Entry(
        code=row.code,
        name=row.name,
        price=Money(row.price_minor),
        names=row.names,
        sold_by=row.sold_by,
        picture=row.picture,
        category=row.category,
        keys=row.pick_keys,
    )
