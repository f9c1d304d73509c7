"""The shelf explains changes of weight by what is on its way, and names what is left."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from shopping import BREAD, WATER

from kiosk.checkout.lane import BaggingLimits
from kiosk.checkout.shelf import Shelf, fresh, judged, rest_g, with_things

LIMITS = BaggingLimits()
LOAF = replace(BREAD, weight_g=510)
BOTTLE = replace(WATER, weight_g=350)
DOG_FOOD = replace(WATER, gtin="9520001500138", weight_g=10_120)
CARD = replace(BREAD, gtin="9520001520044", weight_g=12)
ROLL = replace(BREAD, gtin="8001")
EMPTY = Shelf(known=True)


def _after(shelf: Shelf, *grams: int) -> Shelf:
    for more in grams:
        shelf = judged(replace(shelf, seen_g=shelf.seen_g + more), LIMITS, 1)
    return shelf


def test_a_thing_is_waited_for_until_its_weight_comes() -> None:
    waiting = judged(with_things(EMPTY, LOAF, 1, None), LIMITS, 1)
    assert waiting.kind == "place"
    assert _after(waiting, 505).kind == ""


def test_two_things_may_come_together_or_one_by_one_in_any_order() -> None:
    both = with_things(with_things(EMPTY, LOAF, 1, None), BOTTLE, 1, None)
    assert _after(both, 865).kind == ""
    assert _after(both, 350).kind == "place"
    assert _after(both, 350, 510).kind == ""


def test_six_bottles_may_come_in_any_portions() -> None:
    six = with_things(EMPTY, BOTTLE, 6, None)
    assert _after(six, 700, 350, 1050).kind == ""
    assert _after(six, 700, 350).kind == "place"


def test_ninety_nine_of_one_are_judged_quickly_enough_to_be_placed_one_by_one() -> None:
    crowd = with_things(with_things(EMPTY, BOTTLE, 99, None), LOAF, 99, None)
    assert _after(crowd, 350, 510).moves[0].count == 98


def test_what_nobody_scanned_is_extra_and_what_goes_is_missing() -> None:
    assert _after(EMPTY, 50).kind == "extra"
    full = Shelf(known=True, seen_g=900, settled_g=900)
    assert _after(full, -500).kind == "missing"
    assert _after(full, -895).kind == "emptied"
    assert _after(with_things(EMPTY, LOAF, 1, None), 510 + 90).kind == "extra"


def test_a_removed_thing_must_leave_unless_it_never_came() -> None:
    placed = _after(with_things(EMPTY, LOAF, 1, None), 510)
    assert judged(with_things(placed, LOAF, -1, None), LIMITS, 1).kind == "takeback"
    assert _after(with_things(placed, LOAF, -1, None), -512).kind == ""
    assert judged(with_things(with_things(EMPTY, LOAF, 1, None), LOAF, -1, None), LIMITS, 1).kind == ""


def test_one_thing_for_another_in_one_lift() -> None:
    placed = _after(with_things(EMPTY, LOAF, 1, None), 510)
    swapped = with_things(with_things(placed, LOAF, -1, None), BOTTLE, 1, None)
    assert _after(swapped, 350 - 510).kind == ""


def test_light_and_unknown_things_are_not_waited_for_but_may_come() -> None:
    for item, grams in ((CARD, 12), (ROLL, 70)):
        shelf = with_things(EMPTY, item, 1, None)
        assert judged(shelf, LIMITS, 1).kind == ""
        assert _after(shelf, grams).kind == ""
    assert _after(with_things(EMPTY, ROLL, 1, None), LIMITS.unknown_g + 5).kind == "extra"


def test_only_a_single_thing_of_known_kind_is_learned_from() -> None:
    assert _after(with_things(EMPTY, LOAF, 1, None), 515).weights == ((LOAF.gtin, 515),)
    assert _after(with_things(EMPTY, LOAF, 2, None), 1020).weights == ()
    assert _after(with_things(with_things(EMPTY, LOAF, 1, None), BOTTLE, 1, None), 860).weights == ()


def test_drift_is_followed_but_not_for_ever() -> None:
    drifting = _after(EMPTY, *[5] * 10)
    assert drifting.kind == ""
    assert rest_g(drifting) == 0
    assert _after(drifting, *[5] * 4).kind == "extra"


def test_a_weight_below_zero_is_only_a_floor() -> None:
    below = fresh(Shelf(known=True, seen_g=-40, settled_g=-40), LIMITS)
    assert _after(with_things(below, LOAF, 1, None), 510).kind == ""


def test_ten_kilograms_of_dog_food_may_be_a_hundred_grams_off() -> None:
    assert _after(with_things(EMPTY, DOG_FOOD, 1, None), 10_220).kind == ""


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([LOAF, BOTTLE, DOG_FOOD, CARD, ROLL]), st.integers(-3, 3)),
        st.integers(-2_000, 2_000),
    ),
    max_size=25,
)


@given(_STEPS)
def test_whatever_happens_the_shelf_has_an_answer_and_accepting_ends_it(steps: list[tuple[object, int] | int]) -> None:
    shelf = EMPTY
    for one in steps:
        if isinstance(one, int):
            shelf = _after(shelf, one)
        else:
            shelf = judged(with_things(shelf, one[0], one[1], None), LIMITS, 1)  # type: ignore[arg-type]
        assert all(move.count for move in shelf.moves)
        assert judged(shelf, LIMITS, 2) == shelf
    assert judged(replace(shelf, settled_g=shelf.seen_g, moves=()), LIMITS, 1).kind == ""
