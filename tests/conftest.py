"""For all tests: no example of a law is judged by its time, since a busy machine is no defect; and what takes minutes
begins first, so that nobody waits for it at the end. For whoever asks: a real broker, Mosquitto, started privately on
loopback; and a real browser, Chromium with no window.
"""

import os
import pwd
import select
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from kiosk.demo.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
LONGEST = (
    "e2e/test_lane_changes.py",
    "e2e/test_every_language.py",
    "e2e/test_demo_end_to_end.py",
    "drivers/test_fuzz.py",
    "kiosk/world/test_planted.py",
    "store/console/test_console_goods.py",
    "store/console/test_every_report.py",
    "e2e/test_console_end_to_end.py",
    "e2e/test_other_devices.py",
    "stories/test_stories.py",
    "kiosk/ui/screens/test_pixels.py",
    "store/test_guard.py",
)
"""Files, each of which one worker runs from its first test to its last (`--dist loadfile`)."""
WITHIN_MS = 40_000
"""A browser's page may take so long on a machine that has much else to do: only what never comes waits so long."""
MOSQUITTO, CHROMIUM = "/usr/sbin/mosquitto", "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
"""No window, and nobody outside this machine is asked for anything."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; `--no-loadscope-reorder` leaves them there."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def _start(folder: Path, port: int, settings: str) -> "subprocess.Popen[bytes]":
    """A private Mosquitto on loopback that answers when this returns."""
    config = folder / f"mosquitto-{port}.conf"
    who = pwd.getpwuid(os.getuid()).pw_name  # started by root it would become somebody who cannot read our files
    config.write_text(f"listener {port} 127.0.0.1\nuser {who}\npersistence false\n{settings}\n")
    broker = subprocess.Popen([MOSQUITTO, "-c", str(config), "-v"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert broker.stderr is not None
    heard = b""
    while b" running" not in heard:
        ready, _, _ = select.select([broker.stderr], [], [], 10)
        more = ready and broker.stderr.read1(4096)  # type: ignore[attr-defined]
        assert more, f"the broker did not start: {heard.decode()}"
        heard += more
    # From here on nobody reads: a full pipe would stop the broker.
    threading.Thread(target=broker.stderr.read, daemon=True).start()
    return broker


@pytest.fixture
def brokers() -> Iterator[dict[int, "subprocess.Popen[bytes]"]]:
    """The running brokers by their ports."""
    running: dict[int, subprocess.Popen[bytes]] = {}
    yield running
    for process in running.values():
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def start_broker(tmp_path: Path, brokers: dict[int, "subprocess.Popen[bytes]"]) -> Callable[..., int]:
    """Starts a real broker with these settings, on a free port or the given one, and gives its port."""

    def start(settings: str, port: int = 0) -> int:
        port = port or free_port()
        brokers[port] = _start(tmp_path, port, settings)
        return port

    return start


@pytest.fixture
def stop_broker(brokers: dict[int, "subprocess.Popen[bytes]"]) -> Callable[[int], None]:
    """Pulls the plug of the broker on this port."""

    def stop(port: int) -> None:
        brokers[port].kill()
        brokers[port].wait(timeout=10)

    return stop


@pytest.fixture
def broker(start_broker: Callable[[str], int]) -> int:
    """The port of a broker that everybody may use."""
    return start_broker("allow_anonymous true")


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """One for all tests of a file: each opens its own windows, which know nothing of one another."""
    from playwright.sync_api import expect, sync_playwright  # a second to load, and most tests want none

    expect.set_options(timeout=WITHIN_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()
