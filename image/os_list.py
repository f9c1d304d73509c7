"""OS list: the entry by which Raspberry Pi Imager offers the image, and checks what it has fetched and written."""

import json
from datetime import UTC, datetime
from typing import NamedTuple

DEVICES = ("pi5-64bit", "pi4-64bit", "pi3-64bit")
"""Imager's own names; a 400 and a CM4 are of the second."""


class Download(NamedTuple):
    """An image, packed and unpacked: sizes in bytes, SHA-256."""

    file: str
    size: int
    sha256: str
    unpacked_size: int
    unpacked_sha256: str


def os_list(version: str, epoch: int, download: Download, place: str) -> str:
    """The document. `place`: what stands before the file's name in its address, such as https://shop.example/kassa/."""
    entry = {
        "name": f"Kassa {version}",
        "description": "Self-checkout lane: flash, put kiosk.toml on the card, power on (Pi 5: experimental)",
        "url": place + download.file,
        "release_date": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%d"),
        "extract_size": download.unpacked_size,
        "extract_sha256": download.unpacked_sha256,
        "image_download_size": download.size,
        "image_download_sha256": download.sha256,
        "init_format": "none",
        "devices": list(DEVICES),
    }
    return json.dumps({"os_list": [entry]}, indent=1) + "\n"
