"""Codes: QR codes and EAN-13 as pictures, black on white with their quiet zones.

A module is a whole number of pixels, so that a phone sees sharp borders; what is left of the size stays white.
QR: ISO/IEC 18004, error level M, quiet zone of 4 modules. EAN-13: GS1 General Specifications 5.2.3, quiet zones of 11
modules on the left and 7 on the right.
"""

from functools import lru_cache

import pygame

_QR_QUIET = 4
_EAN_QUIET = (11, 7)
# GS1 General Specifications 5.2.1: widths of each digit's bars and spaces in set A (mirrored in B, inverse in C), and
# the sets of the left six digits, which tell the first.
_WIDTHS = ("3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112")
_SETS = ("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA")


@lru_cache(maxsize=4)
def code(kind: str, text: str, width: int, height: int) -> pygame.Surface:
    """The code as large as its whole modules fit. An EAN-13 is as high as the size. The text must suit the kind."""
    return _qr(text, min(width, height)) if kind == "qr" else _ean13(text, width, height)


def _qr(text: str, side: int) -> pygame.Surface:
    import segno  # 45 ms and 7 MB that a lane does not need before its first QR code

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
    bars = ean13_modules(text)
    modules = len(bars) + sum(_EAN_QUIET)
    small = _white(modules, 1)
    for x, bar in enumerate(bars):
        if bar == "1":
            small.set_at((x + _EAN_QUIET[0], 0), (0, 0, 0))
    return pygame.transform.scale(small, (modules * max(width // modules, 1), height))


def ean13_modules(digits: str) -> str:
    """The 95 modules of thirteen digits, `1` dark."""
    left = "".join(
        _modules(_WIDTHS[int(digit)][:: 1 if kind == "A" else -1], "01")
        for digit, kind in zip(digits[1:7], _SETS[int(digits[0])], strict=True)
    )
    right = "".join(_modules(_WIDTHS[int(digit)], "10") for digit in digits[7:13])
    return f"101{left}01010{right}101"


def _modules(widths: str, colours: str) -> str:
    return "".join(colours[index % 2] * int(width) for index, width in enumerate(widths))


def _white(width: int, height: int) -> pygame.Surface:
    surface = pygame.Surface((width, height), 0, 32)
    surface.fill((255, 255, 255))
    return surface
