"""Layout: the partitions of the card, and what each is for.

    boot    FAT32   what a Pi's own processor reads: firmware, U-Boot; the boot script and its two state files; kernel
                    and initial RAM disk of either slot; the operator's kiosk.toml
    root_a  squashfs, read-only     slot A
    root_b  squashfs, read-only     slot B; empty on a new card
    data    ext4    journal, price book, the till's identity; grown to the card at the first boot

An MBR, since that is what a Pi 3 can start from. Its signature is ours, so that the initial RAM disk knows a card of
ours, whatever it is called. Every card has the same one: a second card, in a reader, is told from the one that was
started from by where it is (initramfs/scripts/local-top/kassa-root), and what runs knows partitions by `link` alone.
"""

from typing import NamedTuple

SIGNATURE = 0x4B415341
"""KASA, the disk signature of every card."""
FAT_ID = "4b415342"
DATA_UUID = "4b415341-0000-4000-8000-000000000004"
MIB = 1 << 20
_ALIGN = "4M"


class Partition(NamedTuple):
    """One partition. `kind`: the MBR's type. `file`: what is in it in the download, below the images' folder."""

    name: str
    kind: int
    size_mib: int
    file: str


BOOT = Partition("boot", 0x0C, 256, "boot.vfat")
ROOT_A = Partition("root_a", 0x83, 512, "root.squashfs")
ROOT_B = Partition("root_b", 0x83, 512, "")
DATA = Partition("data", 0x83, 64, "data.ext4")
PARTITIONS = (BOOT, ROOT_A, ROOT_B, DATA)
"""In the order of their numbers."""


def part_uuid(partition: Partition) -> str:
    """As the kernel calls it: PARTUUID."""
    return f"{SIGNATURE:08x}-{PARTITIONS.index(partition) + 1:02x}"


def link(partition: Partition) -> str:
    """As the appliance calls it: the partition of the disk that it was started from, and of no other card."""
    return f"/dev/kassa/{partition.name}"


def genimage_config(image: str) -> str:
    """What genimage is told, for an image of this file name."""
    parts = "\n".join(_genimage_partition(each) for each in PARTITIONS)
    table = f'partition-table-type = "mbr"\n\t\tdisk-signature = 0x{SIGNATURE:08x}\n\t\talign = {_ALIGN}'
    return f"image {image} {{\n\thdimage {{\n\t\t{table}\n\t}}\n{parts}}}\n"


def _genimage_partition(partition: Partition) -> str:
    lines = [f"partition-type = 0x{partition.kind:02x}", f"size = {partition.size_mib}M"]
    if partition.file:
        lines.append(f'image = "{partition.file}"')
    if partition is BOOT:
        lines.append("bootable = true")
    body = "".join(f"\t\t{line}\n" for line in lines)
    return f"\tpartition {partition.name} {{\n{body}\t}}\n"
