"""What one thing weighs: a new one as its label says, a known one as was seen; nobody teaches much that is wrong."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from shopping import BREAD

from kiosk.checkout.weights import MG, Seen, expected, learn, new_spread_mg, tolerance_mg

LABEL_G = 510
LOAF = replace(BREAD, weight_g=LABEL_G)
_WEIGHTS = st.lists(st.integers(1, 20_000 * MG), max_size=60)


def _taught(weights_g: list[int], label_g: int = LABEL_G) -> Seen:
    seen = Seen()
    for grams in weights_g:
        seen = learn(seen, grams * MG, label_g)
    return seen


def test_a_new_thing_weighs_what_its_label_says_as_loosely_as_packers_are_allowed() -> None:
    assert expected(LOAF).mean_mg == LABEL_G * MG
    assert [new_spread_mg(g) for g in (10, 75, 150, 250, 400, 800, 2_000, 12_000, 30_000)] == [
        1_000, 4_000, 6_750, 9_000, 12_000, 15_000, 30_000, 150_000, 300_000,
    ]  # fmt: skip


def test_a_thing_without_a_label_is_unknown_until_it_was_seen() -> None:
    assert expected(BREAD).mean_mg == 0
    seen = _taught([480, 500, 520, 500], label_g=0)
    known = replace(BREAD, weight_seen=seen.count, weight_mean_mg=seen.mean_mg, weight_spread_mg=seen.spread_mg)
    assert abs(expected(known).mean_mg - 500 * MG) < 15 * MG


def test_what_was_weighed_on_the_lane_weighs_that() -> None:
    assert expected(replace(BREAD, sold_by="kg", tare_g=5), 395).mean_mg == 400 * MG


def test_the_mean_and_the_spread_of_what_was_seen_are_learned() -> None:
    seen = _taught([530, 534, 526, 530, 534, 526, 528, 532] * 20)
    assert abs(seen.mean_mg - 530 * MG) < 1 * MG
    assert 2_000 < seen.spread_mg < 5_000


def test_a_swapped_label_moves_nothing_far() -> None:
    before = _taught([512, 508, 510, 511, 509] * 10)
    after = learn(before, 900 * MG, LABEL_G)
    assert abs(after.mean_mg - before.mean_mg) < MG // 2
    assert after.spread_mg < before.spread_mg * 5 // 4


def test_a_hundred_swapped_labels_stay_near_the_label() -> None:
    assert _taught([900] * 100).mean_mg <= LABEL_G * MG * 115 // 100


@given(_WEIGHTS, st.integers(0, 15_000))
def test_whatever_is_weighed_the_statistics_stay_within_bounds(weights_mg: list[int], label_g: int) -> None:
    seen = Seen()
    for weight_mg in weights_mg:
        seen = learn(seen, weight_mg, label_g)
        assert 1 * MG <= seen.spread_mg <= max(10 * MG, seen.mean_mg // 4)
        assert not label_g or abs(seen.mean_mg - label_g * MG) <= max(25 * MG, label_g * 150)
    assert seen.count == len(weights_mg)


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**7))
def test_more_spread_is_never_less_tolerance(variance: int, more: int, mean_mg: int) -> None:
    above, below = (tolerance_mg(variance, mean_mg, 5, above=side) for side in (True, False))
    assert above <= tolerance_mg(variance + more, mean_mg, 5, above=True)
    assert above <= below
