"""Reports in a real browser: what is picked is shown, as a picture, as figures and as a file."""

import re
import signal
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from at_the_desk import pick
from playwright.sync_api import Browser, Page, expect
from selling import BREAD, ROWS, WATER, Till, on, said
from serving import Served
from signing import PIN, sign_in

from store.database import open_books
from store.ingest import take
from store.price_book import PriceBook
from store.users import add_user

pytestmark = pytest.mark.slow


def today() -> str:
    """The page asks for the last 30 days, by the machine's clock and the shop's zone."""
    return datetime.now(ZoneInfo("Europe/Stockholm")).date().isoformat()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("reports")
    url, file = f"sqlite:///{folder}/store.db", folder / "store.toml"
    engine = open_books(url)
    PriceBook(engine).replace(ROWS, 0, "test")
    add_user(engine, "Anna", "manager", PIN)
    for name, much in (("k01", 2), ("k02", 30)):
        till = Till(name)
        for sold in (till.sell((BREAD, much), business_day=today()), till.sell((WATER, 1), business_day=today())):
            take(engine, on("sale", name), said(sold), 0)
    engine.dispose()
    file.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{url}"\n[http]\nlisten = "127.0.0.1:0"\n')
    served = Served(file)
    yield served
    served.end(signal.SIGTERM)


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, store: Served, browser: Browser) -> Iterator[Page]:
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(opened, store.url)
    opened.get_by_role("tab", name="Reports").click()
    yield opened
    opened.close()
    assert errors == []


def test_what_is_picked_is_shown_and_can_be_taken_along(page: Page) -> None:
    days = {today()}
    tiles, table = page.locator(".k-tiles"), page.locator(".k-wide")
    expect(tiles).to_contain_text("1,078.60 SEK")
    pick(page, "By", "Checkout")
    expect(table.locator("tbody tr").first).to_contain_text("k01")
    expect(page.locator(".k-chart canvas")).to_be_visible()
    expect(table.locator(".k-sums")).to_contain_text("1,078.60")
    pick(page, "Report", "Top sellers")
    expect(table.locator("tbody tr").first).to_contain_text("Rye bread")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download CSV").click()
    rows = taken.value.path().read_text().splitlines()
    assert rows[0].startswith("product,name,currency,items") and rows[1].startswith(f"{BREAD.code},Rye bread,SEK,32")
    days.add(today())  # it may have become midnight
    name = re.fullmatch(r"products_\d{4}-\d\d-\d\d_(\d{4}-\d\d-\d\d)\.csv", taken.value.suggested_filename)
    assert name is not None and name[1] in days
    sheet = table.bounding_box()
    assert sheet is not None and sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= page.viewport_size["width"]  # type: ignore[index]


def test_filters_are_added_and_taken_away(page: Page) -> None:
    tiles = page.locator(".k-tiles")
    expect(tiles).to_contain_text("1,078.60 SEK")
    page.get_by_role("button", name="Add filter").click()
    pick(page, "What", "Checkout")
    pick(page, "Which", "k01")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Use", exact=True).click()
    expect(tiles).to_contain_text("78.70 SEK")
    expect(page.locator(".q-chip", has_text="Checkout: k01")).to_be_visible()
    page.locator(".k-page .q-chip__icon--remove").click()
    expect(tiles).to_contain_text("1,078.60 SEK")


def test_a_period_without_sales_and_one_that_ends_before_it_begins_are_said(page: Page) -> None:
    expect(page.locator(".k-tiles")).to_be_visible()
    pick(page, "Period", "Last year")
    expect(page.get_by_text("Nothing in this period.")).to_be_visible()
    pick(page, "Period", "From ... to ...")
    expect(page.locator(".k-tiles")).to_be_visible()  # the fields have their first days, and stay as they are typed
    page.get_by_label("To", exact=True).fill("2001-01-01")
    expect(page.get_by_text("before the first day", exact=True)).to_be_visible()


def test_a_report_is_ordered_by_e_mail_and_a_bad_address_is_said_beside_it(page: Page) -> None:
    expect(page.locator(".k-tiles")).to_be_visible()
    page.get_by_role("button", name="By e-mail").click()
    page.get_by_role("button", name="Send it", exact=True).click()
    expect(page.get_by_text("is no e-mail address")).to_be_visible()
    page.get_by_label("To", exact=True).last.fill("boss@example.com")
    page.get_by_role("button", name="Send it", exact=True).click()
    ordered = "Sales, yesterday, as PDF to boss@example.com: every day at 06:00"
    expect(page.get_by_text(ordered)).to_be_visible()
    page.get_by_role("button", name="Send it no more").click()
    expect(page.get_by_text("Nothing is ordered yet.")).to_be_visible()
