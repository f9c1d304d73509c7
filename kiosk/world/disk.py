"""Disk: what a power cut may leave of files that were written but not synced.

A disk promises nothing about a write until the file is synced, and may carry unsynced writes out in any order. So every
write and truncation waits beside the file until its sync; at a cut each one of them is kept, dropped or torn into
sectors of 512 bytes, by a seeded choice. Names are the directory's: until that is synced, a new file may be missing,
even one whose content was synced, and a deleted one may be back. A sync that fails does what Linux does: the writes are
off the list of things to do, on the medium or not, whoever reads still sees them, and the next sync says all is well.

Every write, sync, truncation and deletion is a step, counted from 1. The power goes at step `cut_at`, which may still
reach the medium or not. What happens on the disk after that happens to nobody: the program above goes on as if
nothing were, until it is told (`dead`), and `survivors` knows only what was before. Nothing here knows SQLite.
"""

from collections.abc import Mapping
from copy import deepcopy
from random import Random

import msgspec

SECTOR = 512
DROP_ALL, KEEP_ALL, TEAR_ALL = 0, 1, 2
"""The seeds that treat every pending write alike; all others choose for each one."""


class SyncFailed(OSError):
    """The medium could not be written."""


class NoRoom(OSError):
    """The disk is full."""


class Write(msgspec.Struct, frozen=True):
    """Bytes at an offset."""

    offset: int
    data: bytes


class Truncate(msgspec.Struct, frozen=True):
    """A new, smaller size."""

    size: int


class File:
    """One file: `seen` by whoever reads, `kept` by the medium for sure, and what is `pending` between the two."""

    def __init__(self, content: bytes = b"", *, named: bool = False, before: "File | None" = None) -> None:
        self.seen = bytearray(content)
        self.kept = bytearray(content)
        self.pending: list[Write | Truncate] = []
        self.named = named
        """Whether the directory on the medium knows this file."""
        self.before = before
        """What the directory on the medium has under this name instead."""
        self.deleted = False


class Disk:
    """A directory of files."""

    def __init__(self, files: Mapping[str, bytes] | None = None, *, cut_at: int = 0, fail_sync_at: int = 0) -> None:
        """`fail_sync_at`: the first sync from that step on fails."""
        self._files = {name: File(content, named=True) for name, content in (files or {}).items()}
        self._cut_at, self._fail_sync_at = cut_at, fail_sync_at
        self._left: dict[str, File] | None = None
        self.steps = 0
        self.room: int | None = None
        """Bytes that all files may have together; None: no limit."""

    @property
    def dead(self) -> bool:
        """Whether the power is gone."""
        return self._left is not None

    def cut_in(self, steps: int) -> None:
        """The power goes at the so-many-th step from now."""
        assert steps > 0, "a cut is ahead of us"
        self._cut_at = self.steps + steps

    def fail_sync_in(self, steps: int) -> None:
        """The first sync from that step on, counted from now, fails."""
        assert steps > 0, "a failure is ahead of us"
        self._fail_sync_at = self.steps + steps

    def hold(self) -> None:
        """Neither the power nor a sync fails any more."""
        self._cut_at = self._fail_sync_at = 0

    def leave_room(self, size: int | None) -> None:
        """So many bytes more fit from now on; None: no limit."""
        self.room = None if size is None else self._size() + size

    # --- what a file system offers ---

    def exists(self, name: str) -> bool:
        return name in self._files and not self._files[name].deleted

    def open(self, name: str) -> File:
        """The file, created if it is missing."""
        file = self._files.get(name)
        if file is None or file.deleted:
            file = self._files[name] = File(before=file)
        return file

    def write(self, file: File, offset: int, data: bytes) -> None:
        grows = offset + len(data) - len(file.seen)
        if self.room is not None and grows > 0 and self._size() + grows > self.room:
            raise NoRoom("no space left on device")
        self._change(file, Write(offset, data))

    def truncate(self, file: File, size: int) -> None:
        self._change(file, Truncate(size))

    def sync(self, file: File) -> None:
        self._step()
        if 0 < self._fail_sync_at <= self.steps:
            self._fail_sync_at = 0
            file.kept = _survivor(file, Random(self.steps))
            file.pending.clear()
            raise SyncFailed("input/output error")
        for change in file.pending:
            _apply(file.kept, change)
        file.pending.clear()

    def delete(self, name: str) -> None:
        file = self._files[name]
        tombstone = File(before=file if file.named else file.before)
        tombstone.deleted = True
        self._files[name] = tombstone
        self._step()

    def sync_directory(self) -> None:
        """Put all names on the medium."""
        self._step()
        self._files = {name: file for name, file in self._files.items() if not file.deleted}
        for file in self._files.values():
            file.named, file.before = True, None

    def _change(self, file: File, change: Write | Truncate) -> None:
        _apply(file.seen, change)
        file.pending.append(change)
        self._step()

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self._cut_at:
            self._left = deepcopy(self._files)

    def _size(self) -> int:
        return sum(len(file.seen) for file in self._files.values())

    # --- the morning after ---

    def process_died(self) -> "Disk":
        """The same machine still under power, for the next process: it reads what the last one wrote, synced or not."""
        self._fail_sync_at = 0
        disk = Disk()
        disk._files, disk.room = deepcopy(self._files), self.room
        self.room = None  # what the dead process's connection still writes when it is let go happens to nobody
        return disk

    def survivors(self, seed: int) -> dict[str, bytes]:
        """Name and content of every file that is found after the cut (without one: if the power went now).

        The same seed finds the same.
        """
        choose = Random(seed)
        left = self._files if self._left is None else self._left
        found = {name: _found(file, choose, seed) for name, file in sorted(left.items())}
        return {name: content for name, content in found.items() if content is not None}


def _found(file: File, choose: Random, seed: int) -> bytes | None:
    """What lies under a name after the cut; None: nothing."""
    if file.named:
        return bytes(_survivor(file, choose, seed))
    kept = seed == KEEP_ALL or (seed != DROP_ALL and choose.random() < 0.5)
    if kept:
        return None if file.deleted else bytes(_survivor(file, choose, seed))
    return _found(file.before, choose, seed) if file.before else None


def _survivor(file: File, choose: Random, seed: int = TEAR_ALL + 1) -> bytearray:
    """The medium's content, with each pending change kept, dropped or torn."""
    content = bytearray(file.kept)
    for change in file.pending:
        fate = seed if seed <= TEAR_ALL else choose.randrange(3)
        if fate == KEEP_ALL or (fate == TEAR_ALL and isinstance(change, Truncate)):
            _apply(content, change)
        elif fate == TEAR_ALL and isinstance(change, Write):
            for sector in _sectors(change):
                if choose.random() < 0.5:
                    _apply(content, sector)
    return content


def _sectors(write: Write) -> list[Write]:
    """The write in the pieces that the medium writes at once."""
    ends = [*range((write.offset // SECTOR + 1) * SECTOR, write.offset + len(write.data), SECTOR)]
    begins = [write.offset, *ends]
    return [
        Write(begin, write.data[begin - write.offset : end - write.offset])
        for begin, end in zip(begins, [*ends, write.offset + len(write.data)], strict=True)
    ]


def _apply(content: bytearray, change: Write | Truncate) -> None:
    if isinstance(change, Truncate):
        del content[change.size :]
        return
    if len(content) < change.offset:
        content.extend(bytes(change.offset - len(content)))
    content[change.offset : change.offset + len(change.data)] = change.data
