"""Picture: what somebody's file shows, looked at before it is decoded, and upright.

Pillow tells a cut file from a whole one, and the size without decoding: a small file that would fill the memory is
refused by its size (a "decompression bomb"). Of a moving picture the first frame is shown, and a photograph taken
upright stands upright (Exif).
"""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000
"""As many as a good telephone takes; 160 MB while it is decoded."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class BadPicture(Exception):
    """The file cannot be shown; the text says why, without its name."""


def decoded(content: bytes, size: tuple[int, int]) -> Image.Image:
    """The picture, not made much larger than `size` pixels where its kind allows that. Raises BadPicture."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            wide, high = opened.size
            if wide * high > MOST_PIXELS:
                most = MOST_PIXELS // 1_000_000
                raise BadPicture(f"has {wide} x {high} pixels; {most} million at most, save it smaller")
            opened.draft("RGB", size)
            opened.load()
            return ImageOps.exif_transpose(opened)
    except UnidentifiedImageError:
        raise BadPicture("is no JPEG, PNG, WebP or GIF picture, whatever its name says") from None
    except BadPicture:
        raise
    except Exception as error:  # noqa: BLE001 - what a damaged file makes Pillow raise is no closed list
        raise BadPicture(f"cannot be read: {error}") from None
