"""End to end: the demo with other kinds of devices than usual, each behind its own driver, used by hand."""

from collections.abc import Iterator
from typing import Any

import pytest
from at_the_bench import Demo, Demos, Shopper, eventually
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

CHOCOLATE = "9520001310010"
KINDS = (
    ("scanner=hid_pos", "scale=dialog06", "bagging_scale=hid", "card_terminal=nexo-json", "cash_recycler=joined",
     "badge_reader=evdev"),
    ("scanner=evdev", "scale=hid", "card_terminal=nexo-xml", "cash_recycler=essp"),
)  # fmt: skip


@pytest.fixture(scope="module", params=KINDS, ids=("json-dialog06-joined", "xml-hid-essp"))
def demos(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demos]:
    """One demo of each sort."""
    with Demos(lambda: Demo(tmp_path_factory.mktemp("demo"), devices=request.param)) as demos:
        yield demos


def leave(shopper: Shopper) -> None:
    shopper.print_and_leave()
    shopper.page.get_by_test_id("tear-off").click()


def sold_minor(demo: Demo, before: int) -> int:
    """What the newest sale in the books came to."""
    sales = eventually("the sale in the books", lambda: found if len(found := demo.api("sales")) > before else None)
    return int(sales[0]["due_minor"])


def test_scanned_and_weighed_and_paid_by_card(demo: Demo, shopper: Shopper) -> None:
    before, hand = len(demo.api("sales")), shopper.page.get_by_test_id
    shopper.sees("01-welcome")
    shopper.scan(CHOCOLATE)
    shopper.sees_text("32.90")
    shopper.touch("Item without barcode")
    shopper.sees("04a-picker")
    shopper.touch("Carrots")
    shopper.sees("05-weighing")
    hand("scale-bananas").click()
    shopper.sees_text("0.840")
    shopper.touch("Add carrots")
    shopper.sees("02-scanning")
    hand("scale-off").click()
    shopper.pay_up_to_the_pin()
    shopper.take_the_card()
    leave(shopper)
    assert sold_minor(demo, before) == 3_290 + 1_252


def test_a_card_that_is_not_wanted_after_all_and_then_notes_and_coins(demo: Demo, shopper: Shopper) -> None:
    """33.00, and nothing to give back: hoppers are empty until staff fill them."""
    before, hand = len(demo.api("sales")), shopper.page.get_by_test_id
    shopper.sees("01-welcome")
    charges = hand("charge").count()
    shopper.scan(CHOCOLATE)
    shopper.goes_to_pay()
    shopper.touch("Card")
    expect(hand("tap-card")).to_be_enabled()
    hand("pin-cancel").click()
    shopper.sees("12-declined")
    shopper.touch("Pay another way")
    shopper.sees("10-pay-choice")
    assert hand("charge").count() == charges
    shopper.touch("Cash")
    expect(hand("cash-shows")).to_contain_text("takes money")
    hand("note-20").click()
    shopper.sees_text("13.00")
    for coin in ("coin-10", "coin-2", "coin-1"):
        hand(coin).click()
    leave(shopper)
    assert sold_minor(demo, before) == 3_300


def test_a_badge_says_who(demo: Demo, shopper: Shopper) -> None:
    shopper.page.get_by_test_id("badge-staff").click()
    shopper.sees("19a-staff-sign-in")
    shopper.sees_text("Alex")
