"""End to end: what stands around the lane of the demo: its staff key, its door and its button, and the exit gate."""

import pytest
from at_the_bench import Shopper, eventually
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

CHOCOLATE = "9520001310010"


def staff_are_called(shopper: Shopper) -> bool:
    """As the tower says."""
    return "lit" in (shopper.page.get_by_test_id("lamp-amber").get_attribute("class") or "")


def test_the_key_opens_the_sign_in_and_locks_also_after_the_lane_was_killed(shopper: Shopper) -> None:
    hand = shopper.page.get_by_test_id
    shopper.sees("01-welcome")
    hand("key").click()
    shopper.sees("19a-staff-sign-in")
    pid = hand("kiosk-pid").inner_text().rpartition(" ")[2]
    hand("kill-kiosk").click()
    shopper.sees_the_lane_started_anew(pid)
    shopper.sees("19a-staff-sign-in")
    expect(hand("key")).to_have_text("Turn it back")
    hand("key").click()
    shopper.sees("01-welcome")


def test_a_door_that_nobody_should_open_calls_staff_until_it_is_shut(shopper: Shopper) -> None:
    hand = shopper.page.get_by_test_id
    hand("door").click()
    expect(hand("door")).to_have_text("Shut the door")
    eventually("staff called for the door", lambda: staff_are_called(shopper))
    hand("door").click()
    eventually("nobody called", lambda: not staff_are_called(shopper))
    hand("door-faults").click()
    hand("door-cut").click()
    eventually("a cut cable is an open door", lambda: staff_are_called(shopper))
    expect(hand("door-faults")).to_have_text("Faults: 1 now")
    hand("door-cut").click()
    eventually("nobody called", lambda: not staff_are_called(shopper))


def test_the_button_calls_staff(shopper: Shopper) -> None:
    shopper.page.get_by_test_id("button").click()
    shopper.sees("16-help-coming")
    shopper.touch("Keep scanning")
    shopper.sees("01-welcome", "02-scanning")


def test_a_receipt_opens_the_gate_once(shopper: Shopper) -> None:
    hand = shopper.page.get_by_test_id
    expect(hand("exit-receipt")).to_be_disabled()
    shopper.scan(CHOCOLATE)
    shopper.sees_text("32.90")
    shopper.goes_to_pay()
    shopper.touch("Card")
    expect(hand("tap-card")).to_be_enabled()
    hand("tap-card").click()
    shopper.print_and_leave()
    hand("exit-receipt").click()
    expect(hand("gate-shows")).to_have_text("opened once")
    hand("exit-code").fill("2222")
    hand("exit-show").click()
    eventually("staff called for the gate", lambda: staff_are_called(shopper))
    expect(hand("gate-shows")).to_have_text("opened once")


def test_a_printer_that_is_hot_or_offline_says_so(shopper: Shopper) -> None:
    hand = shopper.page.get_by_test_id
    for fault, says in (("printer-hot", "Too hot"), ("printer-offline", "Offline")):
        hand(fault).click()
        expect(hand("printer-says")).to_have_text(says)
        hand(fault).click()
        expect(hand("printer-says")).to_have_text("Ready")
