"""The bagging area by numbers: the promises about false alarms and misses, on a small sample with a fixed seed."""

from functools import cache

from kiosk.checkout.weights import MG, Seen, learn, tolerance_mg
from kiosk.world.bagging_trial import CLASSES, Trial, fixed, ours, rates, table, trials


@cache
def _trials() -> list[Trial]:
    return trials(seed=3, baskets=400, each=6)


def _of(name: str) -> list[Trial]:
    belongs = dict(CLASSES)[name]
    return [trial for trial in _trials() if belongs(trial)]


def test_things_that_vary_little_are_rarely_stopped_and_hide_little() -> None:
    found = rates(_of("spread to 12 g"), ours)
    assert found.false_alarms <= found.tried // 100
    assert found.missed <= found.tried // 10


def test_a_fixed_tolerance_with_as_many_false_alarms_misses_more_than_twice_as_much() -> None:
    everything = _of("all things")
    _, stops = fixed(everything)
    learned, baseline = rates(everything, ours), rates(everything, stops)
    assert baseline.false_alarms <= learned.false_alarms
    assert learned.missed * 2 <= baseline.missed
    assert learned.swaps_missed < baseline.swaps_missed


def test_the_table_has_a_line_for_each_class_and_judge_and_is_the_same_every_time() -> None:
    lines = table(_trials(), 3, 400)
    assert sum(line[20:].startswith("learned ") for line in lines) == len(CLASSES)
    assert table(trials(seed=3, baskets=400, each=6), 3, 400) == lines


def test_a_gang_that_swaps_one_label_for_months_teaches_nothing() -> None:
    """A fifth of all things under this label are another product, 60 g heavier: stopped, and not learned."""
    seen = Seen()
    stopped = 0
    for n in range(400):
        seen = learn(seen, (510 + n % 7 - 3) * MG, 510)
        room = tolerance_mg(seen.spread_mg**2, seen.mean_mg, 5, above=True)
        if n % 5 == 0 and 570 * MG - seen.mean_mg > room:
            stopped += 1
        elif n % 5 == 0:
            seen = learn(seen, 570 * MG, 510)
    assert stopped >= 78
    assert abs(seen.mean_mg - 510 * MG) < 2 * MG
