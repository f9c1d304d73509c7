"""Picture upload: a shop's own picture of a product, looked at before it is decoded, made as small as lanes paint it.

It is kept by its content beside those of the web (`pictures`), and a product names it `store:` and its SHA-256, so a
version of the price book always means the same picture, also after a roll back. What a telephone writes into its
photographs (where, when, by whom) does not stay: only the pixels do, upright.
"""

import hashlib
import io
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from store.pictures import STORE, Known, keep

MOST_BYTES = 20 << 20
"""Of a file that somebody chooses; what is kept of it is far smaller."""
MOST_PIXELS = 40_000_000
"""As many as a good telephone takes; a small file that would fill the memory is refused by its size."""
LEAST_PX, SIDE_PX = 64, 1024
"""Longest side: less is a smear on a lane, more is never painted."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class BadPicture(Exception):
    """The file cannot be shown; the text says why, without its name."""


def upload(folder: Path, content: bytes, now_utc_ms: int) -> str:
    """Keep the picture; what a product is to say of it: `store:` and its SHA-256. BadPicture; OSError."""
    ready = made_ready(content)
    digest = hashlib.sha256(ready).hexdigest()
    source = f"{STORE}{digest}"
    keep(folder, Known(source, now_utc_ms, digest), ready)
    return source


def made_ready(content: bytes) -> bytes:
    """As it is kept: upright, longest side SIDE_PX at most; PNG if one can see through it, else JPEG. BadPicture."""
    if len(content) > MOST_BYTES:
        raise BadPicture(f"is larger than {MOST_BYTES >> 20} MiB; save it smaller")
    picture = _read(content)
    picture.thumbnail((SIDE_PX, SIDE_PX))
    out = io.BytesIO()
    if picture.has_transparency_data:
        picture.convert("RGBA").save(out, "PNG", optimize=True)
    else:
        picture.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()


def _read(content: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            wide, high = opened.size
            if wide * high > MOST_PIXELS:
                most = MOST_PIXELS // 1_000_000
                raise BadPicture(f"has {wide} x {high} pixels; {most} million at most, save it smaller")
            if max(wide, high) < LEAST_PX:
                raise BadPicture(f"has {wide} x {high} pixels; its longer side needs {LEAST_PX} or more")
            opened.draft("RGB", (SIDE_PX, SIDE_PX))
            opened.load()
            return ImageOps.exif_transpose(opened)
    except UnidentifiedImageError:
        raise BadPicture("is no JPEG, PNG, WebP or GIF picture, whatever its name says") from None
    except BadPicture:
        raise
    except Exception as error:  # noqa: BLE001  # what a damaged file makes Pillow raise is no closed list
        raise BadPicture(f"cannot be read: {error}") from None
