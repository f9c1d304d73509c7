"""The console in a real browser, before a whole demo: one touch settles what waits at a lane, and the lane goes on."""

import re
from collections.abc import Iterator

import pytest
from at_the_bench import Demo, Shopper, eventually
from playwright.sync_api import Browser, Page, expect

from kiosk.app.main import RESTART
from kiosk.demo.place import STAFF, STAFF_PIN

pytestmark = pytest.mark.slow

CHOCOLATE, WINE = "9520001310010", "9520001410048"
"""Of no offer that has hours, or the price would be another one in the evening."""
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture(params=[DESK], ids=["desk"])
def console(demo: Demo, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The store's console in a window of its own, signed in."""
    context = browser.new_context(viewport=request.param)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, demo.console)
    yield page
    context.close()
    assert errors == []


def sign_in(page: Page, console: str) -> None:
    """As the demo's supervisor, with the keys of a keyboard, as a badge reader would press them."""
    page.goto(console)
    expect(page).to_have_url(f"{console}/sign-in?next=/")
    expect(page.get_by_label("Name, number or badge")).to_be_focused()
    page.keyboard.type(STAFF)
    page.keyboard.press("Enter")
    expect(page.get_by_label("PIN", exact=True)).to_be_focused()
    page.keyboard.type(STAFF_PIN)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{console}/")


def the_lane(page: Page) -> None:
    """Open the dialog of the only lane."""
    page.locator(".k-card .k-title").first.click()
    expect(page.get_by_role("button", name="Restart")).to_be_visible()


def told(page: Page, words: str) -> None:
    """What came of an order, in the corner."""
    expect(page.get_by_text(words).last).to_be_visible()


@pytest.mark.parametrize("console", [PHONE, DESK], ids=["phone", "desk"], indirect=True)
def test_an_age_is_approved_with_one_look_and_the_shopper_pays(demo: Demo, shopper: Shopper, console: Page) -> None:
    """What staff must see is there; nobody approves before they say that they see the shopper."""
    shopper.scan(WINE)
    shopper.sees("07-age-check")
    shopper.touch("Keep scanning")
    shopper.sees("02-scanning")
    card = console.locator(".k-card")
    expect(card).to_contain_text("Check age")
    expect(card).to_contain_text("Red wine 75 cl, from 18 years")
    expect(card).to_contain_text(f"Asked: {STAFF}")
    console.wait_for_function("(document.querySelector('.k-picture') ?? {}).naturalWidth > 0")
    card.get_by_role("button", name="Clearly old enough").click()
    sure = console.locator(".q-dialog").get_by_role("button", name="Clearly old enough")
    expect(sure).to_be_disabled()
    console.get_by_text("I can see the shopper").click()
    sure.click()
    told(console, "clearly old enough: done")
    expect(card).not_to_contain_text("Check age")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()


def test_what_was_collected_is_cleared_from_the_console_and_the_shopper_pays(
    demo: Demo, shopper: Shopper, console: Page
) -> None:
    """Wine and a call for help wait; the shopper is told who comes; each is settled by a button of its own."""
    shopper.scan(WINE)
    shopper.sees("07-age-check")
    shopper.touch("Keep scanning")
    shopper.scan(CHOCOLATE)
    shopper.touch("Call staff")
    shopper.sees("16-help-coming")
    call = console.locator(".k-call", has_text="Shopper asks for help")
    call.get_by_role("button", name="I’m coming").click()
    expect(call).to_contain_text(f"{STAFF} is coming")
    shopper.sees_text(f"{STAFF} has seen it")
    call.get_by_role("button", name="Settled").click()
    told(console, "settled: done")
    shopper.sees("02-scanning")
    expect(call).to_have_count(0)
    console.get_by_role("button", name="Refuse").click()
    told(console, "refuse: done")
    shopper.sees_text("32.90")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()
    console.get_by_role("tab", name="Acts").click()
    expect(console.get_by_role("row", name="Ordered: approve help")).to_contain_text(f"{STAFF}")
    expect(console.get_by_role("row", name="Ordered: deny age")).to_contain_text("Done")


def test_from_the_console_a_damaged_bar_is_sold_for_less(demo: Demo, shopper: Shopper, console: Page) -> None:
    """The basket is a mirror: what is scanned while the dialog is open is in it."""
    shopper.scan(CHOCOLATE)
    shopper.sees_text("32.90")
    the_lane(console)
    basket = console.locator(".q-dialog")
    expect(basket).to_contain_text("1 × ")
    shopper.scan(CHOCOLATE)
    expect(basket).to_contain_text("2 × ")
    basket.get_by_text("Another price").click()
    price = console.get_by_label("Price", exact=True)
    expect(price).to_have_value("32.90")
    price.fill("a bit less")
    console.get_by_role("button", name="Sell at this price").click()
    told(console, "This is no price")
    price.fill("27.00")
    console.get_by_role("button", name="Sell at this price").click()
    told(console, "New price: done")
    shopper.sees_text("54.00")
    expect(basket).to_contain_text("54.00 SEK")
    basket.get_by_label("Say to the shopper").fill("Thank you for waiting")
    basket.get_by_role("button", name="Send").click()
    shopper.sees_text("Thank you for waiting")
    basket.get_by_role("button", name="Open drawer").click()
    told(console, "the drawer opens only while somebody is signed in at the lane")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()


def test_all_lanes_are_closed_and_opened_together(demo: Demo, shopper: Shopper, console: Page) -> None:
    for button, screen in (("Close all", "18a-closed"), ("Open all", "01-welcome")):
        console.get_by_role("button", name=button).click()
        console.locator(".q-dialog").get_by_role("button", name=button).click()
        shopper.sees(screen)


def test_whoever_signs_out_is_out_on_every_page_of_that_browser(demo: Demo, console: Page) -> None:
    other = console.context.new_page()
    other.goto(demo.console)
    expect(other.get_by_role("tab", name="Checkouts")).to_be_visible()
    console.get_by_role("button", name=f"Signed in: {STAFF}").click()
    console.get_by_role("button", name="Sign out").click()
    expect(console).to_have_url(f"{demo.console}/sign-in")
    expect(other).to_have_url(f"{demo.console}/sign-in")
    other.goto(f"{demo.console}/")
    expect(other).to_have_url(f"{demo.console}/sign-in?next=/")
    other.close()


def test_the_console_restarts_a_lane_that_nobody_uses(demo: Demo, shopper: Shopper, console: Page) -> None:
    """In a minute at the latest: a lane that has only just started is left alone."""
    lane = shopper.page.get_by_test_id("kiosk-pid")
    expect(lane).to_have_text(re.compile(r"process \d+"))
    pid = lane.inner_text().split()[-1]
    shopper.scan(CHOCOLATE)
    shopper.sees_text("32.90")
    the_lane(console)
    console.get_by_role("button", name="Restart").click()
    told(console, "somebody is served")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()

    def restarted() -> bool:
        expect(console.locator(".q-notification")).to_have_count(0)
        console.get_by_role("button", name="Restart").click()
        said = console.locator(".q-notification").last
        expect(said).to_contain_text(re.compile("done"))
        return "not done" not in said.inner_text()

    eventually("the lane starts anew", restarted, within_s=90)
    shopper.sees_the_lane_started_anew(pid)
    shopper.sees("01-welcome")
    demo.said_until(f"exit code {RESTART}")
