"""A journal in a fresh file, and the traffic of a real checkout to put into it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.storage.journal import Journal, open_journal
from kiosk.world.cuts import Traffic


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = open_journal(path)
    yield journal
    journal.database.close()


@pytest.fixture(scope="session")
def traffic() -> Traffic:
    return Traffic()


@pytest.fixture
def sold(journal: Journal, traffic: Traffic) -> Journal:
    """A journal with three sealed records (sale, void, sale) and three visits."""
    for work in traffic.works:
        journal.write(work)
    return journal
