"""Stamp: an element made ready to paint: plain fills and finished pictures, with the rectangle they cover.

Making a stamp (text, curves, pictures) is the costly part and is kept from scene to scene; pressing it on the canvas
is a few fills and blits, the same whether the whole screen is painted or one dirty rectangle of it. A stamp knows no
place: all is relative to its element's upper left corner, so a line of the slip that moves up is not made again.
"""

from collections.abc import Iterable
from typing import NamedTuple

import pygame


class Fill(NamedTuple):
    """A rectangle of one opaque colour."""

    rect: pygame.Rect
    colour: tuple[int, ...]


class Blit(NamedTuple):
    """A picture laid with its upper left corner at (x, y)."""

    surface: pygame.Surface
    x: int
    y: int


Stroke = Fill | Blit


class Stamp(NamedTuple):
    """Strokes in painting order, and the rectangle outside which none of them changes a pixel."""

    strokes: tuple[Stroke, ...]
    areas: list[pygame.Rect]
    """What each stroke covers."""
    bounds: pygame.Rect
    pixels: int
    """Of all its pictures: what it costs to keep."""


def stamp(strokes: Iterable[Stroke]) -> Stamp:
    """Strokes with their bounds."""
    kept = tuple(stroke for stroke in strokes if _area(stroke).size != (0, 0))
    areas = [_area(stroke) for stroke in kept]
    bounds = areas[0].unionall(areas[1:]) if areas else pygame.Rect(0, 0, 0, 0)
    pixels = sum(area.w * area.h for stroke, area in zip(kept, areas, strict=True) if isinstance(stroke, Blit))
    return Stamp(kept, areas, bounds, pixels)


def press(canvas: pygame.Surface, made: Stamp, x: int, y: int) -> None:
    """Paint a stamp with its element's corner at (x, y), inside the canvas's clip."""
    clip = canvas.get_clip()
    for index in clip.move(-x, -y).collidelistall(made.areas):
        stroke = made.strokes[index]
        if isinstance(stroke, Fill):
            # Clipped here, because pygame widens a rectangle that begins left of the canvas.
            canvas.fill(stroke.colour, stroke.rect.move(x, y).clip(clip))
        else:
            canvas.blit(stroke.surface, (x + stroke.x, y + stroke.y))


def _area(stroke: Stroke) -> pygame.Rect:
    if isinstance(stroke, Fill):
        return stroke.rect
    return pygame.Rect(stroke.x, stroke.y, *stroke.surface.get_size())
