"""Disk room: whether something large may still be written, with room left for the books, which are written all day.

A disk that is filled to its last byte by a bundle keeps the next sale out of the books. So whoever writes something
large asks first, and again while it comes, and is refused while KEEP_FREE_BYTES are still there.
"""

import shutil
from pathlib import Path

KEEP_FREE_BYTES = 256 << 20
"""So much stays free: hours of sales, and more than what makes `/healthz` say that nothing can be booked."""


def existing(folder: Path) -> Path:
    """The folder, or what of its path is there already: that is on the disk which it will be on."""
    return next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())


def room(*folders: Path) -> int:
    """The largest that may be written into each of these folders at once, in bytes; they may share a disk."""
    places = [existing(folder) for folder in folders]
    disks = [place.stat().st_dev for place in places]
    free = [shutil.disk_usage(place).free - KEEP_FREE_BYTES for place in places]
    return max(0, min(bytes_ // disks.count(disk) for bytes_, disk in zip(free, disks, strict=True)))


def lacks(folder: Path, more_bytes: int) -> str:
    """Why so many bytes more may not be written into this folder; empty: they may."""
    free, needed = shutil.disk_usage(existing(folder)).free, more_bytes + KEEP_FREE_BYTES
    if free >= needed:
        return ""
    return f"the disk of {folder} has {free >> 20:,} MiB free, and {_mebibytes(needed):,} MiB are needed: make room"


def _mebibytes(size: int) -> int:
    return -(-size >> 20)
