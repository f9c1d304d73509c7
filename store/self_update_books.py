"""Books back: the books that a trial may have changed are put aside, and a verified backup takes their place.

May be cut anywhere and begun again. What lies aside under the update's own mark is what the trial left; once it is
there, whatever stands in the place is our own unfinished or finished restore, which nobody has written to, and goes.
SQLite's `-wal` and `-shm` move with the file, before it: one left beside the restored books would be played into them.
"""

import os
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from store.backup import BadBackup, Manifest, restore, verify


def books_back(backup: Path, url: str, mark: str) -> Manifest:
    """The books at this address are those of the backup; the others lie aside, named by `mark`. BadBackup, OSError."""
    verify(backup)  # before anything moves
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        _file_aside(Path(target.database or ""), mark)
    else:
        _database_aside(target, mark)
    found = restore(backup, url)
    if target.get_backend_name() == "sqlite":
        _as_before(Path(target.database or ""), mark)
    return found


def others(url: str) -> int:
    """How many others have the books open: a worker that was not stopped, say. Only PostgreSQL knows. BadBackup."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        return 0
    mine = "datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    engine = sa.create_engine(target)
    try:
        with engine.connect() as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM pg_stat_activity WHERE {mine}").scalar() or 0)
    except sa.exc.SQLAlchemyError as error:
        raise BadBackup(f"the books cannot be opened: {error.__cause__ or error}") from error
    finally:
        engine.dispose()


def _file_aside(books: Path, mark: str) -> None:
    aside = books.with_name(f"{books.name}.{mark}")
    again = aside.exists()
    for ending in ("-wal", "-shm", ""):
        file = books.with_name(f"{books.name}{ending}")
        if file.exists() and again:
            file.unlink()
        elif file.exists():
            file.replace(aside.with_name(f"{aside.name}{ending}"))
    keep_folder(books.parent)


def _as_before(books: Path, mark: str) -> None:
    """Whoever owned them owns them, and nobody else may read them."""
    was = books.with_name(f"{books.name}.{mark}").stat()
    books.chmod(was.st_mode & 0o777)
    if (was.st_uid, was.st_gid) != (books.stat().st_uid, books.stat().st_gid):
        os.chown(books, was.st_uid, was.st_gid)
    keep_folder(books.parent)


def _database_aside(target: URL, mark: str) -> None:
    """Seen from `postgres`, since nobody may be in a database that is renamed."""
    name = target.database or ""
    aside = f"{name}_{mark}"
    server = sa.create_engine(target.set(database="postgres"), isolation_level="AUTOCOMMIT")
    known = sa.text("SELECT count(*) FROM pg_database WHERE datname = :name")
    out = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
    try:
        with server.connect() as connection:
            quoted = connection.dialect.identifier_preparer.quote_identifier
            if connection.scalar(known, {"name": aside}):
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {quoted(name)} WITH (FORCE)")
            else:
                connection.execute(out, {"name": name})
                connection.exec_driver_sql(f"ALTER DATABASE {quoted(name)} RENAME TO {quoted(aside)}")
            connection.exec_driver_sql(f"CREATE DATABASE {quoted(name)} TEMPLATE template0")
    except sa.exc.SQLAlchemyError as error:
        raise BadBackup(f"{name} cannot be put aside as {aside}: {error.__cause__ or error}") from error
    finally:
        server.dispose()


def keep_folder(folder: Path) -> None:
    """What was renamed in it is so after a power cut, too."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
