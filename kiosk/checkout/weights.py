"""Weights: what one thing should weigh on the bagging shelf, how far off it may be, and how both are learned.

Theory. A fixed tolerance is too wide for a tin and too narrow for a loaf. So every product has a mean and a spread of
its own, learned from what was seen: Welford's running mean and variance (Welford 1962, Technometrics 4(3)),
winsorized: a weight further off than 2.5 spreads counts as one just there (Huber, Robust Statistics, 1981), so that a
swapped label moves nothing far. The newest 200 weights count; a recipe that changes is followed.

A product that nobody has seen starts from its label weight, as if a few had been seen there. Its spread is then the
tolerable negative error of prepacked goods of that weight (Directive 76/211/EEC, annex I, 2.4; the same table in OIML
R 87): most packers stay well within it, and nothing better is known about a new label.

How far off is too far follows from what is looked for: an unscanned thing of 50 g, say, only ever makes the shelf
heavier, and the best test of two normal laws stops where the likelihood ratio reaches a bound (Neyman and Pearson
1933): half the hidden weight, and more with the square of the spread. So tins are judged strictly, melons hardly, and
the few false alarms are spent where they find the most. Below the mean nothing is gained by being strict.

Two bounds keep a bad teacher from teaching much: the mean never leaves the neighbourhood of the label weight, the
spread never becomes more than a quarter of the mean. And only clean sales teach at all (`bagging`).

Everything is whole milligrams, so that a thousand small corrections are not lost to rounding.
"""

import msgspec

from kiosk.checkout.item import Item
from kiosk.values.quantity import root

MG = 1_000
"""Milligrams in a gram."""
REMEMBERED = 200
_PRIOR = 5
"""So many weights is the first guess of a spread worth; that of a mean, one."""
_WINSOR_TENTHS = 25
_KEPT_THOUSANDTHS = 920
"""A visit that was stopped teaches nothing, so the ends of the law are never seen here: this much of the variance of a
normal law is left when it is cut at 3 spreads below and 2.3 above."""
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
    if not seen.count:
        return Expected(item.weight_g * MG, new_spread_mg(item.weight_g))
    # The mean itself is only known to a spread over the root of the count.
    doubt = seen.spread_mg**2 // (seen.count + 1)
    return Expected(seen.mean_mg, root(seen.spread_mg**2 + doubt))


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


def learn(seen: Seen, weight_mg: int, label_g: int) -> Seen:
    """What is known after one more of them was seen. `label_g` 0: the price book names no weight."""
    before = seen if seen.count else _at_first(weight_mg, label_g)
    kept = min(seen.count, REMEMBERED)
    far = before.spread_mg * _WINSOR_TENTHS // 10
    off = min(max(weight_mg - before.mean_mg, -far), far)
    variance = before.spread_mg**2
    new = off * off * 1_000 // _KEPT_THOUSANDTHS * (kept + 1) // (kept + 2)
    variance += (new - variance) // (kept + _PRIOR + 1)
    return _bounded(Seen(seen.count + 1, before.mean_mg + off // (kept + 2), root(variance)), label_g)


def _at_first(weight_mg: int, label_g: int) -> Seen:
    if label_g:
        return Seen(0, label_g * MG, new_spread_mg(label_g))
    return Seen(0, weight_mg, weight_mg // 10)


def _bounded(seen: Seen, label_g: int) -> Seen:
    mean_mg = seen.mean_mg
    if label_g:
        room = max(25 * MG, label_g * MG * 15 // 100)
        mean_mg = min(max(mean_mg, label_g * MG - room), label_g * MG + room)
    most = max(10 * MG, mean_mg // 4)
    return Seen(seen.count, mean_mg, min(max(seen.spread_mg, _SPREAD_LEAST_MG), most))
