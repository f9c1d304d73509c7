"""Every way to use offers on a few things, tried one by one: what the rule is measured against. Shares no code with it
but the saving of one bundle."""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from kiosk.checkout.offers.goods import Good, Shopper, most_bundles, takes_weighed, usable
from kiosk.checkout.offers.offer import Offer, saving


def best_savings(goods: Sequence[Good], shopper: Shopper) -> int:
    """The most that can be saved; whole offers must be for all of the goods."""
    offers = usable(goods, shopper)
    priorities = sorted({offer.priority for offer in offers}, reverse=True)
    things = [good for good in goods for _ in range(good.count)]
    found = [0]
    sets = list(_sets(offers))
    for chosen in sets:
        if any(set(chosen) < set(other) for other in sets):
            continue
        bundled = [offer for offer in chosen if not offer.whole]
        limits = {id(offer): most_bundles(offer, shopper, goods) for offer in bundled}
        best = max(_ways(things, bundled, limits, priorities))
        found.append(_with_whole(sum(best), things, [offer for offer in chosen if offer.whole], shopper, goods))
    return max(found)


def _sets(offers: list[Offer]) -> Iterator[list[Offer]]:
    """Offers of which no two exclude each other."""
    for size in range(len(offers) + 1):
        for chosen in combinations(offers, size):
            if not any(a.id in b.excludes for a in chosen for b in chosen if a is not b):
                yield list(chosen)


def _ways(
    things: list[Good], offers: list[Offer], limits: dict[int, int], priorities: list[int]
) -> Iterator[tuple[int, ...]]:
    """What every way of making bundles saves, by priority."""
    if not things:
        yield (0,) * len(priorities)
        return
    first, others = things[0], things[1:]
    yield from _ways(others, offers, limits, priorities)
    for offer in offers:
        if limits[id(offer)] == 0:
            continue
        for beside in combinations(range(len(others)), sum(offer.need) - 1):
            bundle = [first, *(others[i] for i in beside)]
            if _is_bundle(offer, bundle):
                rest = [thing for i, thing in enumerate(others) if i not in beside]
                worth = saving(offer, [thing.price_minor for thing in bundle], first.weight_g)
                at = priorities.index(offer.priority)
                for way in _ways(rest, offers, limits | {id(offer): limits[id(offer)] - 1}, priorities):
                    yield (*way[:at], way[at] + worth, *way[at + 1 :])


def _is_bundle(offer: Offer, bundle: list[Good]) -> bool:
    if offer.same and len({thing.product for thing in bundle}) > 1:
        return False
    if any(thing.weight_g is not None and not takes_weighed(offer) for thing in bundle):
        return False
    seats = [place for place, need in enumerate(offer.need) for _ in range(need)]
    places = [{p for offered in thing.offers if offered.offer == offer for p in offered.places} for thing in bundle]
    return any(
        all(seat in places[i] for i, seat in zip(order, seats, strict=True))
        for order in permutations(range(len(bundle)))
    )


def _with_whole(saved: int, things: list[Good], whole: list[Offer], shopper: Shopper, goods: Sequence[Good]) -> int:
    shelf = sum(thing.price_minor for thing in things)
    for offer in whole:
        assert offer.gives == "amount"
        if shelf >= offer.spend_minor:
            times = most_bundles(offer, shopper, goods) if offer.coupon or offer.limit else 1
            saved += min(offer.value * times, shelf - saved)
    return saved
