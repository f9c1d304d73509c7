"""Empties: what is paid out for them is their deposit, its tax goes with it, and nothing else in the books moves."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from shopping import BREAD, LANE, WATER, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.basket import EMPTY
from kiosk.checkout.brought_back import worth
from kiosk.checkout.day_report import DEPOSIT, Counted, day_report
from kiosk.checkout.lane import Lane
from kiosk.checkout.rights import RIGHTS, right_for
from kiosk.checkout.sale import Sale, taxable
from kiosk.values.money import ZERO, Money
from kiosk.values.tax import tax_totals
from kiosk.wire.stock import stock_of

CASHIER = e.StaffSignedIn(staff="u7", name="Alex", role="cashier")
WITH_SLIPS = replace(LANE, slip_begins="KD-")
CAN, BOTTLE, MILK = (
    replace(WATER, gtin=f"keyed/container-{n}", name=name, price=ZERO, deposit=Money(minor), deposit_tax_bp=rate_bp)
    for n, name, minor, rate_bp in ((1, "Can", 25, 1900), (2, "Bottle", 8, 1900), (3, "Milk", 15, 700))
)


def counted(*counts: int, lane: Lane = WITH_SLIPS, seed: str = "") -> Checkout:
    """Cans, bottles and bottles of milk stand on the counter, and are counted."""
    shop = Checkout(lane).tell(e.Restarted(lane=lane, audit_seed=seed), e.PaperChanged(paper="ok"), CASHIER)
    shop.tell(e.ReturnBegan(), e.EmptiesBegan(classes=(CAN, BOTTLE, MILK)))
    return shop.tell(*(e.PieceReturned(line=n, count=count) for n, count in enumerate(counts, start=1)))


def sealed(shop: Checkout) -> Sale:
    (sale,) = [effect.sale for effect in shop.of(f.RecordSale)]
    return sale  # type: ignore[no-any-return]  # a RecordSale's


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(0, 120)] * 3).filter(any), st.integers(0, 5), st.booleans())
def test_the_deposit_goes_out_with_its_tax_and_nothing_else(counts: tuple[int, ...], scanned: int, slip: bool) -> None:
    shop = counted(*counts).tell(*[e.ItemFound(item=WATER)] * scanned)
    before = shop.state.day
    due = sum(n * item.deposit.minor for n, item in zip(counts, (CAN, BOTTLE, MILK), strict=True)) + 100 * scanned
    assert shop.state.refund is not None and worth(shop.state.refund).minor == due
    back = sealed(shop.tell(e.ReturnConfirmed(slip=slip), e.Stored()))
    assert (back.totals.goods_minor, back.totals.due_minor) == (0, -due)
    assert [(t.kind, t.amount_minor) for t in back.tenders] == [("voucher" if slip else "cash", -due)]
    taxed = tax_totals((rate_bp, Money(minor)) for line in back.lines for rate_bp, minor in taxable(line))
    assert [(t.rate_bp, t.net_minor, t.tax_minor) for t in back.totals.tax] == [
        (t.rate_bp, t.net.minor, t.tax.minor) for t in taxed
    ]
    rates = {int(item.deposit_tax_bp or 0) for n, item in zip(counts, (CAN, BOTTLE, MILK), strict=True) if n}
    assert {t.rate_bp for t in back.totals.tax} == rates, "goods that are not there bear no tax"
    assert stock_of(back).movements == ()
    day, pieces = shop.state.day, sum(counts) + scanned
    assert (day.containers, day.containers_minor, day.deposit_minor) == (pieces, due, before.deposit_minor - due)
    assert (day.goods_sold, day.goods_minor, day.returns_minor) == (0, 0, due)
    assert day.cash_minor == before.cash_minor - (0 if slip else due)
    report = day_report(back.business_day, [back])
    assert report.containers == Counted(pieces, due)
    assert report.by_group == {DEPOSIT: Counted(-pieces, -due)}


def test_a_slip_has_a_number_that_nobody_guesses_and_is_printed_with_the_receipt() -> None:
    numbers = set()
    for seed in ("1", "2"):
        shop = counted(1, seed=seed).tell(e.ReturnConfirmed(slip=True), e.Stored())
        back = sealed(shop)
        (printed,) = shop.of(f.PrintDepositSlip)
        assert printed.sale == back
        numbers.add(str(back.tenders[0].slip))
    assert len(numbers) == 2
    assert all(number.startswith("KD-k01-1-") and len(number) == len("KD-k01-1-") + 12 for number in numbers)


def test_a_number_fits_a_scanner_whatever_the_lane_is_called() -> None:
    back = sealed(counted(1, lane=replace(WITH_SLIPS, till="k" * 32)).tell(e.ReturnConfirmed(slip=True), e.Stored()))
    assert len(str(back.tenders[0].slip)) <= 40


def test_a_slip_that_did_not_print_is_kept_and_printed_again_as_the_same() -> None:
    shop = counted(1).tell(e.ReturnConfirmed(slip=True), e.Stored())
    (first,) = shop.of(f.PrintDepositSlip)
    shop.tell(e.ReceiptFailed(job=first.job, why="out of paper"))
    assert any(call.reason == "paper" and call.detail == first.job for call in shop.state.interventions)
    shop.tell(e.ReprintAsked(job=first.job))
    assert shop.of(f.PrintDepositSlip) == [first, first]


def test_without_paper_or_slips_there_is_only_cash() -> None:
    for shop in (counted(1, lane=LANE), counted(1).tell(e.PaperChanged(paper="out"))):
        shop.tell(e.ReturnConfirmed(slip=True))
        assert shop.state.refund is not None and shop.state.refund.stage == "choosing"
        assert sealed(shop.tell(e.ReturnConfirmed(), e.Stored())).tenders[0].kind == "cash"


def test_goods_that_come_back_are_never_paid_with_a_slip() -> None:
    shop = Checkout(WITH_SLIPS).tell(e.PaperChanged(paper="ok"), e.StaffSignedIn(staff="u7", name="A", role="manager"))
    shop.tell(e.ReturnBegan(), e.NoReceipt(), e.ItemFound(item=BREAD), e.PieceReturned(line=1, count=1, reason="other"))
    shop.tell(e.ReturnConfirmed(slip=True), e.Stored())
    assert shop.of(f.RecordSale) == []


def test_an_operator_of_the_machine_pays_out_nothing() -> None:
    shop = Checkout().tell(e.StaffSignedIn(staff="u9", name="Olle", role="operator"), e.ReturnBegan())
    shop.tell(e.EmptiesBegan(classes=(CAN,)))
    assert shop.state.refund is None
    needed = right_for(e.EmptiesBegan(), EMPTY, LANE.staff_limits)
    assert needed is not None and RIGHTS["assist"] == RIGHTS[needed]


def test_a_shop_that_takes_no_empties_takes_none() -> None:
    shop = Checkout(replace(LANE, containers_most_minor=0)).tell(CASHIER, e.ReturnBegan())
    shop.tell(e.EmptiesBegan(classes=(CAN,)))
    assert shop.state.refund is not None and shop.state.refund.stage == "finding"


def test_who_practises_gives_nobody_a_slip() -> None:
    shop = Checkout(WITH_SLIPS).tell(e.PaperChanged(paper="ok"), replace(CASHIER, role="manager"), e.TrainingBegan())
    shop.tell(e.ReturnBegan(), e.EmptiesBegan(classes=(CAN,)), e.PieceReturned(line=1, count=3))
    shop.tell(e.ReturnConfirmed(slip=True), e.Stored())
    assert shop.state.day.containers == 0 and shop.state.day.training == 1
    assert [effect.sale.training for effect in shop.of(f.PrintReceipt)] == [True]
    assert shop.of(f.PrintDepositSlip) == shop.of(f.RecordSale) == []


def test_what_is_paid_out_is_written_down_with_who_did_it() -> None:
    shop = counted(12).tell(e.ReturnConfirmed(), e.Stored())
    (told,) = [effect.data for effect in shop.of(f.PublishEvent) if effect.kind == "return.confirmed"]
    assert told == {"by": "u7", "amount_minor": 300, "proof": "containers", "cash": False, "containers": 12}
    assert [(note.reason, note.by) for note in sealed(shop).interventions] == [("return", "u7")]
