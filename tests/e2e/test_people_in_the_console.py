"""The staff in a browser: a manager takes somebody off whose own page is open; somebody locked out is let in again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from at_the_desk import DESK, PHONE, tab, window
from playwright.sync_api import Browser, Page, expect
from serving import Served
from signing import PIN, sign_in

from store.database import open_books
from store.users import add_user

pytestmark = pytest.mark.slow


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Served]:
    engine, file = open_books(f"sqlite:///{tmp_path}/store.db"), tmp_path / "store.toml"
    add_user(engine, "Anna", "manager", PIN)
    add_user(engine, "Bo", "cashier", "1357")
    engine.dispose()
    file.write_text(
        f'[store]\nid = "s001"\nname = "Corner shop"\n[database]\nurl = "sqlite:///{tmp_path}/store.db"\n'
        '[http]\nlisten = "127.0.0.1:0"\n'
    )
    served = Served(file)
    yield served
    assert served.end() == 0


def knocks(page: Page, url: str, name: str, pin: str) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("Name, number or badge").fill(name)
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Sign in").click()


def test_whoever_is_taken_off_the_staff_is_led_to_the_door_and_told_why(store: Served, browser: Browser) -> None:
    with window(browser, DESK) as manager, window(browser, PHONE) as bo:
        sign_in(bo, store.url, "Bo", "1357")
        expect(bo.get_by_role("tab", name="Checkouts")).to_be_visible()
        expect(bo.get_by_role("tab", name="People")).to_have_count(0)
        sign_in(manager, store.url)
        tab(manager, "People")
        row = manager.get_by_role("button").filter(has_text="u2 · Cashier")
        expect(row).to_contain_text("last at the console")
        row.click()
        manager.get_by_role("button", name="Take off the staff").click()
        expect(row).to_contain_text("Left")
        expect(bo.get_by_role("alert")).to_have_text(
            "Bo is signed out, and not one of the staff any more. If that is wrong, ask a manager."
        )
        bo.go_back()
        expect(bo.get_by_label("Name, number or badge")).to_be_visible()
        knocks(bo, store.url, "Bo", "1357")
        expect(bo.get_by_role("alert")).to_contain_text("do not match")
        row.click()
        manager.get_by_role("button", name="Take back").click()
        pin = manager.get_by_text("It is shown only now").locator("xpath=following::*[1]").inner_text()
        assert pin.isdigit() and len(pin) == 6
        sign_in(bo, store.url, "Bo", pin)
        manager.get_by_role("button", name="Done").click()
        manager.get_by_role("button").filter(has_text="u1 · Manager").click()
        expect(manager.get_by_role("button", name="Save")).to_be_visible()
        expect(manager.get_by_role("button", name="Take off the staff")).to_have_count(0)
        manager.keyboard.press("Escape")
        tab(manager, "Acts")
        expect(manager.get_by_text("Staff: Bo (u2): taken off the staff")).to_be_visible()


def test_somebody_locked_out_is_unlocked_and_another_role_shows_its_tabs(store: Served, browser: Browser) -> None:
    with window(browser, PHONE) as manager, window(browser, DESK) as bo:
        for n in range(5):
            knocks(bo, store.url, "Bo", f"900{n}")
            expect(bo.get_by_role("alert")).to_contain_text("do not match")
        knocks(bo, store.url, "Bo", "1357")
        expect(bo.get_by_role("alert")).to_contain_text("five minutes")
        sign_in(manager, store.url)
        tab(manager, "People")
        row = manager.get_by_role("button").filter(has_text="u2 · ")
        expect(row).to_contain_text("Locked: too many wrong PINs")
        assert manager.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        row.click()
        manager.get_by_role("button", name="Unlock").click()
        expect(row).not_to_contain_text("Locked")
        sign_in(bo, store.url, "Bo", "1357")
        row.click()
        manager.get_by_label("Role").click()
        manager.get_by_role("option", name="Supervisor").click()
        manager.get_by_role("button", name="Save").click()
        expect(bo.get_by_role("alert")).to_contain_text("somebody changed what Bo may do here")
        sign_in(bo, store.url, "Bo", "1357")
        expect(bo.get_by_role("tab", name="Reports")).to_be_visible()
        row.click()
        manager.get_by_label("Name").fill("Anna")
        manager.get_by_role("button", name="Save").click()
        expect(manager.get_by_text("There is a Anna already; use another name.")).to_be_visible()
