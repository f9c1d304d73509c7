"""Codes: QR codes and EAN-13 as pictures, black on white with their quiet zones.

A module is a whole number of pixels, so that a phone sees sharp borders; what is left of the size stays white.
QR: ISO/IEC 18004, error level M, quiet zone of 4 modules. EAN-13: GS1 General Specifications 5.2.3, quiet zones of 11
modules on the left and 7 on the right.
"""

from functools import lru_cache

import barcode
import pygame
import segno

_QR_QUIET = 4
_EAN_QUIET = (11, 7)


@lru_cache(maxsize=16)
def code(kind: str, text: str, width: int, height: int) -> pygame.Surface:
    """The code as large as its whole modules fit. An EAN-13 is as high as the size. The text must suit the kind."""
    return _qr(text, min(width, height)) if kind == "qr" else _ean13(text, width, height)


def _qr(text: str, side: int) -> pygame.Surface:
    matrix = segno.make(text, error="m", micro=False).matrix
    modules = len(matrix) + 2 * _QR_QUIET
    small = _white(modules, modules)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                small.set_at((x + _QR_QUIET, y + _QR_QUIET), (0, 0, 0))
    scale = max(side // modules, 1)
    return pygame.transform.scale(small, (modules * scale, modules * scale))


def _ean13(text: str, width: int, height: int) -> pygame.Surface:
    bars = barcode.get_barcode_class("ean13")(text[:12]).build()[0]
    modules = len(bars) + sum(_EAN_QUIET)
    small = _white(modules, 1)
    for x, bar in enumerate(bars):
        if bar == "1":
            small.set_at((x + _EAN_QUIET[0], 0), (0, 0, 0))
    return pygame.transform.scale(small, (modules * max(width // modules, 1), height))


def _white(width: int, height: int) -> pygame.Surface:
    surface = pygame.Surface((width, height), 0, 32)
    surface.fill((255, 255, 255))
    return surface
