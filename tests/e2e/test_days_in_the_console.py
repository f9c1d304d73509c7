"""A day of the shop from its first sale to the bookkeeper's file: lane, drawer, console, SIE."""

import pytest
from at_the_bench import Demo, Shopper, eventually
from at_the_desk import pick, tab, taken, told, window
from playwright.sync_api import Browser, Locator, Page, expect
from signing import sign_in
from test_bookkeeping import read_sie

from kiosk.demo.place import MANAGER, MANAGER_PIN

pytestmark = pytest.mark.slow

COFFEE = "9520001300011"
"""64.90, at any time of day."""


def test_a_day_is_counted_closed_explained_and_taken_to_the_bookkeeper(
    demo: Demo, shopper: Shopper, browser: Browser
) -> None:
    sell_by_card(shopper)
    sell_for_cash(shopper)
    close_at_the_lane(shopper)
    eventually("the lane's own close", lambda: [one for one in demo.api("days") if not one["missing"]])
    (day,) = demo.api("days")
    with window(browser) as console:
        sign_in(console, demo.console, MANAGER, MANAGER_PIN)
        tab(console, "Days")
        console.locator(".k-day").click()
        state = console.locator(".k-chip")
        expect(state).to_have_text("Open")
        count_the_drawer(console)
        work = console.locator(".k-work")
        expect(work).to_contain_text("20.00 too little: expected 500.00, found 480.00")
        close(console)
        expect(state).to_have_text("Closed, differences to explain")
        explain(console)
        expect(state).to_have_text("Closed")
        expect(work).to_have_count(0)
        expect(console.get_by_text(f"Wrong change given: a note too many ({MANAGER})")).to_be_visible()
        file = taken(console, console.get_by_role("button", name="SIE 4").click)
        name, written = file.suggested_filename, file.path().read_bytes()
    assert name == f"s001-{day['business_day']}.si"
    labels, ((head, lines),) = read_sie(written)
    assert labels["#FNAMN"] == ["Kassa demo store"] and head[1] == "1"
    booked = {line[0]: line[2] for line in lines}
    assert booked == {"1686": "64.90", "1910": "65.00", "3003": "-122.46", "2631": "-7.34", "3740": "-0.10"}
    assert day["turnover_minor"] == 12_980, "the voucher's 122.46 and 7.34: what was sold, with its tax"


def sell_by_card(shopper: Shopper) -> None:
    shopper.scan(COFFEE)
    shopper.sees("02-scanning")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()


def sell_for_cash(shopper: Shopper) -> None:
    """64.90 is 65.00 in cash; the machine gives 35.00 back."""
    shopper.scan(COFFEE)
    shopper.sees("02-scanning")
    shopper.goes_to_pay()
    shopper.touch("Cash")
    shopper.sees("11f-cash-machine")
    hand = shopper.page.get_by_test_id
    expect(hand("cash-shows")).to_contain_text("takes money")
    hand("note-100").click()
    shopper.sees("14a-receipt-choice")
    expect(hand("cash-shows")).to_contain_text("to be taken: 35.00")
    hand("cash-take").click()
    shopper.print_and_leave()


def close_at_the_lane(shopper: Shopper) -> None:
    """The manager puts 500.00 into the drawer and closes the lane's day."""
    hand = shopper.page.get_by_test_id
    reports_of_the_lane(shopper)
    shopper.touch("Cash in the drawer")
    for digit in "50000":
        shopper.touch(digit)
    shopper.touch("Float in")
    expect(hand("drawer")).to_contain_text("open")
    hand("drawer-key").click()
    expect(hand("drawer")).to_contain_text("shut")
    shopper.sees("01-welcome")
    hand("key").click()
    expect(hand("key")).to_have_text("Turn the key")
    reports_of_the_lane(shopper)
    shopper.touch("Close the day…")
    shopper.sees("19g-close-the-day")
    shopper.touch("Close the day")


def reports_of_the_lane(shopper: Shopper) -> None:
    shopper.page.get_by_test_id("key").click()
    shopper.sees("19a-staff-sign-in")
    for digit in MANAGER_PIN:
        shopper.touch(digit)
    shopper.touch("Sign in")
    shopper.sees("19b-staff-menu")
    shopper.touch("X report")
    shopper.sees("19g-staff-report")


def count_the_drawer(console: Page) -> None:
    """Four hundreds and four twenties are there: a twenty is missing."""
    console.get_by_role("button", name="Count the cash").click()
    form = console.get_by_role("dialog")
    form.get_by_label("100", exact=True).fill("four")
    expect(form.get_by_text("How many of each?")).to_be_visible()
    form.get_by_label("100", exact=True).fill("4")
    form.get_by_label("20", exact=True).fill("4")
    expect(form.get_by_text("480.00 SEK")).to_be_visible()
    prove(form, "That is all of it")
    told(console, "480.00 SEK counted")


def close(console: Page) -> None:
    """A wrong PIN closes nothing."""
    console.get_by_role("button", name="Close the day").click()
    form = console.get_by_role("dialog")
    prove(form, "Close", "0000")
    expect(form.locator(".k-below")).not_to_be_empty()
    prove(form, "Close")
    told(console, "The day is closed")


def explain(console: Page) -> None:
    """No difference ends without a reason."""
    console.get_by_role("button", name="Give a reason").click()
    form = console.get_by_role("dialog")
    prove(form, "Explain")
    expect(form.get_by_text("choose a reason")).to_be_visible()
    pick(console, "Reason", "Wrong change given")
    form.get_by_label("Note").fill("a note too many")
    prove(form, "Explain")


def prove(form: Locator, act: str, pin: str = MANAGER_PIN) -> None:
    form.get_by_label("Your PIN").fill(pin)
    form.get_by_role("button", name=act, exact=True).click()
