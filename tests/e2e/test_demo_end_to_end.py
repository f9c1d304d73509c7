"""End to end: Mosquitto, store, lane and devices as `make demo` starts them, used by hand in a real browser."""

import re

import httpx
import pytest
from at_the_bench import Demo, Shopper, eventually
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

CHOCOLATE, COFFEE, WATER = "9520001310010", "9520001300011", "9520001400018"
"""Of no offer that has hours: bread is cheaper in the evening, and what is paid here is the same at any time of day."""


def on_hand(demo: Demo, gtin: str) -> int:
    """What the store believes to have of a product."""
    found = [row["count"] for row in demo.api("stock?limit=1000") if row["gtin"] == gtin]
    return found[0] if found else 0


def test_loose_goods_are_picked_and_weighed(demo: Demo, shopper: Shopper) -> None:
    sold = len(demo.api("sales"))
    shopper.page.get_by_test_id("fresh-cheese").click()
    shopper.sees_text("49.03")
    shopper.touch("Item without barcode")
    shopper.sees("04a-picker")
    shopper.touch("Carrots")
    shopper.sees("05-weighing")
    shopper.page.get_by_test_id("scale-bananas").click()
    shopper.sees_text("0.840")
    shopper.touch("Add carrots")
    shopper.sees("02-scanning")
    shopper.page.get_by_test_id("scale-off").click()
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()
    sales = eventually("the sale in the books", lambda: found if len(found := demo.api("sales")) > sold else None)
    assert (sales[0]["kind"], sales[0]["due_minor"], sales[0]["flags"]) == ("sale", 4_903 + 1_252, [])


def test_a_purchase_with_the_keyboard_for_a_keypad(demo: Demo, shopper: Shopper) -> None:
    """The screen has the browser's focus: its arrows are the keypad's. What is held is held."""
    sold = len(demo.api("sales"))
    shopper.scan(CHOCOLATE)
    shopper.sees_text("32.90")
    assert not demo.scene()["ring"]
    shopper.goes_to_the_screen()
    shopper.finds("Type a code")
    shopper.page.keyboard.press("Enter")
    shopper.sees("04c-type-code")
    shopper.page.keyboard.press("Escape")
    shopper.sees("02-scanning")
    shopper.page.get_by_test_id("key-ok").hover()
    shopper.page.mouse.down()
    shopper.sees("20a-accessibility")
    shopper.page.mouse.up()
    shopper.page.get_by_test_id("key-back").click()
    shopper.sees("02-scanning")
    shopper.goes_to_the_screen()
    shopper.page.keyboard.press("F1")
    shopper.sees("16-help-coming")
    shopper.finds("Keep scanning")
    shopper.page.keyboard.press("Enter")
    shopper.sees("02-scanning")
    shopper.finds("Pay")
    shopper.page.keyboard.press("Enter")
    shopper.sees("10b-how-many-bags")
    shopper.finds("No, thank you")
    shopper.page.keyboard.press("Enter")
    shopper.sees("10-pay-choice")
    shopper.finds("Card")
    shopper.page.keyboard.press("Enter")
    shopper.page.get_by_test_id("tap-card").click()
    shopper.sees("14a-receipt-choice")
    shopper.goes_to_the_screen()
    shopper.finds("Print it")
    shopper.page.keyboard.press("Enter")
    shopper.sees("15-thank-you")
    shopper.finds("Done")
    shopper.page.keyboard.press("Enter")
    shopper.sees("01-welcome")
    assert not demo.scene()["ring"]
    sales = eventually("the sale in the books", lambda: found if len(found := demo.api("sales")) > sold else None)
    assert (sales[0]["kind"], sales[0]["flags"]) == ("sale", [])


def test_the_receipt_comes_by_e_mail(demo: Demo, shopper: Shopper) -> None:
    """Over the demo's own mail server, as a message that a browser shows. Read after the visit: 14a ends in 20 s."""
    shopper.scan(CHOCOLATE)
    shopper.sees_text("32.90")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.sees("14a-receipt-choice")
    shopper.touch("E-mail it")
    shopper.sees("14c-receipt-email")
    for key in "KIM":
        shopper.touch(key)
    shopper.touch("@gmail.com")
    shopper.touch("Send")
    shopper.sees_text("is on its way to** kim@gmail.com")
    shopper.sees("15-thank-you")
    shopper.touch("Done")
    shopper.sees("01-welcome")
    hand = shopper.page.get_by_test_id
    expect(hand("mail-newest")).to_contain_text("kim@gmail.com")
    hand("mail-read").click()
    expect(shopper.page.frame_locator("iframe[title='E-mail']").locator("main")).to_contain_text("32.90")


def test_everything_in_the_wallet_can_be_used(demo: Demo, shopper: Shopper) -> None:
    sold, hand = len(demo.api("sales")), shopper.page.get_by_test_id
    hand("wallet-member").click()
    shopper.sees_text("Good to see you, Sam")
    shopper.scan(COFFEE)
    shopper.scan(COFFEE)
    shopper.sees_text("110.00")
    hand("wallet-coupon").click()
    shopper.sees_text("100.00")
    hand("wallet-once").click()
    shopper.sees_text("95.00")
    shopper.goes_to_pay()
    for name, left in (("slip", "83.00"), ("voucher", "33.00"), ("gift", "")):
        hand(f"wallet-{name}").click()
        if left:
            shopper.sees_text(left)
    shopper.print_and_leave()
    sales = eventually("the sale in the books", lambda: found if len(found := demo.api("sales")) > sold else None)
    assert (sales[0]["kind"], sales[0]["due_minor"], sales[0]["flags"]) == ("sale", 9_500, [])


def test_cash_goes_into_the_machine_and_change_comes_out(demo: Demo, shopper: Shopper) -> None:
    sold, hand = len(demo.api("sales")), shopper.page.get_by_test_id
    shopper.scan(COFFEE)
    shopper.sees("02-scanning")
    expect(hand("cash-shows")).to_contain_text("shut")
    shopper.goes_to_pay()
    shopper.touch("Cash")
    shopper.sees("11f-cash-machine")
    expect(hand("cash-shows")).to_contain_text("takes money")
    hand("note-100").click()
    shopper.sees("14a-receipt-choice")
    expect(hand("cash-shows")).to_contain_text("to be taken: 35.00")
    hand("cash-take").click()
    expect(hand("cash-shows")).to_contain_text("to be taken: 0.00")
    shopper.print_and_leave()
    sales = eventually("the sale in the books", lambda: found if len(found := demo.api("sales")) > sold else None)
    assert (sales[0]["kind"], sales[0]["due_minor"], sales[0]["flags"]) == ("sale", 6_500, [])


def test_a_bag_is_paid_at_a_terminal_that_staff_bring(demo: Demo, shopper: Shopper) -> None:
    sold = len(demo.api("sales"))
    shopper.scan(COFFEE)
    shopper.sees("02-scanning")
    shopper.touch("Pay")
    shopper.sees("10b-how-many-bags")
    shopper.touch("Paper bag: One more")
    shopper.touch("Next")
    shopper.sees("10-pay-choice")
    shopper.touch("Card, with staff")
    shopper.sees("11c-terminal-wait")
    shopper.touch("Staff sign-in")
    for digit in "1234":
        shopper.touch(digit)
    shopper.touch("Sign in")
    shopper.sees("19e-staff-external")
    shopper.touch("All of it: 68.90")
    for letter in "4021":
        shopper.touch(letter)
    shopper.touch("It is paid")
    shopper.print_and_leave()
    sales = eventually("the sale in the books", lambda: found if len(found := demo.api("sales")) > sold else None)
    assert (sales[0]["kind"], sales[0]["due_minor"], sales[0]["flags"]) == ("sale", 6_890, [])


def test_something_extra_in_the_bagging_area_is_seen(demo: Demo, shopper: Shopper) -> None:
    hand = shopper.page.get_by_test_id
    shopper.scan(CHOCOLATE)
    shopper.sees("02-scanning")
    expect(hand("bagging-shows")).not_to_have_text("0 g")
    hand("bagging-add").click()
    shopper.sees("06b-bag-unexpected")
    hand("bagging-less").click()
    shopper.sees("02-scanning")
    hand("bagging-by-hand").click()
    shopper.scan(COFFEE)
    shopper.sees("06a-bag-place")
    hand("bagging-place").click()
    shopper.sees("02-scanning")
    hand("bagging-by-hand").click()
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()
    expect(hand("bagging-shows")).to_have_text("0 g")


def test_somebody_joins(demo: Demo, shopper: Shopper) -> None:
    sold = len(demo.api("sales"))
    shopper.scan(CHOCOLATE)
    shopper.touch("Member card")
    shopper.touch("Become a member")
    shopper.sees("09-member-contact")
    shopper.touch("123")
    for digit in "0701234567":
        shopper.touch(digit)
    shopper.touch("Next")
    shopper.touch("I agree")
    shopper.sees_text("Welcome, you are a member now")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()
    sales = eventually("the sale in the books", lambda: found if len(found := demo.api("sales")) > sold else None)
    assert demo.api(f"sales/{sales[0]['key']}")["sale"]["customer"]


def test_a_sale_by_card_ends_on_paper_and_in_the_books(demo: Demo, shopper: Shopper) -> None:
    chocolate, coffee = on_hand(demo, CHOCOLATE), on_hand(demo, COFFEE)
    sold = len(demo.api("sales"))
    shopper.scan(CHOCOLATE)
    shopper.scan(COFFEE)
    shopper.sees_text("Ground coffee 450 g")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()

    receipt = shopper.page.get_by_test_id("receipt").last
    expect(receipt).to_contain_text("Milk chocolate 200 g")
    expect(receipt).to_contain_text("************4021")

    sales = eventually("the sale in the books", lambda: found if len(found := demo.api("sales")) > sold else None)
    assert (sales[0]["kind"], sales[0]["items"], sales[0]["due_minor"], sales[0]["flags"]) == ("sale", 2, 9_780, [])
    assert (on_hand(demo, CHOCOLATE), on_hand(demo, COFFEE)) == (chocolate - 1, coffee - 1)

    address = receipt.get_by_test_id("qr").first.get_attribute("data-text")  # the other is the exit code
    assert address is not None
    page = httpx.get(address, trust_env=False)
    assert page.status_code == 200
    assert "Ground coffee 450 g" in page.text


def test_a_price_changed_in_the_store_is_charged_at_the_next_scan(demo: Demo, shopper: Shopper) -> None:
    demo.web.patch(f"{demo.console}/api/v1/prices/{WATER}", json={"price_minor": 7_777}).raise_for_status()
    shelf = shopper.page.get_by_test_id(f"product-{WATER}")
    expect(shelf).to_contain_text("77.77")
    eventually("the lane's new price book", lambda: demo.api("tills")[0]["state"]["price_book"] != "1")
    shopper.scan(WATER)
    shopper.sees_text("77.77")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()
    expect(shopper.page.get_by_test_id("receipt").last).to_contain_text("77.77")
    eventually("no flag in the books", lambda: demo.api("sales")[0]["due_minor"] == 7_877)
    assert demo.api("sales")[0]["flags"] == []


def test_a_lane_killed_while_the_bank_is_asked_charges_once(demo: Demo, shopper: Shopper) -> None:
    page = shopper.page
    charges, sold = page.get_by_test_id("charge").count(), len(demo.api("sales"))
    lane = page.get_by_test_id("kiosk-pid")
    expect(lane).to_have_text(re.compile(r"process \d+"))
    pid = lane.inner_text().split()[-1]
    shopper.scan(CHOCOLATE)
    shopper.sees_text("Milk chocolate")
    shopper.scan(CHOCOLATE)
    shopper.sees_text("65.80")
    shopper.pay_up_to_the_pin()
    page.get_by_test_id("kill-kiosk").click()
    shopper.sees_the_lane_started_anew(pid)

    shopper.take_the_card()
    eventually("the payment resolved", lambda: demo.scene()["name"] == "14a-receipt-choice", within_s=60)
    shopper.print_and_leave()
    expect(page.get_by_test_id("charge")).to_have_count(charges + 1)
    expect(page.get_by_test_id("charge").first).not_to_contain_text("given back")
    sales = eventually("the sale in the books", lambda: found if len(found := demo.api("sales")) > sold else None)
    assert (len(sales), sales[0]["due_minor"], sales[0]["flags"]) == (sold + 1, 6_580, [])


def test_with_broker_and_store_away_selling_goes_on(demo: Demo, shopper: Shopper) -> None:
    page = shopper.page
    sold = len(demo.api("sales"))
    for name in ("store", "broker"):
        page.get_by_test_id(f"{name}-away").click()
        expect(page.get_by_test_id(f"{name}-away")).to_have_text(f"Start the {name}")
    shopper.scan(COFFEE)
    shopper.sees_text("Ground coffee 450 g")
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()
    for name in ("broker", "store"):
        page.get_by_test_id(f"{name}-away").click()
        expect(page.get_by_test_id(f"{name}-away")).to_have_text(f"Stop the {name}")

    def booked() -> bool:
        try:
            return len(demo.api("sales")) == sold + 1
        except httpx.TransportError:
            return False

    eventually("the sale in the books", booked, within_s=70)


def test_no_paper_is_seen_on_the_page_and_told_on_the_screen(demo: Demo, shopper: Shopper) -> None:
    out = shopper.page.get_by_test_id("paper-out")
    out.click()
    expect(shopper.page.get_by_test_id("printer-says")).to_have_text("Out of paper")
    eventually("the lane knows", lambda: demo.web.get(f"{demo.debug}/state.json").json()["devices"]["paper"] == "out")
    out.click()
    expect(shopper.page.get_by_test_id("printer-says")).to_have_text("Ready")
    eventually("the lane knows", lambda: demo.web.get(f"{demo.debug}/state.json").json()["devices"]["paper"] == "ok")


def test_the_drawer_is_opened_by_key_and_pushed_shut(demo: Demo, shopper: Shopper) -> None:
    key = shopper.page.get_by_test_id("drawer-key")
    for opened in (True, False):
        key.click()
        expect(key).to_have_text("Push it shut" if opened else "Open it by key")

        def known(opened: bool = opened) -> bool:
            return demo.web.get(f"{demo.debug}/state.json").json()["devices"]["drawer_open"] is opened

        eventually("the lane knows", known)


def test_nothing_is_cut_off_in_any_window(shopper: Shopper) -> None:
    """With two receipts the roll scrolls."""
    page = shopper.page
    while page.get_by_test_id("receipt").count() < 2:
        shopper.scan(CHOCOLATE)
        shopper.sees("02-scanning")
        shopper.pay_up_to_the_pin()
        shopper.take_the_card()
        shopper.print_and_leave()
    whole = "e => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight"
    for width, height in ((1600, 1000), (1920, 940), (1366, 768), (1280, 720), (1280, 600)):
        page.set_viewport_size({"width": width, "height": height})  # what hangs on it follows a moment later

        def fits(selector: str, as_it_should: str, window: str = f"{width} x {height}") -> None:
            eventually(f"{selector} fits {window}", lambda: page.locator(selector).evaluate_all(as_it_should))

        fits("html", f"all => all.every({whole})")
        fits(".b-middle", "all => all.every(e => e.scrollWidth <= e.clientWidth)")
        fits(".b-shelf", "([e]) => e.clientHeight >= e.querySelector('.b-product').offsetHeight")
        fits(".b-receipt .b-line", "all => all.every(e => e.scrollWidth <= e.clientWidth)")


def test_odd_labels_add_nothing_and_are_answered_kindly(demo: Demo, shopper: Shopper) -> None:
    for oddity in ("unknown", "misread", "long", "control", "empty"):
        shopper.page.get_by_test_id(f"odd-{oddity}").click()
    shopper.page.get_by_test_id("scanner-faults").click()
    shopper.page.get_by_test_id("scanner-garbage").click()
    shopper.page.get_by_test_id("barcode").fill(CHOCOLATE)
    shopper.page.get_by_test_id("barcode").press("Enter")
    shopper.sees_text("Milk chocolate 200 g")
    state = demo.web.get(f"{demo.debug}/state.json").json()
    assert [line["item"]["name"] for line in state["basket"]["lines"]] == ["Milk chocolate 200 g"]
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    shopper.print_and_leave()
