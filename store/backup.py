"""Backup: the whole books in one file while the store goes on selling, and back again; believed only when verified.

SQLite is copied by its own online backup, page by page, at one moment; PostgreSQL by `pg_dump` in its own format, which
is one snapshot too. Beside the copy stands a manifest: how many rows each table had, the head of each till's chain, the
revision, and the SHA-256 of the file. A backup is verified by opening the copy as a database of its own and counting
again: a file that cannot be restored is no backup. A restore never writes over books: it makes new ones, and whoever
wants them in the old place moves the old ones away first.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine, make_url

from store.database import revision
from store.schema import sale
from store.tables import metadata

_CHUNK = 1 << 20
_WAIT_S = 3600


class Manifest(msgspec.Struct, frozen=True):
    """What a backup must have. `heads`: each till's last sale, number and hash. `rows` by table."""

    made: str
    dialect: str
    revision: str
    rows: dict[str, int]
    heads: dict[str, tuple[int, str]]
    sha256: str


class BadBackup(Exception):
    """It cannot be made, or is not whole. One line for a person."""


def back_up(url: str, file: Path, made: str) -> Manifest:
    """Copy the books at this address into a new file, verified; `made` is the moment, RFC 3339. BadBackup."""
    if file.exists():
        raise BadBackup(f"{file} is there already: a backup is never written over")
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    try:
        _copy(make_url(url), part)
        manifest = _verified(part, make_url(url), made)
        _manifest_of(file).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
        _keep(part)
        part.replace(file)
    finally:
        _clear(part, file)
    return manifest


def verify(file: Path) -> Manifest:
    """That the backup is what its manifest says, and opens. BadBackup."""
    manifest = read_manifest(file)
    if _sha256(file) != manifest.sha256:
        raise BadBackup(f"{file} is not the file that was written: it was changed or cut off")
    if manifest.dialect == "sqlite":
        found = _counted(_to_read(file), manifest.made, manifest.sha256)
        if found != manifest:
            raise BadBackup(f"{file} has other rows than its manifest says")
    else:
        _run(["pg_restore", "--list", str(file)])
    return manifest


def restore(file: Path, url: str) -> Manifest:
    """New books at this address, from a verified backup. BadBackup; nothing is written over."""
    manifest = verify(file)
    target = make_url(url)
    if target.get_backend_name() != manifest.dialect:
        raise BadBackup(f"{file} is of {manifest.dialect}, and {target.render_as_string()} is not")
    if manifest.dialect == "sqlite":
        _restore_sqlite(file, Path(target.database or ""))
    else:
        if _tables(url):
            raise BadBackup(f"{target.render_as_string()} has tables already: name an empty database")
        command = ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", *_where(target), str(file)]
        _run(command, target)
    opened = _to_read(Path(target.database or "")) if manifest.dialect == "sqlite" else sa.create_engine(target)
    found = _counted(opened, manifest.made, manifest.sha256)
    if found != manifest:
        raise BadBackup(f"what was restored has other rows than {file} says")
    return manifest


def are_there(url: str) -> bool:
    """Whether there are books at this address; of PostgreSQL only whoever connects learns that."""
    books = make_url(url)
    return books.get_backend_name() != "sqlite" or Path(books.database or "").is_file()


def read_manifest(file: Path) -> Manifest:
    """What the backup says of itself. BadBackup."""
    try:
        return msgspec.json.decode(_manifest_of(file).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise BadBackup(f"{_manifest_of(file)} cannot be read: {error}") from error


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` verified names of the kind that `name_of` makes; which went."""
    files = sorted(path for path in folder.glob("kassa-*.backup") if _manifest_of(path).exists())
    gone = files[: max(0, len(files) - keep)]
    for path in gone:
        path.unlink()
        _manifest_of(path).unlink()
    return gone


def name_of(made: str) -> str:
    """`kassa-20261123T101340Z.backup`; names in order are in the order of time."""
    return f"kassa-{made[:19].replace('-', '').replace(':', '')}Z.backup"


def _manifest_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


def _copy(source: URL, part: Path) -> None:
    part.unlink(missing_ok=True)
    if source.get_backend_name() == "sqlite":
        if not are_there(source.render_as_string(hide_password=False)):
            raise BadBackup(f"there are no books at {source.database}")
        try:
            with sqlite3.connect(f"file:{source.database}?mode=ro", uri=True) as books, sqlite3.connect(part) as copy:
                books.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            raise BadBackup(f"the books cannot be copied: {error}") from error
        return
    _run(["pg_dump", "--format=custom", "--no-owner", f"--file={part}", *_where(source)], source)


def _verified(part: Path, source: URL, made: str) -> Manifest:
    """Of the copy, not of the books, which go on meanwhile."""
    sha256 = _sha256(part)
    if source.get_backend_name() == "sqlite":
        return _counted(_to_read(part), made, sha256)
    _run(["pg_restore", "--list", str(part)])
    return _restored_aside(part, source, made, sha256)


def _restored_aside(part: Path, source: URL, made: str, sha256: str) -> Manifest:
    """Counted in a database made for it and dropped again."""
    aside = f"kassa_verify_{os.getpid()}"
    server = sa.create_engine(source, isolation_level="AUTOCOMMIT")
    target = source.set(database=aside)
    try:
        with server.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{aside}" TEMPLATE template0')
        _run(["pg_restore", "--no-owner", "--exit-on-error", *_where(target), str(part)], target)
        return _counted(sa.create_engine(target), made, sha256)
    except sa.exc.SQLAlchemyError as error:
        raise BadBackup(f"the copy cannot be verified: {error}") from error
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{aside}" WITH (FORCE)')
        server.dispose()


def _to_read(file: Path) -> Engine:
    """A file of SQLite that not a byte is changed of, as opening it in the usual way would."""
    address = f"file:{file.resolve()}?mode=ro&immutable=1"
    return sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True))


def _counted(engine: Engine, made: str, sha256: str) -> Manifest:
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                told = connection.exec_driver_sql("PRAGMA quick_check").scalar()
                if told != "ok":
                    raise BadBackup(f"the copy is damaged: {told}")
            known = set(sa.inspect(connection).get_table_names())
            rows = {
                table.name: int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)
                for table in metadata.sorted_tables
                if table.name in known
            }
            last = sa.select(sale.c.till, sa.func.max(sale.c.sequence).label("n")).group_by(sale.c.till).subquery()
            query = sa.select(sale.c.till, sale.c.sequence, sale.c.hash).join(
                last, sa.and_(last.c.till == sale.c.till, last.c.n == sale.c.sequence)
            )
            heads = {row.till: (row.sequence, row.hash) for row in connection.execute(query.order_by(sale.c.till))}
            found = revision(connection)
    except sa.exc.SQLAlchemyError as error:
        raise BadBackup(f"this is no database of ours: {error.__cause__ or error}") from error
    finally:
        engine.dispose()
    return Manifest(made, engine.dialect.name, found, rows, heads, sha256)


def _restore_sqlite(file: Path, target: Path) -> None:
    if target.exists():
        raise BadBackup(f"{target} is there already: move it away first")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    shutil.copyfile(file, part)  # piece by piece: books may be larger than memory
    _keep(part)
    part.replace(target)


def _tables(url: str) -> list[str]:
    engine = sa.create_engine(url)
    try:
        return sa.inspect(engine).get_table_names()
    except sa.exc.SQLAlchemyError as error:
        raise BadBackup(f"{make_url(url).render_as_string()} cannot be opened: {error.__cause__ or error}") from error
    finally:
        engine.dispose()


def _where(url: URL) -> list[str]:
    """How PostgreSQL's own programs are told where it is."""
    host = url.host or url.query.get("host") or ""
    parts = {"--host": host, "--port": url.port or "", "--username": url.username or "", "--dbname": url.database or ""}
    return [f"{name}={value}" for name, value in parts.items() if value]


def _run(command: list[str], url: URL | None = None) -> None:
    secret = {"PGPASSWORD": url.password} if url is not None and url.password else {}
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_WAIT_S, env={**os.environ, **secret})
    except FileNotFoundError as error:
        raise BadBackup(f"{command[0]} is missing: install postgresql-client") from error
    except subprocess.CalledProcessError as error:
        why = error.stderr.decode(errors="replace").strip().splitlines()
        raise BadBackup(f"{command[0]}: {why[0] if why else error}") from error


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as data:
        while chunk := data.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _clear(part: Path, file: Path) -> None:
    """What a copy that failed has left, on a full disk of all places."""
    for left in (part, part.with_name(f"{part.name}-journal")):
        left.unlink(missing_ok=True)
    if not file.exists():
        _manifest_of(file).unlink(missing_ok=True)


def _keep(file: Path) -> None:
    """On the disk before its name is."""
    with file.open("rb+") as data:
        os.fsync(data.fileno())
