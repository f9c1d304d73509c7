"""Which offers a scanned thing is in at a moment, and what a coupon's code opens."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.wire.leaflet import LONGEST, Leaflet, offer_of
from kiosk.wire.offers_csv import OfferRow, read_offers
from kiosk.wire.offers_together import MOST
from kiosk.wire.price_csv import PriceRow

COLA = PriceRow(gtin="9520001400056", name="Cola", price_minor=1590, tax_class="food", category="drinks/soft drinks")
WATER = PriceRow(gtin="9520001400018", name="Water", price_minor=1190, tax_class="food", category="drinks/water")
BREAD = PriceRow(gtin="9520001200014", name="Bread", price_minor=3290, tax_class="food", category="bread")
ROWS = (COLA, WATER, BREAD)
NOON = datetime(2026, 11, 24, 12)


def offers(*lines: str, columns: str) -> tuple[OfferRow, ...]:
    return read_offers("\n".join((f"offer,kind,items,{columns}", *lines)), ROWS)


def names(leaflet: Leaflet, row: PriceRow, now: datetime = NOON) -> list[str]:
    return [offered.offer.id for offered in leaflet.offers_on(row, now)]


def test_a_thing_is_in_offers_by_its_number_its_category_and_those_above_it_and_in_those_on_everything() -> None:
    leaflet = Leaflet(
        offers(
            f"a_number,percent,{COLA.gtin},10",
            "b_category,percent,category:drinks/soft drinks,10",
            "c_above,percent,category:drinks,10",
            "d_all,percent,all,10",
            "e_other,percent,category:drinks/water,10",
            columns="percent",
        )
    )
    assert names(leaflet, COLA) == ["a_number", "b_category", "c_above", "d_all"]
    assert names(leaflet, WATER) == ["c_above", "d_all", "e_other"]
    assert names(leaflet, BREAD) == ["d_all"]
    assert names(Leaflet(()), COLA) == []


def test_a_meal_s_thing_knows_all_courses_that_it_can_be() -> None:
    meal = f"lunch,meal_deal,category:bread+category:drinks+{COLA.gtin},7500"
    leaflet = Leaflet(offers(meal, columns="price_minor"))
    places = {row.name: [one.places for one in leaflet.offers_on(row, NOON)] for row in ROWS}
    assert places == {"Bread": [(0,)], "Water": [(1,)], "Cola": [(1, 2)]}


def test_the_highest_priorities_come_first_and_no_scan_carries_more_than_a_few() -> None:
    lines = [f"o{n:02},percent,all,{n + 1},{n % 3},{'2026-11-24' if n % 2 else ''}" for n in range(MOST)]
    rows = offers(*lines, columns="percent,priority,from")
    more = offers(*(f"x{n},percent,all,5,9," for n in range(3)), columns="percent,priority,from")
    found = Leaflet((*rows, *more)).offers_on(COLA, NOON)
    assert [one.offer.priority for one in found] == [9, 9, 9, 2, 2, 1, 1, 1]
    assert len(found) == MOST
    assert [one.offer.id for one in found][:5] == ["x0", "x1", "x2", "o02", "o05"]


def test_it_is_read_at_the_moment_of_the_scan() -> None:
    leaflet = Leaflet(offers("night,percent,all,10,sat,22:00,04:00", columns="percent,weekdays,since,until"))
    stockholm = ZoneInfo("Europe/Stockholm")
    assert names(leaflet, BREAD, datetime(2026, 10, 24, 21, 59, tzinfo=stockholm)) == []
    assert names(leaflet, BREAD, datetime(2026, 10, 24, 22, 0, tzinfo=stockholm)) == ["night"]
    for fold in (0, 1):  # half past two, twice in that night
        assert names(leaflet, BREAD, datetime(2026, 10, 25, 2, 30, tzinfo=stockholm, fold=fold)) == ["night"]
    assert names(leaflet, BREAD, datetime(2026, 10, 25, 4, 0, tzinfo=stockholm)) == []
    assert names(leaflet, BREAD, datetime(2026, 3, 28, 23, 0, tzinfo=stockholm)) == ["night"]
    assert names(leaflet, BREAD, datetime(2026, 3, 29, 3, 30, tzinfo=stockholm)) == ["night"]


COUPONS = offers(
    "ten,coupon,all,1000,KC-TEN,,yes,refuse,2,",
    "any,coupon,all,500,KC-ANY*,,,,,2026-11-24",
    columns="amount_minor,coupon,name,once,offline,limit,to",
)


def test_a_coupon_opens_its_offer_says_how_it_is_used_and_what_it_risks() -> None:
    leaflet = Leaflet(COUPONS)
    ten, many = leaflet.coupon("KC-TEN", NOON), leaflet.coupon("KC-ANY-0001", NOON)
    assert ten is not None and (ten.offer, ten.once, ten.offline, ten.worth_minor) == ("ten", True, "refuse", 2000)
    assert many is not None and (many.offer, many.code, many.once) == ("any", "KC-ANY-0001", False)
    assert many.worth_minor is None
    assert leaflet.coupon("KC-ANY-0001", datetime(2026, 11, 25, 0, 0)) is None, "its last day is over"


@pytest.mark.parametrize(
    "code", ["KC-TE", "KC-TEN1", "KC-TEN ", "kc-ten", "KC-ANY 1", "KC-ANY\x07", "KC-ANYÅ", "KC-ANY" + "1" * LONGEST, ""]
)
def test_what_is_no_coupon_of_a_running_offer_opens_nothing(code: str) -> None:
    assert Leaflet(COUPONS).coupon(code, NOON) is None


def test_each_kind_comes_down_to_a_bundle_that_saves_in_one_way() -> None:
    rows = offers(
        f"a,multibuy,{COLA.gtin},3,2,,,",
        f"b,mix_and_match,{COLA.gtin}|{WATER.gtin},2,,2000,,",
        f"c,meal_deal,{COLA.gtin}+{BREAD.gtin},,,4000,,",
        f"d,percent,{COLA.gtin},,,,20,",
        f"e,amount,{COLA.gtin},,,,,300",
        f"f,member_price,{COLA.gtin},,,1290,,",
        columns="need,pay,price_minor,percent,amount_minor",
    )
    found = {row.offer: offer_of(row) for row in rows}
    assert {id: (one.gives, one.value, one.need, one.same) for id, one in found.items()} == {
        "a": ("free", 1, (3,), True),
        "b": ("price", 2000, (2,), False),
        "c": ("price", 4000, (1, 1), False),
        "d": ("percent", 2000, (1,), False),
        "e": ("amount", 300, (1,), False),
        "f": ("price", 1290, (1,), False),
    }
    assert [id for id, one in found.items() if one.members] == ["f"]
