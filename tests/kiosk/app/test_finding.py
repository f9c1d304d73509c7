"""From a label to the item as it is sold today: which row, at which price, with which weight, date and batch."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.codes import Codes
from kiosk.app.finding import Finder
from kiosk.checkout import events as e
from kiosk.checkout.item import Label
from kiosk.checkout.jurisdiction import decode_pack
from kiosk.checkout.questions import ItemAsk
from kiosk.storage.price_book import StaffMember
from kiosk.values.barcode import check_digit
from kiosk.values.moment import Moment
from kiosk.wire.asking import ItemRow
from kiosk.wire.offers_csv import OfferRow
from kiosk.wire.price_csv import PriceRow

PACK = decode_pack((Path(__file__).parents[3] / "config/jurisdictions/se.toml").read_text())
NOON = Moment(1_795_510_800_000, 0, "2026-11-24")
BEEF = PriceRow(gtin="9520001220012", name="Beef", price_minor=6990, tax_class="food", recalled="L1 L2")
CHEESE = PriceRow(gtin="2395200100000", name="Cheese", price_minor=11900, sold_by="kg", tax_class="food")
BALLS = PriceRow(gtin="2095200100009", name="Balls", price_minor=15900, sold_by="kg", tax_class="food")
BAG = PriceRow(gtin="2012345678903", name="Bag", price_minor=500, tax_class="standard")
ODD = PriceRow(gtin="9520001220029", name="Odd", price_minor=100, tax_class="nowhere")


class Shelf:
    """A price book of a few rows."""

    version = "7"

    def by_badge(self, text: str) -> StaffMember | None:
        return StaffMember("u1", "Anna", "cashier", "-", text) if text == "staff-u1" else None

    def lookup(self, keys: Sequence[str]) -> PriceRow | None:
        rows = {row.code: row for row in (BEEF, CHEESE, BALLS, BAG, ODD)}
        return next((rows[key] for key in keys if key in rows), None)

    def offers(self) -> tuple[OfferRow, ...]:
        return ()


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(Shelf(), PACK, ZoneInfo("Europe/Stockholm"))


def found(finder: Finder, text: str, symbology: str = "]d2") -> e.ItemFound:
    event = finder.scanned(text, symbology, NOON)
    assert isinstance(event, e.ItemFound), event
    return event


def test_weight_inside_the_number(finder: Finder) -> None:
    event = found(finder, "2395200104121", "]E0")
    assert (event.item.gtin, event.weight_g, event.item.price.minor, event.item.priced) == (
        CHEESE.gtin, 412, 11900, "",
    )  # fmt: skip


def test_price_inside_the_number_makes_it_one_thing(finder: Finder) -> None:
    event = found(finder, "2095200145901", "]E0")
    assert (event.weight_g, event.item.price.minor, event.item.priced, event.item.sold_by) == (
        None, 4590, "label", "each",
    )  # fmt: skip


def test_a_number_that_is_listed_whole_is_that_thing(finder: Finder) -> None:
    event = found(finder, BAG.gtin, "]E0")
    assert (event.item.name, event.item.price.minor, event.item.priced) == ("Bag", 500, "")


@given(st.integers(0, 9999))
def test_every_weight_of_a_label_comes_back(grams: int) -> None:
    finder = Finder(Shelf(), PACK, ZoneInfo("Europe/Stockholm"))
    digits = f"23952001{grams:04d}"
    event = found(finder, digits + check_digit(digits), "]E0")
    assert event.weight_g == (grams or None)


@pytest.mark.parametrize(
    ("elements", "label"),
    [
        ("0109520001220012", None),
        ("0109520001220012\x1d10L3", Label(batch="L3")),
        ("0109520001220012\x1d10L2", Label(batch="L2", recalled=True)),
        ("0109520001220012\x1d17261130", Label(days_left=6)),
        ("0109520001220012\x1d17261123", Label(days_left=-1)),
        ("0109520001220012\x1d15261100", Label(days_left=6, last_day_is="best_before")),
        ("0109520001220012\x1d15261120\x1d17261126", Label(days_left=2)),
        ("0109520001220012\x1d17261131", None),
    ],
)
def test_date_and_batch(finder: Finder, elements: str, label: Label | None) -> None:
    assert found(finder, elements).label == label


@pytest.mark.parametrize(
    ("ai", "minor"),
    [("39224250", 4250), ("392042", 4200), ("39254250049", 4250), ("3925000005", 0), ("39260004999", 0)],
)
def test_a_price_on_the_label(finder: Finder, ai: str, minor: int) -> None:
    event = found(finder, "0109520001220012\x1d" + ai)
    assert (event.item.price.minor, event.item.priced) == (minor, "label")


def test_a_net_weight_matters_only_by_the_kilogram(finder: Finder) -> None:
    assert found(finder, "0109520001220012\x1d3103000500").weight_g is None
    assert found(finder, "0102395200100000\x1d3103000500").weight_g == 500


def test_what_cannot_be_sold_is_unknown(finder: Finder) -> None:
    for text, symbology in (
        ("0109520001220012\x1d3920999999999", "]d2"),
        (ODD.gtin, "]E0"),
        ("2412345612347", "]E0"),
        ("?", ""),
    ):
        assert isinstance(finder.scanned(text, symbology, NOON), e.ItemUnknown), text


def test_a_pick_is_by_the_row_s_code(finder: Finder) -> None:
    event = finder.picked(CHEESE.gtin, NOON)
    assert isinstance(event, e.ItemFound) and (event.entry, event.item.name) == ("pick", "Cheese")
    assert isinstance(finder.picked("4999", NOON), e.ItemUnknown)


def test_a_card_that_is_also_a_product_is_the_product() -> None:
    codes = Codes(gift_card=("9520",), member=("9520001",))
    finder = Finder(Shelf(), PACK, ZoneInfo("Europe/Stockholm"), codes)
    for heard in (finder.scanned(BEEF.gtin, "]E0", NOON), finder.typed(BEEF.gtin, NOON)):
        assert isinstance(heard, e.ItemFound) and heard.item.gtin == BEEF.gtin
    assert finder.scanned("9520" + "7" * 20, "]C1", NOON) == e.GiftCardScanned(number="9520" + "7" * 20)
    assert isinstance(finder.scanned("9520" + "7" * 37, "]C1", NOON), e.ItemUnknown), "too long for a card"


def test_a_badge_is_no_item_and_says_who(finder: Finder) -> None:
    assert finder.scanned("staff-u1", "]Q1", NOON) == e.BadgeShown(staff="u1", name="Anna")
    assert isinstance(finder.scanned("staff-u2", "]Q1", NOON), e.ItemUnknown)


class Bare(Shelf):
    """A price book that has none of it yet."""

    def lookup(self, keys: Sequence[str]) -> PriceRow | None:
        return None


@pytest.mark.parametrize(
    ("text", "symbology", "row"),
    [
        ("2395200104121", "]E0", CHEESE),
        ("2095200145901", "]E0", BALLS),
        ("010952000122001210L2", "]d2", BEEF),
        ("0109520001220012310300050017261124", "]d2", BEEF),
    ],
)
def test_what_the_store_tells_is_what_the_lanes_own_book_would_have_said(
    finder: Finder, text: str, symbology: str, row: PriceRow
) -> None:
    bare = Finder(Bare(), PACK, ZoneInfo("Europe/Stockholm"))
    unknown = bare.scanned(text, symbology, NOON)
    assert isinstance(unknown, e.ItemUnknown)
    assert unknown.ask is not None
    said = ItemRow(version="7", row=row if row.code in unknown.ask.keys else None)
    answer, own = bare.told(unknown.ask, said, NOON), found(finder, text, symbology)
    assert (answer.item, answer.weight_g, answer.label) == (own.item, own.weight_g, own.label)
    assert bare.told(unknown.ask, ItemRow(version="8", row=BAG), NOON).item is None, "the store told of another thing"
    assert bare.told(unknown.ask, ItemRow(version="8"), NOON).item is None


def test_a_typed_number_and_a_scanned_one_ask_the_same_and_what_is_no_product_asks_nothing() -> None:
    bare = Finder(Bare(), PACK, ZoneInfo("Europe/Stockholm"))
    asks = [
        getattr(event, "ask", "other")
        for event in (
            bare.typed("9520001220012", NOON),
            bare.scanned("9520001220012", "]E0", NOON),
            bare.scanned("010952000122001221S123", "]d2", NOON),
            bare.scanned("hello", "]Q1", NOON),
        )
    ]
    assert asks[0] == asks[1] == asks[2]
    assert asks[3] is None
    assert bare.typed("4011", NOON) == e.ItemUnknown(text="4011", entry="key", ask=ItemAsk(keys=("4011",)))


def test_a_rate_that_changes_soon_is_told_with_the_item(finder: Finder) -> None:
    """Swedish food: 12 % until March 2026 is over, 6 % afterwards. Nothing is told long before, and nothing after."""
    told = {}
    for month, day in ((2, 1), (3, 2), (3, 31), (4, 1)):
        utc_ms = int(datetime(2026, month, day, 10, tzinfo=UTC).timestamp()) * 1000
        event = finder.scanned(BEEF.code, "]E0", Moment(utc_ms, 0))
        assert isinstance(event, e.ItemFound)
        told[month, day] = (event.item.tax_bp, [(soon.since, soon.tax_bp) for soon in event.item.tax_soon])
    soon = [("2026-04-01", 600)]
    assert told == {(2, 1): (1200, []), (3, 2): (1200, soon), (3, 31): (1200, soon), (4, 1): (600, [])}
