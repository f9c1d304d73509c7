"""What people see: the right pixels, and the same ones whether all or only the difference is painted."""

from pathlib import Path

import painting
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.ui.fitting import fit
from kiosk.ui.painter import Painter, render_png
from kiosk.ui.scene import Box, Button, Dots, Element, Label, Picture, Progress, Rect, Scene, Zigzag
from kiosk.ui.theme import HIGH_CONTRAST, NORMAL


def painted(scene: Scene, theme: object = NORMAL, size: tuple[int, int] = painting.SIZE) -> pygame.Surface:
    canvas = pygame.Surface(size, 0, 32)
    canvas.fill((255, 0, 255))
    Painter(canvas, theme).paint(scene)  # type: ignore[arg-type]
    return canvas


def pixels(canvas: pygame.Surface) -> bytes:
    return pygame.image.tobytes(canvas, "RGB")


def role(canvas: pygame.Surface, x: int, y: int) -> str:
    """The first colour role that has exactly this pixel's colour."""
    found = tuple(canvas.get_at((x, y)))[:3]
    return next((name for name, colour in NORMAL.colours.items() if colour[:3] == found), str(found))


@settings(max_examples=60)
@given(
    st.lists(painting.ELEMENTS, max_size=6),
    st.lists(st.tuples(st.integers(0, 6), painting.ELEMENTS, st.booleans()), max_size=3),
    st.randoms(use_true_random=False),
)
def test_painting_the_difference_gives_the_pixels_of_painting_all(
    first: list[Element], changes: list[tuple[int, Element, bool]], random: object
) -> None:
    second = list(first)
    for place, element, instead in changes:
        second[place : place + instead] = [element]
    if len(second) > 1 and random.random() < 0.3:  # type: ignore[attr-defined]
        random.shuffle(second)  # type: ignore[attr-defined]
    canvas = pygame.Surface(painting.SIZE, 0, 32)
    painter = Painter(canvas)
    painter.paint(painting.scene(*first))
    before = canvas.copy()
    dirty = painter.paint(painting.scene(*second))
    assert pixels(canvas) == pixels(painted(painting.scene(*second)))
    for rect in dirty:
        canvas.blit(before, rect, rect)
    assert pixels(canvas) == pixels(before), "a pixel changed outside the rectangles that were reported"


def test_nothing_is_sent_when_nothing_differs() -> None:
    painter = Painter(pygame.Surface(painting.SIZE, 0, 32))
    scene = painting.scene(Label(Rect(0, 0, 100, 40), "Pay", 28))
    assert painter.paint(scene) == [pygame.Rect(0, 0, *painting.SIZE)]
    assert painter.paint(scene) == []


def test_what_a_button_says_is_not_seen() -> None:
    painter = Painter(pygame.Surface(painting.SIZE, 0, 32))
    painter.paint(painting.scene(Button(Rect(10, 10, 100, 80), None, "Pay")))
    assert painter.paint(painting.scene(Button(Rect(10, 10, 100, 80), None, "Pay now", value="12.90"))) == []


def test_only_the_changed_price_is_repainted() -> None:
    painter = Painter(pygame.Surface(painting.SIZE, 0, 32))
    face = Box(Rect(0, 0, 320, 240), "paper", radius=20)
    painter.paint(painting.scene(face, Label(Rect(200, 100, 100, 30), "12.90", 24, align="end")))
    (dirty,) = painter.paint(painting.scene(face, Label(Rect(200, 100, 100, 30), "13.90", 24, align="end")))
    assert pygame.Rect(200, 95, 105, 40).contains(dirty)


def test_another_ground_repaints_everything() -> None:
    painter = Painter(pygame.Surface(painting.SIZE, 0, 32))
    painter.paint(painting.scene())
    assert painter.paint(painting.scene(ground="deep")) == [pygame.Rect(0, 0, *painting.SIZE)]
    assert role(painter.canvas, 5, 5) == "deep"


def test_after_someone_else_drew_everything_is_painted() -> None:
    painter = Painter(pygame.Surface(painting.SIZE, 0, 32))
    painter.paint(painting.scene())
    painter.forget()
    assert painter.paint(painting.scene()) == [pygame.Rect(0, 0, *painting.SIZE)]


def test_a_lane_that_runs_for_months_does_not_fill_its_memory() -> None:
    painter = Painter(pygame.Surface(painting.SIZE, 0, 32))
    for price in range(1_000):
        painter.paint(painting.scene(Label(Rect(0, 0, 320, 100), f"{price}.90", 60)))
    assert 0 < painter.kept_pixels <= painter.most_pixels
    assert pixels(painter.canvas) == pixels(painted(painting.scene(Label(Rect(0, 0, 320, 100), "999.90", 60))))


def test_a_card_has_round_corners_and_straight_sides() -> None:
    canvas = painted(painting.scene(Box(Rect(20, 20, 100, 80), "paper", radius=20)))
    assert role(canvas, 20, 20) == role(canvas, 119, 99) == "ground"
    assert role(canvas, 70, 20) == role(canvas, 20, 60) == role(canvas, 119, 60) == role(canvas, 70, 99) == "paper"
    assert role(canvas, 70, 19) == role(canvas, 19, 60) == role(canvas, 120, 60) == role(canvas, 70, 100) == "ground"


def test_a_curve_is_smooth_and_has_no_dark_rim() -> None:
    canvas = painted(painting.scene(Box(Rect(20, 20, 100, 80), "paper", radius=20)))
    rim = [canvas.get_at((x, y)) for x in range(20, 40) for y in range(20, 40)]
    dark, light = NORMAL["ground"][:3], NORMAL["paper"][:3]
    assert all(all(d <= v <= p for d, v, p in zip(dark, pixel[:3], light, strict=True)) for pixel in rim)
    assert any(dark < tuple(pixel[:3]) < light for pixel in rim)


def test_a_secondary_button_has_an_outline_and_a_lower_edge() -> None:
    canvas = painted(painting.scene(Button(Rect(20, 20, 200, 100), None, "b")))
    assert [role(canvas, 120, y) for y in (19, 20, 21, 22, 117, 118, 119, 120, 124, 125)] == [
        *("ground", "line", "line", "paper", "paper"),
        *("line", "line", "line", "line", "ground"),
    ]


def test_a_pressed_button_stands_on_its_edge() -> None:
    canvas = painted(painting.scene(Button(Rect(20, 20, 200, 100), None, "b", "primary", pressed=True)))
    assert [role(canvas, 120, y) for y in (24, 25, 124, 125, 126)] == [
        *("ground", "primary", "primary", "primary-edge", "ground")
    ]


@pytest.mark.parametrize(
    "style, face",
    [
        ("primary", "primary"),
        ("sun", "sun"),
        ("info", "info"),
        ("staff", "staff"),
        ("danger-filled", "bad"),
        ("secondary", "paper"),
        ("danger", "paper"),
        ("deep", "deep2"),
        ("key", "paper"),
        ("disabled", "sunk"),
        ("line", "ground"),
        ("bare", "ground"),
    ],
)
def test_every_style_has_its_face(style: str, face: str) -> None:
    canvas = painted(painting.scene(Button(Rect(20, 20, 200, 100), None, "b", style)))  # type: ignore[arg-type]
    assert role(canvas, 120, 70) == face


def test_a_selected_button_has_a_soft_face_and_a_thick_frame() -> None:
    canvas = painted(painting.scene(Button(Rect(20, 20, 200, 100), None, "b", selected=True)))
    assert [role(canvas, 120, y) for y in (20, 23, 24, 119, 120)] == [
        *("primary", "primary", "primary-soft", "primary", "ground")
    ]


def test_the_scrim_darkens_everything_alike() -> None:
    canvas = painted(painting.scene(Box(Rect(0, 0, 320, 240), "scrim")))
    share = NORMAL["scrim"].a / 255
    wanted = [g * (1 - share) + s * share for g, s in zip(NORMAL["ground"][:3], NORMAL["scrim"][:3], strict=True)]
    for at in ((0, 0), (319, 63), (100, 64), (319, 239)):
        assert canvas.get_at(at)[:3] == pytest.approx(wanted, abs=1.5)


def test_a_shadow_lies_below_more_than_above_and_fades() -> None:
    canvas = painted(painting.scene(Box(Rect(100, 80, 120, 90), "paper", shadow="slip")))

    def darkness(x: int, y: int) -> int:
        return sum(NORMAL["ground"][:3]) - sum(canvas.get_at((x, y))[:3])

    assert darkness(160, 172) > darkness(160, 190) > darkness(160, 205) >= 0
    assert darkness(160, 172) > darkness(160, 77) > 0
    assert darkness(97, 125) == darkness(222, 125) > 0
    assert role(canvas, 160, 125) == "paper"


def test_high_contrast_has_outlines_instead_of_shadows_and_edges() -> None:
    scene = painting.scene(
        Box(Rect(20, 20, 100, 80), "paper", radius=28, shadow="sheet"), Button(Rect(150, 20, 100, 90), None, "b")
    )
    canvas = painted(scene, HIGH_CONTRAST)
    white, yellow, black = (255, 255, 255), (255, 0xE6, 0), (0, 0, 0)
    assert [canvas.get_at((70, y))[:3] for y in (19, 20, 23, 24, 110)] == [black, white, white, black, black]
    assert [canvas.get_at((200, y))[:3] for y in (20, 23, 24, 106, 110, 112)] == [
        *(yellow, yellow, black, yellow, black, black)
    ]


def test_the_slip_is_torn_in_teeth_and_dotted() -> None:
    canvas = painted(painting.scene(Zigzag(Rect(24, 20, 240, 17)), Dots(Rect(24, 60, 240, 4), "ink")))
    assert role(canvas, 36, 34) == "paper"
    assert role(canvas, 25, 34) == role(canvas, 48, 34) == "ground"
    assert role(canvas, 26, 62) == "ink"
    assert role(canvas, 30, 62) == "ground"


def test_the_bank_bar_is_a_third_long_and_stays_on_its_track() -> None:
    bar = Rect(20, 100, 200, 18)
    start, end = (painted(painting.scene(Progress(bar, at))) for at in (0, 1000))
    assert [role(start, x, 109) for x in (22, 86, 90, 217)] == ["info", "info", "paper", "paper"]
    assert [role(end, x, 109) for x in (22, 150, 154, 217)] == ["paper", "paper", "info", "info"]


def test_a_picture_that_is_not_ready_is_shown_as_its_stand_in(tmp_path: Path) -> None:
    area = Rect(20, 20, 120, 120)
    for source in (f"file:{tmp_path}/none.png", "svg:none", "a.jpg", ""):
        canvas = painted(painting.scene(Picture(area, source, stand_in="goods:fruit")))
        assert pixels(canvas) == pixels(painted(painting.scene(Picture(area, "goods:fruit"))))
        assert {role(canvas, 80, 30), role(canvas, 80, 90)} == {"sun", "ink"}


def test_every_picture_of_ours_can_be_painted() -> None:
    names = sorted(path.stem for path in (Path(__file__).parents[3] / "kiosk/ui/pictures").glob("*.svg"))
    assert len(names) == 42
    empty = pixels(painted(painting.scene()))
    for name in names:
        assert pixels(painted(painting.scene(Picture(Rect(20, 20, 96, 96), f"svg:{name}")))) != empty


def test_a_scene_becomes_a_file(tmp_path: Path) -> None:
    scene = painting.scene(Box(Rect(0, 0, 10, 10), "sun"))
    render_png(scene, tmp_path / "scene.png")
    assert pixels(pygame.image.load(tmp_path / "scene.png")) == pixels(painted(scene))


def test_a_larger_window_shows_the_same_larger_and_sharp() -> None:
    scene = painting.scene(Box(Rect(20, 20, 100, 80), "paper", radius=20), Button(Rect(150, 20, 100, 80), None, "b"))
    canvas = painted(fit(scene, (720, 480)), size=(720, 480))
    left = (720 - 640) // 2
    assert role(canvas, left + 140, 40) == "paper"
    assert role(canvas, left + 140, 39) == role(canvas, left + 40, 40) == role(canvas, 0, 0) == "ground"
