"""Base: Debian as the image has it, before anything of ours is in it; and the initial RAM disk that its kernel wants.

Each takes minutes, because the image's own programs are emulated; so each is kept, named by what it is made of.
"""

import shutil
from pathlib import Path

from image.bootstrap import RELEASED, bootstrap, digest_of, recipe
from image.workplace import REPOSITORY, BuildError, Workplace

ARCHITECTURE = "arm64"
INITRAMFS = REPOSITORY / "image" / "initramfs"
_IN_A_ROOT = 'mount --bind /proc "$0/proc" && mount --bind /dev "$0/dev" && exec chroot "$0" "$@"'
"""What runs in the image's own root; its mounts go with it."""


def base(workplace: Workplace) -> Path:
    """Debian as a tar. Needs `arm64_programs` where it has to be made. Raises BuildError."""
    tar = workplace.place("base") / f"{recipe('device')}.tar"
    if not tar.exists():
        for old in tar.parent.iterdir():
            old.unlink()
        # Each kernel package would make an initial RAM disk of its own otherwise.
        bootstrap(workplace, "device", ARCHITECTURE, tar, environ={"INITRD": "No"})
    return tar


def initial_ram_disk(workplace: Workplace, debian: Path) -> Path:
    """What finds the root file system, made by Debian's own program of our settings. As `base`."""
    settings = sorted(path for path in INITRAMFS.rglob("*") if path.is_file())
    parts = [
        f"{path.relative_to(INITRAMFS)} {path.stat().st_mode & 0o111}".encode() + path.read_bytes() for path in settings
    ]
    made = workplace.place("initrd") / f"{digest_of(debian.name.encode(), *parts)}.img"
    if made.exists():
        return made
    root = workplace.fresh("initrd-root")
    unpacked = ["tar", "-x", "--numeric-owner", "-f", debian, "-C", root]
    workplace.run(unpacked, "initrd", trouble=f"{debian} cannot be unpacked")
    for path in settings:
        target = root / "etc/initramfs-tools" / path.relative_to(INITRAMFS)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    command = ["unshare", "--mount", "sh", "-c", _IN_A_ROOT, root, "update-initramfs", "-c", "-k", "all"]
    environ = {"SOURCE_DATE_EPOCH": str(RELEASED)}
    workplace.run(command, "initrd", environ=environ, trouble="the initial RAM disk could not be made")
    disks = sorted((root / "boot").glob("initrd.img-*"))
    if len(disks) != 1:
        raise BuildError(f"one initial RAM disk was expected in {root}/boot, there are {disks}")
    for old in made.parent.iterdir():
        old.unlink()
    shutil.copyfile(disks[0], half := made.with_suffix(".half"))
    half.rename(made)
    shutil.rmtree(root)
    return made
