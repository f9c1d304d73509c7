"""Faces: smooth rounded rectangles with outline and lower edge, and soft shadows, of any size at little cost.

Only what is curved is a picture: four corners, drawn four times too large and scaled down, kept by radius and colours.
The straight rest are fills. Shadows are nine patches likewise: corners computed once, sides repeated.
A corner is first flooded with its own colour at no opacity, or scaling would mix black into its rim.
"""

from collections.abc import Iterator
from functools import lru_cache
from math import cos, erf, sin, sqrt, tau

import pygame

from kiosk.ui.scene import Rect
from kiosk.ui.stamp import Blit, Fill, Stroke, in_canvas_order

RGBA = tuple[int, ...]
_ARC_STEPS = 360
_FINE = 4
"""Curves are drawn this many times too large."""
_ROWS = 64
"""A see-through fill is a strip of at most so many rows, laid again and again."""


def face(
    rect: Rect,
    *,
    fill: RGBA | None,
    outline: RGBA | None = None,
    outline_px: int = 0,
    radius: int = 0,
    edge: RGBA | None = None,
    edge_px: int = 0,
) -> Iterator[Stroke]:
    """A rectangle with a face, an outline inside it and a lower edge below it. None leaves that part out."""
    x, y, w, h = rect
    if fill is not None and len(fill) == 4 and fill[3] < 255:
        yield from _veil(rect, fill)
        return
    line = min(outline_px, w // 2, h // 2) if outline else 0
    drop = edge_px if edge else 0
    r = min(max(radius, line), w // 2, h // 2)
    if r:
        corners = _corners(r, min(radius, r), fill, outline if line else None, line, edge if drop else None, drop)
        yield Blit(corners[0], x, y)
        yield Blit(corners[1], x + w - r, y)
        yield Blit(corners[2], x, y + h - r)
        yield Blit(corners[3], x + w - r, y + h - r)
    yield from _straight(pygame.Rect(x, y, w, h), r, fill, outline, line)
    if edge is not None and drop:
        yield Fill(pygame.Rect(x + r, y + h, w - 2 * r, drop), edge)


def _straight(box: pygame.Rect, r: int, fill: RGBA | None, outline: RGBA | None, line: int) -> Iterator[Stroke]:
    """The cross between the corners."""
    x, y, w, h = box
    if fill is not None:
        yield Fill(pygame.Rect(x + r, y + line, w - 2 * r, h - 2 * line), fill)
        yield Fill(pygame.Rect(x + line, y + r, r - line, h - 2 * r), fill)
        yield Fill(pygame.Rect(x + w - r, y + r, r - line, h - 2 * r), fill)
    if outline is not None and line:
        yield Fill(pygame.Rect(x + r, y, w - 2 * r, line), outline)
        yield Fill(pygame.Rect(x + r, y + h - line, w - 2 * r, line), outline)
        yield Fill(pygame.Rect(x, y + r, line, h - 2 * r), outline)
        yield Fill(pygame.Rect(x + w - line, y + r, line, h - 2 * r), outline)


@lru_cache(maxsize=128)
def _corners(
    r: int, curve: int, fill: RGBA | None, outline: RGBA | None, line: int, edge: RGBA | None, drop: int
) -> tuple[pygame.Surface, ...]:
    """Upper left, upper right, lower left, lower right; the lower two reach down to the edge's end."""
    side = 2 * r
    whole = pygame.Surface((side, side + drop), pygame.SRCALPHA)
    if edge is not None:
        whole.blit(rounded((side, side), curve, edge), (0, drop))
    if outline is not None and fill is not None:
        whole.blit(rounded((side, side), curve, outline), (0, 0))
    elif outline is not None:
        whole.blit(rounded((side, side), curve, outline, line), (0, 0))
    if fill is not None:
        inner = side - 2 * line
        whole.blit(rounded((inner, inner), max(curve - line, 0), fill), (line, line))
    return (
        whole.subsurface((0, 0, r, r)),
        whole.subsurface((r, 0, r, r)),
        whole.subsurface((0, r, r, r + drop)),
        whole.subsurface((r, r, r, r + drop)),
    )


def rounded(size: tuple[int, int], radius: int, colour: RGBA, line: int = 0) -> pygame.Surface:
    """A smooth rounded rectangle: filled, or only a line of `line` pixels inside its border."""
    big = pygame.Surface((size[0] * _FINE, size[1] * _FINE), pygame.SRCALPHA)
    big.fill((*colour[:3], 0))
    pygame.draw.rect(big, colour, big.get_rect(), line * _FINE, border_radius=radius * _FINE)
    return pygame.transform.smoothscale(big, size)


def smooth_polygon(
    size: tuple[int, int], points: list[tuple[float, float]], colour: RGBA, line: int = 0
) -> pygame.Surface:
    """A smooth polygon, or a smooth open line of `line` pixels through the points."""
    big = pygame.Surface((size[0] * _FINE, size[1] * _FINE), pygame.SRCALPHA)
    big.fill((*colour[:3], 0))
    large = [(x * _FINE, y * _FINE) for x, y in points]
    if line:
        pygame.draw.lines(big, colour, False, large, line * _FINE)
    else:
        pygame.draw.polygon(big, colour, large)
    return pygame.transform.smoothscale(big, size)


def arc(side: int, width: int, share_permille: int, colour: RGBA, track: RGBA) -> pygame.Surface:
    """A ring of which a share, clockwise from the top, has the colour and the rest that of the track."""
    radius = side * _FINE / 2
    big = pygame.Surface((side * _FINE, side * _FINE), pygame.SRCALPHA)
    big.fill((*track[:3], 0))
    pygame.draw.circle(big, track, (radius, radius), radius, width * _FINE)
    if share_permille > 0:
        whole = tau * min(share_permille, 1000) / 1000
        turns = [whole * step / _ARC_STEPS for step in range(_ARC_STEPS + 1)]
        hollow = radius - width * _FINE
        rim = [(radius + radius * sin(turn), radius - radius * cos(turn)) for turn in turns]
        bore = [(radius + hollow * sin(turn), radius - hollow * cos(turn)) for turn in reversed(turns)]
        pygame.draw.polygon(big, colour, rim + bore)
    return pygame.transform.smoothscale(big, (side, side))


def _veil(rect: Rect, colour: RGBA) -> Iterator[Stroke]:
    """A see-through rectangle, strip under strip."""
    for top in range(0, rect.h, _ROWS):
        yield Blit(_strip(rect.w, min(_ROWS, rect.h - top), colour), rect.x, rect.y + top)


@lru_cache(maxsize=8)
def _strip(width: int, rows: int, colour: RGBA) -> pygame.Surface:
    strip = pygame.Surface((width, rows), 0, 32)
    strip.fill(colour[:3])
    strip.set_alpha(colour[3])
    return strip


# DESIGN-UI 2.5: offset down, blur, opacity in percent. A blur of b pixels is a Gaussian of deviation b / 2.
_SHADOWS = {"slip": (6, 24, 16), "sheet": (10, 40, 35)}
_INK = (18, 33, 27)


def shadow(rect: Rect, kind: str, scale: float = 1.0) -> Iterator[Stroke]:
    """The soft shadow under a rectangle, without what lies beneath the rectangle itself."""
    down, blur, percent = _SHADOWS[kind]
    reach = round(blur * 1.5 * scale)
    corner, side, below = _shadow_parts(reach, blur * scale / 2, percent)
    reach = min(reach, rect.w // 2, rect.h // 2)
    top = rect.y + round(down * scale)
    outer = corner.get_width() // 2
    width, height = rect.w - 2 * outer, rect.h - 2 * outer
    if width < 0 or height < 0:
        return
    left, right = rect.x - outer, rect.x + rect.w - outer
    for x, y, flips in ((left, 0, (0, 0)), (right, 0, (1, 0)), (left, 1, (0, 1)), (right, 1, (1, 1))):
        at = top - outer if y == 0 else top + rect.h - outer
        yield Blit(pygame.transform.flip(corner, *map(bool, flips)), x, at)
    upright = pygame.transform.scale(side, (2 * outer, height))
    yield Blit(upright, left, top + outer)
    yield Blit(pygame.transform.flip(upright, True, False), right, top + outer)
    level = pygame.transform.scale(below, (width, 2 * outer))
    yield Blit(pygame.transform.flip(level, False, True), rect.x + outer, top + rect.h - outer)
    yield Blit(level, rect.x + outer, top - outer)


def prepare(scale: float) -> None:
    """Before the first sheet opens: the falls of the shadows, 10 ms of arithmetic each."""
    for kind in _SHADOWS:
        tuple(shadow(Rect(0, 0, 1000, 1000), kind, scale))


@lru_cache(maxsize=8)
def _shadow_parts(reach: int, deviation: float, percent: int) -> tuple[pygame.Surface, pygame.Surface, pygame.Surface]:
    """The upper left corner, one row of the left side, one column of the upper side; each `reach` out and in."""
    fall = [(1 + erf((i + 0.5 - reach) / deviation / sqrt(2))) / 2 for i in range(2 * reach)]
    deep = percent * 2.55
    corner = _alphas([[deep * down * across for across in fall] for down in fall])
    side = _alphas([[deep * across for across in fall]])
    below = _alphas([[deep * down] for down in fall])
    return corner, side, below


def _alphas(rows: list[list[float]]) -> pygame.Surface:
    pixels = b"".join(bytes((*_INK, round(alpha))) for row in rows for alpha in row)
    return in_canvas_order(pygame.image.frombuffer(pixels, (len(rows[0]), len(rows)), "RGBA"))
