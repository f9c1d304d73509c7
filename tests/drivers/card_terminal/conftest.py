"""The tills of the card terminals' tests."""

from collections.abc import Callable

import pytest

from tests.drivers.card_terminal.card_bench import Till


@pytest.fixture
def till() -> Till:
    """A till on TCP in euro."""
    return Till()


@pytest.fixture
def make_till() -> Callable[..., Till]:
    """Tills with settings of their own."""
    return Till
