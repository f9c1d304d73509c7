"""RAUC's configuration on the appliance: which slots there are, whose signature counts, who knows the boot loader.

A slot is two things that belong together: a root file system on a partition of its own, and kernel and initial RAM disk
in a folder of the FAT partition. RAUC writes the first itself; the second is done by the bundle's hook (`bundle_hook`),
as the partition is shared and in use. Whoever pulls the plug meanwhile finds the slot without tries left, and the other
one starts: RAUC has said so to `device/boot_backend.py` before the first byte is written.

Why some settings are as they are:

- min-bundle-version: an older system than the one that runs is refused, by the system that runs. One that has fallen
  back has its own number here, so it may be updated again.
- use-bundle-signing-time: a Pi has no clock of its own. A certificate is judged at the time of the signature, not by
  whatever the clock says; an expired one therefore stays good for what it has signed, and its key must be kept well.
- perform-pre-check: what was damaged on its way is found before the slot is written, not in the middle; what it passes
  over, our hook finds.
- check-purpose: a certificate that was made for a till or a web server signs no updates, whoever has issued it.
"""

from image.layout import BOOT, ROOT_A, ROOT_B, Partition, link

COMPATIBLE = "kassa-arm64"
"""Which machines a bundle is for: one image serves every 64-bit Raspberry Pi."""
CONFIG, KEYRING = "etc/rauc/system.conf", "etc/rauc/keyring.pem"
"""Where both lie in the root file system."""
BACKEND = "/usr/lib/kassa/boot-backend"
_HEAD = """\
# What RAUC goes by. Made by image/rauc_config.py, which says why.
[system]
compatible={compatible}
min-bundle-version={version}
bootloader=custom
bundle-formats=verity
perform-pre-check=true
data-directory=/data/rauc

[handlers]
bootloader-custom-backend={backend}

[keyring]
path=keyring.pem
use-bundle-signing-time=true
check-purpose=codesign
"""


def system_conf(version: str) -> str:
    """The file, for a root file system of this version."""
    head = _HEAD.format(compatible=COMPATIBLE, version=version, backend=BACKEND)
    return head + _slot(0, "A", ROOT_A) + _slot(1, "B", ROOT_B)


def _slot(number: int, name: str, root: Partition) -> str:
    rootfs = f"[slot.rootfs.{number}]\ndevice={link(root)}\ntype=raw\nbootname={name}\n"
    boot = f"[slot.boot.{number}]\ndevice={link(BOOT)}\ntype=raw\nparent=rootfs.{number}\nallow-mounted=true\n"
    return f"\n{rootfs}\n{boot}"
