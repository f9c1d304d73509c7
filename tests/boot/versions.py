"""Versions: updates for the image that is tested: the same system under the next number, and one that never comes up.

Their root file systems are packed anew from the build's own tree, with a file or two changed; everything else is what
`make image` makes of a bundle.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from image import verity
from image.build import release
from image.bundle import bundle
from image.signing import signing
from image.tools import Tools
from image.workplace import Workplace

BROKEN = {"usr/lib/systemd/system/kiosk.service.d/99-broken.conf": "[Service]\nExecStart=\nExecStart=/bin/false\n"}
"""A version whose lane ends as soon as it begins."""
OS_RELEASE = "usr/lib/os-release"


def version(workplace: Workplace, tools: Tools, number: str, changes: Mapping[str, str] | None = None) -> Path:
    """A signed bundle of this version. `changes`: texts of files of its root file system, by path."""
    now = release()
    tree, place = workplace.folder / "tree", workplace.fresh("next", number)
    said = (tree / OS_RELEASE).read_text()
    files = {OS_RELEASE: said.replace(f"IMAGE_VERSION={now.version}", f"IMAGE_VERSION={number}"), **(changes or {})}
    root, slot = place / "root.squashfs", place / "A"
    command: list[object] = ["mksquashfs", tree, root, "-comp", "zstd", "-Xcompression-level", "3", "-b", "256K"]
    command += ["-no-progress", "-noappend", "-no-xattrs"]
    for at, (path, text) in enumerate(files.items()):
        source = place / f"changed-{at}"
        source.write_text(text)
        command += ["-p", f"{path} f 644 0 0 cat {source}"]
    tools.run([*command, "-e", *files], "next", trouble="the next version could not be packed")
    shutil.copytree(workplace.folder / "boot" / "A", slot)
    (slot / verity.ENV).write_text(verity.protect(tools, root).env())
    made = bundle(workplace, tools, root, slot, now._replace(version=number), signing(workplace))
    return made.rename(place / made.name)
