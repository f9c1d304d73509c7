"""The RAM disk's script: it starts from the disk that the boot loader was on, whatever card of ours is in a reader.

The script is run as it is, by the same kind of shell, in a folder with a /proc, a /sys and a /dev of a made-up machine.
"""

import os
import re
import shutil
import subprocess
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from image.layout import PARTITIONS, ROOT_A, ROOT_B, SIGNATURE, link, part_uuid
from image.workplace import REPOSITORY

INITRAMFS = REPOSITORY / "image/initramfs"
SCRIPT = INITRAMFS / "scripts/local-top/kassa-root"
HASH = "ab" * 32
RULES = "run/udev/rules.d/61-kassa-disk.rules"
_USB = "platform/scb/fd500000.pcie/pci0000:00/0000:01:00.0/usb1/1-1"
PLACES = {
    "mmcblk0": "platform/emmc2bus/fe340000.mmc/mmc_host/mmc0/mmc0:aaaa/block/mmcblk0",
    "sda": f"{_USB}/1-1.2/1-1.2:1.0/host0/target0:0:0/0:0:0:0/block/sda",
    "sdb": f"{_USB}/1-1.3/1-1.3:1.0/host1/target1:0:0/1:0:0:0/block/sdb",
    "vda": "platform/4010000000.pcie/pci0000:00/0000:00:01.0/virtio0/block/vda",
}
"""Where the kernel has a disk of this name on a Pi 4, and on the emulated board."""


class Machine:
    """`plug` it, then `start` it. A card appears at once, or `after` so many tenths of a second."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.late = folder, dict[int, list[str]]()
        text = SCRIPT.read_text()
        for place in ("/proc/cmdline", "/sys", "/dev/", "/run/", "/conf/"):
            text = text.replace(place, f"{folder}{place}")
        for name in ("sys/class/block", "proc", "dev", "run", "conf", "bin", "later"):
            (folder / name).mkdir(parents=True)
        (folder / "script").write_text(text)
        self._program("dmsetup", f'echo "$DM_DISABLE_UDEV $*" > {folder}/asked')
        self._program("sleep", f"echo . >> {folder}/slept; n=$(wc -l < {folder}/slept); . {folder}/later/$n 2>&-; true")

    def _program(self, name: str, body: str) -> None:
        (self.folder / "bin" / name).write_text(f"#!/bin/sh\n{body}\n")
        (self.folder / "bin" / name).chmod(0o755)

    def plug(self, name: str, *, ours: bool = True, after: int = 0, empty: bool = False) -> None:
        """A disk with the four partitions; `ours`: with our signature; `empty`: a reader without a card."""
        place = self.folder / "sys/devices" / PLACES[name]
        for number in range(5):
            part = name + ("" if not number else f"p{number}" if name[-1].isdigit() else str(number))
            folder = place if not number else place / part
            folder.mkdir(parents=True)
            (folder / "size").write_text("0\n" if empty else "4096\n")
            if number:
                (folder / "partition").write_text(f"{number}\n")
            disk = bytes(440) + (SIGNATURE if ours else 0x11223344).to_bytes(4, "little") + bytes(68)
            (self.folder / "dev" / part).write_bytes(b"" if number else disk)
            (self.folder / "sys/class/block" / part).symlink_to(folder)
            if empty:
                break
        if after:
            hidden = self.folder / f"later/{name}"
            (self.folder / "sys/class/block" / name).rename(hidden)
            (self.folder / f"later/{after}").write_text(f"mv {hidden} {self.folder}/sys/class/block/{name}\n")

    def start(self, *words: str, slot: str = part_uuid(ROOT_A), argument: str = "") -> str:
        """The device that the root file system is read from; empty: none."""
        told = f"quiet root=/dev/mapper/root kassa.root={slot},74484,{HASH} ro {' '.join(words)}\n"
        (self.folder / "proc/cmdline").write_text(told)
        environ = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}"}
        subprocess.run(["dash", str(self.folder / "script"), *filter(None, [argument])], env=environ, check=True)
        found = re.search(r"verity 1 (\S+) ", self.said("asked"))
        return found[1].removeprefix(str(self.folder)) if found else ""

    def said(self, file: str) -> str:
        path = self.folder / file
        return path.read_text() if path.exists() else ""

    def named(self, name: str) -> set[str]:
        """The names that udev gives to the partitions of this disk, by the rule that the script has written."""
        names = set()
        for rule in self.said(RULES).splitlines():
            path, number, given = re.findall(r'"([^"]*)"', rule)[1:]
            part = name + (f"p{number}" if name[-1].isdigit() else number)
            if fnmatchcase(f"{self.folder}/sys/devices/{PLACES[name]}/{part}", f"{self.folder}/sys{path}"):
                names.add(f"/dev/{given}")
        return names


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


EVERY = {link(each) for each in PARTITIONS}


def test_every_block_is_checked(machine: Machine) -> None:
    machine.plug("mmcblk0")
    machine.start("kassa.disk=mmc")
    device = f"{machine.folder}/dev/mmcblk0p2"
    table = f"0 {74484 * 8} verity 1 {device} {device} 4096 4096 74484 74484 sha256 {HASH} - 1 check_at_most_once"
    assert machine.said("asked") == f"1 create root --readonly --table {table}\n"


@pytest.mark.parametrize(
    ("bus", "started", "other"),
    [("mmc", "mmcblk0", "sda"), ("usb", "sda", "mmcblk0"), ("virtio", "vda", "sda"), ("", "mmcblk0", "sda")],
)
@pytest.mark.parametrize(("slot", "number"), [(ROOT_A, "2"), (ROOT_B, "3")])
@pytest.mark.parametrize("reader_first", [False, True])
def test_a_second_card_in_a_reader_is_never_taken_for_the_one_that_runs(
    machine: Machine, bus: str, started: str, other: str, slot: object, number: str, reader_first: bool
) -> None:
    for name in (other, started) if reader_first else (started, other):
        machine.plug(name)
    part = f"{started}p{number}" if started[-1].isdigit() else f"{started}{number}"
    found = machine.start(f"kassa.disk={bus}" if bus else "", slot=part_uuid(ROOT_A if slot is ROOT_A else ROOT_B))
    assert found == f"/dev/{part}"
    assert machine.named(started) == EVERY and machine.named(other) == set()


def test_the_right_card_is_waited_for_while_another_is_there(machine: Machine) -> None:
    machine.plug("sda")
    machine.plug("mmcblk0", after=40)
    assert machine.start("kassa.disk=mmc") == "/dev/mmcblk0p2"


def test_an_older_boot_script_does_not_say_where_it_was(machine: Machine) -> None:
    """It is on the FAT partition, which no update touches: USB comes last, and it does come."""
    machine.plug("sda")
    assert machine.start() == "/dev/sda2" and len(machine.said("slept").split()) == 50


def test_two_that_cannot_be_told_apart_are_left_alone_until_one_is_pulled(machine: Machine) -> None:
    machine.plug("sda")
    machine.plug("sdb")
    assert machine.start("kassa.disk=usb") == "" and machine.said(RULES) == ""
    assert "sda sdb" in machine.said("dev/kmsg")


def test_a_foreign_disk_and_an_empty_reader_are_no_card_of_ours(machine: Machine) -> None:
    machine.plug("sda", ours=False)
    machine.plug("sdb", empty=True)
    machine.plug("mmcblk0", after=3)
    assert machine.start() == "/dev/mmcblk0p2"


def test_a_card_that_is_not_there_is_waited_for_and_not_for_ever(machine: Machine) -> None:
    assert machine.start("kassa.disk=mmc") == "", "the boot fails then, and the machine tries again"
    assert len(machine.said("slept").split()) == 300 and "ours are: none" in machine.said("dev/kmsg")


def test_without_a_hash_the_root_is_the_slot_of_the_same_disk(machine: Machine) -> None:
    machine.plug("sda")
    machine.plug("mmcblk0")
    (machine.folder / "proc/cmdline").write_text(f"root=PARTUUID={part_uuid(ROOT_B)} quiet kassa.disk=mmc")
    environ = {"PATH": f"{machine.folder}/bin:{os.environ['PATH']}"}
    subprocess.run(["dash", str(machine.folder / "script")], env=environ, check=True)
    assert machine.said("conf/param.conf") == f"ROOT={machine.folder}/dev/mmcblk0p3\n" and machine.said("asked") == ""
    assert machine.named("mmcblk0") == EVERY


@pytest.mark.parametrize("argument", ["prereqs", ""])
def test_it_lets_others_alone(machine: Machine, argument: str) -> None:
    """`prereqs` is asked when the RAM disk is made; a machine without our boot script has a root of its own."""
    machine.plug("mmcblk0")
    assert machine.start(slot=part_uuid(ROOT_A) if argument else "elsewhere-02", argument=argument) == ""
    assert machine.said(RULES) == ""


def test_what_the_script_needs_is_in_the_ram_disk() -> None:
    hook = (INITRAMFS / "hooks/kassa-root").read_text()
    assert "copy_exec /usr/sbin/dmsetup" in hook
    assert "dm_verity" in (INITRAMFS / "modules").read_text().split()
    assert SCRIPT.stat().st_mode & 0o111 and (INITRAMFS / "hooks/kassa-root").stat().st_mode & 0o111
    wanted = (REPOSITORY / "image/packages/device.lock").read_text()
    assert re.search(r"^dmsetup ", wanted, re.MULTILINE)
    assert shutil.which("dash"), "the RAM disk's shell is klibc's, which is dash"
    assert f"{SIGNATURE:#x}" == "0x4b415341" and SIGNATURE.to_bytes(4, "little") == b"ASAK", "as dd reads it"
