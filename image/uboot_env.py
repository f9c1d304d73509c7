"""U-Boot's environment: what the boot loader does before our script, so that it shows no text and takes no keys.

Debian's U-Boot writes to the screen, and waits two seconds for a key of any USB keyboard, which would stop the boot at
a prompt where anything can be started. It takes other values from `uboot.env` on the FAT partition, if that has them
all: a CRC-32, then `name=value` texts with a zero byte behind each. So its own values are read from its program, and
ours take their places. (`CONFIG_ENV_IS_IN_FAT`, `CONFIG_ENV_SIZE=0x4000`: configs/config.rpi_arm64.gz of Debian's
u-boot-rpi.)
"""

import binascii

from image.workplace import BuildError

FILE = "uboot.env"
SIZE = 0x4000
OURS = {
    "stdin": "serial",
    "stdout": "serial",
    "stderr": "serial",
    "bootdelay": "-2",  # at once, and no key is looked at
    "preboot": "",  # it would search USB; what starts from there is found without
}
_NEEDED = {"bootcmd", "board", "stdin", "stdout", "bootdelay", "kernel_addr_r", "ramdisk_addr_r"}


def own_values(uboot: bytes) -> dict[str, str]:
    """The values that this U-Boot has when there is no file. Raises BuildError if they are not found."""
    begin = uboot.find(b"\0bootcmd=") + 1
    end = uboot.find(b"\0\0", begin)
    texts = uboot[begin:end].decode("ascii", "replace").split("\0") if begin and end > 0 else []
    values = dict(text.split("=", 1) for text in texts if "=" in text)
    if lacking := _NEEDED - values.keys():
        raise BuildError(f"U-Boot's own values have no {', '.join(sorted(lacking))}: has its package changed?")
    return values


def environment(uboot: bytes) -> bytes:
    """The file for this U-Boot. Raises BuildError."""
    values = {name: value for name, value in (own_values(uboot) | OURS).items() if value}
    body = b"".join(f"{name}={value}\0".encode() for name, value in sorted(values.items())) + b"\0"
    if len(body) > SIZE - 4:
        raise BuildError("U-Boot's values have no room in their file")
    body = body.ljust(SIZE - 4, b"\0")
    return binascii.crc32(body).to_bytes(4, "little") + body
