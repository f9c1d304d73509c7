"""What a price book may call a picture, and what a shopper then sees: never nothing, and never a lane that stops."""

from pathlib import Path

import pygame
import pytest

from kiosk.ui import artwork


@pytest.mark.parametrize(
    "source",
    [
        "",
        "a.jpg",
        "https://shop.example/a.jpg",
        "svg:no-such-thing",
        "svg:../../../etc/hosts",
        "file:/no/such.png",
        "x:y",
    ],
)
def test_a_picture_that_cannot_be_shown_is_the_basket(source: str) -> None:
    shown = artwork.picture(source, 90, 60)
    basket = artwork.picture(artwork.STAND_IN, 90, 60)
    assert pygame.image.tobytes(shown, "RGBA") == pygame.image.tobytes(basket, "RGBA")


@pytest.mark.parametrize("content", [b"", b"GIF89a nothing", b"<svg", bytes(range(256)) * 40])
@pytest.mark.parametrize("suffix", [".png", ".svg", ".jpg"])
def test_a_broken_file_is_the_basket(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"broken{suffix}"
    path.write_bytes(content)
    assert artwork.picture(f"file:{path}", 90, 60).get_size() == artwork.picture(artwork.STAND_IN, 90, 60).get_size()


def test_a_picture_of_the_price_book_is_shown(tmp_path: Path) -> None:
    red = pygame.Surface((30, 20))
    red.fill((200, 0, 0))
    pygame.image.save(red, tmp_path / "red.png")
    shown = artwork.picture(f"file:{tmp_path / 'red.png'}", 90, 60)
    assert shown.get_size() == (90, 60) and shown.get_at((45, 30))[:3] == (200, 0, 0)
