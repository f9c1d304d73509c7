"""The ring round the place that keys have come to: as thick as designed on every side and in each look."""

from pathlib import Path

import pygame
import pytest
from msgspec.structs import replace

from kiosk.ui import focus, gallery
from kiosk.ui.painter import render_png
from kiosk.ui.scene import Rect, Scene
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene
from kiosk.ui.theme import HIGH_CONTRAST, NORMAL

WORDS = words_of_gallery()["en"]
GAP_PX, HALF_PX = 2, 6
SIDES = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}
RINGS = [
    ("02-scanning", "Pay", False),
    ("02-scanning", "Vine tomatoes", True),
    ("01-welcome", "Start", False),
    ("10-pay-choice", "Card", True),
]


def _scene(name: str, high_contrast: bool = False) -> Scene:
    state, view = gallery.visit_to(name, "en")
    return make_scene(replace(state, settings=replace(state.settings, high_contrast=high_contrast)), view, WORDS)


def _picture(scene: Scene, place: str, folder: Path) -> pygame.Surface:
    render_png(focus.ringed(scene, place), folder / "ringed.png")
    return pygame.image.load(folder / "ringed.png")


def _across(picture: pygame.Surface, rect: Rect, side: str, first: int, last: int) -> list[tuple[int, int, int]]:
    """Pixels outwards from the middle of that side, beginning so many from the button's own edge."""
    dx, dy = SIDES[side]
    x = rect.x + rect.w // 2 if not dx else rect.x if dx < 0 else rect.x + rect.w - 1
    y = rect.y + rect.h // 2 if not dy else rect.y if dy < 0 else rect.y + rect.h - 1
    return [tuple(picture.get_at((x + dx * step, y + dy * step)))[:3] for step in range(first, last)]


@pytest.mark.parametrize(("name", "place", "high"), RINGS)
def test_a_gap_then_a_dark_and_a_light_half_on_every_side(name: str, place: str, high: bool, tmp_path: Path) -> None:
    scene = _scene(name, high)
    picture, rect = _picture(scene, place, tmp_path), focus.places(scene)[place].rect
    dark, light = (HIGH_CONTRAST["ground"], HIGH_CONTRAST["ink"]) if high else (NORMAL["ink"], NORMAL["sun"])
    render_png(scene, tmp_path / "bare.png")
    bare = pygame.image.load(tmp_path / "bare.png")
    for side in SIDES:
        gap, inner = 1 + GAP_PX, 1 + GAP_PX + HALF_PX
        assert _across(picture, rect, side, 1, gap) == _across(bare, rect, side, 1, gap), side
        assert _across(picture, rect, side, gap, inner) == [dark[:3]] * HALF_PX, side
        assert _across(picture, rect, side, inner, inner + HALF_PX) == [light[:3]] * HALF_PX, side


def test_at_the_edge_of_the_screen_both_halves_are_as_thick(tmp_path: Path) -> None:
    scene = _scene("01-welcome")
    place = "Start by touching anywhere"
    rect = focus.places(scene)[place].rect
    assert rect.x == 0, "this button begins at the edge"
    picture = _picture(scene, place, tmp_path)
    seen = [tuple(picture.get_at((x, rect.y + rect.h // 2)))[:3] for x in range(2 * HALF_PX)]
    assert seen == [NORMAL["sun"][:3]] * HALF_PX + [NORMAL["ink"][:3]] * HALF_PX
