"""Goods in a real browser, as staff handle them with a phone and a scanner: from the delivery to the online order."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selling import BANANAS, BREAD, ROWS, WATER
from signing import PIN, sign_in, signed_in

from kiosk.wire.price_csv import write_csv
from store import channel_orders, reorder, stock, stock_transfers
from store.__main__ import main
from store.channel_orders import New
from store.clock import utc_ms
from store.database import engine_at
from store.users import add_user

pytestmark = pytest.mark.slow
WIDTH = 390


class Shop:
    """A running store, and its books."""

    def __init__(self, folder: Path, database_url: str) -> None:
        file, catalogue = folder / "store.toml", folder / "prices.csv"
        file.write_text(
            f'[store]\nid = "s001"\nname = "Corner shop"\n[database]\nurl = "{database_url}"\n'
            f'[http]\nlisten = "127.0.0.1:0"\n[pictures]\nfolder = "{folder}/pictures"\n'
        )
        catalogue.write_text("".join(write_csv(ROWS)))
        assert main(["catalogue", "import", str(catalogue), "--config", str(file)]) == 0
        command = [sys.executable, "-m", "store", "serve", "--config", str(file)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, env=dict(os.environ), text=True)
        assert self.process.stderr is not None
        opened = next(line for line in self.process.stderr if '"store.open"' in line)
        self.url: str = json.loads(opened)["url"]
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        self.engine = engine_at(database_url)
        add_user(self.engine, "Anna", "manager", PIN)

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@pytest.fixture
def shop(tmp_path: Path, existing_url: str) -> Iterator[Shop]:
    running = Shop(tmp_path, existing_url)
    yield running
    assert running.end() == 0


@pytest.fixture
def page(shop: Shop, browser: Browser) -> Iterator[Page]:
    """A phone's."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 844})
    page.set_default_timeout(60_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: errors.append(request.url) if shop.url not in request.url else None)
    sign_in(page, shop.url)
    page.get_by_role("tab", name="Goods").click()
    yield page
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, "wider than the screen"
    page.close()
    assert errors == []


def go(page: Page, tab: str) -> None:
    page.get_by_role("tab", name=tab, exact=True).click()


def scan(page: Page, label: str, field: str = "Scan or type a code") -> None:
    page.get_by_label(field).fill(label)
    page.get_by_label(field).press("Enter")


def on_hand(shop: Shop, gtin: str) -> int:
    return stock.one(shop.engine, gtin).available_count


def test_a_delivery_is_scanned_corrected_moved_to_the_floor_and_partly_wasted(shop: Shop, page: Page) -> None:
    go(page, "Receive")
    expect(page.get_by_role("button", name="Book the delivery")).to_be_disabled()
    scan(page, "]C10109520000000011" + "17991130" + "10L77")
    expect(page.get_by_text(f"{BREAD.code}, batch L77, until 30 Nov 1999")).to_be_visible()
    scan(page, WATER.code)
    scan(page, WATER.code)
    expect(page.get_by_label("Pieces").first).to_have_value("2")
    scan(page, "12345670")
    expect(page.get_by_text("no product has the code 12345670")).to_be_visible()
    page.get_by_label("Pieces").first.fill("many")
    page.get_by_label("Pieces").first.press("Enter")
    expect(page.get_by_text("'many' is no number of pieces")).to_be_visible()
    page.get_by_label("Pieces").first.fill("24")
    page.get_by_label("Pieces").first.press("Enter")
    page.reload()
    page.get_by_role("tab", name="Goods").click()
    go(page, "Receive")
    expect(page.get_by_label("Pieces").first).to_have_value("24")
    page.get_by_role("button", name="Book the delivery").click()
    expect(page.get_by_text("The delivery is in stock: 2 lines")).to_be_visible()
    assert stock.by_place(shop.engine, WATER.code) == {"back": (24, 0)}

    go(page, "Move")
    expect(page.get_by_text("Nothing is on its way.")).to_be_visible()
    scan(page, WATER.code)
    page.get_by_label("Pieces").fill("10")
    page.get_by_label("Pieces").press("Enter")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Receive", exact=True).click()
    page.get_by_label("Water").fill("9")
    page.get_by_role("button", name="It is here").click()
    expect(page.get_by_text("Received; 1 line not as sent")).to_be_visible()
    assert stock.by_place(shop.engine, WATER.code) == {"back": (14, 0), "floor": (9, 0)}
    assert stock_transfers.transfers(shop.engine, "sent") == []

    go(page, "Waste")
    expect(page.get_by_role("button", name="Book the waste")).to_be_visible()
    scan(page, WATER.code)
    page.get_by_role("button", name="Book the waste").click()
    expect(page.get_by_text("Waste is booked: 1 line")).to_be_visible()
    go(page, "Movements")
    expect(page.get_by_text("Waste, Damaged, Shop floor")).to_be_visible()
    go(page, "Expiry")
    expect(page.get_by_text("Past 30 Nov 1999")).to_be_visible()


def test_a_blind_count_shows_what_differs_only_at_its_end(shop: Shop, page: Page) -> None:
    stock.move(shop.engine, "delivery", BREAD.code, count=10, weight_g=0, now_utc_ms=utc_ms(), note="")
    go(page, "Count")
    page.get_by_role("button", name="Begin a count").click()
    expect(page.get_by_text("Rye bread")).to_be_visible()
    expect(page.get_by_text("10", exact=True)).to_have_count(0)
    scan(page, BREAD.code, "Scan: one more")
    expect(page.get_by_label("Pieces").first).to_have_value("1")
    page.get_by_label("Pieces").first.fill("8")
    page.get_by_label("Pieces").first.press("Enter")
    page.get_by_label("kg").fill("2,5")
    page.get_by_label("kg").press("Enter")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("books 10, there 8")).to_be_visible()
    expect(page.get_by_text("+2.500 kg")).to_be_visible()
    page.get_by_role("button", name="Book it").click()
    expect(page.get_by_text("Booked: 2 differed")).to_be_visible()
    assert on_hand(shop, BREAD.code) == 8 and stock.one(shop.engine, BANANAS.code).weight_g == 2500


def test_an_online_order_is_seen_sent_and_lowers_the_stock(shop: Shop, page: Page) -> None:
    stock.move(shop.engine, "delivery", BREAD.code, count=10, weight_g=0, now_utc_ms=utc_ms(), note="")
    go(page, "Online orders")
    expect(page.get_by_text("Nothing is waiting to be sent.")).to_be_visible()
    with shop.engine.connect() as connection:
        lines = channel_orders.named_lines(connection, [(BREAD.code, 4, 0)])
    channel_orders.place(shop.engine, New("webshop", "1001", lines, "x", "k"), now_utc_ms=utc_ms())
    page.get_by_text("webshop 1001").click(timeout=15_000)
    page.get_by_role("button", name="It is sent").click()
    expect(page.get_by_text("Nothing is waiting to be sent.")).to_be_visible()
    assert stock.one(shop.engine, BREAD.code).count == 6
    go(page, "Products")
    page.get_by_text("Rye bread").click()
    expect(page.get_by_text("Shipped online order, Shop floor")).to_be_visible()
    page.get_by_text("When to buy more").click()
    page.get_by_label("Buy below").fill("20")
    page.get_by_label("In a pack").fill("8")
    page.get_by_label("Supplier", exact=True).fill("Bakery")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    go(page, "To order")
    expect(page.get_by_text("16 (2 packs)")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Print").click()
    assert download.value.suggested_filename.endswith(".pdf")


def test_a_program_is_added_with_an_address_that_can_be(shop: Shop, page: Page) -> None:
    go(page, "Connections")
    expect(page.get_by_text("No web shop is connected")).to_be_visible()
    page.get_by_text("Add a program").click()
    sliding = re.compile("height")  # a button that still moves away under the finger is not pressed
    expect(page.locator(".q-expansion-item__content")).not_to_have_attribute("style", sliding)
    page.get_by_label("Address, https://...").fill("http://books.example/hook")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("over https only")).to_be_visible()
    page.get_by_label("Address, https://...").fill("https://books.example/hook")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("whsec_")).to_be_visible()
    page.get_by_role("button", name="I have it").click()
    expect(page.get_by_text("https://books.example/hook")).to_be_visible()


def test_what_is_short_is_ordered_received_in_parts_and_closed(shop: Shop, page: Page) -> None:
    rule = reorder.Rule(BREAD.code, minimum_count=10, fill_to_count=24, pack_count=8, supplier="Bakery")
    reorder.set_rules(shop.engine, [rule], now_utc_ms=utc_ms())
    go(page, "To order")
    page.get_by_role("button", name="Make the order").click()
    expect(page.get_by_text("choose the supplier that the order goes to")).to_be_visible()
    page.get_by_label("Supplier", exact=True).click()
    page.get_by_role("option", name="Bakery").click()
    page.get_by_role("button", name="Make the order").click()
    expect(page.get_by_text("Order 1, Bakery")).to_be_visible()
    page.get_by_label("SEK a piece").fill("12.50")
    page.get_by_label("SEK a piece").press("Enter")
    expect(page.get_by_text("Together 300.00 SEK, without tax")).to_be_visible()
    page.get_by_role("button", name="I have ordered it").click()
    expect(page.get_by_text("24 ordered, 24 to come")).to_be_visible()
    scan(page, BREAD.code)
    page.get_by_label("Pieces").fill("10")
    page.get_by_label("Pieces").press("Enter")
    expect(page.get_by_label("Pieces")).to_have_value("10")
    page.get_by_role("button", name="Book the delivery").click()
    expect(page.get_by_text("24 ordered, 10 came, 14 to come")).to_be_visible()
    page.get_by_role("button", name="Nobody waits for the rest").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("24 ordered, 10 came, 14 given up")).to_be_visible()
    assert stock.by_place(shop.engine, BREAD.code) == {"back": (10, 0)}
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.get_by_text("No orders here.")).to_be_visible()


def test_a_cashier_looks_at_levels_and_changes_none(shop: Shop, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": WIDTH, "height": 844})
    signed_in(context, shop.url, shop.engine, utc_ms(), "cashier")
    page = context.new_page()
    page.goto(shop.url)
    page.get_by_role("tab", name="Goods").click()
    expect(page.get_by_text("32.90 SEK")).to_be_visible()
    expect(page.get_by_role("tab", name="Movements")).to_be_visible()
    for name in ("Receive", "Waste", "Count", "Orders", "Connections", "Online orders"):
        assert page.get_by_role("tab", name=name, exact=True).count() == 0
    page.get_by_text(BREAD.name).click()
    expect(page.get_by_text("Free to sell")).to_be_visible()
    assert page.get_by_text("When to buy more").count() == 0
    assert page.get_by_label("Price", exact=True).count() == 0
    context.close()
