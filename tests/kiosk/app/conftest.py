"""A running lane on a hand-cranked clock, for tests of the loop."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.world.lane import Lane
from kiosk.world.shops import demo_shop

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Lane]:
    """Booted, every device answering, nobody there."""
    running = Lane(demo_shop(tmp_path))
    running.boot()
    running.wait(3_000)
    yield running
    if running.loop is not None:
        running.die()
    running.shop.prices.close()
