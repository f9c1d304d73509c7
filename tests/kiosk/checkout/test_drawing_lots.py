"""Lots fall at the rate that the shop wants, the same for ever, and nobody can turn one without it showing."""

from itertools import pairwise

import pytest
from msgspec.structs import replace
from shopping import BREAD, Checkout

from kiosk.app.audit_proof import prove
from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.drawing_lots import commitment, day_secret, is_drawn
from kiosk.checkout.sale import ClearedIntervention

SECRET = day_secret("seed", "2026-11-26")
NUMBERS = range(1, 20_001)


@pytest.mark.parametrize("rate", [0, 10, 50, 333, 1000])
def test_they_fall_at_the_rate(rate: int) -> None:
    drawn = sum(is_drawn(SECRET, number, rate) for number in NUMBERS)
    assert abs(drawn - len(NUMBERS) * rate // 1000) <= 300
    assert drawn in (0, len(NUMBERS)) or 0 < rate < 1000


def test_the_next_one_says_nothing_of_the_one_before() -> None:
    """Of those that follow a drawn one, as many are drawn as of all."""
    drawn = [is_drawn(SECRET, number, 500) for number in NUMBERS]
    after = [now for before, now in pairwise(drawn) if before]
    assert abs(2 * sum(after) - len(after)) <= 400


def test_every_day_has_lots_of_its_own_and_its_secret_says_nothing_of_the_seed() -> None:
    other = day_secret("seed", "2026-11-27")
    assert other != SECRET and "seed" not in SECRET
    assert [is_drawn(SECRET, n, 500) for n in range(64)] != [is_drawn(other, n, 500) for n in range(64)]
    assert len({commitment(SECRET, "s001", till, "2026-11-26") for till in ("k01", "k02")}) == 2


def test_a_look_that_was_not_drawn_and_a_lot_that_was_not_looked_at_are_named() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card()
    made = replace(shop.of(f.RecordSale)[0].sale, business_day="2026-11-26")
    drawn = next(n for n in NUMBERS if is_drawn(SECRET, n, 100))
    other = next(n for n in NUMBERS if not is_drawn(SECRET, n, 100))
    looked = ClearedIntervention("audit", "", "", "u1", "lane", "random: passed")
    right = replace(made, visit=drawn, interventions=(looked,))
    (day,) = prove([right, replace(made, visit=other)], "seed", 100)
    assert day.problems == () and day.drawn == (drawn,)
    (day,) = prove([replace(made, visit=drawn), replace(made, visit=other, interventions=(looked,))], "seed", 100)
    assert len(day.problems) == 2
