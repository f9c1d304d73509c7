"""The whole demo as real processes, and a browser in front of its bench page."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parent.parent / "store"))
sys.path.insert(0, str(Path(__file__).parent))

from at_the_bench import Demo, Shopper, somebody_at


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for all tests of the file; it must stop cleanly and leave nobody behind."""
    running = Demo(tmp_path_factory.mktemp("demo"))
    yield running
    assert running.stop() == 0
    assert _still_running(running.folder) == []


def _still_running(folder: Path) -> list[str]:
    """Command lines of programs that were started with files of this folder."""
    lines = [path.read_bytes().replace(b"\0", b" ").decode() for path in _command_lines()]
    return [line for line in lines if str(folder) in line]


def _command_lines() -> Iterator[Path]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            path.read_bytes()
        except OSError:  # it has ended meanwhile
            continue
        yield path


@pytest.fixture
def shopper(demo: Demo, browser: Browser) -> Iterator[Shopper]:
    """A fresh page in front of the file's demo."""
    with somebody_at(demo, browser) as shopper:
        yield shopper
