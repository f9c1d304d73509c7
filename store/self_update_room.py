"""Self-update's room on the disk: an update that could not be undone for want of room is never begun.

The way back needs room for the books once more, and needs it at the worst moment: when a trial has just filled the
disk. So before anything is stopped that room is *taken*, as a file beside the books, and given back just before they
are put back, or when the update is over. For the backup, which is made meanwhile, the rest must do. Where PostgreSQL
keeps its books is that server's matter; here only the last backup tells how much the next one needs.
"""

import os
from pathlib import Path

from sqlalchemy.engine import make_url

from store.disk_room import lacks


class NoRoom(Exception):
    """One line for a person."""


def take_room(url: str, backups: Path) -> None:
    """For the backup and for the way back. NoRoom, and none is taken."""
    books = _file(url)
    needed = _size(books) if books is not None else _last_backup(backups)
    why = ""
    try:
        if books is not None and needed:
            _allocate(_room(books), needed)
            why = lacks(books.parent, 0)
        why = why or lacks(backups, needed)
    except OSError as error:
        why = f"{needed >> 20:,} MiB for the way back do not fit beside the books: {error.strerror}; make room"
    if why:
        give_back(url)
        raise NoRoom(f"nothing was stopped: {why}")


def give_back(url: str) -> None:
    """The room is free again; nothing if none was taken."""
    if (books := _file(url)) is not None:
        _room(books).unlink(missing_ok=True)


def _file(url: str) -> Path | None:
    target = make_url(url)
    return Path(target.database or "") if target.get_backend_name() == "sqlite" else None


def _size(books: Path) -> int:
    """With what is not yet in the file itself; 0: there are none yet."""
    return sum(file.stat().st_size for end in ("", "-wal") if (file := books.with_name(f"{books.name}{end}")).exists())


def _last_backup(backups: Path) -> int:
    return max((file.stat().st_size for file in backups.glob("kassa-*.backup")), default=0)


def _room(books: Path) -> Path:
    return books.with_name(f"{books.name}.room")


def _allocate(file: Path, size: int) -> None:
    """Really: a file with holes would be no promise."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.posix_fallocate(handle, 0, size)
    finally:
        os.close(handle)
