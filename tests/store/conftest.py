"""The store's books in a folder of the test."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

sys.path.insert(0, str(Path(__file__).parent))

from store.database import engine_at, open_books


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/books/store.db"


@pytest.fixture(scope="session")
def empty_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at the newest revision with nothing in it: made once, copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "store.db"
    open_books(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def existing_url(database_url: str, empty_books: Path) -> str:
    """The address of a database that is there already, at the newest revision with nothing in it."""
    path = Path(database_url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True)
    shutil.copy(empty_books, path)
    return database_url


@pytest.fixture
def engine(existing_url: str) -> Iterator[Engine]:
    books = engine_at(existing_url)
    yield books
    books.dispose()
