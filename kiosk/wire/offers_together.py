"""Offers together: what is wrong with the rows of an offers' file as a whole, by line and column."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kiosk.wire.price_csv import PriceRow

if TYPE_CHECKING:
    from kiosk.wire.offers_csv import OfferRow

MOST = 8
"""So many offers may run on one product on one day: each scan carries them into the journal, and more are a mistake."""


def problems(found: "Mapping[int, OfferRow]", products: Collection[PriceRow]) -> Iterator[str]:
    """Everything that is wrong. `found`: rows by their line; `products`: what they may be offers on."""
    yield from _unknown_items(found, products)
    yield from _twice(found)
    yield from _exclusions(found)
    yield from _crowds(found, products)


def names_of(row: PriceRow) -> set[str]:
    """Everything that a list of items may call this product."""
    path = row.category.split("/") if row.category else []
    categories = {f"category:{'/'.join(path[: n + 1])}" for n in range(len(path))}
    return {"all", *categories, *(code for code in (row.gtin, row.plu) if code)}


def _unknown_items(found: "Mapping[int, OfferRow]", products: Collection[PriceRow]) -> Iterator[str]:
    codes = {row.gtin for row in products} | {row.plu for row in products}
    paths = {
        "/".join(parts[:n])
        for row in products
        for parts in (row.category.split("/"),)
        for n in range(1, len(parts) + 1)
    }
    for line, row in found.items():
        for item in (item for part in row.items for item in part):
            category = item.removeprefix("category:")
            if item != "all" and item not in codes and (category == item or category not in paths):
                yield f"line {line}, column items: the price book has no {item[:60]}"


def _twice(found: "Mapping[int, OfferRow]") -> Iterator[str]:
    first: dict[str, int] = {}
    for line, row in found.items():
        for column, word in (("offer", row.offer), ("coupon", row.coupon and f"coupon {row.coupon}")):
            if word and first.setdefault(word, line) != line:
                yield f"line {line}, column {column}: {word} is already on line {first[word]}"


def _exclusions(found: "Mapping[int, OfferRow]") -> Iterator[str]:
    """Each exclusion is written once: what comes back to where it began is most likely a mistake."""
    excludes = {row.offer: row.excludes for row in found.values()}
    for line, row in found.items():
        yield from (
            f"line {line}, column excludes: there is no offer {other[:40]}"
            for other in row.excludes
            if other not in excludes
        )
        if circle := _circle(row.offer, excludes):
            chain = " -> ".join(circle)
            why = "two offers exclude each other if one of them says so"
            yield f"line {line}, column excludes: goes round in a circle ({chain}); {why}"


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


def _crowds(found: "Mapping[int, OfferRow]", products: Collection[PriceRow]) -> Iterator[str]:
    """More than MOST on one product; hours of the day are not looked at. Told once for the last row of each crowd."""
    by_name: dict[str, set[int]] = {}
    for line, row in found.items():
        for name in {name for place in row.items for name in place}:
            by_name.setdefault(name, set()).add(line)
    told: set[int] = set()
    for product in products:
        lines = set[int]().union(*(by_name.get(name, set()) for name in names_of(product)))
        if len(lines) > MOST and max(lines) not in told and _on_one_day([found[line] for line in lines]) > MOST:
            told.add(max(lines))
            yield f"line {max(lines)}, column items: more than {MOST} offers run on {product.name[:40]} on one day"


def _on_one_day(rows: "list[OfferRow]") -> int:
    """The most of them that run on any day: what begins on a day, or in the week after it, meets all that it can."""
    begins = {date.fromisoformat(row.first_day or "2000-01-01") for row in rows}
    days = (first + timedelta(n) for first in begins for n in range(7))
    return max(sum(_runs(row, day) for row in rows) for day in days)


def _runs(row: "OfferRow", day: date) -> bool:
    in_its_days = (row.first_day or "") <= day.isoformat() <= (row.last_day or "9999")
    return in_its_days and (not row.weekdays or day.weekday() in row.weekdays)
