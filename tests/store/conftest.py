"""The store's books for a test: on SQLite in a folder of its own, and again on a PostgreSQL that is private to the run.

Whoever asks for `engine` or `existing_url` runs twice. A module whose tests are not about the books says so by a
fixture `database` of its own that returns "sqlite".
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine

sys.path.insert(0, str(Path(__file__).parent))

from postgres import cluster

from store.database import engine_at, open_books

_NAMES = count(1)
_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_HEAD = "head"
_SWEDISH = "LOCALE_PROVIDER icu ICU_LOCALE 'sv-SE'"
"""As a shop may have it: nothing may hang on the order of bytes."""
_COPIED = "STRATEGY FILE_COPY"
"""Half the work of a copy through the log, which only somebody who must survive a power cut wants."""


@pytest.fixture(autouse=True)
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """People are added without delay: how slow it is to try their PINs tells test_users."""
    monkeypatch.setattr("store.users._HASHER", _QUICK)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Which database the test is about."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a cluster with a database at the newest revision in it, to be copied for each test."""
    with cluster() as address:
        with _administrator(address) as connection:
            connection.execute(f"CREATE DATABASE {_HEAD} TEMPLATE template0 {_SWEDISH}")
        open_books(address.format(_HEAD)).dispose()
        yield address


def _administrator(address: str) -> "psycopg.Connection[tuple[object, ...]]":
    plain = address.format("postgres").replace("+psycopg", "")
    return psycopg.connect(plain, autocommit=True)


@pytest.fixture(scope="session")
def empty_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file at the newest revision with nothing in it: made once, copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "store.db"
    open_books(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def database_url(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where books can be made: a file that is not there yet, or an empty database."""
    if database == "sqlite":
        yield f"sqlite:///{tmp_path}/books/store.db"
        return
    template = _HEAD if "existing_url" in request.fixturenames else "template0"
    with _database(request.getfixturevalue("postgres"), template) as address:
        yield address


@pytest.fixture
def other_url(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where other books can be made: nothing is there yet."""
    if database == "sqlite":
        yield f"sqlite:///{tmp_path}/other/store.db"
        return
    with _database(request.getfixturevalue("postgres"), "template0") as address:
        yield address


@contextmanager
def _database(address: str, template: str) -> Iterator[str]:
    """The address of a copy of this one, which is gone afterwards."""
    name = f"test{next(_NAMES)}"
    with _administrator(address) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} {_COPIED}")
        yield address.format(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def existing_url(database_url: str, request: pytest.FixtureRequest) -> str:
    """The address of books that are there already, at the newest revision with nothing in them."""
    if database_url.startswith("sqlite"):
        path = Path(database_url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True)
        shutil.copy(request.getfixturevalue("empty_books"), path)
    return database_url


@pytest.fixture
def engine(existing_url: str) -> Iterator[Engine]:
    """The books, empty."""
    books = engine_at(existing_url)
    yield books
    books.dispose()
