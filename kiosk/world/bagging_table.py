"""Bagging table: what four judges make of the same changes of weight.

`learned` is the brain. The baseline knows the same means and lets pass what is within one fixed tolerance: of all
things, or of their class. The bound knows what no checkout can, the true mean and spread of each thing, and stops where
the likelihood ratio of 50 g more is highest: of all judges with as many false alarms, none misses less of them (Neyman
and Pearson 1933). Each of the other three may have as many false alarms as the brain has.
"""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kiosk.world.bagging_noise import NOISE_G, STEP_G
from kiosk.world.bagging_trial import BASKET, HIDDEN_G, Trial, bagged, learned_shop, trials

_ALLOWS_G = 12
_BAGGED = 1_000
"""Baskets of each shop, as they are sold."""

Judge = Callable[[Trial], bool]


class Rates(NamedTuple):
    """Of one class of things, by one judge, each out of `tried`."""

    tried: int
    false_alarms: int
    missed: int
    swaps: int
    swaps_missed: int


def rates(some: Sequence[Trial], stops: Judge) -> Rates:
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


def fixed(some: Sequence[Trial]) -> tuple[float, Judge]:
    """One tolerance in grams for all of these, with as many false alarms as ours; and what it stops."""
    return _bounded(some, _off_g)


def best(some: Sequence[Trial]) -> Judge:
    """The bound: nobody with as many false alarms as ours misses less of what is hidden among these."""
    return _bounded(some, _likelier)[1]


def _bounded(some: Sequence[Trial], odd: Callable[[Trial], float]) -> tuple[float, Judge]:
    allowed = rates(some, ours).false_alarms
    honest = sorted((odd(t) for t in some if t.kind == "honest"), reverse=True)
    most = honest[allowed] if allowed < len(honest) else 0.0
    return most, lambda trial: odd(trial) > most


def _off_g(trial: Trial) -> float:
    return abs(trial.change_g - trial.mean_g) if trial.mean_g else 0.0


def _likelier(trial: Trial) -> float:
    """Logarithm of how much likelier the change is with the hidden thing than without."""
    off_g = trial.change_g - trial.thing.mean_g
    return HIDDEN_G * (off_g - HIDDEN_G / 2) / (trial.thing.spread_g**2 + 2 * NOISE_G**2 + STEP_G**2 / 6)


CLASSES: tuple[tuple[str, Judge], ...] = (
    ("all things", lambda t: True),
    ("spread to 12 g", lambda t: t.thing.spread_g <= _ALLOWS_G),
    ("spread over 12 g", lambda t: t.thing.spread_g > _ALLOWS_G),
    ("  of it 12 to 30 g", lambda t: _ALLOWS_G < t.thing.spread_g <= 30),
    ("  of it over 30 g", lambda t: t.thing.spread_g > 30),
)


def main(*, seed: int, seeds: int, baskets: int, each: int) -> int:
    """`kiosk bagging`: both tables, to standard output."""
    shops = [learned_shop(n, baskets) for n in range(seed, seed + seeds)]
    tried = [trial for shop in shops for trial in trials(shop, each)]
    sold = [trial for shop in shops for trial in bagged(shop, _BAGGED)]
    lines = [
        f"Bagging area: {seeds} shops from seed {seed} on, each learned from {baskets} baskets of {BASKET}, 2 % swapped"
        " labels and 2 % unscanned things among them.",
        "",
        *table(tried),
        "",
        *interventions(sold),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def table(results: Sequence[Trial]) -> list[str]:
    """Each product as often as any other, by class and judge."""
    tolerance_g, everywhere = fixed(results)
    lines = [
        f"{'':<20}{'':<26}{'false':>8}{'50 g':>8}{'swapped':>9}",
        f"{'things':<20}{'judge':<26}{'alarms':>8}{'missed':>8}{'missed':>9}",
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
        bound = rates(some, best(some))
        lines.append(_row("", "bound for 50 g", bound).rsplit(maxsplit=1)[0])
    return lines


def _row(name: str, judge: str, found: Rates) -> str:
    return (
        f"{name:<20}{judge:<26}{found.false_alarms / found.tried:>8.2%}{found.missed / found.tried:>8.1%}"
        f"{found.swaps_missed / found.swaps:>9.1%}"
    )


def interventions(sold: Sequence[Trial]) -> list[str]:
    """How often a basket is stopped, per 100 of them, each product as often as it is sold; and what for."""
    tolerance_g, within = fixed(sold)
    judges: tuple[tuple[str, Judge], ...] = (
        ("learned", ours),
        (f"fixed {tolerance_g:.0f} g", within),
        ("a perfect judge", lambda t: t.kind != "honest"),
    )
    lines = [f"{'100 baskets, as they are sold':<32}{'stops':>8}{'for nothing':>14}{'50 g':>8}{'swapped':>9}"]
    for name, stops in judges:
        stopped = Counter(trial.kind for trial in sold if stops(trial))
        every, nothing, hidden, swaps = (
            count * BASKET * 100 / len(sold)
            for count in (stopped.total(), stopped["honest"], stopped["hidden"], stopped["swap"])
        )
        lines.append(f"{name:<32}{every:>8.1f}{nothing:>14.1f}{hidden:>8.1f}{swaps:>9.1f}")
    return lines
