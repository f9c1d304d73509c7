"""Bagging trial: false alarms and misses of the bagging area over a whole catalogue, against a fixed tolerance.

First a few months of shopping teach the shelf, swapped labels and unscanned things among them. Then every product is
placed many times: alone (a stop is a false alarm), together with 50 g that nobody scanned, and under the label of
another product (no stop is a miss). The brain's own `shelf` and `weights` decide; the baseline knows the same means and
lets pass what is within one fixed tolerance, chosen so that it gives as many false alarms.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.checkout.lane import BaggingLimits
from kiosk.checkout.shelf import Shelf, fresh, judged, with_things
from kiosk.checkout.weights import MG, Seen, expected, learn
from kiosk.world.bagging_noise import STEP_G, Scale, Thing, things
from kiosk.world.shops import demo_rows

LIMITS = BaggingLimits(step_g=STEP_G)
BASKET = 12
_HIDDEN_G = 50
_ALLOWS_G = 12
_DISHONEST = 0.02
"""Of a hundred things so many have a swapped label while the shelf learns, and as many an unscanned thing with them."""


class Rates(NamedTuple):
    """Of one class of things, by one judge, each out of `tried`."""

    tried: int
    false_alarms: int
    missed: int
    swaps: int
    swaps_missed: int


class Trial(NamedTuple):
    """One change of weight as the scale told it, and what was expected."""

    thing: Thing
    mean_g: float
    change_g: int
    stopped: bool
    kind: str


def trials(seed: int, baskets: int, each: int) -> list[Trial]:
    """Teach for so many baskets, then try every product so many times in each way."""
    chance = Random(seed)
    shop = things(demo_rows(), chance)
    seen = _taught(shop, baskets, chance)
    known = [_known(thing, seen) for thing in shop]
    results: list[Trial] = []
    for thing in known:
        if not expected(thing.item).mean_mg:
            continue
        for _ in range(each):
            other = chance.choice(known)
            results.append(_tried(thing, thing.one(chance), "honest", chance))
            results.append(_tried(thing, thing.one(chance) + _HIDDEN_G, "hidden", chance))
            if other.item.gtin != thing.item.gtin:
                results.append(_tried(thing, other.one(chance), "swap", chance))
    return results


def _taught(shop: Sequence[Thing], baskets: int, chance: Random) -> dict[str, Seen]:
    """What is known after these baskets. As in the shop, only a clean visit teaches."""
    seen: dict[str, Seen] = defaultdict(Seen)
    # Some products sell a hundred times as often as others.
    popularity = [chance.paretovariate(1) for _ in shop]
    for _ in range(baskets):
        scale, shelf = Scale(chance), Shelf(known=True)
        for thing in chance.choices(shop, popularity, k=BASKET):
            real = chance.choice(shop) if chance.random() < _DISHONEST else thing
            scale.load_g += real.one(chance) + (_HIDDEN_G if chance.random() < _DISHONEST else 0)
            shelf = _placed(shelf, _known(thing, seen), scale)
            if shelf.kind:
                break
        for gtin, grams in shelf.weights if not shelf.kind else ():
            label_g = next(thing.item.weight_g for thing in shop if thing.item.gtin == gtin)
            seen[gtin] = learn(seen[gtin], grams * MG, label_g)
    return seen


def _known(thing: Thing, seen: dict[str, Seen]) -> Thing:
    one = seen.get(thing.item.gtin, Seen())
    item = replace(thing.item, weight_seen=one.count, weight_mean_mg=one.mean_mg, weight_spread_mg=one.spread_mg)
    return thing._replace(item=item)


def _placed(shelf: Shelf, thing: Thing, scale: Scale) -> Shelf:
    shelf = with_things(shelf, thing.item, 1, None)
    return judged(replace(shelf, seen_g=scale.reading_g()), LIMITS, 1)


def _tried(thing: Thing, grams: float, kind: str, chance: Random) -> Trial:
    scale = Scale(chance)
    scale.load_g = chance.uniform(0, 8_000)
    before = scale.reading_g()
    scale.load_g += grams
    shelf = fresh(Shelf(known=True, seen_g=before), LIMITS)
    after = _placed(replace(shelf, moves=()), thing, scale)
    return Trial(thing, expected(thing.item).mean_mg / MG, after.seen_g - before, bool(after.kind), kind)


def rates(some: Sequence[Trial], stops: Callable[[Trial], bool]) -> Rates:
    """Counted."""
    honest, hidden, swaps = ([t for t in some if t.kind == kind] for kind in ("honest", "hidden", "swap"))
    return Rates(
        tried=len(honest),
        false_alarms=sum(stops(t) for t in honest),
        missed=sum(not stops(t) for t in hidden),
        swaps=len(swaps),
        swaps_missed=sum(not stops(t) for t in swaps),
    )


def ours(trial: Trial) -> bool:
    """The brain's own judgement."""
    return trial.stopped


def fixed(some: Sequence[Trial]) -> tuple[float, Callable[[Trial], bool]]:
    """One tolerance for all of these, with as many false alarms as ours among them; and what it stops."""
    allowed = rates(some, ours).false_alarms
    off = sorted((abs(t.change_g - t.mean_g) for t in some if t.kind == "honest"), reverse=True)
    tolerance_g = off[allowed] if allowed < len(off) else 0.0
    return tolerance_g, lambda trial: abs(trial.change_g - trial.mean_g) > tolerance_g


CLASSES: tuple[tuple[str, Callable[[Trial], bool]], ...] = (
    ("all things", lambda t: True),
    ("spread to 12 g", lambda t: t.thing.spread_g <= _ALLOWS_G),
    ("spread over 12 g", lambda t: t.thing.spread_g > _ALLOWS_G),
    ("  of it 12 to 30 g", lambda t: _ALLOWS_G < t.thing.spread_g <= 30),
    ("  of it over 30 g", lambda t: t.thing.spread_g > 30),
)


def main(*, seed: int, baskets: int, each: int) -> int:
    """`kiosk bagging`: the table, to standard output."""
    results = trials(seed, baskets, each)
    sys.stdout.write("\n".join(table(results, seed, baskets)) + "\n")
    return 0


def table(results: Sequence[Trial], seed: int, baskets: int) -> list[str]:
    """Its lines."""
    tolerance_g, everywhere = fixed(results)
    lines = [
        f"Bagging area: seed {seed}, learned from {baskets} baskets of {BASKET}, 2 % swapped labels and 2 % unscanned"
        " things among them.",
        f"Fixed tolerance with as many false alarms over all things: {tolerance_g:.0f} g.",
        "",
        f"{'':<20}{'':<26}{'false':>8}{'50 g':>8}{'swapped':>9}{'stops per':>13}",
        f"{'things':<20}{'judge':<26}{'alarms':>8}{'missed':>8}{'missed':>9}{'100 baskets':>13}",
    ]
    for name, belongs in CLASSES:
        some = [trial for trial in results if belongs(trial)]
        own_g, within = fixed(some)
        lines += [
            _row(name, "learned", rates(some, ours)),
            _row("", f"fixed {tolerance_g:.0f} g (all things)", rates(some, everywhere)),
        ]
        if name != CLASSES[0][0]:
            lines.append(_row("", f"fixed {own_g:.0f} g (this class)", rates(some, within)))
    return lines


def _row(name: str, judge: str, found: Rates) -> str:
    alarms = found.false_alarms / found.tried
    return (
        f"{name:<20}{judge:<26}{alarms:>8.2%}{found.missed / found.tried:>8.1%}"
        f"{found.swaps_missed / found.swaps:>9.1%}{alarms * BASKET * 100:>13.1f}"
    )
