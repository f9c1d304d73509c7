"""Signatures: an unbroken chain is right, and everything that somebody might do to it is found."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout, record

from kiosk.checkout import events as e
from kiosk.checkout.effects import RecordSale, SignSale
from kiosk.checkout.sale import FiscalMark, Sale
from kiosk.checkout.signing import signature_faults, signatures_of


def holds(text: str, signature: str) -> bool:
    return signature == f"<{text}>"


class Signed(Checkout):
    """A lane that signs; the test is the signer."""

    def __init__(self) -> None:
        super().__init__()
        self.tell(e.Restarted(lane=replace(LANE, signer="test"), genesis="5eed"))

    def sell(self) -> None:
        """Up to the receipt; nothing is signed yet."""
        self.tell(e.ItemFound(item=BREAD))
        self.tell(e.PayPressed())
        payment = self.state.payment
        assert payment is not None
        self.tell(e.CardReady(attempt=payment.attempt, baseline="b"))
        charge = record(payment.amount.minor)
        self.tell(e.CardApproved(attempt=payment.attempt, record=charge))
        self.tell(e.CardCompleted(attempt=payment.attempt, record=charge))
        self.tell(e.Stored())

    def orders(self) -> list[SignSale]:
        return [effect for effect in self.effects if isinstance(effect, SignSale)]

    def sign(self, order: SignSale | None = None) -> None:
        order = order or self.orders()[-1]
        day, time = "2026-11-25", "10:00:00"
        request = order.request
        text = f"{order.previous or '0'};{day};{time};{request.number};{request.amount_minor / 100:.2f}"
        text += f";{request.net_minor / 100:.2f}"
        self.tell(e.SaleSigned(number=request.number, date=day, time=time, signature=f"<{text}>", key="1"))

    def sales(self) -> list[Sale]:
        return [effect.sale for effect in self.effects if isinstance(effect, RecordSale)]

    def leave(self) -> None:
        self.tell(e.ReceiptChosen(kind="none"))
        self.tell(e.DonePressed())


@pytest.fixture
def three() -> list[Sale]:
    lane = Signed()
    for _ in range(3):
        lane.sell()
        lane.sign()
        lane.leave()
    return lane.sales()


def test_a_whole_chain_is_right(three: list[Sale]) -> None:
    assert len(signatures_of(three)) == 3
    assert list(signature_faults(three, holds)) == []


def forged(sale: Sale, **changes: object) -> Sale:
    assert isinstance(sale.fiscal, FiscalMark)
    return replace(sale, fiscal=replace(sale.fiscal, **changes))


@pytest.mark.parametrize(
    "forge",
    [
        lambda sales: [sales[0], sales[2]],
        lambda sales: [sales[1], sales[0], sales[2]],
        lambda sales: [sales[0], replace(sales[1], totals=replace(sales[1].totals, due_minor=1)), sales[2]],
        lambda sales: [sales[0], forged(sales[1], time="10:00:01"), sales[2]],
        lambda sales: [sales[0], forged(sales[1], signature=""), sales[2]],
        lambda sales: [sales[0], sales[1], forged(sales[2], number=4)],
    ],
)
def test_whatever_is_changed_is_found(forge: Callable[[list[Sale]], list[Sale]], three: list[Sale]) -> None:
    assert list(signature_faults(forge(three), holds))


def test_nothing_is_sealed_before_it_is_signed_and_nothing_twice() -> None:
    lane = Signed()
    lane.sell()
    assert lane.sales() == []
    lane.sign()
    lane.sign()
    assert len(lane.sales()) == 1


def test_after_a_cut_the_same_number_is_asked_for_again() -> None:
    lane = Signed()
    lane.sell()
    lane.tell(e.Restarted(lane=lane.state.lane))
    first, again = lane.orders()
    assert first == again


def test_what_is_owed_is_signed_in_order_and_rides_in_the_next_sale() -> None:
    lane = Signed()
    lane.sell()
    lane.tell(e.SignerFailed(number=1, why="out of order"))
    lane.leave()
    lane.sell()
    assert [owed.number for owed in lane.state.signatures.owed] == [1, 2]
    assert len(lane.orders()) == 1, "a signer that owes a signature is not asked for a newer one"
    lane.leave()
    lane.tick_ms += 60_000
    lane.tell(e.TimePassed())
    lane.sign()
    lane.sign()
    assert lane.state.signatures.owed == ()
    lane.sell()
    lane.sign()
    assert list(signature_faults(lane.sales(), holds)) == []
    assert [len(s.fiscal.late) for s in lane.sales() if isinstance(s.fiscal, FiscalMark)] == [0, 0, 2]


def test_an_answer_that_comes_after_the_outage_is_not_lost() -> None:
    lane = Signed()
    lane.sell()
    lane.tick_ms += 6_000
    lane.tell(e.TimePassed())
    assert len(lane.sales()) == 1 and len(lane.state.signatures.owed) == 1
    lane.sign(lane.orders()[0])
    assert lane.state.signatures.owed == () and len(lane.state.signatures.late) == 1
