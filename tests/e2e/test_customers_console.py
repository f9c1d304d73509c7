"""The desk in a real browser: somebody becomes a member, gets points and a gift card, and is erased."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from store.database import open_books
from store.users import add_user
from tests.store.signing import PIN, sign_in

pytestmark = pytest.mark.slow


@pytest.fixture
def console(tmp_path: Path, browser: Browser) -> Iterator[Page]:
    config = tmp_path / "store.toml"
    config.write_text(
        f'[store]\nid = "s001"\nname = "Corner shop"\n[database]\nurl = "sqlite:///{tmp_path}/store.db"\n'
        f'[http]\nlisten = "127.0.0.1:0"\n[pictures]\nfolder = "{tmp_path}/pictures"\n'
    )
    engine = open_books(f"sqlite:///{tmp_path}/store.db")
    add_user(engine, "Anna", "manager", PIN)
    engine.dispose()
    command = [sys.executable, "-m", "store", "serve", "--config", str(config)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert server.stdout is not None
    found = next(found for line in server.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
    page = browser.new_page(viewport={"width": 390, "height": 844})
    sign_in(page, found[0])
    yield page
    page.close()
    server.terminate()
    assert server.wait(20) == 0


def test_a_member_from_the_first_day_to_the_last(console: Page) -> None:
    console.get_by_role("tab", name="Customers").click()
    console.get_by_role("button", name="New member").click()
    console.get_by_label("First name").fill("Sam")
    console.get_by_label("Card, telephone number or e-mail address").fill("KM-777")
    console.get_by_role("button", name="Add", exact=True).click()
    expect(console.get_by_text("Nobody becomes a member without agreeing to it.")).to_be_visible()
    console.get_by_role("checkbox", name="Agrees to be a member").click()
    console.get_by_role("checkbox", name="Agrees to be sent offers").click()
    console.get_by_role("button", name="Add", exact=True).click()

    card = console.get_by_role("dialog")
    expect(card).to_have_count(1)  # the one before it has faded away
    card.get_by_role("tab", name="Points").click()
    expect(card.get_by_label("Points").last).to_be_visible(timeout=30_000)
    expect(card.locator(".q-tabs__arrow").locator("visible=true")).to_have_count(0)  # it would lie over a tab
    card.get_by_label("Points").last.fill("50")
    card.get_by_label("Why").fill("birthday")
    card.get_by_role("button", name="Enter").click()
    expect(card.get_by_text("50 points")).to_be_visible()
    with console.expect_download() as download:
        card.get_by_role("button", name="Hand over the file").click()
    kept = json.loads(Path(download.value.path()).read_text())
    assert (kept["first_name"], kept["points"], kept["keys"]) == ("Sam", 50, ["KM-777"])

    card.get_by_role("button", name="Close").click()
    console.get_by_role("tab", name="Segments").click()
    expect(console.get_by_text("1 member who agreed to be sent offers")).to_be_visible()
    console.get_by_role("button", name="Sam").click()  # whoever fits has their card one touch away
    console.get_by_role("dialog").get_by_role("button", name="Erase").click()
    sure = console.get_by_role("dialog").filter(has_text="Erase this member for good?")
    sure.get_by_role("button", name="Erase").click()
    expect(console.get_by_text("0 members who agreed to be sent offers")).to_be_visible()
    console.get_by_role("tab", name="Members").click()
    expect(console.get_by_text("Nobody found.")).to_be_visible()


def test_a_gift_card_is_given_out_found_and_blocked(console: Page) -> None:
    console.get_by_role("tab", name="Customers").click()
    console.get_by_role("tab", name="Gift cards and vouchers").click()
    console.get_by_role("button", name="Give one out").click()
    console.get_by_label("Worth (SEK)").fill("a lot")
    console.get_by_role("button", name="Give out").click()
    expect(console.get_by_text("Type an amount up to")).to_be_visible()
    console.get_by_label("Worth (SEK)").fill("250")
    console.get_by_label("Paid").click()
    console.get_by_role("option", name="Cash").click()
    console.get_by_role("button", name="Give out").click()
    expect(console.get_by_text("Can still be spent: 250.00 SEK")).to_be_visible()
    console.get_by_text("250.00 of 250.00 SEK left").click()
    console.get_by_role("dialog").get_by_role("button", name="Top up").click()
    console.get_by_label("Amount (SEK)").fill("50")
    console.get_by_label("Paid").click()
    console.get_by_role("option", name="On an invoice").click()
    console.get_by_role("dialog").get_by_role("button", name="Top up").click()
    console.get_by_text("300.00 of 300.00 SEK left").click()
    console.get_by_role("dialog").get_by_role("button", name="Block").click()
    expect(console.get_by_text("Can still be spent: 0.00 SEK")).to_be_visible()
