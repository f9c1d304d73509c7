"""The price book in a real browser: a product's names and picture, an offer written, tried, changed and ended."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from selling import BREAD, WATER
from signing import sign_in

from store.price_batches import ended_batches
from store.price_book import PriceBook
from store.price_history import versions
from tests.store.console.test_console_goods import Shop, shop

__all__ = ["shop"]
pytestmark = pytest.mark.slow
WIDTH = 390


@pytest.fixture
def page(shop: Shop, browser: Browser) -> Iterator[Page]:
    """A phone's."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 844})
    page.set_default_timeout(60_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, shop.url)
    page.get_by_role("tab", name="Prices", exact=True).click()
    yield page
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, "wider than the screen"
    page.close()
    assert errors == []


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), (200, 120, 40)).save(out, "PNG")
    return out.getvalue()


def test_a_name_that_is_missing_is_given_with_a_picture_and_is_in_use(shop: Shop, page: Page) -> None:
    page.get_by_role("tab", name="Edit products").click()
    expect(page.get_by_text("No names in other languages").first).to_be_visible()
    page.get_by_role("button", name="Rye bread").click()
    form = page.locator(".b-form")
    form.get_by_label("Swedish").fill("Rågbröd")
    form.get_by_label("Age limit").fill("many")
    form.locator("input[type=file]").set_input_files({"name": "a.pdf", "mimeType": "image/png", "buffer": b"%PDF"})
    expect(form.get_by_text("The picture is no JPEG, PNG, WebP or GIF picture")).to_be_visible()
    form.locator("input[type=file]").set_input_files({"name": "rye.png", "mimeType": "image/png", "buffer": picture()})
    expect(form.get_by_alt_text("Picture")).to_be_visible()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("must be a whole number from 0 to 99")).to_be_visible()
    form.get_by_label("Age limit").fill("")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("in use on every checkout from the next scan on")).to_be_visible()
    row = PriceBook(shop.engine).row(BREAD.code)
    assert row.names == {"sv": "Rågbröd"} and row.picture.startswith("store:") and row.price_minor == BREAD.price_minor
    assert page.request.get(f"{shop.url}/picture/{BREAD.code}").headers["content-type"] == "image/jpeg"
    (batch,) = ended_batches(shop.engine)
    assert batch.made_by and versions(shop.engine)[0].why == f"Rye bread (by {batch.made_by})"


def test_an_offer_is_tried_on_a_basket_saved_changed_and_ended(shop: Shop, page: Page) -> None:
    book = PriceBook(shop.engine)
    page.get_by_role("tab", name="Offers").click()
    page.get_by_role("button", name="New offer").click()
    form = page.locator(".b-form")
    form.get_by_label("Name, where there is no other").fill("3 for 2 bread")
    form.get_by_label("So many together").fill("3")
    form.get_by_label("How much").fill("2")
    form.get_by_label("Add a product or a category").fill("rye")
    form.get_by_role("button", name="Rye bread").click()
    expect(form.get_by_text("65.80 SEK")).to_be_visible()
    form.get_by_label("How much").fill("3")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("3 of 3 is no offer: fewer are paid than are needed")).to_be_visible()
    form.get_by_label("How much").fill("2")
    expect(form.get_by_text("−32.90")).to_be_visible()
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Runs now")).to_be_visible()
    (offer,) = book.offers()
    assert (offer.offer, offer.need, offer.pay, offer.items) == ("3-for-2-bread", 3, 2, ((BREAD.code,),))
    page.get_by_role("button", name="Change").click()
    page.get_by_label("Last day").fill("2020-01-01")
    expect(form.get_by_text("Nothing is taken off")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Over", exact=True)).to_be_visible()
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("No offers yet.")).to_be_visible()
    assert book.offers() == () and book.row(WATER.code) == WATER
    page.get_by_role("tab", name="Planned and done").click()
    expect(page.get_by_text("3 for 2 bread: ends")).to_be_visible()
