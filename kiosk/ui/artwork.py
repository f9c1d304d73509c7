"""Artwork: pictures at the size in which they are painted, kept by size.

`svg:tomato` is one of ours in `kiosk/ui/pictures`; `file:/path.png` is the price book's. An SVG is rasterized at its
final size (its width and height are rewritten first), so it is sharp at any. A picture that is missing, broken or of
an unknown kind is an everyday matter of a shop's data: the basket is shown in its place, and the item is sold.
"""

import io
import re
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path

import pygame

PICTURES = Path(__file__).parent / "pictures"
STAND_IN = "svg:basket"
_VIEW_BOX = re.compile(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"')
_SIZE = re.compile(r'(<svg\b[^>]*?) width="[^"]*" height="[^"]*"')


_held: OrderedDict[str, pygame.Surface] = OrderedDict()
_MOST_HELD = 3
"""Whole screens: the one that goes, the one that comes and the one that is next."""


def hold(source: str, surface: pygame.Surface) -> None:
    """Keep a picture that was made ready elsewhere, `held:...`, until a few others have come."""
    _held[source] = surface
    while len(_held) > _MOST_HELD:
        _held.popitem(last=False)


def picture(source: str, width: int, height: int) -> pygame.Surface:
    """The picture as large as fits into the size, its proportions kept; the stand-in for whatever cannot be shown."""
    held = _held.get(source)
    return held if held is not None else _made(source, width, height)


@lru_cache(maxsize=16)
def _made(source: str, width: int, height: int) -> pygame.Surface:
    scheme, _, name = source.partition(":")
    path = PICTURES / f"{Path(name).name}.svg" if scheme == "svg" else Path(name)
    try:
        if scheme not in ("svg", "file"):
            raise ValueError(f"{source!r} is neither svg:NAME nor file:PATH")
        return _drawn(path, width, height) if path.suffix == ".svg" else _scaled(path, width, height)
    except (OSError, ValueError, pygame.error):
        if source == STAND_IN:
            raise  # our own picture is missing: the set-up is broken
        return _made(STAND_IN, width, height)


def _drawn(path: Path, width: int, height: int) -> pygame.Surface:
    text = path.read_text()
    box = _VIEW_BOX.search(text)
    if box is None:
        raise ValueError(f"{path} has no viewBox")
    fitted = _fit(float(box[1]), float(box[2]), width, height)
    sized, found = _SIZE.subn(rf'\1 width="{fitted[0]}" height="{fitted[1]}"', text, count=1)
    if not found:
        sized = text.replace("<svg", f'<svg width="{fitted[0]}" height="{fitted[1]}"', 1)
    return pygame.image.load(io.BytesIO(sized.encode()), "picture.svg")


def _scaled(path: Path, width: int, height: int) -> pygame.Surface:
    loaded = pygame.image.load(path)
    deep = pygame.Surface(loaded.get_size(), pygame.SRCALPHA)
    deep.blit(loaded, (0, 0))
    return pygame.transform.smoothscale(deep, _fit(*loaded.get_size(), width, height))


def _fit(wide: float, high: float, width: int, height: int) -> tuple[int, int]:
    if not wide or not high:
        raise ValueError("the picture has no size")
    scale = min(width / wide, height / high)
    return max(round(wide * scale), 1), max(round(high * scale), 1)
