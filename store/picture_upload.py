"""Picture upload: a shop's own picture of a product, made as small as lanes paint it.

It is kept by its content beside those of the web (`pictures`), and a product names it `store:` and its SHA-256, so a
version of the price book always means the same picture, also after a roll back. What a telephone writes into its
photographs (where, when, by whom) does not stay: only the pixels do, upright.
"""

import hashlib
import io
from pathlib import Path

from kiosk.values.picture import BadPicture, decoded
from store.pictures import STORE, Known, keep

MOST_BYTES = 20 << 20
"""Of a file that somebody chooses; what is kept of it is far smaller."""
LEAST_PX, SIDE_PX = 64, 1024
"""Longest side: less is a smear on a lane, more is never painted."""


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
    picture = decoded(content, (SIDE_PX, SIDE_PX))
    if max(picture.size) < LEAST_PX:
        wide, high = picture.size
        raise BadPicture(f"has {wide} x {high} pixels; its longer side needs {LEAST_PX} or more")
    picture.thumbnail((SIDE_PX, SIDE_PX))
    out = io.BytesIO()
    if picture.has_transparency_data:
        picture.convert("RGBA").save(out, "PNG", optimize=True)
    else:
        picture.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()
