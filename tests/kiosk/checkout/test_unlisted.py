"""A code that only the store knows: once asked, all of it bought, nothing of it in a visit that is over."""

import pytest
from msgspec.structs import replace
from shopping import BREAD, WATER, WINE, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.effects import AskStore
from kiosk.checkout.item import Item
from kiosk.checkout.questions import ItemAnswer, ItemAsk
from kiosk.checkout.state import Phase
from kiosk.checkout.unlisted import MOST

ASK = ItemAsk(keys=("4006381333931",))
SCAN = e.ItemUnknown(text="4006381333931", ask=ASK)
NEW = replace(WATER, gtin="4006381333931", price_book="8")


def asked(shop: Checkout) -> list[str]:
    return [each.id for each in shop.of(AskStore)]


def answered(shop: Checkout, item: Item | None = NEW) -> Checkout:
    return shop.tell(e.QuestionAnswered(id=asked(shop)[-1], answer=ItemAnswer(item=item)))


def notice(shop: Checkout) -> str:
    return shop.state.notice.kind if shop.state.notice else ""


def test_everything_scanned_meanwhile_is_bought_by_the_version_that_priced_it() -> None:
    shop = answered(Checkout().tell(SCAN, e.ItemFound(item=BREAD), SCAN, replace(SCAN, entry="key")))
    assert [(line.item.name, line.count, line.item.price_book) for line in shop.state.basket.lines] == [
        ("Rye bread", 1, "1"), ("Water", 3, "8"),
    ]  # fmt: skip
    assert (notice(shop), shop.state.held) == ("", None)


def test_the_store_is_asked_once_a_code_and_visit() -> None:
    shop = answered(Checkout().tell(SCAN))
    shop.tell(SCAN)
    assert (len(asked(shop)), shop.state.basket.lines[0].count) == (1, 2)
    shop.tell(e.ShoppingStopped(), SCAN)
    assert len(asked(shop)) == 2, "another visit asks anew"


def test_what_the_store_does_not_know_staff_may_sell_as_ever() -> None:
    shop = answered(Checkout().tell(SCAN), None)
    assert notice(shop) == "unknown"
    assert shop.state.held is not None
    assert shop.state.held.code == "4006381333931"
    assert not shop.tell(SCAN).state.asked


def test_silence_is_an_answer_but_a_line_that_was_down_is_asked_over_again() -> None:
    shop = Checkout().tell(SCAN).wait(3_100)
    assert notice(shop) == "unknown"
    assert len(asked(shop.tell(SCAN))) == 1
    shop.tell(replace(SCAN, ask=ItemAsk(keys=("1",))))
    shop.tell(e.QuestionUnanswered(id=asked(shop)[-1], why="away"))
    shop.tell(e.LinkChanged(up=False), replace(SCAN, ask=ItemAsk(keys=("1",))))
    assert (notice(shop), len(asked(shop))) == ("unknown", 2)
    shop.tell(e.LinkChanged(up=True), replace(SCAN, ask=ItemAsk(keys=("1",))))
    assert len(asked(shop)) == 3


@pytest.mark.parametrize("over", [e.ShoppingStopped(), e.BasketSaved()])
def test_an_answer_for_a_visit_that_is_over_is_nobodys(over: e.Event) -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), SCAN, over, e.ItemFound(item=BREAD))
    answered(shop)
    assert [line.item for line in shop.state.basket.lines] == [BREAD]
    assert not shop.state.told


def test_a_late_answer_changes_nothing_that_is_being_paid() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), SCAN, e.PayPressed())
    assert (shop.state.phase, notice(shop)) == (Phase.SCANNING, "item_waits")
    shop.wait(3_100).tell(e.PayPressed())
    assert shop.state.phase is Phase.CARD
    answered(shop)
    assert [line.item for line in shop.state.basket.lines] == [BREAD]


def test_the_rules_of_a_scan_hold() -> None:
    shop = answered(Checkout().tell(SCAN), replace(WINE, price_book="8"))
    assert shop.state.prompt == "age"
    shop = answered(Checkout().tell(SCAN), replace(NEW, staff_only=True))
    assert (notice(shop), shop.state.basket.lines) == ("staff_only", ())
    assert shop.state.held is not None
    assert shop.state.held.found is not None
    shop = answered(Checkout().tell(SCAN, SCAN, SCAN), replace(NEW, max_quantity=2))
    assert (notice(shop), shop.state.basket.lines) == ("too_many", ())


def test_a_restart_asks_again_under_the_same_id() -> None:
    shop = Checkout().tell(SCAN, SCAN)
    shop.tell(e.Restarted(lane=shop.state.lane))
    first, again = asked(shop)
    assert first == again
    assert answered(shop).state.basket.lines[0].count == 2


def test_somebody_who_scans_a_newspaper_is_not_asked_about_for_ever() -> None:
    shop = Checkout()
    for number in range(MOST + 5):
        shop.tell(replace(SCAN, ask=ItemAsk(keys=(f"{number}",))))
        if shop.state.asked:
            answered(shop, None)
    assert (len(asked(shop)), notice(shop)) == (MOST, "unknown")
