"""Rounding up: asked before paying, given to the unit, and in no sum but its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.lane import Charity
from kiosk.checkout.state import Phase
from kiosk.checkout.tenders import in_all, left, to_round_up
from kiosk.values.money import Money
from tests.kiosk.checkout.shopping import BREAD, LANE, WATER, Checkout

GIVING = replace(LANE, charity=Charity("Red Cross", 1_000), tenders=("card", "cash"))


def asked(step_minor: int = 1_000, price_minor: int = 3_290) -> Checkout:
    lane = replace(GIVING, charity=Charity("Red Cross", step_minor))
    return Checkout(lane).tell(e.ItemFound(item=replace(BREAD, price=Money(price_minor))), e.PayPressed())


@given(st.integers(1, 100_000), st.integers(1, 10_000))
def test_a_yes_comes_to_the_next_whole_step_and_never_beyond(price_minor: int, step_minor: int) -> None:
    checkout = asked(step_minor, price_minor)
    gift = to_round_up(checkout.state)
    assert 0 <= gift.minor < step_minor
    checkout.tell(e.DonationChosen(give=True))
    assert in_all(checkout.state.basket) == Money(price_minor) + gift
    assert in_all(checkout.state.basket).minor % step_minor == 0


@pytest.mark.parametrize("give", [True, False])
def test_an_answer_is_not_asked_for_twice(give: bool) -> None:
    checkout = asked().tell(e.DonationChosen(give=give))
    assert not to_round_up(checkout.state)
    before = left(checkout.state.basket)
    assert left(checkout.tell(e.DonationChosen(give=True)).state.basket) == before


def test_the_gift_is_paid_and_is_in_no_other_figure() -> None:
    checkout = asked().tell(e.DonationChosen(give=True), e.BackPressed()).tell(e.ItemFound(item=WATER), e.PayPressed())
    checkout.tell(e.DonationChosen(give=True), e.CardChosen())
    assert checkout.state.payment is not None
    attempt, paid = checkout.state.payment.attempt, checkout.state.payment.amount
    done = e.CardRecord(amount=paid)
    checkout.tell(e.CardReady(attempt=attempt, baseline=""), e.CardCompleted(attempt=attempt, record=done), e.Stored())
    sale, day = checkout.state.sale, checkout.state.day
    assert sale is not None and paid == Money(5_000)
    assert (sale.totals.due_minor, sale.to_pay_minor) == (3_290 + 1_290, 5_000)
    assert sum(tax.net_minor + tax.tax_minor for tax in sale.totals.tax) == 3_290 + 1_190
    assert (day.due_minor, day.donations, day.donations_minor, day.grand_sales_minor) == (4_580, 1, 420, 4_580)


def test_nobody_is_asked_who_is_served_or_has_paid_a_part() -> None:
    served = Checkout(GIVING).tell(
        e.StaffSignedIn(staff="u1", name="Alex", role="cashier"), e.AssistedBegan(), e.ItemFound(item=BREAD)
    )
    assert not to_round_up(served.tell(e.PayPressed()).state)
    assert asked(step_minor=3_290).state.phase is Phase.PAYING
    assert not to_round_up(asked(step_minor=3_290).state)
