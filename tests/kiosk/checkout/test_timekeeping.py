"""A machine that does not know the time sells on; what asks for date or hour waits for staff, who have a watch."""

from datetime import time
from typing import Any

import pytest
from msgspec.structs import replace
from shopping import BREAD, LANE, WINE, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.item import Label
from kiosk.checkout.machine import step
from kiosk.checkout.sale_hours import Timetable, Window
from kiosk.values.moment import Moment
from kiosk.values.money import Money

NEVER = Timetable(law={"alcohol": (Window((), time(8), time(20)),)})
OLD_WINE = replace(WINE, age_limit=0)
EVA = e.StaffSignedIn(staff="u3", name="Eva", role="manager")


def unsure(**lane: Any) -> Checkout:
    shop = Checkout()
    shop.tell(e.Restarted(lane=replace(LANE, **lane)), e.ClockTold(sure=False))
    return shop


def gtins(shop: Checkout) -> list[str]:
    return [line.item.gtin for line in shop.state.basket.lines]


def test_what_needs_no_clock_is_sold_and_numbered_as_ever() -> None:
    shop = unsure().tell(e.ItemFound(item=BREAD)).pay_card()
    (sale,) = shop.of(f.RecordSale)
    assert (sale.sale.sequence, [line.gtin for line in sale.sale.lines]) == (1, [BREAD.gtin])


@pytest.mark.parametrize(
    ("found", "hours"),
    [
        (e.ItemFound(item=WINE), Timetable()),
        (e.ItemFound(item=OLD_WINE), NEVER),
        (e.ItemFound(item=OLD_WINE), Timetable(shop=NEVER.law)),
        (e.ItemFound(item=BREAD, label=Label(days_left=-3)), Timetable()),
        (e.ItemFound(item=BREAD, label=Label(days_left=3)), Timetable()),
    ],
)
def test_what_asks_for_a_date_or_an_hour_waits_for_staff_who_may_sell_it(found: e.ItemFound, hours: Timetable) -> None:
    shop = unsure(hours=hours).tell(found)
    assert shop.state.held is not None and shop.state.held.why == "no_clock" and not gtins(shop)
    assert shop.state.notice is not None and shop.state.notice.kind == "no_clock"
    assert [call.reason for call in shop.state.interventions] == ["item"]
    shop.tell(EVA, e.ItemAllowed())
    assert gtins(shop) == [found.item.gtin]
    assert shop.state.basket.cleared[-1].by == "u3" and "no_clock; sold at" in shop.state.basket.cleared[-1].evidence
    shop.tell(e.StaffSignedOut(), e.AgeApproved(), e.PayPressed())
    assert gtins(shop) == [found.item.gtin], "no rule of hours is applied by a clock that nobody believes"


def test_an_age_is_proved_to_staff_all_the_same() -> None:
    shop = unsure().tell(e.ItemFound(item=WINE), EVA, e.ItemAllowed())
    assert shop.state.prompt == "age" and [call.reason for call in shop.state.interventions] == ["age"]


def test_a_recalled_batch_is_nobodys_to_sell_whatever_the_time() -> None:
    shop = unsure().tell(e.ItemFound(item=BREAD, label=Label(batch="A", recalled=True, days_left=9)), EVA)
    assert shop.state.held is None and shop.state.notice is not None and shop.state.notice.kind == "recalled"


def test_nothing_is_cheaper_for_a_last_day_that_nobody_can_reckon() -> None:
    shop = unsure(short_date="3:50").tell(e.ItemFound(item=BREAD, label=Label(batch="A", days_left=1)))
    shop.tell(EVA, e.ItemAllowed())
    (line,) = shop.state.basket.lines
    assert line.item.price == BREAD.price != Money(0) and line.item.batch == "A"


def test_once_the_time_is_known_the_rules_count_again() -> None:
    shop = unsure(hours=NEVER).tell(e.ClockTold(sure=True), e.ItemFound(item=OLD_WINE))
    assert shop.state.held is None and shop.state.notice is not None and shop.state.notice.kind == "not_now"
    shop.tell(e.ItemFound(item=WINE))
    assert not gtins(shop)
    assert Checkout().tell(e.ItemFound(item=WINE)).state.prompt == "age", "nobody has said that the time is not known"


def test_no_day_ends_and_sales_belong_to_the_one_that_is_open() -> None:
    shop = unsure()
    assert shop.state.day.business_day == "2026-11-24"

    def at(day: str, event: e.Event) -> None:
        shop.state, effects = step(shop.state, replace(event, at=Moment(1_900_000_000_000, shop.tick_ms, day)))
        shop.effects += effects

    at("2031-01-01", e.StartPressed())
    at("2031-01-01", e.ItemFound(item=BREAD))
    at("2031-01-01", e.CancelPressed())
    at("2031-01-01", e.ShoppingStopped())
    assert not shop.of(f.KeepDay)
    voided = shop.of(f.RecordSale)
    assert [one.sale.business_day for one in voided] == ["2026-11-24"]
    at("2026-11-25", e.ClockTold(sure=True))
    assert [kept.day.business_day for kept in shop.of(f.KeepDay)] == ["2026-11-24"]
    assert shop.state.day.business_day == "2026-11-25"


def test_it_is_reported_once_with_the_number_of_the_last_sale() -> None:
    shop = unsure().tell(e.ClockTold(sure=False)).tell(e.ItemFound(item=BREAD)).pay_card()
    shop.tell(e.ClockTold(sure=True), e.ClockTold(sure=True))
    told = [one.data for one in shop.of(f.PublishEvent) if one.kind == "clock"]
    assert told == [{"sure": False, "sequence": 0}, {"sure": True, "sequence": 1}]
