"""Our own pictures, and those of the shop that are ready: painting never waits for a file, and never shows nothing."""

import pygame
import pytest

from kiosk.ui import artwork


@pytest.mark.parametrize(
    "source",
    ["", "a.jpg", "https://shop.example/a.jpg", "svg:no-such-thing", "svg:../../../etc/hosts", "file:/no/such.png"],
)
def test_a_picture_that_cannot_be_shown_is_the_basket(source: str) -> None:
    shown = artwork.picture(source, 90, 60)
    basket = artwork.picture(artwork.STAND_IN, 90, 60)
    assert pygame.image.tobytes(shown, "RGBA") == pygame.image.tobytes(basket, "RGBA")


def test_a_picture_of_the_shop_is_as_large_as_fits_once_it_is_hung() -> None:
    red = pygame.Surface((30, 20), pygame.SRCALPHA)
    red.fill((200, 0, 0))
    artwork.hang("file:/red.png", red)
    shown = artwork.picture("file:/red.png", 90, 90)
    assert shown.get_size() == (90, 60) and shown.get_at((45, 30))[:3] == (200, 0, 0)


def test_memory_holds_so_many_and_lets_go_what_was_looked_at_longest_ago() -> None:
    dot = pygame.Surface((1, 1), pygame.SRCALPHA)
    for number in range(artwork.HUNG):
        artwork.hang(f"file:/{number}", dot)
    assert artwork.is_hung("file:/0")
    artwork.hang("file:/one more", dot)
    assert artwork.is_hung("file:/0") and not artwork.is_hung("file:/1")
