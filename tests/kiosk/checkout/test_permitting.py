"""What only staff may sell, and looking at prices: who may, what is recorded, what is never sold."""

import pytest
from msgspec.structs import replace
from shopping import BREAD, WATER, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.item import Label
from kiosk.checkout.state import Phase
from kiosk.values.money import Money

ALEX = e.StaffSignedIn(staff="u7", name="Alex", role="cashier")
KNIFE = replace(BREAD, gtin="9520000000042", name="Knife", staff_only=True)
FLOWERS = replace(BREAD, gtin="9520000000059", name="Flowers", price=Money(0), open_price=True)
STALE = e.ItemFound(item=BREAD, label=Label(days_left=-2, last_day_is="best_before"))


def keyed(minor: int) -> e.ItemKeyed:
    return e.ItemKeyed(item=replace(BREAD, gtin="keyed/food", name="Food", price=Money(minor), priced="staff"))


def reasons(shop: Checkout) -> list[str]:
    return [call.reason for call in shop.state.interventions]


@pytest.mark.parametrize(
    ("event", "notice"),
    [
        (e.ItemFound(item=KNIFE), "staff_only"),
        (e.ItemFound(item=FLOWERS), "staff_only"),
        (e.ItemFound(item=replace(BREAD, blocked=True)), "blocked"),
        (STALE, "past_best"),
    ],
)
def test_it_is_held_and_staff_are_called(event: e.ItemFound, notice: str) -> None:
    shop = Checkout().tell(event)
    assert shop.state.basket.lines == () and reasons(shop) == ["item"]
    assert shop.state.held is not None and shop.state.held.why == notice


@pytest.mark.parametrize("label", [Label(days_left=-1), Label(batch="B", recalled=True)])
def test_what_the_law_forbids_is_nobody_s_to_sell(label: Label) -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD, label=label), ALEX, e.ItemAllowed())
    assert shop.state.held is None and shop.state.basket.lines == () and reasons(shop) == []


def test_staff_sell_it_as_it_is_and_the_record_says_who() -> None:
    shop = Checkout().tell(e.ItemFound(item=KNIFE), ALEX, e.ItemAllowed(), e.StaffSignedOut()).pay_card()
    (sale,) = (effect.sale for effect in shop.of(f.RecordSale))
    assert [line.gtin for line in sale.lines] == [KNIFE.gtin]
    (note,) = sale.interventions
    assert (note.reason, note.by) == ("item", "u7") and "sold at 3290" in note.evidence


def test_a_price_is_keyed_for_what_has_none() -> None:
    shop = Checkout().tell(e.ItemFound(item=FLOWERS), ALEX, e.ItemAllowed())
    assert shop.state.basket.lines == ()
    shop.tell(keyed(12_500))
    (line,) = shop.state.basket.lines
    assert (line.item.name, line.item.price, line.item.priced) == ("Flowers", Money(12_500), "staff")


@pytest.mark.parametrize("minor", [0, -1, 10_000_000, 10**12])
def test_a_price_that_nobody_means(minor: int) -> None:
    shop = Checkout().tell(e.StartPressed(), ALEX, keyed(minor))
    assert shop.state.basket.lines == ()


def test_an_unknown_code_is_sold_by_kind_and_price() -> None:
    shop = Checkout().tell(e.ItemUnknown(text="4006381333931"), ALEX, keyed(1_990))
    (line,) = shop.state.basket.lines
    assert (line.item.gtin, line.entry) == ("keyed/food", "key")
    assert shop.state.basket.cleared[0].evidence == "keyed/food: unknown; sold at 1990"


@pytest.mark.parametrize("event", [e.ItemAllowed(), e.ItemDenied(), keyed(1_990)])
def test_without_staff_nothing_happens(event: e.Event) -> None:
    shop = Checkout().tell(e.ItemFound(item=KNIFE), event)
    assert shop.state.basket.lines == () and reasons(shop) == ["item"]


def test_staff_say_no() -> None:
    shop = Checkout().tell(e.ItemFound(item=KNIFE), ALEX, e.ItemDenied())
    assert shop.state.held is None and reasons(shop) == [] and shop.state.basket.lines == ()
    assert [report.kind for report in shop.of(f.PublishEvent)].count("item.denied") == 1


def test_the_limits_hold_for_staff_too() -> None:
    shop = Checkout().tell(e.ItemFound(item=replace(KNIFE, max_quantity=1), count=2), ALEX, e.ItemAllowed())
    assert shop.state.basket.lines == ()
    assert shop.state.notice is not None and shop.state.notice.kind == "too_many"
    assert reasons(shop) == ["item"]


def test_the_next_shopper_finds_nothing_held() -> None:
    shop = Checkout().tell(e.ItemFound(item=KNIFE), e.ShoppingStopped())
    assert shop.state.phase is Phase.WELCOME
    assert shop.state.held is None and reasons(shop) == []


def test_a_price_is_looked_at_and_not_sold() -> None:
    shop = Checkout().tell(e.StartPressed(), e.PriceCheckOpened(), e.ItemFound(item=BREAD), e.ItemFound(item=WATER))
    assert shop.state.basket.lines == ()
    assert shop.state.price_check is not None and shop.state.price_check.found is not None
    shop.tell(e.PriceCheckBought())
    assert [line.item.name for line in shop.state.basket.lines] == ["Water"]
    shop.tell(e.PriceCheckOpened(), e.PriceCheckBought(), e.ItemFound(item=BREAD))
    assert len(shop.state.basket.lines) == 2


def test_what_only_staff_sell_can_be_looked_at_and_is_held_when_it_is_wanted() -> None:
    shop = Checkout().tell(e.StartPressed(), e.PriceCheckOpened(), e.ItemFound(item=KNIFE))
    assert reasons(shop) == []
    shop.tell(e.PriceCheckBought())
    assert reasons(shop) == ["item"] and shop.state.basket.lines == ()
