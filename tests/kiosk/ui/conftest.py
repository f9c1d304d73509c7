"""Fonts for the painter's tests, baked once where the product would look for them, and their short hand."""

import os
import sys
from pathlib import Path

import pytest

from kiosk.ui import assets, bake

os.environ["SDL_VIDEODRIVER"] = "dummy"
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session", autouse=True)
def fonts() -> None:
    """The painter has its fonts; set-up has installed the packages they are made from."""
    bake.bake(assets.directory())
