"""Together: offers that want the same things.

Where each of them by itself is settled by sorting, so are they together (`by_price.py`). The others are searched. Taken
in their order, a kind of thing is either left alone or put into a bundle with kinds that come after it; what is then
left is the same question again, asked once for each different rest. That finds the best, and takes long where many
kinds meet many offers. So at most TRIES bundles are tried. Where there are more, the offers are taken one after
another, each its own best of what the ones before it have left, in every order of at most four of them (beyond that
each first once), and the order that saves the most wins. Which of the two it was depends on the basket alone.

Priorities are one question with the rest: what a bundle is worth is what it saves, times a number so large for each
step of priority that nothing of a lower one outweighs a minor unit.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations

from kiosk.checkout.offers.alone import bundle_saving, bundles_alone, is_exact
from kiosk.checkout.offers.by_price import TooMany, best_by_price
from kiosk.checkout.offers.goods import Bundle, Good, fits
from kiosk.checkout.offers.offer import Offer

TRIES = 600
_MOST_THINGS = 100
"""So many things are never searched: the search goes as deep as there are things."""
_ALL_ORDERS = 4


_STEP = 10**13
"""More minor units than any basket costs."""


def best(offers: Sequence[Offer], goods: Sequence[Good], left: Sequence[int], most: Sequence[int]) -> list[Bundle]:
    """The bundles that save the most. `most` is how many of each offer there may be."""
    if len(offers) == 1:
        bundles = bundles_alone(offers[0], goods, left, most[0])
        if is_exact(offers[0], goods, bundles):
            return bundles
    try:
        found = best_by_price(offers, goods, left, most, _worths(offers))
        if found is not None:
            return found
        if sum(left) > _MOST_THINGS:
            raise TooMany
        return _Search(offers, goods, most).best(left)
    except TooMany:
        return _best_order(offers, goods, left, most)


def _worths(offers: Sequence[Offer]) -> dict[int, int]:
    """What a minor unit saved by an offer of each priority is worth."""
    return {priority: _STEP**n for n, priority in enumerate(sorted({offer.priority for offer in offers}))}


def _best_order(
    offers: Sequence[Offer], goods: Sequence[Good], left: Sequence[int], most: Sequence[int]
) -> list[Bundle]:
    winner: list[Bundle] = []
    most_worth, worths = -1, _worths(offers)
    for order in _orders(len(offers)):
        rest, found = list(left), []
        for at in order:
            for bundle in bundles_alone(offers[at], goods, rest, most[at]):
                found.append(bundle)
                for place in bundle[1]:
                    rest[place] -= 1
        worth = sum(bundle_saving(bundle, goods) * worths[bundle[0].priority] for bundle in found)
        if worth > most_worth:
            winner, most_worth = found, worth
    return winner


def _orders(count: int) -> Iterator[tuple[int, ...]]:
    if count <= _ALL_ORDERS:
        yield from permutations(range(count))
        return
    for first in range(count):
        yield (first, *(at for at in range(count) if at != first))


class _Search:
    """Tries everything, asking each question once."""

    def __init__(self, offers: Sequence[Offer], goods: Sequence[Good], most: Sequence[int]) -> None:
        self._offers, self._goods = offers, goods
        self._most, self._worths = most, _worths(offers)
        self._tried = 0
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[int, tuple[Bundle, ...]]] = {}
        self._fits = [[fits(good, offer) for good in goods] for offer in offers]

    def best(self, left: Sequence[int]) -> list[Bundle]:
        """The bundles that save the most of what is left. TooMany."""
        capped = tuple(min(most, sum(left)) for most in self._most)
        return list(self._best(tuple(left), capped)[1])

    def _best(self, left: tuple[int, ...], most: tuple[int, ...]) -> tuple[int, tuple[Bundle, ...]]:
        first = next((place for place, count in enumerate(left) if count), None)
        if first is None:
            return 0, ()
        known = self._known.get((left, most))
        if known is not None:
            return known
        winner: tuple[int, tuple[Bundle, ...]] = self._best(_without(left, first, left[first]), most)
        for at, offer in enumerate(self._offers):
            if not most[at]:
                continue
            fewer = _without(most, at, 1)
            for things, rest in self._bundles(at, offer, first, left):
                self._tried += 1
                if self._tried > TRIES:
                    raise TooMany
                bundle = (offer, things)
                worth, others = self._best(rest, fewer)
                worth += bundle_saving(bundle, self._goods) * self._worths[offer.priority]
                if worth > winner[0]:
                    winner = worth, (bundle, *others)
        self._known[left, most] = winner
        return winner

    def _bundles(
        self, at: int, offer: Offer, first: int, left: tuple[int, ...]
    ) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Every bundle with the first thing in it, each once, and what it leaves."""
        seen: set[tuple[int, ...]] = set()
        for place in self._fits[at][first]:
            open_places = _without(offer.need, place, 1)
            for things in self._filled(at, offer, open_places, (first,), _without(left, first, 1), 0):
                if things not in seen:
                    seen.add(things)
                    rest = left
                    for thing in things:
                        rest = _without(rest, thing, 1)
                    yield things, rest

    def _filled(
        self, at: int, offer: Offer, need: tuple[int, ...], things: tuple[int, ...], left: tuple[int, ...], least: int
    ) -> Iterator[tuple[int, ...]]:
        """Every way to fill the places that are still open; of one place in the order of the goods, from `least` on."""
        place = next((place for place, open_ in enumerate(need) if open_), None)
        if place is None:
            yield tuple(sorted(things))
            return
        for thing in range(least, len(left)):
            if not left[thing] or place not in self._fits[at][thing]:
                continue
            if offer.same and self._goods[thing].product != self._goods[things[0]].product:
                continue
            self._tried += 1
            if self._tried > TRIES:
                raise TooMany
            fewer, from_here = _without(need, place, 1), thing if need[place] > 1 else 0
            yield from self._filled(at, offer, fewer, (*things, thing), _without(left, thing, 1), from_here)


def _without(counts: tuple[int, ...], at: int, how_many: int) -> tuple[int, ...]:
    return (*counts[:at], counts[at] - how_many, *counts[at + 1 :])
