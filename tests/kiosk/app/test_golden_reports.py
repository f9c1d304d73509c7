"""X and Z reports as they were approved, in the languages of two laws and on both widths of paper."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from receipts_of import AT, BASKET, LANE, STOCKHOLM, in_, sold

from kiosk.app.paper import Paper
from kiosk.app.places import config_folder
from kiosk.checkout.day import Day, DaySlip, booked, removed
from kiosk.checkout.day_slip import DayWording
from kiosk.ui.words import load
from kiosk.values.money import Money
from kiosk.world.shops import pack_of

GOLDEN = Path(__file__).parents[2] / "golden" / "reports"
SLIPS = {
    f"{kind}-report-{country}-{columns}": (kind, country, columns)
    for kind, country, columns in (("z", "se", 42), ("z", "no", 32), ("z", "no", 42), ("x", "se", 32))
}


def the_day() -> Day:
    """Two sales, one of them given back, a void, a float, a count, and a little of everything else."""
    day = Day(number=7, business_day="2026-11-23", opened_utc_ms=AT.utc_ms - 8 * 3_600_000, opening_minor=40_000)
    sale = sold(*BASKET)
    for one in (sale, sold(*BASKET[:1]), replace(sale, kind="void"), replace(sold(*BASKET[:1]), kind="return")):
        day = booked(day, one)
    day = removed(day, Money(3_290))
    return replace(
        day,
        float_minor=10_000, pickup_minor=5_000, cash_minor=45_000, counted_minor=45_000, difference_minor=-1_000,
        drawer_openings=3, copies=1, copies_minor=32_118, price_checks=4, training=1, training_minor=3_290,
        grand_sales_minor=1_234_567_800,
    )  # fmt: skip


def text_of(kind: str, country: str, columns: int, *, copy: bool = False) -> str:
    lane, pack = in_(country), pack_of(country)
    words = load(
        config_folder() / "words", LANE.languages, currency=lane.currency, territory=pack.country, zone=STOCKHOLM
    )
    slip = DaySlip(kind, the_day(), AT.utc_ms, "u1", copy)  # type: ignore[arg-type]  # x or z
    printed = Paper(lane, pack, words, STOCKHOLM, columns).day(slip)
    assert all(len(line.text) <= columns for line in printed)
    return "".join(f"{'-' * columns if line.kind == 'rule' else line.text}\n" for line in printed)


@pytest.mark.parametrize("name", SLIPS)
def test_the_report_is_what_was_approved(name: str) -> None:
    assert text_of(*SLIPS[name]) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_a_second_z_says_that_it_is_a_copy() -> None:
    assert text_of("z", "no", 42, copy=True).splitlines()[0].strip() == "KOPI"


def test_the_norwegian_words_are_all_there() -> None:
    """Whoever adds a line to the report finds the word for it in the pack."""
    own = pack_of("no").receipt.report_words["nb"]
    wanted = set(DayWording.__struct_fields__) - {"tenders", "money", "number", "rate"}
    assert wanted <= set(own)


def test_what_is_given_back_is_taken_off_and_stands_in_a_sum_of_its_own() -> None:
    day = the_day()
    assert (day.sales, day.returns, day.voids, day.goods_sold) == (2, 1, 1, 15)
    assert day.returns_minor == 3_290 and day.due_minor == sold(*BASKET).totals.due_minor
    assert sum(group.amount_minor for group in day.groups) == day.due_minor
    assert sum(tax.net_minor + tax.tax_minor for tax in day.tax) + day.deposit_minor == day.due_minor
