"""A file is opened as safely as the design says, grows without breaking older versions, and tells a full disk apart."""

import sqlite3
from pathlib import Path

import pytest

from kiosk.storage import database as db
from kiosk.storage.database import StorageFull, migrate, newest_version, open_database, open_to_read, transaction
from kiosk.storage.journal import SCHEMA


def test_a_file_is_opened_to_survive_a_power_cut(path: Path) -> None:
    database = open_database(path)
    settings = {name: database.execute(f"PRAGMA {name}")[0][0] for name in _WANTED}
    assert settings == _WANTED
    database.close()


_WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "wal_autocheckpoint": 0, "busy_timeout": 5000}
"""synchronous 2 is FULL."""


def test_tables_are_strict(path: Path) -> None:
    database = open_database(path)
    migrate(database, SCHEMA)
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER column"):
        database.execute("INSERT INTO event VALUES (1, 'first', 0, '', '')")
    database.close()


def test_a_transaction_is_kept_whole(path: Path) -> None:
    database = open_database(path)
    database.execute("CREATE TABLE t (n INTEGER) STRICT")
    with transaction(database):
        database.execute("INSERT INTO t VALUES (?)", (1,))
    with pytest.raises(StorageFull), transaction(database):
        database.execute("INSERT INTO t VALUES (?)", (2,))
        raise StorageFull
    with transaction(database):
        database.execute("INSERT INTO t VALUES (?)", (3,))
    assert database.execute("SELECT n FROM t") == [(1,), (3,)]
    database.close()


def test_a_full_file_is_storage_full_and_leaves_what_was(path: Path) -> None:
    database = open_database(path)
    database.execute("CREATE TABLE t (body TEXT) STRICT")
    database.execute("PRAGMA max_page_count=20")
    with pytest.raises(StorageFull), transaction(database):
        for _ in range(100):
            database.execute("INSERT INTO t VALUES (?)", ("x" * 1_000,))
    assert database.execute("SELECT count(*) FROM t") == [(0,)]
    with transaction(database):
        database.execute("INSERT INTO t VALUES ('small')")
    database.close()


def test_a_reader_changes_nothing_and_creates_nothing(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_to_read(path)
    assert not path.exists()
    open_database(path).close()
    reader = open_to_read(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("CREATE TABLE t (n INTEGER)")
    reader.close()


def test_a_file_of_an_older_version_gains_what_is_new(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(path)
    migrate(database, SCHEMA)
    database.execute("INSERT INTO meta VALUES ('kept', 'yes')")
    now = newest_version(SCHEMA)
    sections = [*db._sections(SCHEMA), (now + 1, "CREATE TABLE later (a TEXT) STRICT;\nCREATE INDEX l ON later(a);\n")]
    monkeypatch.setattr(db, "_sections", lambda schema: sections)
    migrate(database, SCHEMA)
    migrate(database, SCHEMA)
    assert database.execute("PRAGMA user_version") == [(now + 1,)]
    assert database.execute("SELECT value FROM meta") == [("yes",)]
    assert database.execute("SELECT count(*) FROM later") == [(0,)]
    database.close()


def test_a_file_of_a_newer_version_is_opened_as_it_is(path: Path) -> None:
    database = open_database(path)
    migrate(database, SCHEMA)
    database.execute("PRAGMA user_version=99")
    migrate(database, SCHEMA)
    assert database.execute("PRAGMA user_version") == [(99,)]
    database.close()


def test_a_schema_that_breaks_off_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "_sections", lambda schema: [(1, "CREATE TABLE a (n INTEGER) STRICT;\nCREATE TABLE a;\n")])
    database = open_database(path)
    with pytest.raises(sqlite3.OperationalError):
        migrate(database, SCHEMA)
    database.close()
    again = open_database(path)
    assert again.execute("SELECT name FROM sqlite_master") == []
    assert again.execute("PRAGMA user_version") == [(0,)]
    again.close()
