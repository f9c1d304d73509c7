"""A card payment is reversed only where nothing speaks against it; else the card must be there. Either way once."""

from collections.abc import Callable

import pytest
from msgspec import UNSET
from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout, record

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.questions import LineUnits, SaleAnswer
from kiosk.checkout.sale import Sale
from kiosk.values.money import Money

ALEX = e.StaffSignedIn(staff="u7", name="Alex", role="manager")


def bought(count: int = 2) -> tuple[Checkout, Sale]:
    """Paid by card, and the shopper has gone."""
    shop = Checkout().tell(e.ItemFound(item=BREAD, count=count)).pay_card()
    assert shop.state.sale is not None
    sale = shop.state.sale
    return shop.tell(e.ReceiptChosen(kind="none"), e.DonePressed()), sale


def brings_back(shop: Checkout, sale: Sale, count: int = 2) -> Checkout:
    """Up to the question to the terminal whether it is ready."""
    shop.tell(ALEX, e.ReturnBegan(), e.ReceiptShown(find=sale.key))
    hears(shop, SaleAnswer(state="ok", sale=sale))
    shop.tell(e.PieceReturned(line=1, count=count, reason="other"), e.ReturnConfirmed())
    return hears(shop, SaleAnswer(state="ok", sale=sale, held=(LineUnits(1, tuple(range(count))),)))


def hears(shop: Checkout, answer: SaleAnswer) -> Checkout:
    return shop.tell(e.QuestionAnswered(id=shop.state.asked[-1].id, answer=answer))


def attempt(shop: Checkout) -> str:
    assert shop.state.payment is not None
    return shop.state.payment.attempt


def ordered() -> tuple[Checkout, Sale]:
    """Up to the order, which is on its way."""
    shop, sale = bought()
    brings_back(shop, sale)
    return shop.tell(e.CardReady(attempt=attempt(shop), baseline="b")), sale


def of_the_return(shop: Checkout) -> Sale:
    sale: Sale = shop.of(f.RecordSale)[-1].sale
    assert sale.kind == "return"
    return sale


# --- may it be reversed? ----------------------------------------------------------------------------------------------


def test_the_whole_tender_of_this_lane_is_reversed_and_the_return_says_which() -> None:
    shop, sale = ordered()
    (order,) = shop.of(f.RefundCard)
    assert order.charge == record(6_580)
    given = replace(record(6_580), receipt="0176", trace="000176", scheme="Visa")
    shop.tell(e.CardRefunded(attempt=order.attempt, record=given, message=1), e.Stored())
    (tender,) = of_the_return(shop).tenders
    assert (tender.amount_minor, tender.reverses) == (-6_580, sale.tenders[0].attempt)
    assert tender.card is not None
    assert (tender.card.receipt, tender.card.scheme) == ("0176", ""), "of the kind that the end of day takes off"
    assert [one.amount_minor for one in shop.state.unsettled] == [0]


def test_a_part_is_refunded() -> None:
    shop, sale = bought()
    brings_back(shop, sale, count=1)
    assert shop.state.payment is not None
    assert shop.state.payment.charge is None


def unlike(**card: str) -> Callable[[Sale], Sale]:
    def change(sale: Sale) -> Sale:
        (tender,) = sale.tenders
        assert tender.card is not None
        return replace(sale, tenders=(replace(tender, card=replace(tender.card, **card)),))

    return change


def settled_by_staff(sale: Sale) -> Sale:
    return replace(sale, tenders=(replace(sale.tenders[0], card=None, evidence="0175"),))


def of_another_till(sale: Sale) -> Sale:
    return replace(sale, till="k02")


def paid_on_another_till(sale: Sale) -> Sale:
    return replace(sale, tenders=(replace(sale.tenders[0], attempt="k02-000001-1"),))


def of_a_disk_that_is_lost(sale: Sale) -> Sale:
    """Its number is still to come here."""
    return replace(sale, sequence=99)


@pytest.mark.parametrize(
    "change",
    [
        of_another_till, paid_on_another_till, of_a_disk_that_is_lost, settled_by_staff,
        unlike(terminal=""), unlike(receipt=""), unlike(trace=""),
    ],
)  # fmt: skip
def test_what_does_not_prove_itself_to_be_this_terminals_is_refunded(change: Callable[[Sale], Sale]) -> None:
    shop, sale = bought()
    brings_back(shop, change(sale))
    assert shop.state.payment is not None
    assert shop.state.payment.charge is None
    shop.tell(e.CardReady(attempt=attempt(shop), baseline="b"))
    assert [order.charge for order in shop.of(f.RefundCard)] == [None]


def closes(shop: Checkout) -> None:
    shop.tell(ALEX, e.DayClosed())
    (order,) = shop.of(f.SettleCards)
    shop.tell(e.CardsSettled(job=order.job, done=True, total=Money(6_580)), e.StaffSignedOut())


def closes_and_hears_no(shop: Checkout) -> None:
    """Whether it was made all the same nobody knows."""
    shop.tell(ALEX, e.DayClosed())
    (order,) = shop.of(f.SettleCards)
    shop.tell(e.CardsSettled(job=order.job, done=False, total=Money(0), why="lost"), e.StaffSignedOut())


def closes_and_loses_power(shop: Checkout) -> None:
    shop.tell(ALEX, e.DayClosed(), e.Restarted(lane=LANE, genesis="0" * 64))


def is_an_old_copy(shop: Checkout) -> None:
    """The store has seen what this disk does not have, and an end of day may be among it."""
    shop.tell(e.SequenceSeen(sequence=40))


def comes_from_an_old_state(shop: Checkout) -> None:
    """Kept by a version that did not count."""
    shop.state = replace(shop.state, open_from=None)


@pytest.mark.parametrize(
    "happens", [closes, closes_and_hears_no, closes_and_loses_power, is_an_old_copy, comes_from_an_old_state]
)
def test_what_an_end_of_day_may_have_taken_is_refunded(happens: Callable[[Checkout], None]) -> None:
    shop, sale = bought()
    happens(shop)
    brings_back(shop, sale)
    assert shop.state.payment is not None
    assert shop.state.payment.charge is None


def test_a_charge_counts_by_when_it_was_made_and_not_by_its_sale() -> None:
    """Paid in part, set aside over the end of day, brought back and paid: the first part was handed over, the second
    was not."""
    shop = Checkout(replace(LANE, tenders=("card", "cash"))).tell(e.ItemFound(item=BREAD, count=2), e.PayPressed())
    for amount in (3_290, 3_290):
        if not shop.state.basket.taken:
            shop.tell(e.PartChosen(amount=Money(amount)))
        shop.tell(e.CardChosen())
        name = attempt(shop)
        shop.tell(e.CardReady(attempt=name, baseline="b"))
        shop.tell(e.CardCompleted(attempt=name, record=record(amount), message=1), e.Stored())
        if shop.state.sale is None:
            shop.tell(ALEX, e.BasketSaved())
            shop.tell(e.DayClosed())
            (order,) = shop.of(f.SettleCards)
            shop.tell(e.CardsSettled(job=order.job, done=True, total=Money(3_290)))
            shop.tell(e.BasketRecalled(code=shop.state.parked[0].code), e.StaffSignedOut(), e.PayPressed())
    sale = shop.state.sale
    assert sale is not None
    assert len(sale.tenders) == 2
    shop.tell(e.ReceiptChosen(kind="none"), e.DonePressed())
    brings_back(shop, sale)
    assert shop.state.refund is not None
    assert shop.state.payment is not None
    assert shop.state.payment.charge is None
    shop.tell(e.CardReady(attempt=attempt(shop), baseline="b"))
    shop.tell(e.CardRefunded(attempt=attempt(shop), record=record(3_290), message=1))
    assert shop.state.payment.charge == record(3_290)


# --- a terminal that will not, and one that does not say --------------------------------------------------------------


@pytest.mark.parametrize("how", ["declined", "refused"])
def test_refused_by_the_terminal_the_money_goes_to_the_card(how: str) -> None:
    shop, _ = ordered()
    first = attempt(shop)
    shop.tell(
        e.RefundDeclined(attempt=first, why="declined", detail="B5", message=1)
        if how == "declined"
        else e.CardRefused(attempt=first, why="other_terminal")
    )
    assert shop.state.payment is not None
    assert (shop.state.payment.stage, shop.state.payment.charge) == ("preparing", None)
    assert attempt(shop) != first
    assert shop.state.notice is not None
    assert shop.state.notice.kind == "card_needed"
    shop.tell(e.CardReady(attempt=attempt(shop), baseline="c"))
    assert [order.charge for order in shop.of(f.RefundCard)] == [record(6_580), None]
    shop.tell(e.CardRefunded(attempt=attempt(shop), record=record(6_580), message=2), e.Stored())
    assert [t.reverses for t in of_the_return(shop).tenders] == [UNSET]
    assert [one.data["why"] for one in shop.of(f.PublishEvent) if one.kind == "card.not_reversed"]


@pytest.mark.parametrize(
    "no",
    [
        e.CardRefused(attempt="", why="unreachable"),
        e.RefundDeclined(attempt="", why="cancelled", detail="6C"),
        e.RefundDeclined(attempt="", why="not_given", detail="unchanged"),
    ],
)
def test_what_says_nothing_of_the_charge_is_tried_again_as_it_was(no: e.CardRefused | e.RefundDeclined) -> None:
    shop, _ = ordered()
    shop.tell(replace(no, attempt=attempt(shop)))
    assert shop.state.payment is not None
    assert shop.state.payment.stage == "declined"
    shop.tell(e.ReturnConfirmed())
    assert shop.state.payment.charge == record(6_580)


def test_no_card_is_given_anything_while_a_reversal_is_in_doubt_and_staff_decide() -> None:
    shop, sale = ordered()
    name = attempt(shop)
    shop.tell(e.RefundInDoubt(attempt=name, why="cut"), e.RefundUnknown(attempt=name, evidence="silent"))
    shop.tell(e.RefundDeclined(attempt="k01-000001-9", why="declined"), e.ReturnConfirmed())
    assert [one.charge for one in shop.of(f.EnquireRefund)] == [record(6_580)]
    assert len(shop.of(f.RefundCard)) == 1
    shop.tell(e.RefundSettled(attempt=name, given=True, evidence="0176"), e.Stored())
    (tender,) = of_the_return(shop).tenders
    assert (tender.evidence, tender.reverses) == ("0176", sale.tenders[0].attempt)
    assert [one.amount_minor for one in shop.state.unsettled] == [0]


@pytest.mark.parametrize("stage", ["preparing", "sent", "approved", "doubt", "unknown"])
def test_a_power_cut_never_orders_a_second_time(stage: str) -> None:
    shop, sale = bought()
    brings_back(shop, sale)
    name = attempt(shop)
    told: dict[str, e.Event] = {
        "sent": e.CardReady(attempt=name, baseline="b"),
        "approved": e.RefundApproved(attempt=name, record=record(6_580), message=1),
        "doubt": e.RefundInDoubt(attempt=name, why="cut"),
        "unknown": e.RefundUnknown(attempt=name, evidence="silent"),
    }
    for reached, event in told.items():
        if stage == "preparing":
            break
        shop.tell(event)
        if reached == stage:
            break
    orders = len(shop.of(f.RefundCard))
    shop.effects.clear()
    shop.tell(e.Restarted(lane=LANE, genesis="0" * 64))
    assert shop.of(f.RefundCard) == []
    assert orders == (stage != "preparing")
    assert [one.charge for one in shop.of(f.EnquireRefund)] == [record(6_580)] * (stage != "preparing")
    if stage != "preparing":
        shop.tell(e.CardRefunded(attempt=name, record=record(6_580)), e.Stored())
        assert of_the_return(shop).tenders[0].reverses == sale.tenders[0].attempt
