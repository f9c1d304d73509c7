"""Card: one in a file, with the appliance's partitions, small; and what U-Boot does with it, done from outside.

It is written only by the guest and by `power_on`; `seen` is everything that a refused update may not have changed.
"""

import hashlib
import random
import re
import shutil
from pathlib import Path
from typing import NamedTuple

from image import layout, verity
from image.device.boot_state import NAMES, BootState, Slot, encode, read
from image.layout import BOOT, DATA, MIB, PARTITIONS, ROOT_A, ROOT_B, SIGNATURE, Partition, part_uuid
from image.tools import Tools
from image.verity import Verity
from image.workplace import Workplace
from tests.image.test_boot_backend import booted

SIZES_MIB = {BOOT: 64, ROOT_A: 24, ROOT_B: 24, DATA: 16}
START_MIB = 4
ROOTS: dict[Slot, Partition] = {"A": ROOT_A, "B": ROOT_B}
NEW = BootState(b_left=0)
FILLING_MIB = 12
"""A system's size: enough to be cut in the middle of."""


class System(NamedTuple):
    """A root file system with its hash tree, and the slot's folder that belongs to it."""

    root: Path
    slot: Path

    def slot_text(self) -> str:
        """What its `verity.env` says."""
        return (self.slot / verity.ENV).read_text()


def system(workplace: Workplace, tools: Tools, version: str) -> System:
    """One that says its version, and is otherwise noise."""
    place = workplace.fresh("update-test", "systems", version)
    content, slot = place / "content", place / "slot"
    content.mkdir()
    slot.mkdir()
    (content / "version").write_text(version)
    (content / "noise").write_bytes(random.Random(version).randbytes(FILLING_MIB * MIB))
    packed = ["-comp", "zstd", "-Xcompression-level", "1", "-noappend", "-no-progress"]
    tools.run(["mksquashfs", content, place / "root", *packed], "update-test")
    (slot / verity.ENV).write_text(verity.protect(tools, place / "root").env())
    for name in ("vmlinuz", "initrd.img"):
        (slot / name).write_text(f"{name} of {version}")
    return System(place / "root", slot)


class Card:
    """A new card whose slot A has a system that was well; B is empty."""

    def __init__(self, workplace: Workplace, tools: Tools, runs: System) -> None:
        self._tools = tools
        self._place = workplace.fresh("update-test", "card")
        self.file, self._new = self._place / "card.img", self._place / "new.img"
        self._make(runs)
        self.renew()

    def renew(self) -> None:
        """As it was when it was new."""
        self._tools.run(["cp", "--sparse=always", self._new, self.file], "update-test")

    def _make(self, runs: System) -> None:
        with self._new.open("wb") as file:
            file.truncate((START_MIB + sum(SIZES_MIB.values())) * MIB)
        lines = [f"label: dos\nlabel-id: {SIGNATURE:#x}"]
        lines += [
            f"start={start(each) // 512}, size={SIZES_MIB[each] * 2048}, type={each.kind:x}" for each in PARTITIONS
        ]
        (self._place / "table").write_text("\n".join(lines))
        self._tools.run(["sh", "-c", 'sfdisk --quiet "$0" <"$1"', self._new, self._place / "table"], "update-test")
        fat, data = self._place / "fat", self._place / "data"
        for part, partition in ((fat, BOOT), (data, DATA)):
            with part.open("wb") as file:
                file.truncate(SIZES_MIB[partition] * MIB)
        self._tools.run(["mkfs.vfat", "-F", "32", "-s", "1", "-n", "KASSA", fat], "update-test")
        self._tools.run(["mkfs.ext4", "-q", data], "update-test")
        states = []
        for number, name in enumerate(NAMES):
            states.append(self._place / name)
            states[-1].write_bytes(encode(NEW, number + 1))
        shutil.copytree(runs.slot, self._place / "A")
        self._tools.run(["mcopy", "-i", fat, "-s", *states, self._place / "A", "::"], "update-test")
        with self._new.open("r+b") as whole:
            for part, partition in ((fat, BOOT), (data, DATA), (runs.root, ROOT_A)):
                whole.seek(start(partition))
                whole.write(part.read_bytes())

    def _fat(self) -> str:
        return f"{self.file}@@{start(BOOT)}"

    def files(self) -> Path:
        """The FAT partition's files, copied out."""
        folder = self._place / "out"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self._tools.run(["mcopy", "-i", self._fat(), "-s", "-n", "-b", "::*", folder], "update-test")
        return folder

    def put(self, name: str, content: bytes) -> None:
        """A file onto the FAT partition."""
        (self._place / name).write_bytes(content)
        self._tools.run(["mcopy", "-i", self._fat(), "-D", "o", self._place / name, f"::{name}"], "update-test")

    def as_new(self, state: BootState = NEW) -> None:
        """The boot state of a new card, or this one."""
        for number, name in enumerate(NAMES):
            self.put(name, encode(state, number + 1))

    def state(self) -> BootState:
        """What U-Boot would read."""
        return read(self.files())

    def power_on(self) -> tuple[Slot, str]:
        """What the boot script does: the slot that it starts, and `kassa.root` for it."""
        while True:
            files = self.files()
            slot = booted(files)
            for name in NAMES:
                self.put(name, (files / name).read_bytes())
            tree = files / slot / verity.ENV
            if tree.exists() and (files / slot / "vmlinuz").exists() and (files / slot / "initrd.img").exists():
                told = re.findall(r"=(\w+)", tree.read_text())
                found = Verity(int(told[0]), told[1])
                return slot, f"{part_uuid(ROOTS[slot])},{found.blocks},{found.root_hash}"

    def seen(self) -> dict[str, str]:
        """Digests of both slots, of the boot state's files, and of the slots' folders."""
        files = self.files()
        found = {
            str(path.relative_to(files)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files.rglob("*")
            if path.is_file()
        }
        with self.file.open("rb") as whole:
            for slot, partition in ROOTS.items():
                whole.seek(start(partition))
                found[f"slot {slot}"] = hashlib.sha256(whole.read(SIZES_MIB[partition] * MIB)).hexdigest()
        return found


def start(partition: Partition) -> int:
    """Where it begins on the card, in bytes."""
    before = PARTITIONS[: layout.PARTITIONS.index(partition)]
    return (START_MIB + sum(SIZES_MIB[each] for each in before)) * MIB
