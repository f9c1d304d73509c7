"""Database: five methods that all of storage is written against, and SQLite behind them.

Two adapters exist: the stdlib's here, on the appliance; and apsw's in `kiosk.world`, over a disk that can lose its
power. The journal's code is the same above both.

How a file is opened is half of its safety. WAL and `synchronous=FULL`: COMMIT returns after the sync, so what was
committed survives the power. `wal_autocheckpoint=0`: SQLite's own checkpoint after a COMMIT keeps the disk's errors to
itself, so whoever writes calls `checkpoint()` and hears them. Transactions begin and end where the code says so.

Two kinds of trouble. A full disk is expected: StorageFull, nothing was written, try again later. Anything else (a
failed sync, a torn file, a constraint) is not ours to repair at run time: it is raised as it comes, the process dies,
and the next start sees what is really on the disk.

A connection may be handed from one thread to another, but only one thread uses it at a time.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

Value = int | str | bytes | None
"""What a column can hold here: there are no floats in this house."""
Row = tuple[Any, ...]

_PRAGMAS = (
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA wal_autocheckpoint=0",
)


_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
"""The second is what a full disk looks like to somebody who opens the file."""


class StorageFull(Exception):
    """There is no room on the disk. Nothing of the transaction was kept."""


class Database(Protocol):
    """One connection. Every method may raise StorageFull; `rollback` and `close` are always safe to call."""

    def execute(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        """Run one statement and return all of its rows."""
        ...

    def begin(self) -> None:
        """Begin a transaction that will write. There must be none."""
        ...

    def commit(self) -> None:
        """End it; on return it is on the disk."""
        ...

    def rollback(self) -> None:
        """Forget it, if there is one."""
        ...

    def close(self) -> None:
        """End the connection; an open transaction is forgotten."""
        ...


class SqliteDatabase:
    """The stdlib's sqlite3 as a Database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        with _full_disk_told():
            return self._connection.execute(sql, params).fetchall()

    def begin(self) -> None:
        self.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self.execute("COMMIT")

    def rollback(self) -> None:
        if self._connection.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close()


def open_database(path: str | Path) -> Database:
    """Open a file to write to it, and create it if it is missing."""
    with _full_disk_told():
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database = SqliteDatabase(connection)
    prepare(database)
    return database


def renew_log(path: str | Path) -> None:
    """Have on the medium what the log of a file seems to hold. For the one who writes, before it opens the file.

    If the process before died of a failed sync, the log is read as if nothing were, but part of it is nowhere except in
    memory, and since Linux takes those pages for clean no later sync brings them out. A checkpoint of such a log writes
    the file ahead of it, and the next power cut would lay the log's old pages over the new ones: a torn file. So all of
    it is written again, the same bytes at the same place, and synced, and the name with it. OSError as it comes.
    """
    log = Path(f"{path}-wal")
    if not log.exists():
        return
    with log.open("r+b") as file:
        content = file.read()
        file.seek(0)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(log.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def open_to_read(path: str | Path) -> Database:
    """Open a file beside its writer, never to change it. FileNotFoundError if there is none.

    Not SQLite's read-only mode: that cannot open a file whose writer left a log to be recovered.
    """
    if not Path(path).is_file():
        raise FileNotFoundError(f"there is no database at {path}")
    database = open_database(path)
    database.execute("PRAGMA query_only=ON")
    return database


def prepare(database: Database) -> None:
    """Set a fresh connection up as this page says."""
    for pragma in _PRAGMAS:
        database.execute(pragma)


def checkpoint(database: Database) -> None:
    """Copy what the log holds into the file, as far as readers allow. The disk's errors are raised."""
    database.execute("PRAGMA wal_checkpoint(PASSIVE)")


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """All of the block or nothing.

    Rolled back only where going on is right: when the disk was full. After anything else the connection stays
    inside its dead transaction, so that nothing can be written with it any more.
    """
    database.begin()
    try:
        yield
        database.commit()
    except StorageFull:
        database.rollback()
        raise


def migrate(database: Database, schema: str) -> None:
    """Bring the file up to the schema (a file of this package whose sections begin with `-- version N`).

    `user_version` says which sections a file has had. Migrations only add tables and columns, so a file that a newer
    version has touched is opened as it is.
    """
    (have,) = database.execute("PRAGMA user_version")[0]
    missing = [(version, text) for version, text in _sections(schema) if version > have]
    if not missing:
        return
    checkpoint(database)
    with transaction(database):
        for version, text in missing:
            for statement in _statements(text):
                database.execute(statement)
            database.execute(f"PRAGMA user_version={version}")


def newest_version(schema: str) -> int:
    """The last section's number."""
    return max(version for version, _ in _sections(schema))


def _sections(schema: str) -> Iterator[tuple[int, str]]:
    for section in files(__package__).joinpath(schema).read_text("utf-8").split("-- version ")[1:]:
        number, _, text = section.partition("\n")
        yield int(number), text


def _statements(text: str) -> Iterator[str]:
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _full_disk_told() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in _NO_ROOM:
            raise StorageFull("the disk is full: make room, then selling goes on") from error
        raise
