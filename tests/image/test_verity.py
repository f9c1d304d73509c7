"""Verity: the tree's place and root hash, and that boot script, RAM disk and build speak of the same."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from image import verity
from image.layout import ROOT_A, part_uuid
from image.tools import Tools
from image.verity import BLOCK, Verity, protect
from image.workplace import REPOSITORY, BuildError

INITRAMFS = REPOSITORY / "image/initramfs"
SCRIPT = INITRAMFS / "scripts/local-top/kassa-root"
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


@pytest.fixture
def ram_disk(tmp_path: Path) -> Path:
    """The script in a folder where /proc, /dev and dmsetup are ours: it is run by the same kind of shell."""
    text = SCRIPT.read_text().replace("/proc/cmdline", f"{tmp_path}/cmdline").replace("/dev/disk", f"{tmp_path}/disk")
    (tmp_path / "script").write_text(text)
    (tmp_path / "disk/by-partuuid").mkdir(parents=True)
    (tmp_path / "disk/by-partuuid" / part_uuid(ROOT_A)).touch()
    (tmp_path / "bin").mkdir()
    for name, body in (
        ("dmsetup", f'echo "$DM_DISABLE_UDEV $*" > {tmp_path}/asked'),
        ("sleep", f"echo . >> {tmp_path}/slept"),
    ):
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path


def run(ram_disk: Path, cmdline: str, *words: str) -> str:
    """What dmsetup was asked; empty: nothing."""
    (ram_disk / "cmdline").write_text(cmdline)
    environ = {"PATH": f"{ram_disk}/bin:{os.environ['PATH']}"}
    subprocess.run(["dash", str(ram_disk / "script"), *words], env=environ, check=True)
    asked = ram_disk / "asked"
    return asked.read_text().strip() if asked.exists() else ""


def test_the_ram_disk_has_every_block_checked(ram_disk: Path) -> None:
    asked = run(ram_disk, f"quiet root=/dev/mapper/root kassa.root={part_uuid(ROOT_A)},74484,{HASH} ro")
    device = f"{ram_disk}/disk/by-partuuid/{part_uuid(ROOT_A)}"
    table = f"0 {74484 * 8} verity 1 {device} {device} 4096 4096 74484 74484 sha256 {HASH} - 1 check_at_most_once"
    assert asked == f"1 create root --readonly --table {table}"


def test_a_card_that_takes_its_time_is_waited_for_and_not_for_ever(ram_disk: Path) -> None:
    (ram_disk / "disk/by-partuuid" / part_uuid(ROOT_A)).unlink()
    assert run(ram_disk, f"kassa.root={part_uuid(ROOT_A)},1,{HASH}") != "", "it fails then, and the boot with it"
    assert len((ram_disk / "slept").read_text().split()) == 300


@pytest.mark.parametrize(
    ("cmdline", "words"), [("root=PARTUUID=4b415341-02 quiet", ()), ("kassa.root=x,1,y", ("prereqs",))]
)
def test_without_a_hash_there_is_nothing_to_do(ram_disk: Path, cmdline: str, words: tuple[str, ...]) -> None:
    assert run(ram_disk, cmdline, *words) == ""


def test_what_the_script_needs_is_in_the_ram_disk() -> None:
    hook = (INITRAMFS / "hooks/kassa-root").read_text()
    assert "copy_exec /usr/sbin/dmsetup" in hook
    assert "dm_verity" in (INITRAMFS / "modules").read_text().split()
    assert SCRIPT.stat().st_mode & 0o111 and (INITRAMFS / "hooks/kassa-root").stat().st_mode & 0o111
    wanted = (REPOSITORY / "image/packages/device.lock").read_text()
    assert re.search(r"^dmsetup ", wanted, re.MULTILINE)
    assert shutil.which("dash"), "the RAM disk's shell is klibc's, which is dash"
