"""Shelf: what lies in the bagging area, what should, and which of the two explanations a change of weight has.

Theory. The shelf is judged by changes, never by its total: each time the weight is explained, it becomes the new
`settled_g`, so that a hundred small errors never add up, and a scale that drifts is followed. What is on its way is in
`moves`: things scanned and not yet placed (count above zero), things removed from the basket and not yet taken off
(below zero). A change is explained by those moves, or some of them, whose expected sum is nearest in tolerances
(`weights`); what nothing explains is a disagreement with a name (`Kind`), which lasts until the weight fits again or
staff accept it.

Things too light to be felt, and things whose weight nobody knows, are never waited for; they may come until the next
thing is placed. What the shopper would rather not bag may come at any time.
"""

from itertools import product
from typing import Literal

import msgspec
from msgspec.structs import replace

from kiosk.checkout.item import Item
from kiosk.checkout.lane import BaggingLimits
from kiosk.checkout.weights import MG, expected, tolerance_mg

Kind = Literal["", "place", "takeback", "extra", "missing", "emptied"]
"""What is wrong: not bagged yet, not taken off yet, something that nobody scanned, something gone, everything gone."""

_LIGHT_MG = 25 * MG
_QUIET_STEPS = 3
_DRIFT_MOST_G = 50
_COMBINATIONS_MOST = 512
_LEFT_BEHIND_LEAST_G = 20


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Things of one kind that are on their way: `count` above zero to the shelf, below zero off it.

    `how`: they `must` come, or `may`, or are `waived`: the shopper keeps them elsewhere. No item: what the shopper
    before left behind.
    """

    count: int
    mean_mg: int
    spread_mg: int
    item: Item | None = None
    how: Literal["must", "may", "waived"] = "must"


class Shelf(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The bagging area of this visit. Weights in grams, gross."""

    known: bool = False
    """Whether the scale has said anything since it was connected; until then nothing is judged."""
    seen_g: int = 0
    """The last reading."""
    settled_g: int = 0
    """The reading when shelf and basket last agreed."""
    moves: tuple[Move, ...] = ()
    kind: Kind = ""
    since_tick: int = 0
    """Since when this disagreement."""
    drift_g: int = 0
    """Small changes that were let pass in this visit, their sizes summed up."""
    bags_g: int = 0
    own_bags: int = 0
    skips: int = 0
    skips_g: int = 0
    skips_minor: int = 0
    weights: tuple[tuple[str, int], ...] = ()
    """What was seen of single things, as GTIN and grams: learned from when the visit ends cleanly."""
    clean: bool = True
    """Nothing in this visit needed staff, or more than a moment, to be explained."""


NO_SHELF = Shelf()


def quiet_g(limits: BaggingLimits) -> int:
    """A change up to this is none."""
    return limits.step_g * _QUIET_STEPS


def fresh(shelf: Shelf, limits: BaggingLimits) -> Shelf:
    """A new visit: whatever lies there is the floor, and may be taken away by who left it."""
    left: tuple[Move, ...] = ()
    if shelf.seen_g >= _LEFT_BEHIND_LEAST_G:
        left = (Move(-1, shelf.seen_g * MG, limits.step_g * MG, how="waived"),)
    return Shelf(known=shelf.known, seen_g=shelf.seen_g, settled_g=shelf.seen_g, moves=left)


def with_things(shelf: Shelf, item: Item, count: int, weight_g: int | None) -> Shelf:
    """So many more of this are in the basket; below zero, so many fewer. What had not arrived need not leave."""
    one = expected(item, weight_g)
    moves: list[Move] = []
    for move in shelf.moves:
        opposite = move.count * count < 0
        if move.item is not None and move.item.gtin == item.gtin and move.mean_mg == one.mean_mg and opposite:
            cancelled = min(abs(move.count), abs(count)) * (1 if count > 0 else -1)
            move, count = replace(move, count=move.count + cancelled), count - cancelled
        if move.count:
            moves.append(move)
    if count:
        how: Literal["must", "may"] = "must" if one.mean_mg > _LIGHT_MG else "may"
        moves.append(Move(count, one.mean_mg, one.spread_mg, item, how))
    return replace(shelf, moves=tuple(moves))


def judged(shelf: Shelf, limits: BaggingLimits, tick_ms: int) -> Shelf:
    """The shelf with its weight explained as far as it can be, and the name of what is left."""
    shelf = _settled(shelf, limits)
    kind = _kind(shelf, limits)
    if kind != shelf.kind:
        shelf = replace(shelf, kind=kind, since_tick=tick_ms)
    return shelf


def rest_g(shelf: Shelf) -> int:
    """What the weight has changed by since shelf and basket last agreed, in grams."""
    return shelf.seen_g - shelf.settled_g


def awaited(shelf: Shelf, sign: int) -> tuple[Move, ...]:
    """What must still come (sign 1) or leave (sign -1)."""
    return tuple(move for move in shelf.moves if move.how == "must" and move.count * sign > 0)


def _kind(shelf: Shelf, limits: BaggingLimits) -> Kind:
    rest, quiet = rest_g(shelf), quiet_g(limits)
    if rest > quiet:
        return "extra"
    if rest < -quiet:
        return "emptied" if shelf.seen_g <= quiet + _LEFT_BEHIND_LEAST_G else "missing"
    if awaited(shelf, -1):
        return "takeback"
    return "place" if awaited(shelf, 1) else ""


def _settled(shelf: Shelf, limits: BaggingLimits) -> Shelf:
    rest = rest_g(shelf)
    if not rest:
        return shelf
    taken = _explanation(shelf, limits)
    if taken is None:
        return shelf
    if not any(taken):
        if shelf.drift_g + abs(rest) > _DRIFT_MOST_G:
            return shelf
        return replace(shelf, settled_g=shelf.seen_g, drift_g=shelf.drift_g + abs(rest))
    left = tuple(
        replace(move, count=move.count - n) for move, n in zip(shelf.moves, taken, strict=True) if move.count != n
    )
    kept = tuple(move for move in left if move.how != "may")
    return replace(_noted(shelf, taken), settled_g=shelf.seen_g, moves=kept)


def _noted(shelf: Shelf, taken: tuple[int, ...]) -> Shelf:
    """One thing alone on its way to the shelf was weighed: that can be learned from."""
    (move, n), *others = [(move, n) for move, n in zip(shelf.moves, taken, strict=True) if n]
    if others or n != 1 or move.item is None or move.how == "waived" or move.item.sold_by == "kg":
        return shelf
    return replace(shelf, weights=(*shelf.weights, (move.item.gtin, rest_g(shelf))))


def _explanation(shelf: Shelf, limits: BaggingLimits) -> tuple[int, ...] | None:
    """How many of each move have happened: the nearest explanation within tolerance; None: there is none."""
    rest_mg = rest_g(shelf) * MG
    best: tuple[int, ...] | None = None
    # Compared as fractions of the tolerance, crosswise, so that nothing is divided.
    best_off, best_tolerance = 1, 1
    for taken in _candidates(shelf.moves):
        chosen = list(zip(shelf.moves, taken, strict=True))
        if any(n and not move.mean_mg for move, n in chosen):
            continue
        mean = sum(move.mean_mg * n for move, n in chosen)
        variance = sum(move.spread_mg**2 * abs(n) for move, n in chosen)
        off = abs(rest_mg - mean)
        room = quiet_g(limits) * MG
        if mean:
            room = tolerance_mg(variance, mean, limits.step_g, above=rest_mg > mean)
        if off * best_tolerance < best_off * room or (best is None and off == room):
            best, best_off, best_tolerance = taken, off, room
    return best if best is not None else _unknown_thing(shelf, limits)


def _candidates(moves: tuple[Move, ...]) -> list[tuple[int, ...]]:
    """All combinations of what may have happened; of a great many, only the likely ones."""
    choices = [range(0, move.count + (1 if move.count > 0 else -1), 1 if move.count > 0 else -1) for move in moves]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size <= _COMBINATIONS_MOST:
        return list(product(*choices))
    nothing = tuple(0 for _ in moves)
    likely = [nothing, tuple(move.count if move.how == "must" else 0 for move in moves)]
    for place, choice in enumerate(choices):
        likely += [(*nothing[:place], n, *nothing[place + 1 :]) for n in choice if n]
    return likely


def _unknown_thing(shelf: Shelf, limits: BaggingLimits) -> tuple[int, ...] | None:
    """The newest thing whose weight nobody knows explains whatever one thing may weigh."""
    if not quiet_g(limits) < rest_g(shelf) <= limits.unknown_g:
        return None
    places = [place for place, move in enumerate(shelf.moves) if not move.mean_mg and move.count > 0]
    return tuple(int(place == places[-1]) for place in range(len(shelf.moves))) if places else None
