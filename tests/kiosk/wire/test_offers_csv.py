"""Offers as a file: taken whole, or every bad cell told by line and column."""

from pathlib import Path

import pytest

from kiosk.wire.offers_csv import OfferRow, read_offers
from kiosk.wire.price_csv import BadPriceBook, PriceRow, read_csv

CATALOGUE = Path(__file__).parents[3] / "config" / "catalogue"
PRODUCTS = (
    PriceRow(gtin="9520000000011", name="Bread", price_minor=3290, tax_class="food", category="bread/rye"),
    PriceRow(plu="4011", name="Bananas", price_minor=2490, sold_by="kg", tax_class="food", category="fruit"),
)
HEAD = "offer,kind,items,need,pay,price_minor,percent,whole,from,to,since,until,excludes,coupon\n"


def problems(*rows: str, head: str = HEAD) -> list[str]:
    with pytest.raises(BadPriceBook) as caught:
        read_offers(head + "\n".join(rows), PRODUCTS)
    return list(caught.value.problems)


def test_a_row_is_read() -> None:
    text = HEAD + "3for2,multibuy,9520000000011|4011,3,2,,,,2026-11-01,2026-11-30,16:00,18:00,,"
    assert read_offers(text, PRODUCTS) == (
        OfferRow(
            offer="3for2", kind="multibuy", name="3for2", items=(("9520000000011", "4011"),), need=3, pay=2,
            first_day="2026-11-01", last_day="2026-11-30", since="16:00", until="18:00",
        ),
    )  # fmt: skip


@pytest.mark.parametrize("path", ["bread", "bread/rye", "fruit"])
def test_a_category_is_any_beginning_of_a_path(path: str) -> None:
    (row,) = read_offers(HEAD + f"a,percent,category:{path},,,,20,,,,,,,", PRODUCTS)
    assert row.items == ((f"category:{path}",),) and row.percent_bp == 2000


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a,threefortwo,4011,3,2,,,,,,,,,", "column kind: must be multibuy"),
        ("a,multibuy,4012,3,2,,,,,,,,,", "column items: the price book has no 4012"),
        ("a,percent,category:meat,,,,20,,,,,,,", "column items: the price book has no category:meat"),
        ("a,percent,category:brea,,,,20,,,,,,,", "column items: the price book has no category:brea"),
        ("a,multibuy,4011,3,3,,,,,,,,,", "column pay: 3 of 3 is no offer"),
        ("a,multibuy,4011,1,0,,,,,,,,,", "column need: a multibuy needs 2 or more"),
        ("a,multibuy,4011,3,2,4000,,,,,,,,", "a multibuy has one of these, this one has pay and price_minor"),
        ("a,percent,4011,,,,,,,,,,,", "column percent: a percent has one of these, this one has none"),
        ("a,percent,4011,,,,101,,,,,,,", "column percent: must be a whole number from 1 to 100"),
        ("a,meal_deal,4011,,,4000,,,,,,,,", "a meal deal has courses with + between them"),
        ("a,meal_deal,4011+,,,4000,,,,,,,,", "is empty, or has nothing on one side of a +"),
        ("a,percent,4011,,,,20,,2026-12-01,2026-11-01,,,,", "column to: 2026-11-01 is before the first day"),
        ("a,percent,4011,,,,20,,2026-02-30,,,,,", "column from: must be a day"),
        ("a,percent,4011,,,,20,,,,25:00,,,", "column since: must be an hour"),
        ("a,coupon,4011,,,,20,,,,,,,", "column coupon: a coupon has its code here"),
        ("a,percent,4011,,,,20,,,,,,a,", "column excludes: goes round in a circle (a -> a)"),
        ("a,percent,4011,,,,20,,,,,,b,", "column excludes: there is no offer b"),
        ("a,percent,4011,,,,20,yes", "line 2: has more or fewer cells"),
        ("a,mix_and_match,4011,2,,4000,,yes,,,,,,", "column whole: an offer on the whole is"),
    ],
)
def test_what_contradicts_itself_is_told_by_line_and_column(row: str, problem: str) -> None:
    found = problems(row)
    assert any(problem in one and one.startswith("line 2") for one in found), found


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("percent,,yes,", "column once: only a coupon is used once"),
        ("coupon,KC-TEN*,,accept", "column once: only a coupon is used once"),
        ("coupon,KC-TEN*,maybe,", "column once: must be yes or no, not 'maybe'"),
        ("coupon,KC-TEN*,yes,sometimes", "column offline: must be accept or refuse, not 'sometimes'"),
    ],
)
def test_what_is_used_once_is_a_coupon(cells: str, problem: str) -> None:
    assert any(
        problem in one for one in problems(f"a,4011,20,{cells}", head="offer,items,percent,kind,coupon,once,offline\n")
    )
    head = "offer,kind,items,percent,coupon,once,offline\n"
    (row,) = read_offers(f"{head}a,coupon,4011,20,KC-TEN*,yes,accept", PRODUCTS)
    assert (row.once, row.offline) == (True, "accept")


def test_a_circle_of_exclusions_is_told_on_every_line_of_it() -> None:
    rows = [f"{a},percent,4011,,,,20,,,,,,{b}," for a, b in ("ab", "bc", "ca")]
    assert [one.split(":")[0] for one in problems(*rows)] == [f"line {n}, column excludes" for n in (2, 3, 4)]


def test_a_name_is_used_once_and_a_column_is_known() -> None:
    assert problems(*["a,percent,4011,,,,20,,,,,,,"] * 2) == ["line 3, column offer: a is already on line 2"]
    assert problems(head="offer,kind,itms\n") == [
        "line 1, column itms: offers have no such column; did you mean items?",
        "line 1, column items: is missing",
    ]


def test_the_demo_has_one_of_each_kind() -> None:
    products = read_csv((CATALOGUE / "demo.csv").read_text())
    kinds = {row.kind for row in read_offers((CATALOGUE / "offers.csv").read_text(), products)}
    assert kinds >= {"multibuy", "percent", "amount", "meal_deal", "mix_and_match", "member_price"}


def many(count: int, cells: str = "percent,all,,,,20,,,,,,,") -> list[str]:
    return [f"o{n},{cells}" for n in range(count)]


def test_more_offers_on_a_product_than_a_scan_carries_are_told() -> None:
    told = problems(*many(9))
    assert told == ["line 10, column items: more than 8 offers run on Bread on one day"]
    assert len(read_offers(HEAD + "\n".join(many(8)), PRODUCTS)) == 8


def test_offers_of_different_weeks_are_no_crowd() -> None:
    weeks = [f"o{n},percent,all,,,,20,,2026-11-{n + 1:02},2026-11-{n + 1:02},,,," for n in range(9)]
    assert len(read_offers(HEAD + "\n".join(weeks), PRODUCTS)) == 9
