"""Base: Debian as the image has it, before anything of ours is in it: installed packages and the initial RAM disk.

It takes minutes, because the image's own programs are emulated; so it is kept as a tar, named by what it is made of.
"""

from pathlib import Path

from image.bootstrap import bootstrap, recipe
from image.workplace import Workplace

ARCHITECTURE = "arm64"
INITRAMFS = Path(__file__).parent / "initramfs"
_SETTINGS = ("initramfs.conf", "modules")


def base(workplace: Workplace) -> Path:
    """The tar. Needs `arm64_programs` where it has to be made. Raises BuildError."""
    made_of = recipe("device", *((INITRAMFS / name).read_bytes() for name in _SETTINGS))
    tar = workplace.place("base") / f"{made_of}.tar"
    if not tar.exists():
        for old in tar.parent.iterdir():
            old.unlink()
        bootstrap(workplace, "device", ARCHITECTURE, tar, options=_initial_ram_disk(), environ={"INITRD": "No"})
    return tar


def _initial_ram_disk() -> list[str]:
    """Made once, at the end: each kernel package would make its own otherwise (INITRD=No)."""
    copies = [f'--customize-hook=cp {INITRAMFS / name} "$1/etc/initramfs-tools/{name}"' for name in _SETTINGS]
    return [*copies, '--customize-hook=chroot "$1" update-initramfs -c -k all']
