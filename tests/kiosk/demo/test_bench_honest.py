"""Somebody who bags what is scanned and nothing else, and takes the bags home."""

from msgspec.structs import replace

from kiosk.checkout.lane import Lane
from kiosk.checkout.shelf import Move, Shelf
from kiosk.checkout.state import Phase, State
from kiosk.demo.bench.honest import THING_G, Bagger, honest_load_g

SHOPPING = State(lane=Lane(store="s001", till="k01"), phase=Phase.SCANNING)


def shelf(*moves: Move, seen_g: int = 500, known: bool = True) -> State:
    return replace(SHOPPING, shelf=Shelf(known=known, seen_g=seen_g, settled_g=500, moves=moves))


def test_what_is_awaited_comes_and_goes() -> None:
    bread, unknown, milk = Move(2, 400_600, 0), Move(1, 0, 0), Move(-1, 1_000_000, 0)
    assert honest_load_g(shelf(bread, unknown), 500) == 500 + 2 * 401 + THING_G
    assert honest_load_g(shelf(milk), 1_500) == 0


def test_what_is_not_awaited_is_left_as_it_is() -> None:
    bread = Move(1, 400_000, 0)
    assert honest_load_g(shelf(), 850) == 850
    assert honest_load_g(shelf(replace(bread, how="waived")), 500) == 500
    assert honest_load_g(shelf(bread, seen_g=850), 850) == 850
    assert honest_load_g(shelf(bread, known=False), 0) == 0


def test_after_the_visit_the_bags_are_gone() -> None:
    assert honest_load_g(replace(SHOPPING, phase=Phase.THANKS), 1_500) == 0
    assert honest_load_g(replace(SHOPPING, phase=Phase.RECEIPT), 1_500) == 1_500


def test_nothing_is_done_twice_for_one_look_at_the_lane() -> None:
    bagger, seen = Bagger(), shelf(Move(1, 400_000, 0))
    assert bagger.load_g(seen, 500) == 900
    assert bagger.load_g(seen, 900 + 350) == 900 + 350, "a hand was there meanwhile"
    assert bagger.load_g(replace(seen, shelf=Shelf(known=True, seen_g=900, settled_g=900)), 900) == 900
    assert bagger.load_g(seen, 500) == 900, "and of the next thing it is asked anew"


def test_by_hand_it_does_nothing() -> None:
    bagger = Bagger()
    bagger.by_itself = False
    assert bagger.load_g(shelf(Move(1, 400_000, 0)), 500) == 500
