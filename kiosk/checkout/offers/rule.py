"""The rule: which combination of offers wins, and what each line saves by it. See the README of this room.

First the largest sets of offers that go together (exclusions); for each of them the bundles that save most by the
offers of the highest priority, then by those of the next; then the whole offers on what is left. The set wins that
saves most in all. Offers of a set that share no things are settled apart: that changes nothing and costs less.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from kiosk.checkout.offers.goods import Bundle, Good, Shopper, fits, most_bundles, usable
from kiosk.checkout.offers.offer import Offer, percent_of, saving
from kiosk.checkout.offers.together import best
from kiosk.values.money import Money, share

CHOICES = 64
"""Sets of offers that are compared; of more, the first ones: those that leave out what is listed later."""


class Saved(msgspec.Struct, frozen=True):
    """What an offer takes off a line: minor units, more than zero."""

    line: int
    offer: Offer
    minor: int


def settle(goods: Sequence[Good], shopper: Shopper) -> tuple[Saved, ...]:
    """What every line saves, by line and then as offers are listed."""
    offers = usable(goods, shopper)
    if not offers:
        return ()
    kinds = _kinds(goods)
    winner: tuple[Saved, ...] = ()
    for together in _largest(list(islice(_going_together(offers), CHOICES))):
        found = _settle(together, kinds, shopper)
        if _total(found) > _total(winner):
            winner = found
    place = {offer: n for n, offer in enumerate(offers)}
    line = {good.line: n for n, good in enumerate(goods)}
    return tuple(sorted(winner, key=lambda saved: (line[saved.line], place[saved.offer])))


def _total(found: Sequence[Saved]) -> int:
    return sum(saved.minor for saved in found)


def _going_together(offers: list[Offer]) -> Iterator[list[Offer]]:
    """Every largest set in which no two exclude each other, and perhaps some smaller ones."""
    for n, one in enumerate(offers):
        for other in offers[n + 1 :]:
            if one.id != other.id and (other.id in one.excludes or one.id in other.excludes):
                yield from _going_together([offer for offer in offers if offer.id != other.id])
                yield from _going_together([offer for offer in offers if offer.id != one.id])
                return
    yield offers


def _largest(sets: list[list[Offer]]) -> list[list[Offer]]:
    """Those that are no part of another one."""
    return [one for one in sets if not any(set(one) < set(other) for other in sets)]


# --- one set of offers ------------------------------------------------------------------------------------------------

Kind = list[Good]
"""Lines of the same product at the same price in the same offers: to the offers one and the same thing."""


def _kinds(goods: Sequence[Good]) -> list[Kind]:
    kinds: dict[tuple[object, ...], Kind] = {}
    for good in goods:
        kinds.setdefault((good.product, good.price_minor, good.weight_g, good.offers), []).append(good)
    return list(kinds.values())


def _settle(offers: Sequence[Offer], kinds: list[Kind], shopper: Shopper) -> tuple[Saved, ...]:
    lines = [good for kind in kinds for good in kind]
    bundles = _bundles([offer for offer in offers if not offer.whole], kinds, shopper)
    saved: dict[tuple[int, Offer], int] = {}
    for line, offer, minor in _shared(bundles, kinds):
        saved[line, offer] = saved.get((line, offer), 0) + minor
    for offer in offers:
        if offer.whole:
            taken = {good.line: 0 for good in lines}
            for (line, _), minor in saved.items():
                taken[line] += minor
            for line, minor in _whole(offer, lines, taken, shopper):
                saved[line, offer] = minor
    return tuple(Saved(line, offer, minor) for (line, offer), minor in saved.items() if minor)


def _bundles(offers: Sequence[Offer], kinds: list[Kind], shopper: Shopper) -> list[Bundle]:
    """All bundles. They name things by their kind."""
    goods = [kind[0] for kind in kinds]
    lines = [good for kind in kinds for good in kind]
    found: list[Bundle] = []
    for rivals in _rivals(offers, goods):
        left = [
            sum(good.count for good in kind) if any(fits(kind[0], offer) for offer in rivals) else 0 for kind in kinds
        ]
        found += best(rivals, goods, left, [most_bundles(offer, shopper, lines) for offer in rivals])
    return found


def _rivals(offers: Sequence[Offer], goods: Sequence[Good]) -> list[list[Offer]]:
    """The offers in groups that have no thing in common, each group and the groups among them as listed."""
    wants = {offer: {place for place, good in enumerate(goods) if fits(good, offer)} for offer in offers}
    groups: list[list[Offer]] = []
    for offer in offers:
        met = [group for group in groups if any(wants[offer] & wants[other] for other in group)]
        groups = [group for group in groups if group not in met]
        groups.append([*(other for group in met for other in group), offer])
    return [sorted(group, key=offers.index) for group in groups]


# --- what each line saves ---------------------------------------------------------------------------------------------


def _shared(bundles: Sequence[Bundle], kinds: list[Kind]) -> Iterator[tuple[int, Offer, int]]:
    """Every bundle's saving, shared over its things by their prices. Of a kind, the earliest lines come first."""
    things = [iter([good for good in kind for _ in range(good.count)]) for kind in kinds]
    for offer, places in bundles:
        used = [next(things[place]) for place in places]
        saves = saving(offer, [good.price_minor for good in used], used[0].weight_g)
        parts = share(Money(saves), [good.price_minor for good in used])
        yield from ((good.line, offer, part.minor) for good, part in zip(used, parts, strict=True))


def _whole(offer: Offer, lines: Sequence[Good], taken: dict[int, int], shopper: Shopper) -> Iterator[tuple[int, int]]:
    """What a whole offer takes off what is left of each line that it is for."""
    meant = [good for good in lines if fits(good, offer)]
    if not meant or sum(good.price_minor * good.count for good in meant) < offer.spend_minor:
        return
    rest = [good.price_minor * good.count - taken[good.line] for good in meant]
    if offer.gives == "percent":
        yield from ((good.line, percent_of(left, offer.value)) for good, left in zip(meant, rest, strict=True))
    elif sum(rest) > 0:
        times = most_bundles(offer, shopper, meant) if offer.coupon or offer.limit else 1
        parts = share(Money(min(sum(rest), offer.value * times)), rest)
        yield from ((good.line, part.minor) for good, part in zip(meant, parts, strict=True))
