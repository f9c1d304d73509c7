"""Picture file: a shop's picture, looked at before it is decoded, made as small as it is painted.

Decoded by Pillow, not SDL: it tells a cut file from a whole one and the size without decoding; a small file that would
fill the memory is refused by its size (a "decompression bomb"). Of a moving picture the first frame is shown, and a
photograph taken upright stands upright (Exif).
"""

import io
from pathlib import Path
from typing import NamedTuple

import pygame
from PIL import Image, ImageOps, UnidentifiedImageError

from kiosk.ui import artwork

MOST_PIXELS = 40_000_000
"""As many as a good telephone takes; 160 MB while it is decoded."""
MOST_BYTES = 40 << 20
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
SIDE_PX = 512
"""Longest side of a product's picture: twice its largest place, 264 px at 1280 x 800."""
MOST_SVG_BYTES = 256 << 10


class BadPicture(Exception):
    """The file cannot be shown; the text says why, without its name."""


def cover(path: Path, size: tuple[int, int]) -> pygame.Surface:
    """The picture cut and scaled to fill `size` pixels, opaque. Raises BadPicture."""
    upright = _read(_bytes(path), size).convert("RGB")
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
    upright = _read(content, (SIDE_PX, SIDE_PX)).convert("RGBA")
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


def _read(content: bytes, size: tuple[int, int]) -> Image.Image:
    """Decoded not much larger than `size`, where its kind allows that, and turned upright."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            wide, high = opened.size
            if wide * high > MOST_PIXELS:
                raise BadPicture(
                    f"has {wide} x {high} pixels; {MOST_PIXELS // 1_000_000} million at most, save it smaller"
                )
            opened.draft("RGB", size)
            opened.load()
            return ImageOps.exif_transpose(opened)
    except UnidentifiedImageError:
        raise BadPicture("is no JPEG, PNG, WebP or GIF picture, whatever its name says") from None
    except BadPicture:
        raise
    except Exception as error:  # noqa: BLE001 - what a damaged file makes Pillow raise is no closed list
        raise BadPicture(f"cannot be read: {error}") from None


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
