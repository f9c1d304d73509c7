"""Card: an SD card that the image was flashed on, with the operator's files on its first partition.

It is larger than the image, as cards are, so that its data partition has room to grow into.
"""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
    with _unfolded(tools, card) as whole:
        told = tools.run(["mdir", "-b", "-i", f"{whole}@@{BEGINS}", "::"], LOG)
    return [line.removeprefix("::/") for line in told.split()]


def boot_partition(tools: Tools, card: Path) -> bytes:
    """Every byte of the FAT partition of a card that is in no machine now, free space too."""
    with _unfolded(tools, card) as whole, whole.open("rb") as file:
        file.seek(BEGINS)
        return file.read(BOOT.size_mib << 20)


def contents(tools: Tools, card: Path, names: Sequence[str]) -> list[bytes]:
    """These files of the FAT partition of a card that is in no machine now."""
    taken = card.with_suffix(".taken")
    found = []
    with _unfolded(tools, card) as whole:
        for name in names:
            tools.run(["mcopy", "-n", "-i", f"{whole}@@{BEGINS}", f"::{name}", taken], LOG)
            found.append(taken.read_bytes())
            taken.unlink()
    return found


@contextmanager
def _unfolded(tools: Tools, card: Path) -> Iterator[Path]:
    """The card as one file, without layers."""
    whole = card.with_suffix(".raw")
    tools.run(["qemu-img", "convert", "-O", "raw", card, whole], LOG)
    try:
        yield whole
    finally:
        whole.unlink()
