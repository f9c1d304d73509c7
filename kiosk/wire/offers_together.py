"""Offers together: what is wrong with all of them as a whole, by place and column.

A place is what people call where an offer stands: `line 7` of a file, or its name on a page.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kiosk.wire.price_csv import PriceRow

if TYPE_CHECKING:
    from kiosk.wire.offers_csv import OfferRow

MOST = 8
"""So many offers may run on one product on one day: each scan carries them into the journal, and more are a mistake."""


class Together(NamedTuple):
    """One thing that is wrong: where, in which column, and what."""

    place: str
    column: str
    what: str


def problems(found: "Mapping[str, OfferRow]", products: Collection[PriceRow]) -> Iterator[Together]:
    """Everything that is wrong. `found`: rows by their place, in order; `products`: what they may be offers on."""
    yield from _unknown_items(found, products)
    yield from _twice(found)
    yield from _exclusions(found)
    yield from _crowds(found, products)


def names_of(row: PriceRow) -> set[str]:
    """Everything that a list of items may call this product."""
    path = row.category.split("/") if row.category else []
    categories = {f"category:{'/'.join(path[: n + 1])}" for n in range(len(path))}
    return {"all", *categories, *(code for code in (row.gtin, row.plu) if code)}


def _unknown_items(found: "Mapping[str, OfferRow]", products: Collection[PriceRow]) -> Iterator[Together]:
    codes = {row.gtin for row in products} | {row.plu for row in products}
    paths = {
        "/".join(parts[:n])
        for row in products
        for parts in (row.category.split("/"),)
        for n in range(1, len(parts) + 1)
    }
    for place, row in found.items():
        for item in (item for part in row.items for item in part):
            category = item.removeprefix("category:")
            if item != "all" and item not in codes and (category == item or category not in paths):
                yield Together(place, "items", f"the price book has no {item[:60]}")


def _twice(found: "Mapping[str, OfferRow]") -> Iterator[Together]:
    first: dict[str, str] = {}
    for place, row in found.items():
        for column, word in (("offer", row.offer), ("coupon", row.coupon and f"coupon {row.coupon}")):
            if word and first.setdefault(word, place) != place:
                yield Together(place, column, f"{word} is already on {first[word]}")


def _exclusions(found: "Mapping[str, OfferRow]") -> Iterator[Together]:
    """Each exclusion is written once: what comes back to where it began is most likely a mistake."""
    excludes = {row.offer: row.excludes for row in found.values()}
    for place, row in found.items():
        unknown = (other for other in row.excludes if other not in excludes)
        yield from (Together(place, "excludes", f"there is no offer {other[:40]}") for other in unknown)
        if circle := _circle(row.offer, excludes):
            chain = " -> ".join(circle)
            why = "two offers exclude each other if one of them says so"
            yield Together(place, "excludes", f"goes round in a circle ({chain}); {why}")


def _circle(start: str, excludes: Mapping[str, Iterable[str]]) -> list[str]:
    """The way back to the start along exclusions; empty if there is none."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop()
        for other in excludes.get(way[-1], ()):
            if other == start:
                return [*way, start]
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []


def _crowds(found: "Mapping[str, OfferRow]", products: Collection[PriceRow]) -> Iterator[Together]:
    """More than MOST on one product; hours of the day are not looked at. Told once for the last row of each crowd."""
    order = {place: number for number, place in enumerate(found)}
    by_name: dict[str, set[str]] = {}
    for place, row in found.items():
        for name in {name for part in row.items for name in part}:
            by_name.setdefault(name, set()).add(place)
    told: set[str] = set()
    for product in products:
        places = set[str]().union(*(by_name.get(name, set()) for name in names_of(product)))
        last = max(places, key=order.__getitem__, default="")
        if len(places) > MOST and last not in told and _on_one_day([found[place] for place in places]) > MOST:
            told.add(last)
            yield Together(last, "items", f"more than {MOST} offers run on {product.name[:40]} on one day")


def _on_one_day(rows: "list[OfferRow]") -> int:
    """The most of them that run on any day: what begins on a day, or in the week after it, meets all that it can."""
    begins = {date.fromisoformat(row.first_day or "2000-01-01") for row in rows}
    days = (first + timedelta(n) for first in begins for n in range(7))
    return max(sum(_runs(row, day) for row in rows) for day in days)


def _runs(row: "OfferRow", day: date) -> bool:
    in_its_days = (row.first_day or "") <= day.isoformat() <= (row.last_day or "9999")
    return in_its_days and (not row.weekdays or day.weekday() in row.weekdays)
