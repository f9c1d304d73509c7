"""The Swedish pack, on both sides of every midnight that changes it, and packs that must be refused."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.checkout.jurisdiction import BadPack, Pack, UnknownTaxClass, decode_pack
from kiosk.values.money import Money

SE_TOML = Path(__file__).parents[3] / "config/jurisdictions/se.toml"


@pytest.fixture(scope="module")
def se() -> Pack:
    return decode_pack(SE_TOML.read_text())


@pytest.mark.parametrize(
    ("day", "rate_bp"),
    [
        (date(1999, 1, 1), 1200),
        (date(2026, 3, 31), 1200),
        (date(2026, 4, 1), 600),
        (date(2027, 12, 31), 600),
        (date(2028, 1, 1), 1200),
        (date(2040, 6, 6), 1200),
    ],
)
def test_food_is_cheaper_for_twenty_one_months(se: Pack, day: date, rate_bp: int) -> None:
    assert se.rate_bp("food", day) == rate_bp


@pytest.mark.parametrize(
    ("tax_class", "rate_bp"), [("standard", 2500), ("alcohol", 2500), ("tobacco", 2500), ("books", 600)]
)
def test_other_classes_stay(se: Pack, tax_class: str, rate_bp: int) -> None:
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2028, 1, 1)):
        assert se.rate_bp(tax_class, day) == rate_bp


def test_a_class_that_the_law_does_not_know_is_named_with_those_that_it_does(se: Pack) -> None:
    with pytest.raises(UnknownTaxClass, match=r"'fod'.*alcohol, books, exempt, food, medicine"):
        se.rate_bp("fod", date(2026, 4, 1))


def test_a_rate_before_its_first_day_is_unknown() -> None:
    pack = decode_pack('country="XX"\ncurrency="EUR"\n[[tax.new]]\nsince=2030-01-01\nrate_bp=100')
    with pytest.raises(UnknownTaxClass):
        pack.rate_bp("new", date(2029, 12, 31))


@pytest.mark.parametrize(
    ("due", "cash"), [(2749, 2700), (2750, 2800), (2700, 2700), (49, 0), (-2750, -2800), (-2749, -2700)]
)
def test_cash_is_rounded_to_the_krona(se: Pack, due: int, cash: int) -> None:
    assert se.cash_due(Money(due)) == Money(cash)


def test_where_there_are_cents_cash_is_not_rounded() -> None:
    pack = decode_pack('country="DE"\ncurrency="EUR"\n[[tax.standard]]\nrate_bp=1900')
    assert pack.cash_due(Money(1999)) == Money(1999)


def test_the_stricter_age_holds(se: Pack) -> None:
    assert se.age_limit("alcohol") == 18
    assert se.age_limit("alcohol", asked=20) == 20
    assert se.age_limit("alcohol", asked=16) == 18
    assert se.age_limit("food", asked=18) == 18
    assert se.age_limit("food") == 0


def test_receipts_are_in_a_language_that_the_tax_office_reads(se: Pack) -> None:
    assert se.receipt_language("en") == "en"
    assert se.receipt_language("ar") == "sv"
    assert decode_pack('country="DE"\ncurrency="EUR"\n[tax]').receipt_language("ar") == "ar"


def test_a_misspelt_key_is_named_with_the_right_one() -> None:
    with pytest.raises(BadPack, match=r"se\.toml: age_limit is not a setting; did you mean age_limits\?"):
        decode_pack('country="SE"\ncurrency="SEK"\n[tax]\n[age_limit]\nalcohol=18', "se.toml")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml at all",
        'country="SE"\ncurrency="SEK"\n[tax]\n[surprise]\nx=1',
        'country="SE"\ncurrency="SEK"\n[tax]\nfood=[]',
        'country="SE"\ncurrency="SEK"\n[[tax.food]]\nrate_bp=-1',
        'country="SE"\ncurrency="SEK"\n[[tax.food]]\nrate_bp=12000',
        'country="SE"\ncurrency="SEK"\n[[tax.food]]\nrate_bp=12.0001',
        'country="SE"\ncurrency="SEK"\ncash_step_minor=0\n[tax]',
        'country="SE"\ncurrency="SEK"\n[tax]\n[deposit]\ntaxed=true\ntax_class="standard"',
        'country="SE"\ncurrency="SEK"\n[tax]\n[[deposit.classes]]\nname={en="Can"}\namount_minor=0',
        'country="SE"\ncurrency="SEK"\n[tax]\n[[deposit.classes]]\nname={}\namount_minor=100',
        'country="DE"\ncurrency="EUR"\n[tax]\n[deposit]\ntaxed=true\n[[deposit.classes]]\nname={en="x"}\namount_minor=25',
        'country="SE"\ncurrency="SEK"\n[tax]\n[age_limits]\nalcohl=18',
        'country="SE"\ncurrency="SEK"\n[tax]\n[[holidays]]\nname="x"',
        'country="SE"\ncurrency="SEK"\n[tax]\n[[holidays]]\nname="x"\non="05-01"\neaster=3',
        'country="SE"\ncurrency="SEK"\n[tax]\n[[holidays]]\nname="x"\non="02-30"',
        'country="SE"\ncurrency="SEK"\n[tax]\n[[sale_hours.food]]\ndays=["mon"]\nopens=20:00:00\ncloses=08:00:00',
        'country="SE"\ncurrency="SEK"\n[tax]\n[[sale_hours.food]]\ndays=["may"]\nopens=08:00:00\ncloses=20:00:00',
        'country="SE"\ncurrency="SEK"\n[tax]\n[fiscal]\nsigner="magic"',
        'country="SE"\ncurrency="SEK"\n[[tax.a]]\nsince=2027-01-01\nrate_bp=1\n[[tax.a]]\nsince=2026-01-01\nrate_bp=2',
        'country="SE"\ncurrency="SEK"\n[[tax.a]]\nrate_bp=1\n[[tax.a]]\nrate_bp=2',
    ],
)
def test_a_bad_pack_is_refused(text: str) -> None:
    with pytest.raises(BadPack):
        decode_pack(text)
