"""Splash: the picture that stands on the screen before the lane's first frame, painted with the lane's own painter.

    python -m image.splash FILE

In the theme's ground, with the mark and the name as the lane has them at its top, in the fonts that KASSA_ASSETS names.
`image/device/splash.py` puts it into the middle of whatever screen there is.
"""

import sys
from pathlib import Path

import pygame

from kiosk.ui.painter import Painter
from kiosk.ui.scene import Picture, Rect, Row, Scene, Word
from kiosk.ui.screens.brand import NAME

SIZE = (640, 240)
_MARK, _LETTERS, _GAP = 160, 112, 40


def scene() -> Scene:
    """Mark and name, side by side."""
    top = (SIZE[1] - _MARK) // 2
    name = Rect(_MARK + 2 * _GAP, top, SIZE[0] - _MARK - 2 * _GAP, _MARK)
    mark = Picture(Rect(_GAP, top, _MARK, _MARK), "svg:logo")
    return Scene(
        "00-splash", SIZE, "ground", (mark, Row(name, (Word(NAME, _LETTERS, 800, True, max_lines=1),), 0, "start"))
    )


def painted() -> bytes:
    """As `image/device/splash.py` reads it."""
    pygame.display.init()
    canvas = pygame.Surface(SIZE, depth=32, masks=(0xFF0000, 0xFF00, 0xFF, 0))
    Painter(canvas).paint(scene())
    rgb = pygame.image.tobytes(canvas, "RGB")
    pixels = bytearray(SIZE[0] * SIZE[1] * 4)
    for channel in range(3):
        pixels[2 - channel :: 4] = rgb[channel::3]
    return b"".join(number.to_bytes(4, "little") for number in SIZE) + bytes(pixels)


def main() -> int:
    """0: the file is written."""
    Path(sys.argv[1]).write_bytes(painted())
    return 0


if __name__ == "__main__":
    sys.exit(main())
