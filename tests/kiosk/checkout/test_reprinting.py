"""A copy of any sale is printed from the store's books, by staff and headed as a copy."""

from shopping import BREAD, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.effects import PrintReceipt, PublishEvent
from kiosk.checkout.questions import SaleAnswer
from kiosk.checkout.sale import Sale

ALEX = e.StaffSignedIn(staff="u7", name="Alex", role="cashier")


def found() -> tuple[Checkout, Sale]:
    """Staff have found a sale."""
    shop = Checkout().tell(e.ItemFound(item=BREAD)).pay_card()
    sale = shop.state.sale
    assert sale is not None
    shop.tell(e.ReceiptChosen(kind="none"), e.DonePressed(), ALEX, e.ReturnBegan(), e.ReceiptShown(find=sale.key))
    return hears(shop, SaleAnswer(state="ok", sale=sale)), sale


def hears(shop: Checkout, answer: SaleAnswer) -> Checkout:
    (asked,) = shop.state.asked
    return shop.tell(e.QuestionAnswered(id=asked.id, answer=answer))


def test_the_whole_sale_is_printed_as_a_copy_and_nothing_comes_back() -> None:
    shop, sale = found()
    hears(shop.tell(e.CopyAsked()), SaleAnswer(state="ok", sale=sale))
    (printed,) = shop.of(PrintReceipt)
    assert printed.copy
    assert printed.sale == sale
    reports = [each.data for each in shop.of(PublishEvent) if each.kind == "receipt.copied"]
    assert reports == [{"by": "u7", "sale": sale.key}]
    assert shop.state.refund is not None
    assert shop.state.refund.stage == "choosing"
    assert shop.state.day.copies == 1


def test_without_printer_or_store_staff_hear_so() -> None:
    shop, _ = found()
    shop.tell(e.PaperChanged(paper="out"), e.CopyAsked())
    assert shop.state.asked == ()
    assert shop.state.notice is not None
    assert shop.state.notice.kind == "not_printed"
    shop.tell(e.PaperChanged(paper="ok"), e.CopyAsked())
    (asked,) = shop.state.asked
    shop.tell(e.QuestionUnanswered(id=asked.id, why="away"))
    assert shop.state.notice.kind == "store_away"
    assert shop.of(PrintReceipt) == []


def test_a_copy_that_failed_waits_for_staff() -> None:
    shop, sale = found()
    hears(shop.tell(e.CopyAsked()), SaleAnswer(state="ok", sale=sale))
    (printed,) = shop.of(PrintReceipt)
    shop.tell(e.ReceiptFailed(job=printed.job, why="jam"), e.ReprintAsked(job=printed.job))
    assert [each.copy for each in shop.of(PrintReceipt)] == [True, True]


def test_nobody_signed_in_prints_nothing() -> None:
    shop, _ = found()
    shop.tell(e.StaffSignedOut(), e.CopyAsked())
    assert shop.state.asked == ()
