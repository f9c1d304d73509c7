"""Build: the image from the commit that is checked out, step by step. Read this file first.

1. tools       every program that makes the image, in locked versions
2. base        Debian, as device.lock has it, and its initial RAM disk; minutes, but only when they have changed
3. tree        the root file system: base and what is ours; its lane is started once
4. root        the tree as squashfs, and its hash tree
5. boot        firmware, U-Boot, boot script, state files, kernel
6. image       partitions in one file
7. bundle      the same as a signed update
8. packed      .xz, .bmap, SHA256SUMS, SBOM, Imager's entry
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from image import boot_files, first_start, layout, verity
from image.base import ARCHITECTURE, base, initial_ram_disk
from image.bootstrap import kept_debs, locked
from image.bundle import bundle
from image.emulation import arm64_programs
from image.os_list import Download, os_list
from image.python_env import wanted_requirements
from image.sbom import sbom, wheels_of
from image.signing import VARIABLE, signing
from image.tools import Tools
from image.tree import Release, make_tree, without_boot
from image.workplace import REPOSITORY, BuildError, Workplace, step

NEEDED = ("mmdebstrap", "apt-get", "dpkg-deb", "git", "openssl", "tar", "mount", "unshare", "chroot")


def release() -> Release:
    """What is checked out. A tree that git has changes of is called so."""
    version = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["version"]
    changed = "-changed" if _git("status", "--porcelain", "--untracked-files=no") else ""
    return Release(version, _git("rev-parse", "HEAD")[:12] + changed, int(_git("log", "-1", "--format=%ct")))


def _git(*words: str) -> str:
    command = ["git", *words]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.strip()


def check_machine() -> None:
    """Raises BuildError naming all that this machine lacks."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        raise BuildError(f"these commands are missing: {', '.join(missing)}; config/set-up --image brings them")
    if os.geteuid() != 0:
        raise BuildError("the image has files of other accounts and programs of another machine: run it as root")


def build(workplace: Workplace, place: str = "", *, quick: bool = False) -> Path:
    """The packed image in image/out. Raises BuildError.

    `place`: see `os_list`. `quick`: the image as it is in the work folder, hardly packed, for whoever tries a change.
    """
    os.umask(0o022)
    check_machine()
    now = release()
    name = f"kassa-{now.version}-{ARCHITECTURE}"
    with step("tools"):
        tools = Tools(workplace)
    with step("Debian"), arm64_programs(workplace, tools.root / "usr/bin/qemu-aarch64"):
        debian = base(workplace)
        initrd = initial_ram_disk(workplace, debian)
    signs = signing(workplace)
    with step("root file system"):
        tree = make_tree(workplace, tools, debian, now, signs.keyring)
    if not quick:
        with step("first start"):
            first_start.check(workplace, tools, tree)
    with step("boot files"):
        files = boot_files.boot_folder(workplace, tools, _firmware(workplace), tree, initrd)
        without_boot(tree)
    images = workplace.fresh("images")
    with step("squashfs"):
        root = images / layout.ROOT_A.file
        _squashfs(tools, tree, root, now.epoch, 3 if quick else 19)
        (files / "A" / verity.ENV).write_text(verity.protect(tools, root).env())
        _fits(root)
    with step("image"):
        boot_files.fat(tools, files, images / layout.BOOT.file, now.epoch)
        _data(tools, images / layout.DATA.file, now.epoch)
        whole = _genimage(workplace, tools, images, f"{name}.img")
    with step("bundle"):
        update = bundle(workplace, tools, root, files / "A", now, signs)
    if signs.ours:
        sys.stdout.write(f"image: updates are signed with the key for trying in {signs.key.parent}; see {VARIABLE}\n")
    if quick:
        return whole
    with step("packed"):
        return _publish(workplace, tools, whole, update, now, place)


def _firmware(workplace: Workplace) -> Path:
    folder = workplace.fresh("firmware")
    for deb in kept_debs(workplace, "firmware", ARCHITECTURE):
        workplace.run(["dpkg-deb", "-x", workplace.place("debs") / deb.file_name, folder], "boot")
    return folder


def _squashfs(tools: Tools, tree: Path, target: Path, epoch: int, level: int) -> None:
    times = ["-mkfs-time", str(epoch), "-all-time", str(epoch)]
    packed = [
        "-comp",
        "zstd",
        "-Xcompression-level",
        str(level),
        "-b",
        "256K",
        "-no-progress",
        "-noappend",
        "-no-xattrs",
    ]
    trouble = "the root file system could not be packed"
    tools.run(["mksquashfs", tree, target, *packed, *times], "squashfs", trouble=trouble)


def _fits(target: Path) -> None:
    room = layout.ROOT_A.size_mib << 20
    if target.stat().st_size > room:
        raise BuildError(f"the root file system has {target.stat().st_size >> 20} MiB; a slot has {room >> 20}")


def _data(tools: Tools, target: Path, epoch: int) -> None:
    with target.open("wb") as file:
        file.truncate(layout.DATA.size_mib << 20)
    fixed = ["-U", layout.DATA_UUID, "-E", f"hash_seed={layout.DATA_UUID},lazy_itable_init=0"]
    command = ["mkfs.ext4", "-q", "-L", "data", *fixed, target]
    tools.run(
        command, "data", environ={"SOURCE_DATE_EPOCH": str(epoch)}, trouble="the data partition could not be made"
    )


def _genimage(workplace: Workplace, tools: Tools, images: Path, name: str) -> Path:
    config = workplace.place("genimage") / "genimage.cfg"
    config.write_text(layout.genimage_config(name))
    empty = workplace.fresh("genimage", "root")
    scratch = workplace.folder / "genimage" / "tmp"
    shutil.rmtree(scratch, ignore_errors=True)
    where = ["--rootpath", empty, "--tmppath", scratch, "--inputpath", images, "--outputpath", images]
    tools.run(["genimage", "--config", config, *where], "genimage", trouble="the partitions do not fit together")
    return images / name


def _publish(workplace: Workplace, tools: Tools, whole: Path, update: Path, now: Release, place: str) -> Path:
    """Everything that people fetch, beside the image; image/out has the last build and nothing else."""
    tools.run(["bmaptool", "create", "-o", f"{whole}.bmap", whole], "publish", trouble="no block map could be made")
    packed = whole.with_name(whole.name + ".xz")
    tools.run(["xz", "-T0", "-6", "--keep", "--force", whole], "publish", trouble="the image could not be packed")
    root = whole.with_name(layout.ROOT_A.file)
    made = Download(packed.name, packed.stat().st_size, _sha256(packed), whole.stat().st_size, _sha256(whole))
    texts = {
        f"{whole.name}.cdx.json": sbom(
            now.version, now.epoch, (*locked("device"), *locked("firmware")), wheels_of(wanted_requirements())
        ),
        "os_list.json": os_list(now.version, now.epoch, made, place),
        "SHA256SUMS": "".join(f"{_sha256(path)}  {path.name}\n" for path in (packed, update, root)),
    }
    workplace.out.mkdir(exist_ok=True)
    for old in workplace.out.iterdir():
        old.unlink()
    for path in (packed, update, whole.with_name(whole.name + ".bmap")):
        shutil.copyfile(path, workplace.out / path.name)
    for name, text in texts.items():
        (workplace.out / name).write_text(text)
    sys.stdout.write(f"\nimage: root file system {root.stat().st_size >> 20} MiB, packed image {made.size >> 20} MiB")
    return workplace.out / packed.name


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
