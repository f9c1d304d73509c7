"""Picture file: a shop's picture, made as small as it is painted.

Decoded by Pillow (`values.picture`), not SDL. An SVG is drawn, as those of ours are (`artwork`).
"""

import io
from pathlib import Path
from typing import NamedTuple

import pygame
from PIL import ImageOps

from kiosk.ui import artwork
from kiosk.values.picture import BadPicture, decoded

MOST_BYTES = 40 << 20
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
SIDE_PX = 512
"""Longest side of a product's picture: twice its largest place, 264 px at 1280 x 800."""
MOST_SVG_BYTES = 256 << 10


def cover(path: Path, size: tuple[int, int]) -> pygame.Surface:
    """The picture cut and scaled to fill `size` pixels, opaque. Raises BadPicture."""
    upright = decoded(_bytes(path), size).convert("RGB")
    filled = pygame.Surface(size, 0, 32)
    filled.blit(pygame.image.frombuffer(ImageOps.fit(upright, size).tobytes(), size, "RGB"), (0, 0))
    return filled


def small(path: Path) -> bytes:
    """The whole picture as PNG, its longest side SIDE_PX at most; an SVG too. Raises BadPicture."""
    return small_of(_bytes(path))


def small_of(content: bytes) -> bytes:
    """The same of a file's content."""
    if b"<svg" in content[:1024]:
        return _drawn(content)
    upright = decoded(content, (SIDE_PX, SIDE_PX)).convert("RGBA")
    upright.thumbnail((SIDE_PX, SIDE_PX))
    out = io.BytesIO()
    upright.save(out, "PNG")
    return out.getvalue()


def surface(png: bytes) -> pygame.Surface:
    """What `small` made, to be hung (`artwork`)."""
    return pygame.image.load(io.BytesIO(png), "picture.png")


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadPicture(f"is larger than {MOST_BYTES >> 20} MiB; save it smaller")
        return path.read_bytes()
    except OSError as error:
        raise BadPicture(f"cannot be read: {error.strerror}") from None


def _drawn(content: bytes) -> bytes:
    if len(content) > MOST_SVG_BYTES:
        raise BadPicture(f"is an SVG larger than {MOST_SVG_BYTES >> 10} KiB")
    out = io.BytesIO()
    try:
        pygame.image.save(artwork.drawn(content.decode(), SIDE_PX, SIDE_PX), out, "picture.png")
    except (ValueError, pygame.error) as error:
        raise BadPicture(f"cannot be read: {error}") from None
    return out.getvalue()


class Loaded(NamedTuple):
    """What became of one file: a picture, or why not."""

    name: str
    picture: pygame.Surface | None
    why: str = ""


def load_next(folder: Path, after: str, size: tuple[int, int]) -> Loaded:
    """The picture whose file follows `after` in the folder, round and round; an empty name: there is none."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    except OSError as error:
        return Loaded("", None, f"the folder cannot be read: {error.strerror}")
    if not names:
        return Loaded("", None, "there is no .jpg, .png or .webp in the folder")
    name = next((name for name in names if name > after), names[0])
    try:
        return Loaded(name, cover(folder / name, size))
    except BadPicture as bad:
        return Loaded(name, None, str(bad))
