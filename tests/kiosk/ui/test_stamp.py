"""What makes painting fast changes no pixel of it."""

import pygame
import pytest

from kiosk.ui.stamp import Blit, Fill, fill, stamp

PAPER = (250, 250, 250)


def surface(width: int = 96) -> pygame.Surface:
    made = pygame.Surface((width, 12), 0, 32)
    made.fill(PAPER)
    return made


def pixels(of: pygame.Surface) -> bytes:
    return pygame.image.tobytes(of, "RGBA")


@pytest.mark.parametrize("x", range(6))
@pytest.mark.parametrize("width", [1, 3, 4, 15, 16, 17, 19, 20, 31, 32, 33, 64, 70])
def test_a_fill_in_columns_is_the_fill_asked_for(x: int, width: int) -> None:
    asked, columns = surface(), surface()
    asked.fill((10, 20, 30), (x, 2, width, 5))
    fill(columns, (10, 20, 30), pygame.Rect(x, 2, width, 5))
    assert pixels(columns) == pixels(asked)


def test_a_picture_in_another_order_of_colours_keeps_its_colours_and_its_edges() -> None:
    original = bytes(value for n in range(64) for value in (n * 4, 255 - n * 4, n, n * 4))
    picture = pygame.image.frombuffer(original, (8, 8), "RGBA").copy()
    assert picture.get_masks() != pygame.Surface((1, 1), pygame.SRCALPHA, 32).get_masks(), "no picture to try it with"
    (stroke,) = stamp([Blit(picture, 3, 4)]).strokes
    assert isinstance(stroke, Blit)
    assert (stroke.x, stroke.y) == (3, 4)
    assert stroke.surface.get_masks() == pygame.Surface((1, 1), pygame.SRCALPHA, 32).get_masks()
    visible = [n for n in range(0, len(original), 4) if original[n + 3]]
    assert [pixels(stroke.surface)[n : n + 4] for n in visible] == [original[n : n + 4] for n in visible]


def test_a_stamp_covers_what_its_largest_fill_covers() -> None:
    small, large = Fill(pygame.Rect(0, 0, 10, 2), PAPER), Fill(pygame.Rect(2, 2, 10, 10), PAPER)
    both = stamp([small, large])
    assert both.hides(pygame.Rect(3, 3, 9, 9))
    assert not both.hides(pygame.Rect(1, 2, 10, 10))
    assert not stamp([Blit(surface(), 0, 0)]).hides(pygame.Rect(1, 1, 1, 1))
