"""Tree: the root file system, as squashfs packs it: Debian's base, and what is ours in it.

It is read-only, and /var and /run are in memory: what Debian's packages have left in /var is not needed to run, and
left out. The list of packages stays, for people who ask what is in the image.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from image import python_env, rauc_verity
from image.rauc_config import CONFIG, KEYRING, system_conf
from image.tools import Tools
from image.workplace import REPOSITORY, Workplace

OVERLAY = REPOSITORY / "image" / "root"
DEVICE = REPOSITORY / "image" / "device"
UNITS = ("kiosk.service", "kiosk-closed.service")
SHARE = "usr/share/kassa"
MOUNT_POINTS = ("data", "boot/firmware", "etc/kassa")
LEFT_OUT = (
    "boot/*",
    "initrd.img*",
    "vmlinuz*",
    "usr/lib/linux-image-*",
    "usr/share/doc-base",
    # pygame's sound and picture arrays, which nobody here asks for, would load it at every start.
    "usr/share/numpy*",
    "usr/lib/python3/dist-packages/numpy*",
    "usr/lib/*/lapack",
    "usr/lib/*/blas",
    "usr/lib/python3/dist-packages/pygame/examples",
    "usr/lib/python3/dist-packages/pygame/tests",
    "usr/lib/python3/dist-packages/pygame/docs",
    "etc/apt",
    "etc/kernel",
    "etc/machine-id",
    "etc/hostname",
    "etc/fstab",
    "etc/*-",
    "var/*",
    "run/*",
    "tmp/*",
    "dev/*",
    "usr/lib/modules/*/kernel/drivers/gpu/drm/amd*",
    "usr/lib/modules/*/kernel/drivers/gpu/drm/radeon",
    "usr/lib/modules/*/kernel/drivers/gpu/drm/nouveau",
    "usr/lib/modules/*/kernel/drivers/infiniband",
    "usr/lib/modules/*/vmlinuz",
    "usr/lib/modules/*/config",
    "usr/lib/modules/*/System.map",
)
"""Patterns of what no appliance needs."""


class Release(NamedTuple):
    """What an image is called. `epoch`: when its commit was made, in seconds since 1970."""

    version: str
    commit: str
    epoch: int


def make_tree(workplace: Workplace, tools: Tools, base: Path, release: Release, keyring: Path) -> Path:
    """The root file system as a folder, its /boot still in it (see `without_boot`). Raises BuildError.

    `keyring`: the certificate whose updates it takes.
    """
    tree = workplace.fresh("tree")
    workplace.run(
        ["tar", "-x", "--numeric-owner", "-f", base, "-C", tree], "tree", trouble=f"{base} cannot be unpacked"
    )
    installed = (tree / "var/lib/dpkg/status").read_bytes()
    for path in _left_out(tree, after_boot=False):
        _remove(path)
    for folder in (*MOUNT_POINTS, SHARE):
        (tree / folder).mkdir(parents=True, exist_ok=True)
    (tree / SHARE / "dpkg-status").write_bytes(installed)
    _overlay(tree)
    _share(tree)
    _folders((tree / KEYRING).parent)
    _copy(keyring, tree / KEYRING, 0o644)
    (tree / CONFIG).write_text(system_conf(release.version))
    rauc_verity.compiled(workplace, tools, tree)
    python_env.install(workplace, tools, tree)
    _bake(workplace, tools, tree)
    tools.run(["systemd-sysusers", f"--root={tree}"], "tree", trouble="the appliance's accounts could not be made")
    (tree / "etc/machine-id").write_text("")
    (tree / "etc/resolv.conf").unlink(missing_ok=True)
    (tree / "etc/resolv.conf").symlink_to("/run/systemd/resolve/resolv.conf")
    with (tree / "usr/lib/os-release").open("a") as file:
        file.write(f"IMAGE_ID=kassa\nIMAGE_VERSION={release.version}\nBUILD_ID={release.commit}\n")
    return tree


def without_boot(tree: Path) -> None:
    """Leave out what lies on the boot partition instead."""
    for path in _left_out(tree, after_boot=True):
        _remove(path)


def _left_out(tree: Path, *, after_boot: bool) -> Iterator[Path]:
    """The kernel's own files are taken from the tree first."""
    of_boot = ("boot/*", "usr/lib/linux-image-*")
    for pattern in LEFT_OUT:
        if (pattern in of_boot) == after_boot:
            yield from sorted(tree.glob(pattern))
    if after_boot:
        (tree / "boot/firmware").mkdir(parents=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _overlay(tree: Path) -> None:
    """Our files, owned by root; git knows of no rights but `may be run`."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "image/root"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, told.split("\0")):
        source = REPOSITORY / name
        target = tree / source.relative_to(OVERLAY)
        _folders(target.parent)
        if target.is_symlink() or target.exists():
            target.unlink()
        if source.is_symlink():
            target.symlink_to(source.readlink())
        else:
            _copy(source, target, 0o755 if source.stat().st_mode & 0o100 else 0o644)
    for unit in UNITS:
        _copy(REPOSITORY / "systemd" / unit, tree / "usr/lib/systemd/system" / unit, 0o644)
    for program in (DEVICE.parent / "__init__.py", *sorted(DEVICE.glob("*.py"))):
        target = tree / "usr/lib/kassa" / program.relative_to(REPOSITORY)
        _folders(target.parent)
        _copy(program, target, 0o644)


def _share(tree: Path) -> None:
    """What ships with Kassa and is no code: laws, words, themes; and every key of kiosk.toml with its meaning."""
    config = REPOSITORY / "config"
    files = [path for folder in ("jurisdictions", "words", "themes") for path in sorted((config / folder).iterdir())]
    for source in (*files, config / "kiosk.toml"):
        target = tree / SHARE / source.relative_to(REPOSITORY)
        _folders(target.parent)
        _copy(source, target, 0o644)


def _bake(workplace: Workplace, tools: Tools, tree: Path) -> None:
    """The screen's fonts, of the very packages that tools.lock names."""
    from kiosk.ui.bake import FONT_DIRECTORIES, bake

    baked = workplace.fresh("assets")
    icons = FONT_DIRECTORIES[-1]
    bake(baked, [tools.root / "usr/share/fonts", icons])
    _splash(workplace, baked, tree / SHARE / "splash.raw")
    for source in sorted((baked / "fonts").iterdir()):
        target = tree / SHARE / "assets" / "fonts" / source.name
        _folders(target.parent)
        _copy(source, target, 0o644)


def _splash(workplace: Workplace, baked: Path, target: Path) -> None:
    """In a process of its own, whose fonts are those that were baked just now."""
    environ = {"KASSA_ASSETS": str(baked), "SDL_VIDEODRIVER": "dummy", "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "image.splash", target]
    workplace.run(command, "tree", environ=environ, trouble="the first picture could not be painted")
    target.chmod(0o644)


def _folders(folder: Path) -> None:
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)


def _copy(source: Path, target: Path, mode: int) -> None:
    shutil.copyfile(source, target)
    target.chmod(mode)
