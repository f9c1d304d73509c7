"""U-Boot's environment: what U-Boot itself would read, with everything that it had, and neither screen nor keys."""

import binascii

import pytest

from image.uboot_env import OURS, SIZE, environment, own_values
from image.workplace import BuildError

OWN = {
    "bootcmd": "bootflow scan",
    "bootdelay": "2",
    "preboot": "pci enum; usb start;",
    "board": "rpi",
    "stdin": "serial,usbkbd",
    "stdout": "serial,vidconsole",
    "stderr": "serial,vidconsole",
    "ramdisk_addr_r": "0x02700000",
    "kernel_addr_r": "0x00080000",
}
UBOOT = b"\x00\x01code\0text\0" + b"".join(f"{k}={v}\0".encode() for k, v in OWN.items()) + b"\0more=code\0\0"


def read(file: bytes) -> dict[str, str]:
    """As env_import() of U-Boot does: the checksum of all behind it, then texts up to an empty one."""
    assert len(file) == SIZE and int.from_bytes(file[:4], "little") == binascii.crc32(file[4:])
    texts = file[4:].split(b"\0\0")[0].split(b"\0")
    return dict(text.decode().split("=", 1) for text in texts)


def test_all_of_its_own_values_stay_but_ours() -> None:
    assert own_values(UBOOT) == OWN
    values = read(environment(UBOOT))
    assert {name for name in OWN if values.get(name) != OWN[name]} == set(OURS)
    assert "preboot" not in values and values["bootdelay"] == "-2"


def test_nothing_is_shown_and_no_key_is_read() -> None:
    values = read(environment(UBOOT))
    assert {values[name] for name in ("stdin", "stdout", "stderr")} == {"serial"}


def test_a_uboot_that_hides_its_values_is_not_guessed_at() -> None:
    for strange in (b"", b"code\0", UBOOT.replace(b"kernel_addr_r", b"kernel_address")):
        with pytest.raises(BuildError, match="has its package changed"):
            environment(strange)
