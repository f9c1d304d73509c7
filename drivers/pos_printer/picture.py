"""Pictures in dots, and the one command that every thermal printer prints them with (Epson, GS v 0).

A row is whole bytes, the leftmost dot is the highest bit, a set bit is a black dot.

A printer obeys commands in real time (DLE EOT, DLE ENQ, DLE DC4) wherever it meets them, among dots as well: a logo
could ask for its status, open the drawer or clear its buffer. Where dots would be such a command one more is black.
"""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec

from drivers.device import DeviceError

GS_V_0 = b"\x1dv0"
DOUBLE_HEIGHT = 2
REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")
LOGO_HIGHEST = 400
"""Dots, 5 cm."""


class Picture(msgspec.Struct, frozen=True):
    """`rows` of `width_bytes` each."""

    width_bytes: int = 0
    rows: bytes = b""

    @property
    def height(self) -> int:
        """In dots."""
        return len(self.rows) // self.width_bytes if self.width_bytes else 0

    def raster(self, *, tall: bool = False) -> bytes:
        """The bytes that print it, at twice its height if `tall`."""
        sizes = self.width_bytes.to_bytes(2, "little") + self.height.to_bytes(2, "little")
        return GS_V_0 + bytes([DOUBLE_HEIGHT if tall else 0]) + sizes + without_commands(self.rows)

    def png(self, *, tall: bool = False) -> bytes:
        """As an image file, one pixel a dot."""
        from PIL import Image, ImageChops

        width = 8 * self.width_bytes
        image = ImageChops.invert(Image.frombytes("1", (width, self.height), self.rows))
        if tall:
            image = image.resize((width, 2 * self.height))
        file = BytesIO()
        image.save(file, "PNG")
        return file.getvalue()


def without_commands(dots: bytes) -> bytes:
    """The same dots, but for one here and there."""
    return REAL_TIME.sub(b"\x18", dots)


def from_image(image: Any) -> Picture:
    """A Pillow image of mode "1" whose ink is white (set)."""
    return Picture((image.width + 7) // 8, image.tobytes())


def logo(path: str, paper_dots: int) -> Picture:
    """An image file in black dots on white, made smaller if it is wider than the paper. Raises DeviceError."""
    from PIL import Image, ImageChops

    if not Path(path).is_file():
        raise DeviceError(f"logo {path!r} is not there; give the path of a PNG or JPEG picture, or leave logo out")
    try:
        with Image.open(path) as opened:
            coloured = opened.convert("RGBA")
    except (OSError, Image.DecompressionBombError) as trouble:
        raise DeviceError(f"logo {path!r} is no picture that can be read: {trouble}") from trouble
    paper = Image.new("RGBA", coloured.size, "white")
    grey = Image.alpha_composite(paper, coloured).convert("L")
    grey.thumbnail((paper_dots, LOGO_HIGHEST))
    return from_image(ImageChops.invert(grey.convert("1")))
