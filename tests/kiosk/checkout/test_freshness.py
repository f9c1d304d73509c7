"""Dates and batches on labels: what is stopped, what is cheaper, and rules that cannot be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from shopping import BREAD, WINE, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.freshness import as_labelled, percent_off, read_rule, stopped
from kiosk.checkout.item import Label
from kiosk.values.money import Money

RULE = "1:50 3:20"


def test_the_nearest_step_counts() -> None:
    rule = read_rule(RULE)
    assert rule == ((1, 50), (3, 20))
    assert [percent_off(rule, days) for days in (-1, 0, 1, 2, 3, 4)] == [0, 50, 50, 20, 20, 0]
    assert read_rule("  ") == ()


@pytest.mark.parametrize(
    "text", ["3", "3:0", "3:100", "3:20 3:30", "1:20 3:50", "3:20,1:50", "x:1", "-1:20", "1:20 3:20"]
)
def test_a_rule_that_cannot_be_meant(text: str) -> None:
    with pytest.raises(ValueError, match="must"):
        read_rule(text)


@pytest.mark.parametrize(
    ("label", "why"),
    [
        (None, ""),
        (Label(batch="A"), ""),
        (Label(days_left=0), ""),
        (Label(days_left=-1), "expired"),
        (Label(days_left=-1, last_day_is="best_before"), "past_best"),
        (Label(days_left=9, batch="A", recalled=True), "recalled"),
        (Label(days_left=-9, batch="A", recalled=True), "recalled"),
    ],
)
def test_what_is_stopped(label: Label | None, why: str) -> None:
    assert stopped(label) == why


@given(st.integers(0, 10**8), st.integers(1, 99))
def test_less_is_never_more_and_never_negative(minor: int, percent: int) -> None:
    item = replace(BREAD, price=Money(minor), short_date=f"0:{percent}")
    cheap = as_labelled(item, Label(days_left=0), "")
    assert 0 <= cheap.price.minor <= minor
    assert abs(100 * cheap.price.minor - minor * (100 - percent)) <= 50
    assert cheap.priced == "short_date"


def test_the_row_s_own_rule_goes_before_the_lane_s() -> None:
    label = Label(batch="B", days_left=1)
    assert as_labelled(BREAD, label, RULE).price == Money(1645)
    own = as_labelled(replace(BREAD, short_date="1:10"), label, RULE)
    assert (own.price, own.batch) == (Money(2961), "B")
    assert as_labelled(BREAD, Label(batch="B", days_left=4), RULE) == replace(BREAD, batch="B")


def test_a_sale_says_where_its_prices_are_from_and_which_batch_it_was() -> None:
    shop = Checkout()
    label = Label(batch="B7", days_left=0)
    shop.tell(e.ItemFound(item=replace(BREAD, short_date="0:50"), label=label), e.ItemFound(item=BREAD)).pay_card()
    (sale,) = (effect.sale for effect in shop.of(f.RecordSale))
    cheap = sale.lines[0]
    assert (cheap.unit_price_minor, cheap.priced, cheap.batch) == (1645, "short_date", "B7")
    assert not isinstance(sale.lines[1].priced, str) and not isinstance(sale.lines[1].batch, str)


@pytest.mark.parametrize(
    ("event", "notice"),
    [
        (e.ItemFound(item=BREAD, label=Label(days_left=-1)), "expired"),
        (e.ItemFound(item=replace(BREAD, staff_only=True)), "staff_only"),
        (e.ItemFound(item=replace(BREAD, open_price=True)), "staff_only"),
        (e.ItemFound(item=replace(BREAD, blocked=True)), "blocked"),
        (e.ItemFound(item=replace(BREAD, sold_by="kg")), "needs_weight"),
        (e.ItemFound(item=replace(BREAD, sold_by="kg"), weight_g=0), "no_value"),
        (e.ItemFound(item=replace(WINE, price=Money(0), priced="label")), "no_value"),
        (e.ItemFound(item=BREAD, count=10**9), "too_many"),
    ],
)
def test_what_is_not_sold_is_told(event: e.ItemFound, notice: str) -> None:
    shop = Checkout().tell(event)
    assert shop.state.basket.lines == ()
    assert shop.state.notice is not None and shop.state.notice.kind == notice
