"""Picture file: a shop's picture, looked at before it is decoded, cut to a size, ready to be painted.

Decoded by Pillow, which tells a cut file from a whole one and knows the size without decoding; a small file that would
fill the memory is refused by its size (a "decompression bomb"). Of a moving picture the first frame is shown, and a
photograph taken upright stands upright (Exif).
"""

from pathlib import Path
from typing import NamedTuple

import pygame
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000
"""As many as a good telephone takes; 160 MB while it is decoded."""
MOST_BYTES = 40 << 20
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
FORMATS = ("JPEG", "PNG", "WEBP")


class BadPicture(Exception):
    """The file cannot be shown; the text says why, without its name."""


def cover(path: Path, size: tuple[int, int]) -> pygame.Surface:
    """The picture cut and scaled to fill `size` pixels, opaque. Raises BadPicture."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadPicture(f"is larger than {MOST_BYTES >> 20} MiB; save it smaller")
        with Image.open(path, formats=FORMATS) as opened:
            wide, high = opened.size
            if wide * high > MOST_PIXELS:
                raise BadPicture(
                    f"has {wide} x {high} pixels; {MOST_PIXELS // 1_000_000} million at most, save it smaller"
                )
            opened.draft("RGB", size)
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except UnidentifiedImageError:
        raise BadPicture("is no JPEG, PNG or WebP picture, whatever its name says") from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadPicture(f"cannot be read: {error}") from None
    filled = pygame.Surface(size, 0, 32)
    filled.blit(pygame.image.frombuffer(ImageOps.fit(upright, size).tobytes(), size, "RGB"), (0, 0))
    return filled


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
