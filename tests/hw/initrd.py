"""The guest's first file system: busybox, the modules that reach the machine's own files, and one script.

The guest has no disk of its own. Its root is this machine's, read-only over 9p, under a layer in memory that takes
whatever is written; so the project, its Python and its packages are there as they are here, under another kernel. An
initrd is a cpio archive of the form "newc" (the kernel's Documentation/driver-api/early-userspace/buffer-format.rst).
"""

import lzma
import re
import shlex
import stat
import subprocess
from pathlib import Path

from parts import tool

NEEDED = ("virtio_pci", "9p", "9pnet_virtio", "overlay", "virtio_console")
_FOLDERS = ("bin", "proc", "sys", "dev", "lower", "upper", "newroot")
_INIT = """#!/bin/busybox sh
export PATH=/bin
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs devtmpfs /dev
for module in {modules}; do $b insmod /$module || echo "no module $module"; done
$b mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=512000,cache=loose machine /lower
$b mount -t tmpfs upper /upper
$b mkdir /upper/changes /upper/work
$b mount -t overlay -o lowerdir=/lower,upperdir=/upper/changes,workdir=/upper/work overlay /newroot
for place in proc sys dev; do $b mount --move /$place /newroot/$place; done
$b mkdir -p /newroot/usr/lib/modules /newroot/lib/modules /newroot/dev/virtio-ports
$b mount --bind /newroot{kernel}/lib/modules /newroot/lib/modules
for port in /newroot/sys/class/virtio-ports/*; do
    $b ln -s /dev/${{port##*/}} /newroot/dev/virtio-ports/$($b cat $port/name)
done
$b chroot /newroot /bin/sh -c {script}
$b poweroff -f
"""


def initrd(root: Path, version: str, script: str) -> bytes:
    """An archive that boots into `script`, a shell's, with this machine's files. `root` and `version`: the kernel's."""
    entries = [_entry(name, stat.S_IFDIR | 0o755) for name in _FOLDERS]
    entries.append(_entry("bin/busybox", stat.S_IFREG | 0o755, Path(tool("busybox")).read_bytes()))
    modules = _modules(root, version)
    entries += [_entry(name, stat.S_IFREG | 0o644, data) for name, data in modules.items()]
    init = _INIT.format(modules=" ".join(modules), kernel=shlex.quote(str(root)), script=shlex.quote(script))
    entries.append(_entry("init", stat.S_IFREG | 0o755, init.encode()))
    return b"".join(entries) + _entry("TRAILER!!!", 0)


def _modules(root: Path, version: str) -> dict[str, bytes]:
    """The needed modules and those that they need, in the order in which they are to be loaded."""
    found: dict[str, bytes] = {}
    for name in NEEDED:
        command = [tool("modprobe"), "-d", str(root), "-S", version, "--show-depends", name]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for path in map(Path, re.findall(r"^insmod (\S+)", told, re.MULTILINE)):
            data = path.read_bytes()
            found[path.name.removesuffix(".xz")] = lzma.decompress(data) if path.suffix == ".xz" else data
    return found


def _entry(name: str, mode: int, data: bytes = b"") -> bytes:
    """One file: a header of hexadecimal numbers, the name, the content, each padded to four bytes."""
    numbers = (0, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0)
    header = b"070701" + b"".join(b"%08X" % number for number in numbers) + name.encode() + b"\0"
    return _padded(header) + _padded(data)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
