"""The same screen on every panel: larger or smaller, never stretched, and a touch lands where the eye is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.fitting import fit, fitting
from kiosk.ui.scene import Box, Button, Label, Mark, Rect, Row, Scene, Word

SCENE = Scene(
    "s",
    (1280, 800),
    "ground",
    (
        Box(Rect(0, 0, 640, 800), "paper", outline="line", outline_px=2, radius=20),
        Label(Rect(10, 10, 100, 40), "Total", 28),
        Row(Rect(0, 100, 400, 88), (Mark("close", 38), Word("Close", 28)), 16),
        Button(Rect(640, 0, 640, 800), None, "Pay"),
    ),
)


def test_the_design_size_is_left_alone() -> None:
    assert fit(SCENE, (1280, 800)) is SCENE


def test_everything_grows_alike() -> None:
    box, label, row, button = fit(SCENE, (2560, 1600)).elements
    assert box == Box(Rect(0, 0, 1280, 1600), "paper", outline="line", outline_px=4, radius=40)
    assert label == Label(Rect(20, 20, 200, 80), "Total", 56)
    assert row == Row(Rect(0, 200, 800, 176), (Mark("close", 76), Word("Close", 56)), 32)
    assert isinstance(button, Button)
    assert (button.rect, button.radius, button.name) == (Rect(1280, 0, 1280, 1600), 40, "Pay")


def test_a_wider_panel_gets_ground_at_both_sides() -> None:
    scene = fit(SCENE, (1920, 1080))
    assert scene.size == (1920, 1080)
    assert scene.elements[0].rect == Rect(96, 0, 864, 1080)


def test_an_outline_never_vanishes() -> None:
    box = fit(SCENE, (320, 200)).elements[0]
    assert isinstance(box, Box)
    assert box.outline_px == 1


@pytest.mark.parametrize("panel", [(1280, 800), (1920, 1080), (1024, 600), (800, 480), (1080, 1920)])
def test_neighbours_stay_neighbours(panel: tuple[int, int]) -> None:
    left, *_, right = fit(SCENE, panel).elements
    assert left.rect.x + left.rect.w == right.rect.x


@given(st.integers(1, 4000), st.integers(1, 4000), st.integers(0, 1279), st.integers(0, 799))
def test_a_touch_on_a_thing_is_a_touch_on_the_same_thing(w: int, h: int, x: int, y: int) -> None:
    how = fitting((1280, 800), (w + 200, h + 200))
    seen = how.forth(Rect(x, y, 1, 1))
    back = how.back(seen.x, seen.y)
    assert abs(back[0] - x) <= 1 / how.scale + 1
    assert abs(back[1] - y) <= 1 / how.scale + 1
