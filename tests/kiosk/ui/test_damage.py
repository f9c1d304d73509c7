"""The difference of two scenes, as rectangles."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.damage import MOST, Area, Piece, damage, merged

AREAS = st.builds(Area, st.integers(0, 1200), st.integers(0, 700), st.integers(1, 80), st.integers(1, 80))


def piece(key: str, x: int) -> Piece:
    return Piece(key, Area(x, 0, 10, 10))


A, B, C, D = piece("a", 0), piece("b", 100), piece("c", 200), piece("d", 300)


def test_equal_scenes_have_no_damage() -> None:
    assert damage([A, B, C], [A, B, C]) == []


def test_what_came_and_what_went_is_damaged() -> None:
    assert damage([A, B], [A, B, C]) == [C.area]
    assert damage([A, B, C], [A, C]) == [B.area]
    assert damage([A], [C]) == [A.area, C.area]


def test_what_lies_in_another_order_is_damaged() -> None:
    assert set(damage([A, B], [B, A])) & {A.area, B.area}
    assert set(damage([A, B, C], [C, B, A, D])) & {A.area, C.area}


def test_a_second_equal_thing_is_another_thing() -> None:
    assert damage([A], [A, A]) == [A.area]


def test_what_covers_nothing_damages_nothing() -> None:
    assert damage([], [Piece("empty", Area(5, 5, 0, 0))]) == []


@given(st.lists(AREAS, max_size=80))
def test_merged_rectangles_cover_all_and_are_few_and_apart(areas: list[Area]) -> None:
    out = merged(areas)
    assert len(out) <= MOST
    for a in areas:
        assert any(o.x <= a.x and o.y <= a.y and a.x + a.w <= o.x + o.w and a.y + a.h <= o.y + o.h for o in out)
    for i, a in enumerate(out):
        for b in out[:i]:
            assert not (a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h)
