"""Verity: the tree's place and root hash, and that boot script, RAM disk and build speak of the same."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from image import verity
from image.layout import ROOT_A, part_uuid
from image.tools import Tools
from image.verity import BLOCK, Verity, protect
from image.workplace import REPOSITORY, BuildError

BOOT = (REPOSITORY / "image/boot/boot.cmd").read_text()
HASH = "ab" * 32


class Said(Tools):
    """veritysetup, which says this."""

    def __init__(self, text: str = f"Data blocks: 3\nRoot hash:      \t{HASH}\n") -> None:
        self.text, self.asked = text, list[str]()

    def run(
        self, command: Sequence[object], log: str, *, environ: Mapping[str, str] | None = None, trouble: str = ""
    ) -> str:
        self.asked = [str(word) for word in command]
        return self.text


def test_the_tree_begins_where_the_file_system_ends(tmp_path: Path) -> None:
    image, tools = tmp_path / "root.squashfs", Said()
    image.write_bytes(b"x" * (2 * BLOCK + 1))
    assert protect(tools, image) == Verity(3, HASH)
    assert image.stat().st_size == 3 * BLOCK
    assert {"--data-blocks=3", f"--hash-offset={3 * BLOCK}", "--no-superblock", "--salt=-"} <= set(tools.asked)


def test_a_tool_that_says_no_hash_ends_the_build(tmp_path: Path) -> None:
    image = tmp_path / "root.squashfs"
    image.write_bytes(bytes(BLOCK))
    with pytest.raises(BuildError, match="root hash"):
        protect(Said("Root hash: 123\n"), image)


def test_the_boot_script_reads_what_the_build_writes_and_hands_it_on() -> None:
    names = re.findall(r"^(\w+)=", Verity(1, HASH).env(), re.MULTILINE)
    assert f"load ${{part}} ${{kernel_addr_r}} ${{slot}}/{verity.ENV}" in BOOT
    assert f"env import -t ${{kernel_addr_r}} ${{filesize}} {' '.join(names)}" in BOOT
    told = re.search(r"kassa\.root=(\S+)\"", BOOT)
    assert told is not None and told[1] == f"{part_uuid(ROOT_A)[:-2]}${{number}},${{root_blocks}},${{root_hash}}"
    assert BOOT.index("setenv root_hash\n") < BOOT.index("env import -t"), "not that of the slot tried before"
