"""Sale hours as the checkout keeps them: whose rule it is, which moment counts, and the hour that is told twice."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import msgspec
import pytest
from msgspec.structs import replace
from shopping import BREAD, LANE, WINE, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.machine import step
from kiosk.checkout.notice import Notice
from kiosk.checkout.out_of_hours import opening
from kiosk.checkout.sale_hours import LawLooksAt, SaleHours, Timetable, Window, shut
from kiosk.values.moment import Moment, offset_min, wall_clock

STOCKHOLM, NEW_YORK = ZoneInfo("Europe/Stockholm"), ZoneInfo("America/New_York")
WEEK: SaleHours = {"alcohol": (Window(("mon", "tue", "wed", "thu", "fri"), time(8), time(20)),)}
SHOP: SaleHours = {"alcohol": (Window(("mon", "tue", "wed", "thu", "fri"), time(10), time(18)),)}


def at(text: str, zone: ZoneInfo = STOCKHOLM) -> Moment:
    """A moment by its own offset, as the lane's clock stamps it."""
    utc_ms = round(datetime.fromisoformat(text).timestamp()) * 1000
    return Moment(utc_ms, 1_000, text[:10], offset_min(utc_ms, zone))


def lane(hours: Timetable) -> Checkout:
    shop = Checkout()
    shop.tell(e.Restarted(lane=replace(LANE, hours=hours)))
    return shop


def told(shop: Checkout, event: e.Event, moment: Moment) -> None:
    shop.state, effects = step(shop.state, replace(event, at=replace(moment, tick_ms=shop.tick_ms)))
    shop.effects += effects


@pytest.mark.parametrize(
    ("instant", "says"),
    [
        ("2026-03-29T01:59:59+01:00", "2026-03-29 01:59:59"), ("2026-03-29T03:00:00+02:00", "2026-03-29 03:00:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25 02:30:00"), ("2026-10-25T02:30:00+01:00", "2026-10-25 02:30:00"),
    ],
)  # fmt: skip
def test_the_wall_clock_of_a_moment_is_the_zones(instant: str, says: str) -> None:
    assert f"{wall_clock(at(instant))}" == says


def test_an_hour_that_does_not_exist_and_one_that_is_told_twice() -> None:
    """Spring and autumn, in Stockholm and in New York: each moment is judged by what the clock on the wall says."""
    night = Timetable(shop={"alcohol": (Window(("sun",), time(0), time(2, 30)),)})

    def sold(moment: Moment) -> bool:
        return shut(night, wall_clock(moment), "alcohol") is None

    stockholm = ("2026-10-25T02:29:59+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00")
    assert [sold(at(text)) for text in stockholm] == [True, False, True]
    assert not sold(at("2026-10-25T02:30:00+01:00"))
    assert [sold(at(t)) for t in ("2026-03-29T01:59:59+01:00", "2026-03-29T03:00:00+02:00")] == [True, False]
    one = Timetable(shop={"alcohol": (Window(("sun",), time(0), time(1, 30)),)})
    overseas = ("2026-11-01T01:15:00-04:00", "2026-11-01T01:45:00-04:00", "2026-11-01T01:15:00-05:00")
    assert [shut(one, wall_clock(at(t, NEW_YORK)), "alcohol") is None for t in overseas] == [True, False, True]


def test_the_law_speaks_before_the_shop() -> None:
    both = Timetable(law=WEEK, shop=SHOP)
    found = {hour: shut(both, datetime(2026, 11, 25, hour), "alcohol") for hour in (7, 9, 12, 19, 21)}
    assert {hour: one.by if one else "" for hour, one in found.items()} == {
        7: "law", 9: "shop", 12: "", 19: "shop", 21: "law",
    }  # fmt: skip
    assert shut(both, datetime(2026, 11, 25, 21), "food") is None


def test_the_opening_of_another_day_is_told_with_its_day() -> None:
    now = datetime(2026, 11, 25, 7)
    assert opening(datetime(2026, 11, 25, 8), now) == "08:00"
    assert opening(datetime(2026, 11, 26, 8), now) == "2026-11-26T08:00"
    assert opening(None, now) == ""


def test_goods_that_are_never_sold_here_are_told_so() -> None:
    shop = lane(Timetable(shop={"alcohol": ()}))
    told(shop, e.ItemFound(item=WINE), at("2026-11-25T12:00:00+01:00"))
    assert shop.state.notice == Notice("shop_hours", "")


@pytest.mark.parametrize("looks_at", ["taking", "payment"])
def test_what_was_scanned_in_time(looks_at: LawLooksAt) -> None:
    """It stays where the law looks at the taking, and leaves where it looks at the payment; bread always stays."""
    shop = lane(Timetable(law=WEEK, looks_at=looks_at))
    told(shop, e.ItemFound(item=BREAD), at("2026-11-25T19:59:00+01:00"))
    told(shop, e.ItemFound(item=replace(WINE, age_limit=0)), at("2026-11-25T19:59:59+01:00"))
    told(shop, e.PayPressed(), at("2026-11-25T20:00:00+01:00"))
    kept = [line.item.gtin for line in shop.state.basket.lines]
    assert kept == ([BREAD.gtin, WINE.gtin] if looks_at == "taking" else [BREAD.gtin])
    assert (shop.state.payment is None) is (looks_at == "payment")


def test_nobody_who_is_signed_in_sells_against_the_law() -> None:
    """Not by scanning it, not by overriding, not by keying a price for a thing of its kind."""
    shop = lane(Timetable(law=WEEK, shop=SHOP))
    late = at("2026-11-25T21:00:00+01:00")
    for event in (
        e.StaffSignedIn(staff="u3", name="Eva", role="manager"),
        e.ItemFound(item=WINE),
        e.HoursOverridden(),
        e.ItemAllowed(),
        e.ItemKeyed(item=replace(WINE, gtin="keyed:alcohol", age_limit=0)),
    ):
        told(shop, event, late)
    assert not shop.state.basket.lines and shop.state.held is None


def test_a_held_thing_whose_legal_hour_has_struck_meanwhile_is_not_sold() -> None:
    shop = lane(Timetable(law=WEEK, shop=SHOP))
    told(shop, e.ItemFound(item=WINE), at("2026-11-25T19:59:00+01:00"))
    assert shop.state.held is not None and shop.state.held.why == "shop_hours"
    told(shop, e.StaffSignedIn(staff="u1", name="Anna", role="supervisor"), at("2026-11-25T19:59:30+01:00"))
    told(shop, e.ItemAllowed(), at("2026-11-25T19:59:40+01:00"))
    assert not shop.state.basket.lines, "the shop's hours are not passed by the right to sell held goods"
    told(shop, e.HoursOverridden(), at("2026-11-25T20:00:00+01:00"))
    assert not shop.state.basket.lines


def test_a_moment_that_was_written_before_there_was_an_offset_is_read() -> None:
    assert msgspec.json.decode('[1000,2,"2026-11-24"]', type=Moment) == Moment(1000, 2, "2026-11-24", 0)


def test_what_a_licence_narrows_is_as_binding_as_the_law() -> None:
    """A Norwegian municipality that has said nothing: until six, whatever the law would let it grant."""
    until_six: SaleHours = {"alcohol": (Window(("mon", "tue", "wed", "thu", "fri"), time(8), time(18)),)}
    licensed = Timetable(law=WEEK, licence=until_six)
    found = {hour: shut(licensed, datetime(2026, 11, 25, hour), "alcohol") for hour in (17, 19, 21)}
    assert [one.by if one else "" for one in found.values()] == ["", "law", "law"]
    shop = lane(replace(licensed, law={}))
    told(shop, e.ItemFound(item=replace(WINE, age_limit=0)), at("2026-11-25T17:59:00+01:00"))
    told(shop, e.PayPressed(), at("2026-11-25T18:00:00+01:00"))
    assert not shop.state.basket.lines and shop.state.notice == Notice("too_late", WINE.name)
