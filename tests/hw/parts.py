"""What the guest is made of and where it comes from: a stock Debian kernel out of its package, and evdev as locked.

The kernel is not installed, only unpacked below `build/hw`; its package comes through apt, which checks its signature.
evdev is built as an appliance's set-up builds it, from the source whose hash `requirements-device.lock` has.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TOOLS = {
    "qemu-system-x86_64": "qemu-system-x86",
    "busybox": "busybox-static",
    "depmod": "kmod",
    "modprobe": "kmod",
    "apt-get": "apt",
    "dpkg-deb": "dpkg",
}
"""Each command that is called, and the Debian package that has it."""
_PLACES = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
KERNEL = "linux-image-amd64"


class Missing(Exception):
    """This machine cannot do it. The text says what to do."""


def tool(name: str) -> str:
    """The path of a command. Raises Missing."""
    found = shutil.which(name, path=_PLACES)
    if found is None:
        raise Missing(f"the command {name} is missing: apt-get install {TOOLS[name]}")
    return found


def kernel(place: Path) -> tuple[Path, str]:
    """The root of an unpacked kernel package below `place`, and its version; fetched where it is not there yet."""
    package = _newest_kernel()
    root, version = place / package, package.removeprefix("linux-image-")
    if not (root / "whole").exists():
        fetched = place / "fetched"
        fetched.mkdir(parents=True, exist_ok=True)
        _run([tool("apt-get"), "-qq", "download", package], fetched, f"apt could not fetch {package}")
        newest = max(fetched.glob(f"{package}_*.deb"), key=lambda deb: deb.stat().st_mtime)
        _run([tool("dpkg-deb"), "-x", str(newest), str(root)], place, f"{newest} cannot be unpacked")
        _run([tool("depmod"), "-b", str(root), version], place, "the kernel's modules cannot be listed")
        (root / "whole").touch()
    return root, version


def evdev(place: Path, tree: Path) -> Path:
    """A folder for the module search path with evdev in it, as `requirements-device.lock` has it."""
    lock = (tree / "requirements-device.lock").read_text()
    wanted = re.search(r"^evdev==(\S+) \\\n(?: +--hash=\S+(?: \\)?\n)+", lock, re.MULTILINE)
    if wanted is None:
        raise Missing("requirements-device.lock names no evdev: make lock")
    folder = place / f"evdev-{wanted[1]}-{sys.implementation.cache_tag}"
    if not (folder / "whole").exists():
        place.mkdir(parents=True, exist_ok=True)
        (place / "evdev.lock").write_text(wanted[0])
        pip = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--quiet",
            "--no-deps",
            "--upgrade",
        ]
        what = ["--require-hashes", "-r", str(place / "evdev.lock"), "--target", str(folder)]
        _run(pip + what, place, "evdev cannot be built; it needs the packages of config/packages/device.txt")
        (folder / "whole").touch()
    return folder


def _newest_kernel() -> str:
    told = subprocess.run(
        [tool("apt-get"), "-s", "-qq", "-o", "Debug::NoLocking=1", "install", "--no-install-recommends", KERNEL],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"^(?:Inst|Conf) (linux-image-\d\S*)", told.stdout, re.MULTILINE)
    if found is None:
        raise Missing(f"apt knows no package {KERNEL}: apt-get update, on Debian for x86-64\n{told.stderr.strip()}")
    return found[1]


def _run(command: list[str], where: Path, trouble: str) -> None:
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(f"{trouble}:\n{(done.stderr or done.stdout).strip()}")
