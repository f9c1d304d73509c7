"""The bagging area by numbers: the promises about false alarms and misses, on a small sample with a fixed seed."""

from functools import cache

from kiosk.checkout.weights import MG, Seen, learned, tolerance_mg
from kiosk.world.bagging_table import CLASSES, best, fixed, interventions, ours, rates, table
from kiosk.world.bagging_trial import BASKET, Shop, Trial, bagged, learned_shop, trials


@cache
def _shop() -> Shop:
    return learned_shop(seed=3, baskets=400)


@cache
def _trials() -> list[Trial]:
    return trials(_shop(), each=6)


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
    learned_, baseline = rates(everything, ours), rates(everything, stops)
    assert baseline.false_alarms <= learned_.false_alarms
    assert learned_.missed * 2 <= baseline.missed
    assert learned_.swaps_missed < baseline.swaps_missed


def test_whoever_knows_the_truth_misses_no_more_with_as_many_false_alarms() -> None:
    for name in ("all things", "spread over 12 g"):
        some = _of(name)
        bound, own, baseline = (rates(some, judge) for judge in (best(some), ours, fixed(some)[1]))
        assert bound.false_alarms <= own.false_alarms
        assert bound.missed <= own.missed < baseline.missed


def test_the_tables_have_a_line_for_each_class_and_judge_and_are_the_same_every_time() -> None:
    lines = table(_trials())
    for judge, count in (("learned ", len(CLASSES)), ("fixed ", 2 * len(CLASSES) - 1), ("bound ", len(CLASSES))):
        assert sum(line[20:].startswith(judge) for line in lines) == count
    assert table(trials(learned_shop(seed=3, baskets=400), each=6)) == lines


def test_baskets_as_they_are_sold_are_stopped_for_nothing_as_often_and_more_is_found() -> None:
    baskets = 200
    sold = bagged(learned_shop(seed=3, baskets=400), baskets)
    assert len(sold) == baskets * BASKET
    _, *rows = interventions(sold)
    learned_, baseline, perfect = ([float(cell) for cell in row[32:].split()] for row in rows)
    for stops, nothing, hidden, swaps in (learned_, baseline, perfect):
        assert abs(stops - nothing - hidden - swaps) < 0.2
    assert perfect[1] == 0 < baseline[1] <= learned_[1]
    assert baseline[2] < learned_[2] <= perfect[2] and baseline[3] <= learned_[3] <= perfect[3]


def test_a_gang_that_swaps_one_label_for_months_teaches_nothing() -> None:
    """A fifth of all things under this label are another product, 60 g heavier: stopped, and not learned."""
    weights_mg: list[int] = []
    seen = Seen()
    stopped = 0
    for n in range(400):
        weights_mg.append((510 + n % 7 - 3) * MG)
        seen = learned(weights_mg, 510)
        room = tolerance_mg(seen.spread_mg**2, seen.mean_mg, 5, above=True)
        if n % 5 == 0 and 570 * MG - seen.mean_mg > room:
            stopped += 1
        elif n % 5 == 0:
            weights_mg.append(570 * MG)
    assert stopped >= 78
    assert abs(seen.mean_mg - 510 * MG) < 2 * MG
