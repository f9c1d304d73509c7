"""A day's report: every way of looking at the day comes to the same amount."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.checkout.basket import Basket, Line
from kiosk.checkout.day_report import Counted, Elsewhere, day_report, day_reports
from kiosk.checkout.item import Item
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank
from kiosk.checkout.pricing import totals
from kiosk.checkout.sale import Sale, Tender
from kiosk.checkout.visit import seal_basket
from kiosk.values.moment import Moment
from kiosk.values.money import Money

BREAD = Item("1", "Bread", Money(3290), "food", 1500, "1", category="bread/dark")
BEER = Item("2", "Beer", Money(3990), "alcohol", 2500, "1", category="drinks", deposit=Money(200))


def sold(day: int, kind: str, counts: tuple[int, int]) -> Sale:
    lines = tuple(Line(n, item, count=c) for n, (item, c) in enumerate(zip((BREAD, BEER), counts, strict=True), 1) if c)
    basket = Basket(lines=lines, started_utc_ms=1)
    tenders = (Tender("card", totals(basket).due.minor, "a", None),) if kind != "void" else ()
    _, effects = seal_basket(blank(Lane("s", "k")), basket, kind, tenders, Moment(1, 0, f"2026-11-0{day}"))
    return next(effect.sale for effect in effects if hasattr(effect, "sale"))


DAYS = st.lists(
    st.builds(
        sold,
        st.integers(1, 4),
        st.sampled_from(["sale", "sale", "return", "void"]),
        st.tuples(st.integers(0, 5), st.integers(1, 5)),
    ),
    max_size=12,
)


@given(DAYS)
def test_groups_rates_and_tenders_all_come_to_the_turnover(sales: list[Sale]) -> None:
    for report in day_reports(sales):
        assert sum(group.amount_minor for group in report.by_group.values()) == report.turnover_minor
        assert sum(paid.amount_minor for paid in report.by_tender.values()) == report.turnover_minor
        untaxed = report.by_group.get("deposit", Counted()).amount_minor
        assert sum(rate.net_minor + rate.tax_minor for rate in report.by_rate) + untaxed == report.turnover_minor


@given(DAYS)
def test_the_grand_total_is_the_sum_of_the_days(sales: list[Sale]) -> None:
    reports = list(day_reports(sales))
    for n, report in enumerate(reports):
        assert report.grand_net_minor == sum(one.turnover_minor for one in reports[: n + 1])
    assert [report.business_day for report in reports] == sorted({sale.business_day for sale in sales})


def test_a_day_without_a_sale_has_a_report_of_nothing() -> None:
    elsewhere = Elsewhere(opening_float_minor=50_000, drawer_openings=2)
    report = day_report("2026-11-02", [sold(1, "sale", (1, 0))], elsewhere)
    assert (report.turnover_minor, report.grand_sales_minor, report.elsewhere) == (0, 3290, elsewhere)


def test_training_is_in_no_sum_but_its_own() -> None:
    sale = replace(sold(1, "sale", (1, 1)), training=True)
    report = day_report("2026-11-01", [sale])
    assert (report.turnover_minor, report.receipts, report.grand_sales_minor) == (0, 0, 0)
    assert report.training == Counted(1, 3290 + 3990 + 200)
