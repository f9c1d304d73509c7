"""Database: opening the store's books, made and brought up to date if need be.

SQLite is the default: write-ahead log so that readers never wait, `synchronous=FULL` because our acknowledgement to a
till is a promise that survives a power cut. Python's driver begins transactions only at the first write, so we begin
them ourselves, and writers at once as writers: two of them queue instead of failing half-way.

On PostgreSQL writers queue, too, for one advisory lock, so whoever reads before it writes may believe what it reads,
on both alike. Ingest workers are the exception: they share that lock, may so write side by side, and queue only for
the lanes that their sales are about (`writing(engine, lanes=...)`). Both end with the transaction.
https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url

from store.books_closed import BooksClosed

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MS = 10_000
"""So long a writer waits for the others; then it is told that the database is locked."""
_BOOKS = 0x4B61_7373
"""The number of our advisory locks, among those of whoever else is in the database: "Kass"."""
_RACES = ("40001", "40P01")
"""PostgreSQL's serialization_failure and deadlock_detected: https://www.postgresql.org/docs/15/errcodes-appendix.html"""


def open_books(url: str) -> Engine:
    """The database at this address, created if it is missing, at the newest revision. BooksClosed if that fails."""
    try:
        if url.startswith("sqlite"):
            Path(make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = engine_at(url)
        with writing(engine) as connection:
            _upgrade(connection)
        return engine
    except (sa.exc.SQLAlchemyError, OSError, ImportError) as error:
        why = str(error.__cause__ or error).splitlines()[0]
        raise BooksClosed(f"cannot open {make_url(url).render_as_string()}: {why}; see database.url") from error


def engine_at(url: str) -> Engine:
    """The way to the database at this address, whatever it holds."""
    if not url.startswith("postgresql"):
        return with_our_transactions(sa.create_engine(url))
    ours = {"connect_timeout": _BUSY_MS // 1_000, "options": f"-c lock_timeout={_BUSY_MS} -c timezone=UTC"}
    return sa.create_engine(url, connect_args=ours, pool_pre_ping=True)


def with_our_transactions(engine: Engine) -> Engine:
    """The same engine; on SQLite its connections are set up as above."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def writing(engine: Engine, lanes: Collection[str] | None = None) -> Iterator[Connection]:
    """A transaction that will write: commits at the end of the `with`, rolls back on an exception.

    `lanes`: what is written is about these lanes only, so others may write about other lanes meanwhile.
    """
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            _queue(connection, lanes)
        yield connection


def is_a_race(error: Exception) -> bool:
    """Whether somebody else was quicker by a moment: the same once more finds what they have written."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return isinstance(error, sa.exc.IntegrityError) or state in _RACES


def _queue(connection: Connection, lanes: Collection[str] | None) -> None:
    if lanes is None:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_BOOKS)))
        return
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(_BOOKS)))
    keys = sorted({crc32(lane.encode()) - 2**31 for lane in lanes})  # in one order, or two would wait for each other
    lock = sa.text("SELECT pg_advisory_xact_lock(:books, key) FROM unnest(CAST(:keys AS integer[])) AS key")
    connection.execute(lock, {"books": _BOOKS, "keys": keys})


def _set_up_sqlite(connection: "sa.engine.interfaces.DBAPIConnection", _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def newest() -> str:
    """The newest revision that we know: migrations are numbered, and their files are called so (`v0042_...py`)."""
    return max(file.name[1:5] for file in _MIGRATIONS.glob("versions/v[0-9][0-9][0-9][0-9]_*.py"))


def revision(connection: Connection) -> str:
    """Of these books; empty: they have none yet."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(sa.text("SELECT version_num FROM alembic_version")) or "")


def _upgrade(connection: Connection) -> None:
    """Run what is missing. A revision that we do not know is newer than we are, and has only added to what we know.

    Alembic is loaded only if there is something to run: that takes longer than all else that a command does.
    """
    if revision(connection) >= newest():
        return
    from alembic import command
    from alembic.config import Config as AlembicConfig

    settings = AlembicConfig()
    settings.set_main_option("script_location", str(_MIGRATIONS))
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
