"""Zint, a foreign maker of barcodes, as a judge: it draws a code, and zxing-cpp, a foreign reader, says what is in it.

Both come from elsewhere and know nothing of each other. zint takes element strings as `[01]...[10]...`.
"""

import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image


def drawn(symbology: str, text: str, *, gs1: bool = False) -> Image.Image:
    """The code as zint draws it, by one of the names that `zint -t` tells."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "code.png"
        words = ["--gs1"] if gs1 else []
        call = ["zint", "-b", symbology, *words, "--quietzones", "--scale", "2", "-o", str(path), "-d", text]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"zint: {done.stderr}"
        return Image.open(BytesIO(path.read_bytes())).convert("L")


def read(image: Image.Image) -> Any:
    """The one code in a picture: `format`, `symbology_identifier`, `text`, `bytes`."""
    (found,) = zxingcpp.read_barcodes(image)
    return found
