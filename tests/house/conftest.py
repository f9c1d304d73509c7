"""What the house rules look at: the files of this checkout that are ours, and nothing that a tool left behind."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOREIGN = {".venv", ".git", "build", "__pycache__", "node_modules"}


def ours(pattern: str, *folders: str) -> list[Path]:
    """The files below these folders (of all, when none is named) that match, without what is built or installed."""
    found = (path for folder in folders or (".",) for path in (ROOT / folder).rglob(pattern))
    return sorted(
        path
        for path in found
        if path.is_file() and not any(p in FOREIGN or p.startswith(".") for p in path.relative_to(ROOT).parts[:-1])
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def product_sources() -> dict[str, str]:
    """The text of every Python file of the product, by its path in the checkout."""
    return {str(p.relative_to(ROOT)): p.read_text() for p in ours("*.py", "image", "kiosk", "drivers", "store")}


@pytest.fixture(scope="session")
def test_sources() -> dict[str, str]:
    """The same of the tests."""
    return {str(p.relative_to(ROOT)): p.read_text() for p in ours("*.py", "tests")}


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """Every text file of the checkout by its path, whoever reads it."""
    kinds = ("*.py", "*.md", "*.toml", "*.txt", "*.service", "*.sql", "*.po", "*.yaml", "*.csv", "*.story", "Makefile")
    return {str(p.relative_to(ROOT)): p.read_text() for kind in kinds for p in ours(kind)}
