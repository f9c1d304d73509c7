"""Weights: what one thing should weigh on the bagging shelf, how far off it may be, and how both are learned.

Theory. A fixed tolerance is too wide for a tin and too narrow for a loaf. So every product has a mean and a spread of
its own, learned from the newest 200 that were seen; a recipe that changes is followed. One starts at their median and
looks again and again at what lies between two cuts (Andrews et al., Robust Estimates of Location, 1972), so that a few
swapped labels, whenever they come, move nothing far. What was stopped taught nothing, and only the heavy ones of a
thing that varies are stopped early: so the light ones beyond the same distance do not count either, or the mean would
sink, more would be stopped, and it would sink further. What a normal law loses by such cuts is made good.

A product that nobody has seen starts from its label weight, as if a few had been seen there. Its spread is then the
tolerable negative error of prepacked goods of that weight (Directive 76/211/EEC, annex I, 2.4; the same table in OIML
R 87): most packers stay well within it, and nothing better is known about a new label. Of one without a label nothing
is expected until a few were seen: if the first of all had been swapped, every honest one would be stopped for ever.

How far off is too far follows from what is looked for: an unscanned thing of 50 g, say, only ever makes the shelf
heavier, and the best test of two normal laws stops where the likelihood ratio reaches a bound (Neyman and Pearson
1933): half the hidden weight, and more with the square of the spread. So tins are judged strictly, melons hardly, and
the few false alarms are spent where they find the most. Below the mean nothing is gained by being strict.

Two bounds keep a bad teacher from teaching much: the mean never leaves the neighbourhood of the label weight, the
spread never becomes more than a quarter of the mean. And only clean sales teach at all (`bagging`).

Everything is whole milligrams, so that a thousand small corrections are not lost to rounding.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from kiosk.checkout.item import Item
from kiosk.values.quantity import root

MG = 1_000
"""Milligrams in a gram."""
REMEMBERED = 200
_PRIOR = 5
"""So many weights is the first guess of a spread worth; that of a mean, one."""
_CUT_TENTHS = 25
_KEPT_FROM_TENTHS = 17
_KEPT_THOUSANDTHS = (649, 694, 735, 774, 808, 839, 867, 891, 911)
"""Of the variance of a normal law between cuts at 1.7, 1.8 ... 2.5 spreads on both sides."""
FEW = 5
"""So many of a thing without a label are seen before anything is expected of it."""
_ROUNDS = 4
"""The cuts hardly move after so many looks."""
_HIDDEN_MG = 50 * MG
"""What is looked for: something of this weight that was not scanned."""
_DOUBT_TENTHS = 15
"""How sure a stop must be: the natural logarithm of how much likelier the change is with it than without."""
_FAR_TENTHS = 30
"""Whatever is so many spreads off is not this thing at all."""
_SPREAD_LEAST_MG = 1 * MG
_BY_HAND_MG = 3 * MG
"""Spread of what was just weighed on another scale of the lane: two scales, each with its own step."""


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one thing should weigh. `mean_mg` 0: nobody knows."""

    mean_mg: int
    spread_mg: int


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was learned about one product: how many were seen; mean and spread (one standard deviation)."""

    count: int = 0
    mean_mg: int = 0
    spread_mg: int = 0


def expected(item: Item, weight_g: int | None = None) -> Expected:
    """What one of this item should weigh; `weight_g` (net) of goods that were weighed on the lane."""
    if weight_g is not None:
        return Expected((weight_g + item.tare_g) * MG, _BY_HAND_MG)
    seen = Seen(item.weight_seen, item.weight_mean_mg, item.weight_spread_mg)
    if seen.count < (1 if item.weight_g else FEW):
        return Expected(item.weight_g * MG, new_spread_mg(item.weight_g))
    return Expected(seen.mean_mg, root(_variance_mg2(seen)))


def _variance_mg2(seen: Seen) -> int:
    """Of one thing about the mean that is known; this itself is only known to a spread over the root of the count."""
    return seen.spread_mg**2 + seen.spread_mg**2 // (min(seen.count, REMEMBERED) + 1)


def tolerance_mg(variance_mg2: int, mean_mg: int, step_g: int, *, above: bool) -> int:
    """How far a change of weight may be above (or below) `mean_mg` and still be it.

    `variance_mg2` is the sum over the things; two readings of a scale with that step add a sixth of its square.
    """
    variance = variance_mg2 + (step_g * MG) ** 2 // 6
    far = root(variance) * _FAR_TENTHS // 10
    least = min(_HIDDEN_MG, abs(mean_mg)) // 2
    if above:
        far = min(far, _HIDDEN_MG // 2 + variance * _DOUBT_TENTHS // (10 * _HIDDEN_MG))
    return max(far, least)


def new_spread_mg(weight_g: int) -> int:
    """Spread of a product that nobody has seen: the tolerable negative error of its nominal weight."""
    if weight_g <= 0:
        return 0
    for below_g, per_mille, fixed_g in _TOLERABLE:
        if weight_g <= below_g:
            return max(_SPREAD_LEAST_MG, weight_g * per_mille if per_mille else fixed_g * MG)
    return weight_g * 10


_TOLERABLE = (
    (50, 90, 0), (100, 0, 4), (200, 45, 0), (300, 0, 9), (500, 30, 0), (1_000, 0, 15), (10_000, 15, 0),
    (15_000, 0, 150),
)  # fmt: skip
"""Up to so many grams: so many per mille, or a fixed number of grams. (4.5 g between 50 and 100 g are taken as 4.)"""


def learned(weights_mg: Sequence[int], label_g: int) -> Seen:
    """What is known of a product of which these were seen, the oldest first. `label_g` 0: nothing names its weight."""
    if not weights_mg:
        return Seen()
    newest = sorted(weights_mg[-REMEMBERED:])
    middle_mg = newest[len(newest) // 2]
    first = Expected(label_g * MG, new_spread_mg(label_g)) if label_g else Expected(middle_mg, middle_mg // 10)
    known = len(newest) >= FEW
    seen = _bounded(Seen(len(weights_mg), middle_mg if known else first.mean_mg, first.spread_mg), label_g)
    for _ in range(_ROUNDS if known or label_g else 0):
        seen = _bounded(_refined(seen, newest, first), label_g)
    return seen


def _refined(seen: Seen, weights_mg: Sequence[int], first: Expected) -> Seen:
    """Mean and spread once more, of what lies between the cuts; the first guess counts as if some had been seen."""
    cut_mg = min(seen.spread_mg * _CUT_TENTHS // 10, tolerance_mg(_variance_mg2(seen), seen.mean_mg, 0, above=True))
    offs = [weight_mg - seen.mean_mg for weight_mg in weights_mg if abs(weight_mg - seen.mean_mg) <= cut_mg]
    mean_mg = seen.mean_mg + (first.mean_mg - seen.mean_mg + sum(offs)) // (len(offs) + 1)
    squares = sum(off * off for off in offs) * 1_000 // _kept_thousandths(cut_mg, seen.spread_mg)
    variance = (_PRIOR * first.spread_mg**2 + squares) // (_PRIOR + len(offs))
    return replace(seen, mean_mg=mean_mg, spread_mg=root(variance))


def _kept_thousandths(cut_mg: int, spread_mg: int) -> int:
    place = cut_mg * 10 // spread_mg - _KEPT_FROM_TENTHS
    return _KEPT_THOUSANDTHS[min(max(place, 0), len(_KEPT_THOUSANDTHS) - 1)]


def _bounded(seen: Seen, label_g: int) -> Seen:
    mean_mg = seen.mean_mg
    if label_g:
        room = max(25 * MG, label_g * MG * 15 // 100)
        mean_mg = min(max(mean_mg, label_g * MG - room), label_g * MG + room)
    most = max(10 * MG, mean_mg // 4)
    return replace(seen, mean_mg=mean_mg, spread_mg=min(max(seen.spread_mg, _SPREAD_LEAST_MG), most))
