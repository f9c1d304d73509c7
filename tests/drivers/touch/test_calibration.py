"""Four touched crosses become six numbers, or a refusal in words."""

import random

import pytest

from drivers.touch.calibration import CROSSES, Wild, fit
from drivers.touch.matrix import IDENTITY, TURNS, Matrix


def test_crosses_that_were_touched_where_they_are_change_nothing() -> None:
    assert fit(CROSSES, CROSSES) == pytest.approx(IDENTITY, abs=1e-9)


@pytest.mark.parametrize(
    "layer",
    [Matrix(1.1, 0.01, -0.05, -0.02, 0.93, 0.04), TURNS[90], TURNS[270], Matrix(-1, 0, 1, 0, 1, 0)],
    ids=["skewed", "turned right", "turned left", "mirrored"],
)
def test_a_layer_that_lies_otherwise_is_found(layer: Matrix) -> None:
    found = fit([layer.point(*cross) for cross in CROSSES], CROSSES)
    for place in [(0.0, 0.0), (0.5, 0.5), (0.3, 0.8), (1.0, 1.0)]:
        assert found.point(*layer.point(*place)) == pytest.approx(place, abs=1e-9)


def test_hands_that_are_a_little_off_are_evened_out() -> None:
    chance = random.Random(3)
    touched = [(x + chance.uniform(-0.005, 0.005), y + chance.uniform(-0.005, 0.005)) for x, y in CROSSES]
    assert fit(touched, CROSSES).point(0.5, 0.5) == pytest.approx((0.5, 0.5), abs=0.005)


@pytest.mark.parametrize(
    ("touched", "words"),
    [
        ([(0.5, 0.5)] * 4, "at one place"),
        ([(0.1, 0.1), (0.4, 0.4), (0.6, 0.6), (0.9, 0.9)], "along one line"),
        ([(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.9, 0.1)], "missed"),
        ([(0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9)], "missed|another panel"),
        ([(0.5, 0.5), (0.52, 0.5), (0.52, 0.52), (0.5, 0.52)], "another panel"),
    ],
    ids=["one place", "one line", "one missed", "wrong order", "much too small"],
)
def test_what_cannot_have_been_the_crosses_is_refused(touched: list[tuple[float, float]], words: str) -> None:
    with pytest.raises(Wild, match=words):
        fit(touched, CROSSES)
