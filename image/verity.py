"""Verity: a hash tree behind the root file system, so that a block that a card has spoilt is an error and never a wrong
program.

The kernel checks each block when it is first read (dm-verity). The hash of the tree's root is in `verity.env` beside
the slot's kernel; the boot script hands it on (`kassa.root=`), the initial RAM disk sets it up. A slot that does not
start for a spoilt block uses up its tries, and the other one starts. It is no lock: who has the card can change the
hash as well, since a Raspberry Pi 3 or 4 with U-Boot starts whatever is on it.
https://docs.kernel.org/admin-guide/device-mapper/verity.html
"""

import re
from pathlib import Path
from typing import NamedTuple

from image.tools import Tools
from image.workplace import BuildError

BLOCK = 4096
ENV = "verity.env"
"""The file's name in a slot's folder, as boot.cmd has it."""


class Verity(NamedTuple):
    """`blocks`: of the file system, and where the tree begins; `root_hash`: 64 hexadecimal digits, SHA-256."""

    blocks: int
    root_hash: str

    def env(self) -> str:
        """As U-Boot's `env import -t` reads it."""
        return f"root_blocks={self.blocks}\nroot_hash={self.root_hash}\n"


def protect(tools: Tools, image: Path) -> Verity:
    """Put the tree behind the file system in this file. The same file gets the same tree. Raises BuildError."""
    size = image.stat().st_size
    if size % BLOCK:
        with image.open("ab") as file:
            file.write(bytes(-size % BLOCK))
    blocks = -(-size // BLOCK)
    shape = ["--no-superblock", "--salt=-", f"--data-blocks={blocks}", f"--hash-offset={blocks * BLOCK}"]
    said = tools.run(
        ["veritysetup", "format", *shape, image, image], "verity", trouble="the root file system got no hash tree"
    )
    found = re.search(r"^Root hash:\s*([0-9a-f]{64})$", said, re.MULTILINE)
    if found is None:
        raise BuildError(f"veritysetup did not say the root hash of {image}: {said}")
    return Verity(blocks, found[1])
