"""Card: an SD card that the image was flashed on, with the operator's files on its first partition.

It is larger than the image, as cards are, so that its data partition has room to grow into.
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from image.layout import BOOT, PARTITIONS
from image.tools import Tools

SIZE = "4G"
BEGINS = 4 << 20
"""Bytes in front of the first partition: image/layout.py aligns all of them so."""
LOG = "boot-test"


def copy(image: Path, target: Path) -> Path:
    """The image once more; holes stay holes."""
    assert PARTITIONS[0] is BOOT, "the FAT partition is not the first any more"
    subprocess.run(["cp", "--sparse=always", str(image), str(target)], check=True)
    return target


def put(tools: Tools, image: Path, files: Mapping[str, str | bytes]) -> None:
    """Files onto the FAT partition of an image, as a PC does after flashing."""
    for name, content in files.items():
        source = image.with_name("put")
        source.write_bytes(content.encode() if isinstance(content, str) else content)
        tools.run(["mcopy", "-D", "o", "-i", f"{image}@@{BEGINS}", source, f"::{name}"], LOG)


def flash(tools: Tools, image: Path, card: Path) -> Path:
    """The image as a card: a layer over it."""
    card.unlink(missing_ok=True)
    layer = ["qemu-img", "create", "-q", "-f", "qcow2", "-b", image, "-F", "raw", card, SIZE]
    tools.run(layer, LOG, trouble="no card could be made")
    return card


def names_on(tools: Tools, card: Path) -> list[str]:
    """What lies on the FAT partition of a card that is in no machine now."""
    whole = card.with_suffix(".raw")
    tools.run(["qemu-img", "convert", "-O", "raw", card, whole], LOG)
    told = tools.run(["mdir", "-b", "-i", f"{whole}@@{BEGINS}", "::"], LOG)
    whole.unlink()
    return [line.removeprefix("::/") for line in told.split()]
