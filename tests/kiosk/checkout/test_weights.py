"""What one thing weighs: a new one as its label says, a known one as was seen; nobody teaches much that is wrong."""

from statistics import NormalDist

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from shopping import BREAD

from kiosk.checkout.item import Item
from kiosk.checkout.weights import FEW, MG, Seen, expected, learned, new_spread_mg, tolerance_mg

LABEL_G = 510
LOAF = replace(BREAD, weight_g=LABEL_G)
_WEIGHTS = st.lists(st.integers(1, 20_000 * MG), max_size=60)


def _taught(weights_g: list[int], label_g: int = LABEL_G) -> Seen:
    return learned([grams * MG for grams in weights_g], label_g)


def _known(seen: Seen) -> Item:
    return replace(BREAD, weight_seen=seen.count, weight_mean_mg=seen.mean_mg, weight_spread_mg=seen.spread_mg)


def test_a_new_thing_weighs_what_its_label_says_as_loosely_as_packers_are_allowed() -> None:
    assert expected(LOAF).mean_mg == LABEL_G * MG
    assert [new_spread_mg(g) for g in (10, 75, 150, 250, 400, 800, 2_000, 12_000, 30_000)] == [
        1_000, 4_000, 6_750, 9_000, 12_000, 15_000, 30_000, 150_000, 300_000,
    ]  # fmt: skip


def test_a_thing_without_a_label_is_unknown_until_a_few_were_seen() -> None:
    assert expected(BREAD).mean_mg == 0
    weights_g = [480, 500, 520, 500, 490]
    assert expected(_known(_taught(weights_g[: FEW - 1], label_g=0))).mean_mg == 0
    assert abs(expected(_known(_taught(weights_g, label_g=0))).mean_mg - 500 * MG) < 15 * MG


def test_the_first_of_all_may_be_swapped_and_every_honest_one_after_it_still_passes() -> None:
    passed, stopped = [900], 0
    for n in range(40):
        weight_g, one = 500 + n % 7 - 3, expected(_known(_taught(passed, label_g=0)))
        room = tolerance_mg(one.spread_mg**2, one.mean_mg, 5, above=weight_g * MG > one.mean_mg)
        if not one.mean_mg or abs(weight_g * MG - one.mean_mg) <= room:
            passed.append(weight_g)
        else:
            stopped += 1
    assert stopped == 0
    seen = _taught(passed, label_g=0)
    assert abs(seen.mean_mg - 500 * MG) < 2 * MG
    assert seen.spread_mg < 20 * MG


def test_a_thing_whose_heavy_ones_are_stopped_is_still_known_by_its_true_mean() -> None:
    """Day by day only what passes teaches: the heavy ones are missing, and neither mean nor spread sinks for it."""
    # The quantiles of a normal law with mean 300 g and spread 30 g, in an order without a pattern.
    law = NormalDist(300, 30)
    weights_mg = [round(law.inv_cdf((n * 37 % 101 + 0.5) / 101) * MG) for n in range(101)]
    passed, seen = weights_mg[:10], learned(weights_mg[:10], 0)
    for n in range(600):
        one, weight_mg = expected(_known(seen)), weights_mg[n % 101]
        off = weight_mg - one.mean_mg
        if abs(off) <= tolerance_mg(one.spread_mg**2, one.mean_mg, 5, above=off > 0):
            passed.append(weight_mg)
        if n % 20 == 0:
            seen = learned(passed, 0)
    assert abs(seen.mean_mg - 300 * MG) < 3 * MG
    assert abs(seen.spread_mg - 30 * MG) < 3 * MG


def test_what_was_weighed_on_the_lane_weighs_that() -> None:
    assert expected(replace(BREAD, sold_by="kg", tare_g=5), 395).mean_mg == 400 * MG


def test_the_mean_and_the_spread_of_what_was_seen_are_learned() -> None:
    seen = _taught([530, 534, 526, 530, 534, 526, 528, 532] * 20)
    assert abs(seen.mean_mg - 530 * MG) < 1 * MG
    assert 2_000 < seen.spread_mg < 5_000


def test_a_swapped_label_moves_nothing_far() -> None:
    honest = [512, 508, 510, 511, 509] * 10
    before, after = _taught(honest), _taught([*honest, 900])
    assert abs(after.mean_mg - before.mean_mg) < MG // 2
    assert after.spread_mg < before.spread_mg * 5 // 4


def test_what_was_hidden_with_a_thing_that_nothing_named_is_left_out_when_more_is_known() -> None:
    seen = _taught([400, 403, 397, 401, 399] * 8 + [450] * 3, label_g=0)
    assert abs(seen.mean_mg - 400 * MG) < 1 * MG


def test_a_hundred_swapped_labels_stay_near_the_label() -> None:
    assert _taught([900] * 100).mean_mg <= LABEL_G * MG * 115 // 100


@given(_WEIGHTS, st.integers(0, 15_000))
def test_whatever_is_weighed_the_statistics_stay_within_bounds(weights_mg: list[int], label_g: int) -> None:
    seen = learned(weights_mg, label_g)
    assert seen.count == len(weights_mg)
    assert not weights_mg or 1 * MG <= seen.spread_mg <= max(10 * MG, seen.mean_mg // 4)
    assert not label_g or not weights_mg or abs(seen.mean_mg - label_g * MG) <= max(25 * MG, label_g * 150)


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**7))
def test_more_spread_is_never_less_tolerance(variance: int, more: int, mean_mg: int) -> None:
    above, below = (tolerance_mg(variance, mean_mg, 5, above=side) for side in (True, False))
    assert above <= tolerance_mg(variance + more, mean_mg, 5, above=True)
    assert above <= below
