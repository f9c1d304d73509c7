"""Alone: the best that one offer can do by itself, by sorting.

Things of every place are put in order, the dearest first, and cut into bundles from the top. That no other way saves
more: exchanging a thing of an earlier bundle with a cheaper one of a later never helps where the saving of a bundle is
what all its things cost less a constant (`price`), the sum of what each saves (`percent`), or its cheapest things
(`free`, whose sum is greatest when like lies with like). An amount off is the exception: there sorting is best only
while every bundle costs at least the amount; `is_exact` says so.
"""

from collections.abc import Sequence
from itertools import groupby

from kiosk.checkout.offers.goods import Bundle, Good, fits
from kiosk.checkout.offers.offer import Offer, saving


def bundles_alone(offer: Offer, goods: Sequence[Good], left: Sequence[int], most: int) -> list[Bundle]:
    """At most so many bundles of what is left (how many of each of the goods), those that save the most first."""
    eligible = [place for place, good in enumerate(goods) if left[place] and fits(good, offer)]
    if offer.same:
        eligible.sort(key=lambda place: (goods[place].product, place))
        kinds = [list(group) for _, group in groupby(eligible, key=lambda place: goods[place].product)]
    else:
        kinds = [eligible]
    found = [bundle for kind in kinds for bundle in _cut(offer, goods, left, kind)]
    found.sort(key=lambda bundle: (-bundle_saving(bundle, goods), bundle[1]))
    return found[:most]


def _cut(offer: Offer, goods: Sequence[Good], left: Sequence[int], eligible: list[int]) -> list[Bundle]:
    """Every bundle that saves something, of these goods."""
    by_place: list[list[int]] = [[] for _ in offer.need]
    for place in sorted(eligible, key=lambda place: (-goods[place].price_minor, place)):
        by_place[fits(goods[place], offer)[0]] += [place] * left[place]
    bundles = min(len(things) // need for things, need in zip(by_place, offer.need, strict=True))
    found = []
    for n in range(bundles):
        things = [by_place[at][i] for at, need in enumerate(offer.need) for i in range(n * need, (n + 1) * need)]
        bundle = (offer, tuple(sorted(things)))
        if bundle_saving(bundle, goods):
            found.append(bundle)
    return found


def is_exact(offer: Offer, goods: Sequence[Good], bundles: Sequence[Bundle]) -> bool:
    """Whether no other way to make these bundles saves more."""
    if any(len(fits(good, offer)) > 1 for good in goods):
        return False
    if offer.gives != "amount" or sum(offer.need) == 1:
        return True
    return all(bundle_saving(bundle, goods) == offer.value for bundle in bundles)


def bundle_saving(bundle: Bundle, goods: Sequence[Good]) -> int:
    """What it saves, in minor units."""
    offer, things = bundle
    return saving(offer, [goods[place].price_minor for place in things], goods[things[0]].weight_g)
