"""How many bags: asked once, before paying, of who has none; sold like anything else, and never waited for."""

import pytest
from msgspec.structs import replace

from kiosk.checkout import carrier_bags
from kiosk.checkout import events as e
from kiosk.checkout.lane import BaggingLimits, Charity
from kiosk.checkout.state import Phase
from kiosk.checkout.tenders import left, to_round_up
from kiosk.values.money import Money
from kiosk.values.quantity import Weight
from tests.kiosk.checkout.shopping import BREAD, LANE, Checkout

PAPER = replace(BREAD, gtin="9520001530012", name="Paper bag", price=Money(400), tax_bp=2500, weight_g=55)
COTTON = replace(BREAD, gtin="9520001530036", name="Cotton bag", price=Money(3_900), max_quantity=2)
BAGS = (PAPER, COTTON)
PAYS = e.PayPressed(bags=BAGS)


def asked(**lane: object) -> Checkout:
    return Checkout(replace(LANE, tenders=("card", "cash"), **lane)).tell(e.ItemFound(item=BREAD), PAYS)


def test_the_answer_is_in_the_basket_and_in_what_is_to_be_paid() -> None:
    checkout = asked()
    assert carrier_bags.is_asking(checkout.state)
    checkout.tell(e.BagsChosen(counts=(2, 1)))
    assert [(line.item.name, line.count) for line in checkout.state.basket.lines] == [
        ("Rye bread", 1), ("Paper bag", 2), ("Cotton bag", 1),
    ]  # fmt: skip
    assert left(checkout.state.basket) == Money(3_290 + 800 + 3_900)
    assert checkout.state.phase is Phase.PAYING and not carrier_bags.is_asking(checkout.state)


def test_who_wants_none_goes_on_and_is_not_asked_twice() -> None:
    checkout = asked().tell(e.BagsChosen(counts=(0, 0)), e.BackPressed(), PAYS)
    assert checkout.state.phase is Phase.PAYING and not carrier_bags.is_asking(checkout.state)
    assert len(checkout.state.basket.lines) == 1


def test_who_went_back_without_an_answer_is_asked_again() -> None:
    checkout = asked().tell(e.BackPressed())
    assert checkout.state.phase is Phase.SCANNING and not checkout.state.basket.bags
    assert carrier_bags.is_asking(checkout.tell(e.ItemFound(item=BREAD), PAYS).state)


def test_nobody_is_asked_who_has_a_bag_is_served_or_has_paid_a_part() -> None:
    has_one = Checkout().tell(e.ItemFound(item=PAPER), PAYS)
    assert not carrier_bags.is_asking(has_one.state)
    staff = e.StaffSignedIn(staff="u1", name="Alex", role="cashier")
    served = Checkout().tell(staff, e.AssistedBegan(), e.ItemFound(item=BREAD), PAYS)
    assert not carrier_bags.is_asking(served.state)


@pytest.mark.parametrize("bag", [
    replace(PAPER, blocked=True), replace(PAPER, staff_only=True), replace(PAPER, age_limit=18),
    replace(PAPER, open_price=True), replace(PAPER, sold_by="kg"),
])  # fmt: skip
def test_a_bag_that_cannot_be_sold_just_so_is_not_offered(bag: object) -> None:
    checkout = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed(bags=(bag,)))  # type: ignore[arg-type]
    assert not carrier_bags.is_asking(checkout.state)


@pytest.mark.parametrize("counts", [(1,), (1, 1, 1), (-1, 0), (0, 3), (1_000, 0)])
def test_a_number_that_cannot_be_meant_changes_nothing(counts: tuple[int, ...]) -> None:
    checkout = asked()
    before = checkout.state.basket
    assert checkout.tell(e.BagsChosen(counts=counts)).state.basket == before


def test_the_question_comes_before_rounding_up() -> None:
    checkout = asked(charity=Charity("Red Cross", 1_000)).tell(e.BagsChosen(counts=(1, 0)))
    assert to_round_up(checkout.state) == Money(4_000 - 3_690)


def test_a_single_tender_begins_after_the_answer() -> None:
    checkout = Checkout().tell(e.ItemFound(item=BREAD), PAYS)
    assert checkout.state.payment is None
    checkout.tell(e.BagsChosen(counts=(1, 0)))
    assert checkout.state.payment is not None and checkout.state.payment.amount == Money(3_690)


def test_the_shelf_waits_for_no_bag_and_minds_none() -> None:
    lane = {"bagging": BaggingLimits(), "tenders": ("card", "cash")}
    bread = replace(BREAD, weight_g=500)
    checkout = Checkout(replace(LANE, **lane)).tell(e.BagWeightSeen(weight=Weight(0)), e.ItemFound(item=bread))
    checkout.tell(e.BagWeightSeen(weight=Weight(500)), PAYS, e.BagsChosen(counts=(1, 0)))
    assert checkout.state.shelf.kind == "" and checkout.state.phase is Phase.PAYING
    checkout.tell(e.BagWeightSeen(weight=Weight(555)))
    assert checkout.state.shelf.kind == ""
    checkout.tell(e.BagWeightSeen(weight=Weight(1_055)))
    assert checkout.state.shelf.kind == "extra"
