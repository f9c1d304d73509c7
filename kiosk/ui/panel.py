"""Panel: the glass that a lane has, and how small text may be on it (DESIGN-UI 2.4, physical size).

Text is read from a distance, so its floor in pixels follows from the panel's diagonal and from where people stand.
EN 301 549, 5.1.4, asks of text that is needed to use a closed machine that a capital letter is seen under 0.7 degrees:
that is the floor of Large text. Its other measure, 4.8 mm (ADA 707.7.2), can be made the floor of the usual size too.
"""

from math import ceil, hypot
from typing import NamedTuple

SMALLEST_PX = 24
"""Of the usual size, on every panel."""
LARGE_PX = 34
"""The least of Large text, on every panel."""
_CAP_HEIGHT = 0.727
"""Height of Inter's capitals as a share of its size."""
_SEEN_UNDER = 0.01222
"""Height over distance at 0.7 degrees: 2 x tan(0.35 degrees)."""
_ADA_MM = 4.8
LEAST_LANDSCAPE, LEAST_PORTRAIT = (1024, 600), (600, 1024)


class Panel(NamedTuple):
    """What is there to draw on: width and height in pixels, upright as people see it, and the two floors of text."""

    size: tuple[int, int] = (1280, 800)
    floor_px: int = SMALLEST_PX
    large_floor_px: int = LARGE_PX


USUAL_PANEL = Panel()


def panel(size: tuple[int, int], diagonal_mm: int = 0, distance_mm: int = 0, *, ada: bool = False) -> Panel:
    """A panel of that diagonal, looked at from that distance; 0: not told, so only the general floors hold.

    `ada`: capitals of 4.8 mm in the usual size too.
    """
    if not diagonal_mm:
        return Panel(size)
    mm_per_px = diagonal_mm / hypot(*size)
    large = ceil(_SEEN_UNDER * (distance_mm or usual_distance_mm(diagonal_mm)) / (_CAP_HEIGHT * mm_per_px))
    usual = ceil(_ADA_MM / (_CAP_HEIGHT * mm_per_px)) if ada else SMALLEST_PX
    return Panel(size, max(SMALLEST_PX, usual), max(LARGE_PX, large, usual))


def usual_distance_mm(diagonal_mm: int) -> int:
    """How far away people stand: 400 mm at 10 inches, 500 at 12 to 15, 600 at 21."""
    if diagonal_mm < 290:
        return 400
    return 500 if diagonal_mm < 460 else 600
