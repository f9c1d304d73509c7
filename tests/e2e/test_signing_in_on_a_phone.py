"""Signing in on a phone: a finger finds every field, the PIN brings the keys of numbers, and a wrong one is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from at_the_desk import PHONE, window
from playwright.sync_api import Browser, Page, expect
from serving import Served
from signing import PIN

from store.database import open_books
from store.users import add_user

pytestmark = pytest.mark.slow
FINGER = 44
"""CSS pixels, each way: WCAG 2.5.5."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Served]:
    engine, file = open_books(f"sqlite:///{tmp_path}/store.db"), tmp_path / "store.toml"
    add_user(engine, "Anna", "manager", PIN)
    engine.dispose()
    file.write_text(
        f'[store]\nid = "s001"\nname = "Corner shop"\n[database]\nurl = "sqlite:///{tmp_path}/store.db"\n'
        '[http]\nlisten = "127.0.0.1:0"\n'
    )
    served = Served(file)
    yield served
    assert served.end() == 0


def test_a_pin_is_typed_with_the_phones_number_pad(store: Served, browser: Browser) -> None:
    with window(browser, PHONE, has_touch=True, is_mobile=True, device_scale_factor=3) as page:
        page.goto(store.url)
        name, pin = page.get_by_label("Name, number or badge"), page.get_by_label("PIN")
        button = page.get_by_role("button", name="Sign in")
        expect(name).to_be_focused()
        expect(pin).to_have_attribute("inputmode", "numeric")
        expect(pin).to_have_attribute("type", "password")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], "wider than the phone"
        for touched in (name, pin, button):
            box = touched.bounding_box()
            assert box is not None and box["height"] >= FINGER and box["width"] >= FINGER
            assert box["y"] + box["height"] <= PHONE["height"] // 2, "above the keyboard that comes up"
        name.fill("Anna")
        typed(page, "0000")
        expect(page.get_by_role("alert")).to_contain_text("do not match")
        expect(name).to_have_value("Anna")  # nobody types that again
        expect(pin).to_be_focused()
        expect(pin).to_have_value("")
        typed(page, PIN)
        expect(page.get_by_role("tab", name="Checkouts")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.reload()
        expect(page.get_by_role("tab", name="Checkouts")).to_be_visible()


def typed(page: Page, pin: str) -> None:
    page.get_by_label("PIN").tap()
    for digit in pin:
        page.keyboard.press(digit)
    page.get_by_role("button", name="Sign in").tap()
