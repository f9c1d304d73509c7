"""A machine becomes a checkout: a code from the console over HTTPS, one command, and it is among the lanes.

The shop is as `store init` makes it: its own authority, a broker that hears nobody without its certificate, HTTPS.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from adopting import HOST, answers, real_now_utc_ms
from at_the_desk import tab, window
from patience import until
from playwright.sync_api import Browser, Page, expect
from serving import Served
from signing import sign_in

from kiosk.demo.ports import free_port
from store.database import open_books
from store.founding import Plan, found
from store.users import add_user

pytestmark = pytest.mark.slow
PIN = "9753"


class Shop:
    """A founded shop, running: where its files are, its store, and where machines knock."""

    def __init__(self, folder: Path) -> None:
        self.folder, broker, self.door = folder, free_port(), free_port()
        found(folder, Plan("s001", "Corner shop", HOST, (), broker, self.door), real_now_utc_ms())
        settings = folder / "store.toml"
        settings.write_text(settings.read_text().replace('"0.0.0.0:8080"', f'"{HOST}:0"'))
        books = open_books(f"sqlite:///{folder}/store.db")
        add_user(books, "Otto", "operator", PIN)
        books.dispose()
        conf = str(folder / "broker/mosquitto.conf")
        self.broker = subprocess.Popen(["mosquitto", "-c", conf], stderr=subprocess.DEVNULL)
        until(lambda: answers(broker), "the broker does not listen")
        self.store = Served(settings)
        until(lambda: answers(self.door), "the door does not open")

    def end(self) -> int:
        code = self.store.end()
        self.broker.terminate()
        self.broker.wait(10)
        return code


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    running = Shop(tmp_path / "shop")
    yield running
    assert running.end() == 0


def test_a_machine_is_adopted_and_is_among_the_lanes(shop: Shop, browser: Browser, tmp_path: Path) -> None:
    with window(browser, ignore_https_errors=True) as console:
        sign_in(console, shop.store.url, "Otto", PIN)
        assert console.url.startswith("https://")
        expect(console.get_by_text("No checkout has been heard yet.")).to_be_visible()
        url, code = offered(console, "k07")
        assert url == f"https://{HOST}:{shop.door}"
        machine = tmp_path / "machine"
        adopted = subprocess.run(
            [sys.executable, "-m", "kiosk", "adopt", url, code, "--folder", str(machine)],
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert "This machine is till k07 of Corner shop." in adopted.stdout, adopted.stderr
        row = console.locator(".k-member", has_text="k07")
        expect(row.first).to_contain_text(f"from {HOST}")
        expect(row.last).to_contain_text("until")
        again = subprocess.run(
            [sys.executable, "-m", "kiosk", "adopt", url, code, "--folder", str(tmp_path / "other")],
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert again.returncode == 1 and "used already, for k07" in again.stderr
        lane = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "--headless", "--config", str(machine / "kiosk.toml")],
            cwd=machine, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            tab(console, "Checkouts")
            expect(console.locator(".k-card", has_text="k07")).to_be_visible(timeout=120_000)
        finally:
            lane.terminate()
            lane.wait(60)


def offered(console: Page, till: str) -> tuple[str, str]:
    """The address and the code, as the dialog shows them; a name that is none and another's PIN give no code."""
    tab(console, "Operators")
    console.get_by_role("button", name="Adopt a checkout").click()
    form = console.get_by_role("dialog")
    for name, pin, says in (("K 7", PIN, "'K 7' is no name of a till"), (till, "0000", "nobody has this PIN")):
        ask(console, name, pin)
        expect(form.locator(".k-below")).to_contain_text(says)
    ask(console, till, PIN)
    expect(form.get_by_text("The code is shown only now")).to_be_visible()
    shown = form.inner_text()
    (url,) = re.findall(r"kiosk adopt (\S+)", shown)
    (code,) = re.findall(r"^[0-9A-Z]+(?:-[0-9A-Z]+)+$", shown, re.MULTILINE)
    form.get_by_role("button", name="Done").click()
    expect(console.locator(".k-member", has_text=till)).to_contain_text("waits until")
    return url, code


def ask(console: Page, till: str, pin: str) -> None:
    form = console.get_by_role("dialog")
    form.get_by_label("Its name, such as k02").fill(till)
    form.get_by_label("Your PIN").fill(pin)
    form.get_by_role("button", name="Make a code").click()
