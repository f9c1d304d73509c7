"""Paying in parts: whatever is typed and in whatever order it is paid, the sale is paid to the unit and once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.lane import Limit
from kiosk.checkout.state import Phase
from kiosk.checkout.taking_cash import to_pay
from kiosk.checkout.tenders import left, to_take
from kiosk.values.money import ZERO, Money
from tests.kiosk.checkout.shopping import BREAD, LANE, Checkout

SPLIT = replace(LANE, tenders=("card", "cash"), cash_step_minor=100)


def paying(price_minor: int = 10_000) -> Checkout:
    checkout = Checkout(SPLIT).tell(e.StaffSignedIn(staff="u1", name="Alex", role="cashier"))
    return checkout.tell(e.ItemFound(item=replace(BREAD, price=Money(price_minor))), e.PayPressed())


def pay(checkout: Checkout, kind: str) -> None:
    if kind == "cash":
        checkout.tell(e.CashChosen())
        checkout.tell(e.CashGiven(amount=to_pay(checkout.state)), e.Stored())
        return
    checkout.tell(e.CardChosen())
    payment = checkout.state.payment
    assert payment is not None
    done = e.CardRecord(amount=payment.amount)
    checkout.tell(
        e.CardReady(attempt=payment.attempt, baseline=""), e.CardCompleted(attempt=payment.attempt, record=done)
    ).tell(e.Stored())


@given(
    st.integers(1, 30_000),
    st.lists(st.tuples(st.integers(1, 20_000), st.sampled_from(["card", "cash"])), max_size=6),
)
def test_parts_in_any_order_come_to_the_sum_and_to_no_more(price_minor: int, parts: list[tuple[int, str]]) -> None:
    checkout = paying(price_minor)
    for amount_minor, kind in parts:
        if checkout.state.phase is Phase.PAYING:
            checkout.tell(e.PartChosen(amount=Money(amount_minor)))
            named = to_take(checkout.state)
            assert ZERO < named <= left(checkout.state.basket)
            if kind == "cash" and not to_pay(checkout.state):
                continue  # less than the smallest coin: it is rounded away only as the end of a sum
            pay(checkout, kind)
            assert left(checkout.state.basket) >= ZERO
    if checkout.state.phase is Phase.PAYING:
        checkout.tell(e.PartChosen(amount=left(checkout.state.basket)))
        pay(checkout, "card")
    sale = checkout.state.sale
    assert sale is not None and sum(tender.amount_minor for tender in sale.tenders) == sale.totals.due_minor
    assert abs(sale.totals.rounding_minor) <= 50 and sale.totals.due_minor - sale.totals.rounding_minor == price_minor


@pytest.mark.parametrize("amount_minor", [-100, 0, 10_001, 99_999_999])
def test_an_amount_that_cannot_be_is_told_and_changes_nothing(amount_minor: int) -> None:
    checkout = paying().tell(e.PartChosen(amount=Money(amount_minor)))
    assert checkout.state.notice is not None and not checkout.state.part
    assert to_take(checkout.state) == Money(10_000)


def test_a_part_is_for_one_tender_and_is_forgotten_among_the_goods() -> None:
    checkout = paying().tell(e.PartChosen(amount=Money(4_000)))
    pay(checkout, "card")
    assert to_take(checkout.state) == left(checkout.state.basket) == Money(6_000)
    assert not checkout.tell(e.PartChosen(amount=Money(1_000)), e.BackPressed()).state.part


def test_a_limit_cannot_be_paid_around_in_parts() -> None:
    checkout = paying()
    limits = (Limit("cash", most_minor=5_000),)
    checkout.state = replace(checkout.state, lane=replace(checkout.state.lane, tender_limits=limits))
    checkout.tell(e.PartChosen(amount=Money(5_000)))
    pay(checkout, "cash")
    checkout.tell(e.PartChosen(amount=Money(100)), e.CashChosen())
    assert checkout.state.payment is None and left(checkout.state.basket) == Money(5_000)


def test_a_basket_above_the_lanes_limit_is_paid_only_with_staff() -> None:
    lane = replace(SPLIT, basket_most_minor=5_000)
    checkout = Checkout(lane).tell(e.ItemFound(item=BREAD, count=2), e.PayPressed())
    assert checkout.state.phase is Phase.SCANNING and checkout.state.notice is not None
    assert checkout.state.notice.kind == "too_much_here"
    checkout.tell(e.StaffSignedIn(staff="u1", name="Alex", role="cashier"), e.AssistedBegan(), e.PayPressed())
    assert checkout.state.phase is Phase.PAYING
