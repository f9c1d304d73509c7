"""Artwork: pictures at the size in which they are painted, kept by size.

`svg:tomato` is one of ours in `kiosk/ui/pictures`; `file:/path.png` is the price book's. An SVG is rasterized at its
final size (its width and height are rewritten first), so it is sharp at any. A picture file that cannot be read is
an everyday matter of a shop's data: the basket is shown in its place.
"""

import io
import re
from functools import lru_cache
from pathlib import Path

import pygame

PICTURES = Path(__file__).parent / "pictures"
STAND_IN = "svg:basket"
_VIEW_BOX = re.compile(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"')
_SIZE = re.compile(r'(<svg\b[^>]*?) width="[^"]*" height="[^"]*"')


@lru_cache(maxsize=16)
def picture(source: str, width: int, height: int) -> pygame.Surface:
    """The picture as large as fits into the size, its proportions kept. Raises ValueError for an unknown scheme."""
    scheme, _, name = source.partition(":")
    if scheme == "svg":
        return _drawn(PICTURES / f"{name}.svg", width, height)
    if scheme != "file":
        raise ValueError(f"{source!r} is neither svg:NAME nor file:PATH")
    try:
        return _drawn(Path(name), width, height) if name.endswith(".svg") else _scaled(Path(name), width, height)
    except (OSError, ValueError, pygame.error):
        return picture(STAND_IN, width, height)


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
    scale = min(width / wide, height / high)
    return max(round(wide * scale), 1), max(round(high * scale), 1)
