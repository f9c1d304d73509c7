"""Artwork: pictures at the size in which they are painted, kept by size.

`svg:tomato` is one of ours in `kiosk/ui/pictures`, rasterized at its final size (its width and height are rewritten
first), so it is sharp at any. A shop's own are hung here once `kiosk.app.photos` has made them ready, away
from the frame; painting never waits for a file. What is not hung is shown as its stand-in.
"""

import io
import re
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path

import pygame

PICTURES = Path(__file__).parent / "pictures"
STAND_IN = "svg:basket"
HUNG = 32
"""So many pictures of the shop are kept in memory, each a megabyte at most (512 x 512, 4 bytes a pixel)."""
_VIEW_BOX = re.compile(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"')
_SIZE = re.compile(r'(<svg\b[^>]*?) width="[^"]*" height="[^"]*"')
_hung: OrderedDict[str, pygame.Surface] = OrderedDict()
_held: OrderedDict[str, pygame.Surface] = OrderedDict()
_MOST_HELD = 3
"""Whole screens: the one that goes, the one that comes and the one that is next."""


def hold(source: str, surface: pygame.Surface) -> None:
    """Keep a picture that was made ready elsewhere, `held:...`, until a few others have come."""
    _held[source] = surface
    while len(_held) > _MOST_HELD:
        _held.popitem(last=False)


def hang(source: str, surface: pygame.Surface) -> None:
    """A picture of the shop is ready; the one that was looked at longest ago goes."""
    _hung[source] = surface
    _hung.move_to_end(source)
    while len(_hung) > HUNG:
        _hung.popitem(last=False)


def is_hung(source: str) -> bool:
    """Whether it can be painted now."""
    if source not in _hung:
        return False
    _hung.move_to_end(source)
    return True


def picture(source: str, width: int, height: int) -> pygame.Surface:
    """The picture as large as fits into the size, its proportions kept; the basket for whatever cannot be shown."""
    if source in _held:
        return _held[source]
    if source in _hung:
        whole = _hung[source]
        return pygame.transform.smoothscale(whole, _fit(*whole.get_size(), width, height))
    return _ours(source if is_ours(source) else STAND_IN, width, height)


@lru_cache(maxsize=64)
def is_ours(source: str) -> bool:
    """Whether it is one of our own pictures."""
    scheme, _, name = source.partition(":")
    return scheme == "svg" and name == Path(name).name and (PICTURES / f"{name}.svg").is_file()


@lru_cache(maxsize=16)
def _ours(source: str, width: int, height: int) -> pygame.Surface:
    return drawn((PICTURES / f"{source.removeprefix('svg:')}.svg").read_text(), width, height)


def drawn(text: str, width: int, height: int) -> pygame.Surface:
    """An SVG as large as fits. Raises ValueError, pygame.error for what is none."""
    box = _VIEW_BOX.search(text)
    if box is None:
        raise ValueError("it has no viewBox")
    fitted = _fit(float(box[1]), float(box[2]), width, height)
    sized, found = _SIZE.subn(rf'\1 width="{fitted[0]}" height="{fitted[1]}"', text, count=1)
    if not found:
        sized = text.replace("<svg", f'<svg width="{fitted[0]}" height="{fitted[1]}"', 1)
    return pygame.image.load(io.BytesIO(sized.encode()), "picture.svg")


def _fit(wide: float, high: float, width: int, height: int) -> tuple[int, int]:
    if not wide or not high:
        raise ValueError("it has no size")
    scale = min(width / wide, height / high)
    return max(round(wide * scale), 1), max(round(high * scale), 1)
