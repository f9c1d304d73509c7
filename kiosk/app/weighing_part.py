"""Weighing part: the files of this program that weights and their prices depend on, known by a version and a checksum.

Where weights are sold by, a notified body approves that part, and whoever checks a lane must see that it is the one
that runs (WELMEC guide 7.2, software identification). It reads the scale, decides what may be sold from it, works out
the price and shows both; everything else may change without it. Who changes one of its files gives it a new `VERSION`.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

VERSION = "1.0"
FILES = (
    "drivers/report_descriptor.py",
    "drivers/scale/*.py",
    "drivers/scale_events.py",
    "drivers/scanner/driver_single_cable.py",
    "kiosk/checkout/scale.py",
    "kiosk/checkout/weighing.py",
    "kiosk/ui/screens/weighing.py",
    "kiosk/values/money.py",
    "kiosk/values/quantity.py",
)
"""From the folder that the packages lie in."""


class Identity(NamedTuple):
    """What it is known by."""

    version: str
    checksum: str
    """SHA-256, hexadecimal."""


def identity(files: Mapping[str, bytes]) -> Identity:
    """Of these files by their paths: each path and each content with its length before it, in the paths' order."""
    whole = hashlib.sha256()
    for path in sorted(files):
        for piece in (path.encode(), files[path]):
            whole.update(len(piece).to_bytes(8, "big") + piece)
    return Identity(VERSION, whole.hexdigest())


@cache
def installed() -> Identity:
    """Of the program that runs here."""
    home = Path(__file__).parents[2]
    paths = [path for pattern in FILES for path in home.glob(pattern)]
    return identity({path.relative_to(home).as_posix(): path.read_bytes() for path in paths})
