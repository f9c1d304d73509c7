"""The books open by themselves, never twice differently, and a rolled back update still opens them."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from store import schema, tables
from store.books_closed import BooksClosed
from store.database import newest, open_books, revision, writing


def test_the_migrations_make_the_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_the_newest_revision_is_told_without_alembic(engine: Engine) -> None:
    with engine.connect() as connection:
        assert revision(connection) == newest() == MigrationContext.configure(connection).get_current_revision()
        assert ScriptDirectory.from_config(_scripts()).get_heads() == [newest()]


def _scripts() -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    return settings


def test_a_command_on_books_that_are_up_to_date_loads_no_alembic(empty_books: Path, tmp_path: Path) -> None:
    """It takes longer to load than all else that a command does, of which a shop's machine runs one every night."""
    config = tmp_path / "store.toml"
    config.write_text(f'[store]\nid = "s001"\n[database]\nurl = "sqlite:///{empty_books}"\n')
    asked = f"import sys; from store.__main__ import main; main(['user', 'list', '--config', {str(config)!r}])"
    loaded = "print(*(name for name in sys.modules if name.partition('.')[0] in ('alembic', 'mako')))"
    told = subprocess.run([sys.executable, "-c", f"{asked}; {loaded}"], capture_output=True, text=True, check=True)
    assert told.stdout == "\n", "nobody is of the staff, and none of them is loaded"


def test_opening_again_keeps_what_is_there(engine: Engine, database_url: str) -> None:
    with writing(engine) as connection:
        connection.execute(sa.insert(schema.staff).values(id="u1", name="x", role="cashier", pin_hash="x"))
    with open_books(database_url).connect() as connection:
        assert connection.scalar(sa.select(schema.staff.c.name)) == "x"


def test_a_file_of_a_newer_version_still_opens(engine: Engine, database_url: str) -> None:
    """After an update that added a table is rolled back."""
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE of_tomorrow (x INTEGER)")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with open_books(database_url).connect() as connection:
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == "9999"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_commit_is_on_disk_and_readers_do_not_wait(engine: Engine, database_url: str) -> None:
    path = database_url.removeprefix("sqlite:///")
    with engine.connect() as connection:
        assert connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(sa.text("PRAGMA synchronous")) == 2
        assert connection.scalar(sa.text("PRAGMA foreign_keys")) == 1
    with writing(engine) as connection:
        connection.execute(sa.insert(schema.staff).values(id="u1", name="x", role="cashier", pin_hash="x"))
        assert sqlite3.connect(path).execute("SELECT count(*) FROM staff").fetchone() == (0,)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM staff").fetchone() == (1,)


def test_writers_queue_instead_of_failing_half_way(engine: Engine) -> None:
    """Each reads before it writes: without BEGIN IMMEDIATE the second would be told that the database is locked."""
    failures: list[BaseException] = []

    def count_up(name: str) -> None:
        try:
            for n in range(20):
                with writing(engine) as connection:
                    seen = connection.scalar(sa.select(sa.func.count()).select_from(schema.staff))
                    row = {"id": f"{name}{n}", "name": f"{name}{n}", "role": str(seen), "pin_hash": ""}
                    connection.execute(sa.insert(schema.staff).values(row))
        except sa.exc.OperationalError as error:
            failures.append(error)

    threads = [threading.Thread(target=count_up, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with engine.connect() as connection:
        seen = sorted(int(role) for role in connection.scalars(sa.select(schema.staff.c.role)))
    assert seen == list(range(60))


@pytest.mark.parametrize("url", ["sqlite:////proc/no/store.db", "sqlite:////dev/null"])
def test_books_that_cannot_be_opened_are_named(url: str) -> None:
    with pytest.raises(BooksClosed, match=r"database\.url"):
        open_books(url)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("this is a shopping list, not a database\n" * 100)
    with pytest.raises(BooksClosed, match="not a database"):
        open_books(f"sqlite:///{tmp_path}/store.db")
