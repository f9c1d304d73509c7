"""The demo's price book: made-up codes only, and every kind of thing that a lane must know."""

import re
from datetime import date
from pathlib import Path

import pytest

from kiosk.checkout.jurisdiction import decode_pack
from kiosk.values.barcode import Barcode, Plu, parse, parse_typed
from kiosk.wire.price_csv import PriceRows, read_csv

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "config/catalogue"


@pytest.fixture(scope="module")
def rows() -> PriceRows:
    return read_csv((CATALOGUE / "demo.csv").read_text())


def test_it_is_large_enough_to_feel_like_a_shop(rows: PriceRows) -> None:
    assert len(rows) >= 150


def test_every_code_is_a_demonstration_code_that_scans(rows: PriceRows) -> None:
    gtins = [row.gtin for row in rows if row.gtin]
    assert len(set(gtins)) == len(gtins)
    for gtin in gtins:
        assert re.fullmatch(r"952[0-9]{10}|2[03]952[0-9]{8}", gtin)
        code = parse(gtin, "]E0")
        assert isinstance(code, Barcode)
        assert gtin in code.keys


def test_every_number_of_loose_goods_can_be_typed(rows: PriceRows) -> None:
    plus = [row.plu for row in rows if row.plu]
    assert len(set(plus)) == len(plus)
    assert all(parse_typed(plu) == Plu(plu) for plu in plus)


def test_every_thing_has_both_names_a_price_and_a_shelf(rows: PriceRows) -> None:
    for row in rows:
        assert row.names.keys() == {"sv", "en"}, row.name
        assert row.name == row.names["en"]
        assert row.price_minor > 0 or row.open_price, row.name
        assert row.category, row.name


def test_swedish_law_knows_every_tax_class(rows: PriceRows) -> None:
    pack = decode_pack((ROOT / "config/jurisdictions/se.toml").read_text())
    classes = {row.tax_class for row in rows}
    assert classes >= {"food", "standard", "alcohol", "books"}
    assert all(pack.rate_bp(tax_class, date(2026, 11, 24)) >= 0 for tax_class in classes)


def test_every_kind_of_thing_is_there(rows: PriceRows) -> None:
    assert {row.age_limit for row in rows} >= {0, 15, 18, 20}
    assert {row.deposit_minor for row in rows} >= {0, 100, 200}
    assert any(row.blocked for row in rows)
    assert any(row.staff_only for row in rows) and any(row.open_price for row in rows)
    assert any(row.recalled and row.short_date for row in rows)
    assert {row.gtin[:2] for row in rows} >= {"20", "23"}
    assert any(row.max_quantity == 1 for row in rows)
    assert any(row.sold_by == "kg" and row.plu and row.tare_g for row in rows)
    assert any(row.sold_by == "each" and row.plu for row in rows)
    assert any(row.content_thousandths and row.content_unit for row in rows)
    assert sum(row.category == "care/medicine" and row.max_quantity == 1 for row in rows) >= 2
    assert min(row.weight_g for row in rows if row.weight_g) < 20 and max(row.weight_g for row in rows) > 10_000
    assert any("/" in row.category for row in rows)
    assert all(row.pick_keys for row in rows if row.plu), "what has no barcode must be found by words"


def test_every_picture_is_one_of_ours(rows: PriceRows) -> None:
    named = {row.picture.removeprefix("svg:") for row in rows if row.picture}
    ours = {path.stem for path in (ROOT / "kiosk/ui/pictures").glob("*.svg")}
    assert named <= ours
    assert len(named) >= 20


def test_what_the_door_says_to_try_is_in_the_book(rows: PriceRows) -> None:
    codes = {row.gtin for row in rows} | {row.plu for row in rows}
    told = re.findall(r"`([0-9]{4,13})`", (CATALOGUE / "README.md").read_text())
    assert len(told) >= 8
    assert set(told) <= codes
