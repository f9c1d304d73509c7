"""Card: an SD card that the image was flashed on, with the operator's files on its first partition.

It is larger than the image, as cards are, so that its data partition has room to grow into.
"""

import re
import shutil
import struct
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from image.layout import BOOT, DATA, PARTITIONS
from image.tools import Tools

SIZE = "4G"
BEGINS = 4 << 20
"""Bytes in front of the first partition: image/layout.py aligns all of them so."""
SECTOR = 512
STICK_BYTES = 512 << 20
NOISE_BYTES = 16 << 20
"""Superblock, journal and the first folders of a file system that is not much used."""
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


def fill(tools: Tools, image: Path) -> None:
    """A film that leaves no room on the FAT partition of an image."""
    told = tools.run(["mdir", "-i", f"{image}@@{BEGINS}", "::"], LOG)
    free = int(re.findall(r"([\d ]+) bytes free", told)[0].replace(" ", ""))
    film = image.with_name("film")
    with film.open("wb") as file:
        file.truncate(free)
    tools.run(["mcopy", "-i", f"{image}@@{BEGINS}", film, "::HOLIDAY.MOV"], LOG)
    film.unlink()


def stick(tools: Tools, target: Path, files: Mapping[str, bytes | Path], *, table: bool = False) -> Path:
    """A USB stick with one FAT file system and these files. `table`: in the first partition, as most sticks have it."""
    begins = 1 << 20 if table else 0
    with target.open("wb") as file:
        file.truncate(STICK_BYTES)
        if table:
            file.write(_one_partition(begins // SECTOR, (STICK_BYTES - begins) // SECTOR))
    sectors = (STICK_BYTES - begins) // 1_024
    tools.run(["mkfs.vfat", "-F", "32", "--offset", begins // SECTOR, target, sectors], LOG, trouble="no stick")
    for name, content in files.items():
        source = target.with_name("put")
        source.write_bytes(content) if isinstance(content, bytes) else shutil.copyfile(content, source)
        tools.run(["mcopy", "-i", f"{target}@@{begins}", source, f"::{name}"], LOG)
        source.unlink()
    return target


def _one_partition(begins: int, sectors: int) -> bytes:
    """An MBR; in sectors."""
    entry = struct.pack("<B3sB3sII", 0, b"\xfe\xff\xff", 0x0C, b"\xfe\xff\xff", begins, sectors)
    return bytes(446) + entry.ljust(64, b"\0") + b"\x55\xaa"


def damage_data(tools: Tools, card: Path) -> None:
    """Noise over the beginning of the data partition of a card that is in no machine now."""
    with _unfolded(tools, card) as whole:
        with whole.open("r+b") as file:
            table = file.read(SECTOR)
            (begins,) = struct.unpack_from("<I", table, 446 + 16 * PARTITIONS.index(DATA) + 8)
            file.seek(begins * SECTOR)
            file.write(bytes(range(256)) * (NOISE_BYTES // 256))
        card.unlink()
        tools.run(["qemu-img", "convert", "-O", "qcow2", whole, card], LOG)


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
