"""Each screen as text, and a few as pixels, compared with what was approved: `make shots` approves."""

from pathlib import Path

import pygame
import pytest

from kiosk.ui import fonts, gallery
from kiosk.ui.painter import render_png
from kiosk.ui.shots import PICTURED, variants, words_of_gallery
from kiosk.ui.show import scene as make_scene
from kiosk.ui.transcript import transcript

GOLDEN = Path(__file__).parents[3] / "golden" / "screens"
WORDS = words_of_gallery()
FAR = 48
"""A channel that differs by less is another rounding, not another picture."""


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("name", gallery.STOPS)
def test_the_screen_says_what_was_approved(name: str, language: str) -> None:
    shown = transcript(make_scene(*gallery.visit_to(name, language), WORDS[language]))
    approved = (GOLDEN / language / f"{name}.txt").read_text(encoding="utf-8")
    assert shown == approved, "if this is meant: make shots, look at the pictures, commit"


def test_each_variant_says_what_was_approved() -> None:
    for name, scene in variants().items():
        approved = (GOLDEN / "variants" / f"{name}.txt").read_text(encoding="utf-8")
        assert transcript(scene) == approved, f"{name}: if this is meant: make shots, look at the picture, commit"


def test_nothing_is_approved_that_is_not_shown() -> None:
    for language in WORDS:
        assert {path.stem for path in (GOLDEN / language).iterdir()} == set(gallery.STOPS)
    assert {path.stem for path in (GOLDEN / "variants").iterdir()} == set(gallery.VARIANTS)
    assert {path.stem for path in (GOLDEN / "png").glob("*.png")} == set(PICTURED)


@pytest.mark.parametrize("name", PICTURED)
def test_the_pixels_are_those_approved_wherever_the_fonts_are_the_same(name: str, tmp_path: Path) -> None:
    path = tmp_path / "shown.png"
    render_png(make_scene(*gallery.visit_to(name, "en"), WORDS["en"]), path)
    shown, approved = pygame.image.load(path), pygame.image.load(GOLDEN / "png" / f"{name}.png")
    same_fonts = (GOLDEN / "png" / "fonts.txt").read_text().strip() == fonts.digest()
    assert shown.get_size() == approved.get_size()
    assert _far_apart(shown, approved) <= (400 if same_fonts else 200_000)


def _far_apart(one: pygame.Surface, other: pygame.Surface) -> int:
    """How many pixels are plainly of another colour."""
    far = pygame.mask.from_threshold(one, (0, 0, 0), (FAR, FAR, FAR, 255), other)
    width, height = one.get_size()
    return width * height - far.count()
