"""The whole demo as real processes, and a browser in front of its bench page."""

import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parent.parent / "store"))
sys.path.insert(0, str(Path(__file__).parent))

from at_the_bench import Demo, Demos, Shopper, somebody_at

_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What has failed is known to the fixtures that end after it."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demos]:
    """The usual demo of a file."""
    with Demos(lambda: Demo(tmp_path_factory.mktemp("demo"))) as demos:
        yield demos


@pytest.fixture
def demo(demos: Demos, request: pytest.FixtureRequest) -> Iterator[Demo]:
    """One demo for all tests of the file, and another after one that failed: it may have left the lane anywhere."""
    yield demos.running()
    if request.node.stash.get(_FAILED, False):
        demos.give_up()


@pytest.fixture
def shopper(demo: Demo, browser: Browser) -> Iterator[Shopper]:
    """A fresh page in front of the file's demo."""
    with somebody_at(demo, browser) as shopper:
        yield shopper
