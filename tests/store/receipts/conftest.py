"""What a page shows does not hang on the database below it: one is enough here."""

import pytest


@pytest.fixture
def database() -> str:
    """The one that needs no server."""
    return "sqlite"
