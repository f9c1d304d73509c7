"""High contrast: what colour tells elsewhere is told by frames, plates and an octagon (DESIGN-UI 2.3)."""

from pathlib import Path

import pygame
import pytest
from msgspec.structs import replace

from kiosk.checkout.settings import Settings
from kiosk.ui import gallery, theme
from kiosk.ui.painter import render_png
from kiosk.ui.scene import Box, Button, Icon, Label, Picture, Rect, Scene, buttons
from kiosk.ui.shots import variants, words_of_gallery
from kiosk.ui.show import scene as make_scene

SCENES = variants()
YELLOW, WHITE, BLACK = (255, 230, 0), (255, 255, 255), (0, 0, 0)


@pytest.fixture
def painted(tmp_path: Path) -> pygame.Surface:
    """A barcode that nobody knows, with the last item and the slip."""
    return paint(SCENES["02-high-contrast"], tmp_path)


def paint(scene: Scene, folder: Path) -> pygame.Surface:
    render_png(scene, folder / "painted.png")
    return pygame.image.load(folder / "painted.png")


def colours(surface: pygame.Surface, places: list[tuple[int, int]]) -> list[tuple[int, ...]]:
    return [tuple(surface.get_at(place))[:3] for place in places]


def test_the_paper_has_a_white_outline_of_4_px_and_black_inside(painted: pygame.Surface) -> None:
    slip = next(e.rect for e in SCENES["02-high-contrast"].elements if isinstance(e, Box) and e.shadow == "slip")
    right = slip.x + slip.w - 1
    edges = [(x, 150) for x in (*range(slip.x, slip.x + 4), *range(right - 3, right + 1))]
    assert colours(painted, edges) == [WHITE] * 8
    assert colours(painted, [(slip.x + 5, 150), (right - 5, 150), (slip.x - 1, 150)]) == [BLACK] * 3


def test_a_thing_is_pictured_on_a_white_plate(painted: pygame.Surface) -> None:
    picture = next(
        e.rect for e in SCENES["02-high-contrast"].elements if isinstance(e, Picture) and "logo" not in e.source
    )
    assert colours(painted, [(picture.x + 6, picture.y + picture.h // 2)]) == [WHITE]


def test_the_newest_line_is_framed_in_yellow_and_not_filled(painted: pygame.Surface) -> None:
    frame = next(e for e in SCENES["02-high-contrast"].elements if isinstance(e, Box) and e.outline == "sun")
    middle = frame.rect.y + frame.rect.h // 2
    assert frame.outline_px == 6
    assert colours(painted, [(frame.rect.x + 3, middle), (frame.rect.x + 8, middle)]) == [YELLOW, BLACK]


def test_what_was_refused_is_framed_with_an_octagon() -> None:
    for name in ("02-high-contrast", "12-high-contrast"):
        elements = SCENES[name].elements
        assert [e.outline_px for e in elements if isinstance(e, Box) and e.outline == "ink"] == [6]
        assert "alert-octagon" in [e.name for e in elements if isinstance(e, Icon)]


def test_words_and_icons_of_controls_are_yellow_those_of_the_page_white() -> None:
    scene = SCENES["20e-high-contrast-pay"]
    back = next(e.rect for e in scene.elements if isinstance(e, Button) and e.name == "Cash")
    named = {e.text: e.colour for e in scene.elements if isinstance(e, Label) and _within(e.rect, back)}
    assert theme.HIGH_CONTRAST[named["Cash"]][:3] == YELLOW
    assert theme.HIGH_CONTRAST[named["Staff will take it here"]][:3] == WHITE


def _within(inner: Rect, outer: Rect) -> bool:
    return outer.x <= inner.x < outer.x + outer.w and outer.y <= inner.y < outer.y + outer.h


def test_what_is_chosen_has_one_tick_and_a_frame() -> None:
    for stop, chosen in (
        ("04a-picker", "Popular"),
        ("19d-staff-line", "Rye bread, sliced"),
        ("01-languages", "English"),
    ):
        state, view = gallery.visit_to(stop, "en")
        scene = make_scene(replace(state, settings=Settings(high_contrast=True)), view, words_of_gallery()["en"])
        button = next(e for e in buttons(scene) if e.name == chosen)
        ticks = [e for e in scene.elements if isinstance(e, Icon) and e.name == "check-circle"]
        assert [_within(tick.rect, button.rect._replace(y=button.rect.y - 6)) for tick in ticks].count(True) == 1, stop


def test_an_address_that_cannot_be_is_framed_with_an_octagon() -> None:
    state, view = gallery.visit_to("14c-bad-address", "en")
    scene = make_scene(replace(state, settings=Settings(high_contrast=True)), view, words_of_gallery()["en"])
    assert "alert-octagon" in [e.name for e in scene.elements if isinstance(e, Icon)]


def test_a_shops_own_ink_goes_for_its_buttons_too() -> None:
    own = theme.override(theme.NORMAL, "own", {"ink": "#000020", "primary-soft": "#D0F0E0"})
    assert own["label"] == own["ink"] and own["plate"] == own["primary-soft"]


def test_every_look_has_the_same_roles() -> None:
    assert theme.NORMAL.colours.keys() == theme.HIGH_CONTRAST.colours.keys()
    assert gallery.VARIANTS["02-high-contrast"].settings.high_contrast
