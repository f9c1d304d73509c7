"""Lots fall at the rate that the shop wants, the same for ever, and one says nothing of the next."""

from itertools import pairwise

import pytest

from kiosk.checkout.drawing_lots import commitment, is_drawn, period_secret

SECRET = period_secret("seed", 1)
NUMBERS = range(1, 100_001)


def test_they_fall_at_the_rate_and_one_says_nothing_of_the_next() -> None:
    """Of a hundred thousand, and of those that follow a drawn one, 5 % are drawn."""
    drawn = [is_drawn(SECRET, number, 50) for number in NUMBERS]
    assert abs(sum(drawn) - 5_000) <= 350  # five standard deviations
    after = [now for before, now in pairwise(drawn) if before]
    assert abs(sum(after) * 20 - len(after)) <= 20 * 80


def test_they_are_the_same_for_ever() -> None:
    assert [n for n in range(1, 101) if is_drawn(SECRET, n, 50)] == [5, 10, 13, 15, 18, 42, 80]


@pytest.mark.parametrize(("rate", "drawn"), [(0, 0), (1_000, 500)])
def test_no_rate_draws_nobody_and_the_whole_everybody(rate: int, drawn: int) -> None:
    assert sum(is_drawn(SECRET, n, rate) for n in range(1, 501)) == drawn


def test_every_period_has_a_secret_of_its_own_and_a_commitment_binds_all_that_the_draw_depends_on() -> None:
    assert len({period_secret("seed", n) for n in range(100)} | {period_secret("other", 1)}) == 101
    said = ("s001", "k01", 1, "2026-11-26", 50)
    others = [("s002", *said[1:]), ("s001", "k02", *said[2:]), (*said[:2], 2, *said[3:]), (*said[:4], 51)]
    made = {commitment(SECRET, *one) for one in [said, *others]} | {commitment(period_secret("seed", 2), *said)}  # type: ignore[arg-type]
    assert len(made) == 6
