"""Bagging trial: what the bagging area says of honest things, of hidden ones and of swapped labels, by simulation.

First some weeks of shopping teach the shelf, swapped labels and unscanned things among them. Then every product is
placed many times: alone (a stop is a false alarm), together with 50 g that nobody scanned, and under the label of
another product (no stop is a miss). And baskets are bagged as they are sold. The brain's own `shelf` and `weights`
decide; what other judges make of the same changes of weight is in `bagging_table`.
"""

from collections import defaultdict
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.checkout.lane import BaggingLimits
from kiosk.checkout.shelf import Shelf, judged, with_things
from kiosk.checkout.weights import MG, Seen, expected, learned
from kiosk.world.bagging_noise import STEP_G, Scale, Thing, things
from kiosk.world.shops import demo_rows

LIMITS = BaggingLimits(step_g=STEP_G)
BASKET = 12
HIDDEN_G = 50
_A_DAY = 100
_DISHONEST = 0.02
"""Of a hundred things so many have a swapped label, and as many an unscanned thing with them."""


class Shop(NamedTuple):
    """All things with what is known of them, and how often each is sold."""

    known: tuple[Thing, ...]
    popularity: tuple[float, ...]
    chance: Random


class Trial(NamedTuple):
    """One change of weight as the scale told it, and what was expected (0: nothing is known)."""

    thing: Thing
    mean_g: float
    change_g: int
    stopped: bool
    kind: str


def learned_shop(seed: int, baskets: int) -> Shop:
    """A shop that has seen so many baskets."""
    chance = Random(seed)
    sold = things(demo_rows(), chance)
    # Some products sell a hundred times as often as others.
    popularity = tuple(chance.paretovariate(1) for _ in sold)
    seen = _taught(Shop(sold, popularity, chance), baskets)
    return Shop(tuple(_known(thing, seen) for thing in sold), popularity, chance)


def trials(shop: Shop, each: int) -> list[Trial]:
    """Every product of which something is known, so many times in each way."""
    results: list[Trial] = []
    for thing in shop.known:
        if not expected(thing.item).mean_mg:
            continue
        for _ in range(each):
            results += [_tried(shop, thing, kind) for kind in ("honest", "hidden", "swap")]
    return results


def bagged(shop: Shop, baskets: int) -> list[Trial]:
    """So many baskets of what is sold, with as much that is dishonest as while it was learned."""
    results: list[Trial] = []
    for thing in shop.chance.choices(shop.known, shop.popularity, k=baskets * BASKET):
        (kind,) = shop.chance.choices(("honest", "hidden", "swap"), (1 - 2 * _DISHONEST, _DISHONEST, _DISHONEST))
        results.append(_tried(shop, thing, kind))
    return results


def _taught(shop: Shop, baskets: int) -> dict[str, Seen]:
    """What is known after these baskets. As in the shop, only a clean visit teaches, and lanes know it the next day."""
    labels_g = {thing.item.gtin: thing.item.weight_g for thing in shop.known}
    weights_mg: dict[str, list[int]] = defaultdict(list)
    seen: dict[str, Seen] = {}
    for number in range(baskets):
        if number % _A_DAY == 0:
            seen = {gtin: learned(some, labels_g[gtin]) for gtin, some in weights_mg.items()}
        for gtin, grams in _visit(shop, seen):
            weights_mg[gtin].append(grams * MG)
    return {gtin: learned(some, labels_g[gtin]) for gtin, some in weights_mg.items()}


def _visit(shop: Shop, seen: dict[str, Seen]) -> tuple[tuple[str, int], ...]:
    """One basket, and what it teaches: nothing, if it was stopped."""
    chance = shop.chance
    scale, shelf = Scale(chance), Shelf(known=True)
    for thing in chance.choices(shop.known, shop.popularity, k=BASKET):
        real = chance.choice(shop.known) if chance.random() < _DISHONEST else thing
        scale.load_g += real.one(chance) + (HIDDEN_G if chance.random() < _DISHONEST else 0)
        shelf = _placed(shelf, _known(thing, seen), scale)
        if shelf.kind:
            return ()
    return shelf.weights


def _known(thing: Thing, seen: dict[str, Seen]) -> Thing:
    one = seen.get(thing.item.gtin, Seen())
    item = replace(thing.item, weight_seen=one.count, weight_mean_mg=one.mean_mg, weight_spread_mg=one.spread_mg)
    return thing._replace(item=item)


def _placed(shelf: Shelf, thing: Thing, scale: Scale) -> Shelf:
    shelf = with_things(shelf, thing.item, 1, None)
    return judged(replace(shelf, seen_g=scale.reading_g()), LIMITS, 1)


def _tried(shop: Shop, thing: Thing, kind: str) -> Trial:
    chance, real = shop.chance, thing
    while kind == "swap" and real.item.gtin == thing.item.gtin:
        real = chance.choice(shop.known)
    scale = Scale(chance)
    scale.load_g = chance.uniform(0, 8_000)
    before = scale.reading_g()
    scale.load_g += real.one(chance) + (HIDDEN_G if kind == "hidden" else 0)
    after = _placed(Shelf(known=True, seen_g=before, settled_g=before), thing, scale)
    return Trial(thing, expected(thing.item).mean_mg / MG, after.seen_g - before, bool(after.kind), kind)
