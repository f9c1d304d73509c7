"""Power cut: SQLite upon a `Disk` that loses its power, with the journal's own code above.

The stdlib's sqlite3 cannot be given a file system, apsw can: `ApswDatabase` is the second adapter of the Database port,
over a VFS that hands every read and write to the Disk.

WAL needs shared memory between processes, which a VFS in Python cannot offer. In `locking_mode=EXCLUSIVE` SQLite keeps
that index in its own memory instead; what it writes to the files, and when it syncs them, is the same, and this is all
that a cut can see. The sector size and the promise that a write harms no byte beside it
(SQLITE_IOCAP_POWERSAFE_OVERWRITE) are those of SQLite's own Unix file system, so that it takes no more care here.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count

import apsw

from kiosk.storage.database import Row, StorageFull, Value, prepare
from kiosk.world.disk import Disk, File, NoRoom, SyncFailed

_SECTOR_SIZE = 4096
_LOGS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL
_NUMBERS = count(1)


class PowerCut(Exception):
    """The power is gone. Whoever hears this is dead and does nothing more."""


class ApswDatabase:
    """A Database upon a Disk. Raises PowerCut when the power goes, and for ever after."""

    def __init__(self, disk: Disk, name: str = "kiosk.db", *, synchronous: str = "FULL") -> None:
        self._disk = disk
        _renew_log(disk, f"{name}-wal")
        self._vfs = _DiskVfs(disk)
        self._connection = apsw.Connection(name, vfs=self._vfs.name)
        for pragma in ("locking_mode=EXCLUSIVE", "temp_store=MEMORY"):
            self.execute(f"PRAGMA {pragma}")
        prepare(self)
        self.execute(f"PRAGMA synchronous={synchronous}")

    def execute(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        self._need_power()
        with _full_disk_told():
            rows = list(self._connection.execute(sql, tuple(params)))
        self._need_power()
        return rows

    def begin(self) -> None:
        self.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self.execute("COMMIT")

    def rollback(self) -> None:
        if not self._connection.getautocommit():
            self.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close(True)
        self._vfs.unregister()

    def _need_power(self) -> None:
        if self._disk.dead:
            raise PowerCut


def _renew_log(disk: Disk, name: str) -> None:
    """As `storage.database.renew_log`."""
    if not disk.exists(name):
        return
    log = disk.open(name)
    disk.write(log, 0, bytes(log.seen))
    try:
        disk.sync(log)
    except SyncFailed as error:
        raise apsw.exception_for(apsw.SQLITE_IOERR_FSYNC) from error
    disk.sync_directory()


@contextmanager
def _full_disk_told() -> Iterator[None]:
    try:
        yield
    except (apsw.FullError, NoRoom) as error:
        raise StorageFull("the disk is full") from error


class _DiskVfs(apsw.VFS):
    """SQLite's file system calls, handed to the Disk. Method names are SQLite's."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self.name = f"disk-{next(_NUMBERS)}"
        super().__init__(self.name, "")

    def xFullPathname(self, name: str) -> str:
        return name

    def xAccess(self, name: str, flags: int) -> bool:
        return self._disk.exists(name)

    def xDelete(self, name: str, syncdir: bool) -> None:
        self._disk.delete(name)
        if syncdir:
            self._disk.sync_directory()

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> "_DiskFile":  # type: ignore[override]  # any object with the methods will do
        assert name is not None, "temporary files are kept in memory"
        flags[1] = flags[0]
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _DiskFile(self._disk, self._disk.open(path), is_log=bool(flags[0] & _LOGS))


class _DiskFile:
    """One open file, as SQLite calls it. Like SQLite's own, a log's first sync is one of its directory too."""

    def __init__(self, disk: Disk, file: File, *, is_log: bool) -> None:
        self._disk, self._file = disk, file
        self._sync_directory = is_log

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._file.seen[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        try:
            self._disk.write(self._file, offset, bytes(data))
        except NoRoom as error:
            raise apsw.FullError(str(error)) from error

    def xTruncate(self, size: int) -> None:
        self._disk.truncate(self._file, size)

    def xSync(self, flags: int) -> None:
        try:
            self._disk.sync(self._file)
        except SyncFailed as error:
            raise apsw.exception_for(apsw.SQLITE_IOERR_FSYNC) from error
        if self._sync_directory:
            self._disk.sync_directory()
            self._sync_directory = False

    def xFileSize(self) -> int:
        return len(self._file.seen)

    def xSectorSize(self) -> int:
        return _SECTOR_SIZE

    def xDeviceCharacteristics(self) -> int:
        return int(apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE)

    def xFileControl(self, op: int, ptr: int) -> bool:
        return False

    def xLock(self, level: int) -> None:
        """One process, one connection: the lock is always ours."""

    def xUnlock(self, level: int) -> None:
        """As `xLock`."""

    def xCheckReservedLock(self) -> bool:
        return False

    def xClose(self) -> None:
        """Closing writes nothing."""
