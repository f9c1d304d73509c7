"""The console in a real browser, before a whole demo: a click settles what waits at a lane, and the lane goes on."""

import re
from collections.abc import Iterator

import pytest
from at_the_bench import Demo, Shopper, eventually
from playwright.sync_api import Browser, Page, expect

from kiosk.app.main import RESTART
from kiosk.demo.launcher import STAFF
from kiosk.demo.place import STAFF_PIN

pytestmark = pytest.mark.slow

ANSWER = re.compile("^(Done|Not done)")
CHOCOLATE, WINE = "9520001310010", "9520001410048"
"""Of no offer that has hours, or the price would be another one in the evening."""


@pytest.fixture
def console(demo: Demo, browser: Browser) -> Iterator[Page]:
    """The store's console in a window of its own, with the dialog of the lane's card open."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, demo.console)
    yield page
    page.close()
    assert errors == []


def sign_in(page: Page, console: str) -> None:
    """As the demo's supervisor."""
    page.goto(console)
    page.get_by_label("Name, number or badge").fill(STAFF)
    page.get_by_label("PIN", exact=True).fill(STAFF_PIN)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{console}/")


def order(page: Page, button: str, pin: str = STAFF_PIN) -> None:
    """Type a PIN and press a button of the dialog, which stays open."""
    page.get_by_label("Your PIN").fill(pin)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".k-order .k-muted").last).not_to_have_text(ANSWER)


def test_what_was_collected_is_cleared_from_the_console_and_the_shopper_pays(
    demo: Demo, shopper: Shopper, console: Page
) -> None:
    """Wine and a call for help wait; a wrong PIN says so; each is settled by a button of its own."""
    said = console.locator(".k-order .k-muted").last
    shopper.scan(WINE)
    shopper.sees("07-age-check")
    shopper.touch("Keep scanning")
    shopper.scan(CHOCOLATE)
    shopper.touch("Call staff")
    shopper.sees("16-help-coming")
    console.get_by_text("Checkout").first.click()
    expect(console.get_by_text("Shopper asks for help").last).to_be_visible()
    order(console, "Settled", "9753")
    expect(said).to_have_text("nobody has this PIN")
    order(console, "Settled")
    expect(said).to_have_text("Done")
    shopper.sees("02-scanning")
    expect(console.get_by_role("button", name="Settled", exact=True)).to_have_count(0)
    order(console, "Refuse")
    expect(said).to_have_text("Done")
    shopper.sees_text("32.90")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()


def test_from_the_console_a_damaged_bar_is_sold_for_less(demo: Demo, shopper: Shopper, console: Page) -> None:
    said = console.locator(".k-order .k-muted").last
    shopper.scan(CHOCOLATE)
    shopper.sees_text("32.90")
    console.get_by_text("Checkout").first.click()
    order(console, "Look into the basket")
    price = console.get_by_label("Price", exact=True)
    expect(price).to_have_value("32.90")
    price.fill("a bit less")
    console.get_by_role("button", name="Sell at this price").click()
    expect(said).to_have_text("This is no price")
    price.fill("27.00")
    console.get_by_role("button", name="Sell at this price").click()
    expect(said).to_have_text("Done")
    shopper.sees_text("27.00")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()


def test_the_console_restarts_a_lane_that_nobody_uses(demo: Demo, shopper: Shopper, console: Page) -> None:
    """In a minute at the latest: a lane that has only just started is left alone."""
    lane = shopper.page.get_by_test_id("kiosk-pid")
    expect(lane).to_have_text(re.compile(r"process \d+"))
    pid = lane.inner_text().split()[-1]
    shopper.scan(CHOCOLATE)
    shopper.sees_text("32.90")
    said = console.locator(".k-order .k-muted").last
    console.get_by_text("Checkout").first.click()
    order(console, "Restart")
    expect(said).to_contain_text("somebody is served")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()

    def restarted() -> bool:
        order(console, "Restart")
        expect(said).to_have_text(ANSWER)
        return said.inner_text() == "Done"

    eventually("the lane starts anew", restarted, within_s=90)
    shopper.sees_the_lane_started_anew(pid)
    shopper.sees("01-welcome")
    demo.said_until(f"exit code {RESTART}")
