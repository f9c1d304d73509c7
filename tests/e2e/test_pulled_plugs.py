"""Every device of the demo is pulled and put back in the middle of a sale, and the sale goes on and is paid once."""

import pytest
from at_the_bench import Demo, Shopper, eventually
from playwright.sync_api import expect

COFFEE = "9520001300011"
PLUGS = {
    "scanner": "scanner-plug",
    "scale": "scale-plug",
    "bagging_scale": "bagging-plug",
    "pos_printer": "printer-plug",
    "keypad": "keypad-plug",
    "badge_reader": "badge-plug",
    "scanner.exit": "exit-plug",
    "gate": "gate-plug",
    "cash_recycler": "cash-plug",
    "card_terminal": "terminal-cable",
}
"""The device's name in the configuration, and its switch on the bench page."""


def lost(demo: Demo) -> set[str]:
    return set(demo.state()["devices"]["lost"])


@pytest.mark.slow
def test_a_badge_opens_the_pad_of_whose_it_is_and_a_strangers_nothing(demo: Demo, shopper: Shopper) -> None:
    hand = shopper.page.get_by_test_id
    hand("badge-stranger").click()
    shopper.sees("01-welcome")
    hand("badge-staff").click()
    shopper.sees("19a-staff-sign-in")
    for digit in "1234":
        shopper.touch(digit)
    shopper.touch("Sign in")
    shopper.sees("19b-staff-menu")
    shopper.touch("Lock")
    shopper.sees("01-welcome")


@pytest.mark.slow
def test_what_is_touched_while_the_page_is_cut_off_arrives_later(shopper: Shopper) -> None:
    """For longer than NiceGUI waits unless told otherwise: then the page would be another one, that knows nothing."""
    shopper.page.evaluate("window.socket.disconnect(); setTimeout(() => window.socket.connect(), 5000)")
    shopper.page.get_by_test_id("key").click()
    shopper.sees("19a-staff-sign-in")
    expect(shopper.page.get_by_test_id("key")).to_have_text("Turn it back")
    shopper.page.get_by_test_id("key").click()
    shopper.sees("01-welcome")


@pytest.mark.slow
def test_each_is_missed_and_found_again_and_the_sale_goes_on(demo: Demo, shopper: Shopper) -> None:
    sold = len(demo.api("sales"))
    shopper.scan(COFFEE)
    shopper.sees("02-scanning")
    for device, plug in PLUGS.items():
        switch = shopper.page.get_by_test_id(plug)
        pull = switch.inner_text()
        switch.click()
        eventually(f"{device} is missed", lambda device=device: device in lost(demo), 30)
        expect(switch).not_to_have_text(pull)
        assert shopper.sees("02-scanning", "06a-bag-place") and demo.state()["basket"]["lines"]
        switch.click()
        eventually(f"{device} is found again", lambda device=device: device not in lost(demo), 30)
    assert not lost(demo) & set(PLUGS)
    shopper.scan(COFFEE)
    shopper.sees_text("110.00")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()
    sales = eventually("the sale in the books", lambda: found if len(found := demo.api("sales")) > sold else None)
    assert len(sales) == sold + 1
    assert (sales[0]["kind"], sales[0]["due_minor"], sales[0]["flags"]) == ("sale", 11_000, [])
