"""Flat archive: a folder of .deb files as an archive that apt can install from, with no mirror in sight.

It holds exactly the packages of a lock, so whatever is installed from it is what was locked. It is not signed: each
file was compared with the lock's hash before it came here.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from image.archive import SUITE
from image.packages import Deb
from image.plain_deb import plain
from image.workplace import Workplace


def make_flat_archive(workplace: Workplace, name: str, architecture: str, debs: Iterable[Deb], kept: Path) -> str:
    """The line of a sources.list that installs these packages, which lie in `kept`. Raises BuildError."""
    folder = workplace.fresh("archive", name)
    stanzas = []
    for deb in debs:
        ours = folder / deb.file_name
        content = plain((kept / deb.file_name).read_bytes())
        ours.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        fields = workplace.run(["dpkg-deb", "--field", ours], "apt")
        stanzas.append(f"{fields}Filename: ./{ours.name}\nSize: {len(content)}\nSHA256: {digest}\n")
    index = "\n".join(stanzas).encode()
    (folder / "Packages").write_bytes(index)
    (folder / "Release").write_text(_release(index, architecture))
    return f"deb [trusted=yes] copy:{folder} ./"


def _release(index: bytes, architecture: str) -> str:
    digest = hashlib.sha256(index).hexdigest()
    head = f"Suite: {SUITE}\nCodename: {SUITE}\nArchitectures: {architecture}\n"
    return f"{head}SHA256:\n {digest} {len(index)} Packages\n"
