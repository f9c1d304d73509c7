"""The store's books in a folder of the test."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

sys.path.insert(0, str(Path(__file__).parent))

from store.database import open_books


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/books/store.db"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    books = open_books(database_url)
    yield books
    books.dispose()
