"""Boot files: what is on the FAT partition of a new card.

Firmware and U-Boot are one for both slots and are never updated from afar; a slot's kernel and initial RAM disk are in
a folder of its own.
"""

import shutil
from pathlib import Path

from image import uboot_env
from image.device.boot_state import NAMES, BootState, encode
from image.layout import BOOT, FAT_ID
from image.tools import Tools
from image.workplace import REPOSITORY, BuildError, Workplace

_OURS = REPOSITORY / "image" / "boot"
_FIRMWARE = ("bootcode.bin", "fixup.dat", "fixup4.dat", "start.elf", "start4.elf")
_UBOOT = "usr/lib/u-boot/rpi_arm64/u-boot.bin"
_LICENCE = "usr/share/doc/raspi-firmware/copyright"
_BOARDS = ("bcm2710-rpi-3-*", "bcm2837-rpi-3-*", "bcm2837-rpi-cm3*", "bcm2711-rpi-*", "bcm2712-rpi-*")
"""Device trees: Pi 3, 4, 400, CM4, and 5."""


def kernel(tree: Path) -> Path:
    """The kernel in a root file system. Raises BuildError."""
    kernels = sorted((tree / "boot").glob("vmlinuz-*"))
    if len(kernels) != 1:
        raise BuildError(f"one kernel was expected in {tree}/boot, there are {kernels}")
    return kernels[0]


def boot_folder(workplace: Workplace, tools: Tools, firmware: Path, tree: Path, initrd: Path) -> Path:
    """All files of the partition. Raises BuildError.

    `firmware`: the packages of firmware.lock, unpacked; `tree`: with its /boot; `initrd`: its initial RAM disk.
    """
    folder = workplace.fresh("boot")
    for name in _FIRMWARE:
        shutil.copyfile(_found(firmware, name), folder / name)
    shutil.copyfile(firmware / _UBOOT, folder / "u-boot.bin")
    (folder / uboot_env.FILE).write_bytes(uboot_env.environment((firmware / _UBOOT).read_bytes()))
    shutil.copyfile(firmware / _LICENCE, folder / "firmware-licence.txt")
    trees = [path for board in _BOARDS for path in tree.glob(f"usr/lib/linux-image-*/broadcom/{board}.dtb")]
    if not trees:
        raise BuildError(f"no device tree of a Raspberry Pi in {tree}/usr/lib: has the kernel's package changed?")
    for path in trees:
        shutil.copyfile(path, folder / path.name)
    shutil.copyfile(_OURS / "config.txt", folder / "config.txt")
    _boot_script(tools, workplace, folder)
    for number, name in enumerate(NAMES):
        (folder / name).write_bytes(encode(BootState(b_left=0), number + 1))
    slot = folder / "A"
    slot.mkdir()
    shutil.copyfile(kernel(tree), slot / "vmlinuz")
    shutil.copyfile(initrd, slot / "initrd.img")
    return folder


def _boot_script(tools: Tools, workplace: Workplace, folder: Path) -> None:
    source = workplace.place("script") / "boot.cmd"
    shutil.copyfile(_OURS / "boot.cmd", source)
    command = ["mkimage", "-T", "script", "-A", "arm64", "-C", "none", "-n", "Kassa", "-d", source, folder / "boot.scr"]
    tools.run(command, "boot", environ={"SOURCE_DATE_EPOCH": "0"}, trouble="the boot script could not be made")


def _found(folder: Path, name: str) -> Path:
    for path in sorted(folder.rglob(name)):
        return path
    raise BuildError(f"{name} is not in the packages of firmware.lock")


def fat(tools: Tools, folder: Path, target: Path, epoch: int) -> None:
    """The partition of these files. `epoch`: the time of each, in seconds since 1970. Raises BuildError."""
    with target.open("wb") as file:
        file.truncate(BOOT.size_mib << 20)
    environ = {"SOURCE_DATE_EPOCH": str(epoch), "MTOOLS_SKIP_CHECK": "1"}
    make = ["mkfs.vfat", "-F", "32", "-n", "KASSA", "-i", FAT_ID, "--invariant", target]
    tools.run(make, "boot", environ=environ, trouble="the FAT partition could not be made")
    files = sorted(folder.iterdir())
    tools.run(["mcopy", "-i", target, "-s", *files, "::"], "boot", environ=environ, trouble="the boot files do not fit")
