"""Whatever comes back in whatever order: nothing is left of the sale, no tender gets more than it paid."""

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from shopping import BREAD, LANE, WATER, WINE, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.brought_back import brought, left_of, pieces, ways, worth
from kiosk.checkout.effects import RecordSale
from kiosk.checkout.questions import LineUnits
from kiosk.checkout.refund import Chosen, Refund
from kiosk.checkout.sale import Sale, Tender
from kiosk.values.money import Money

_COUNTS = st.tuples(st.integers(1, 7), st.integers(1, 7), st.integers(1, 3))


def sold(counts: tuple[int, ...], off_bp: int, card: int, gift: int) -> Sale:
    """Three things, with a discount by staff on all; paid by card, gift card and, what is left, cash."""
    shop = Checkout().tell(e.StaffSignedIn(staff="u7", name="Alex", role="manager"))
    shop.tell(
        *(e.ItemFound(item=i, count=n) for i, n in zip((BREAD, WATER, replace(WINE, age_limit=0)), counts, strict=True))
    )
    if off_bp:
        shop.tell(e.DiscountGiven(line=0, reason="other", percent_bp=off_bp))
    (sale,) = [effect.sale for effect in shop.pay_card().of(RecordSale)]
    due = sale.totals.due_minor
    card, gift = min(card, due), min(gift, due - min(card, due))
    kinds = (("cash", due - card - gift), ("gift_card", gift), ("card", card))
    paid = tuple(Tender(kind, minor, f"{kind}-1", None) for kind, minor in kinds if minor)
    return replace(sale, tenders=paid)


@settings(max_examples=80, deadline=None)
@given(
    _COUNTS, st.sampled_from([0, 0, 333, 1_000, 5_001]), st.integers(0, 40_000), st.integers(0, 20_000), st.integers()
)
def test_all_returns_of_a_sale_together_leave_nothing_of_it(
    counts: tuple[int, ...], off_bp: int, card: int, gift: int, seed: int
) -> None:
    """Per line, rate and tender, to the minor unit."""
    sale, chance = sold(counts, off_bp, card, gift), Random(seed)
    gone: dict[int, list[int]] = {line.line: [] for line in sale.lines}
    back: Counter[str] = Counter()
    while any(len(gone[line.line]) < line.count for line in sale.lines):
        open_ = Refund(0, stage="choosing", sale=sale, gone=_units(gone))
        chosen = tuple(Chosen(line.line, chance.randint(0, left_of(open_, line)), "other") for line in sale.lines)
        refund = replace(open_, chosen=tuple(one for one in chosen if one.count))
        assert sum(way.amount.minor for way in ways(refund)) == worth(refund).minor
        back.update({way.kind: way.amount.minor for way in ways(refund)})
        for line in brought(refund).lines:
            back[f"line {line.name}"] -= line.amount_minor + sum(d.amount_minor for d in line.discounts)
            back["deposit"] -= line.deposit_minor
        for rate in brought(refund).totals.tax:
            back[f"tax {rate.rate_bp}"] -= rate.tax_minor
            back[f"net {rate.rate_bp}"] -= rate.net_minor
        for one in pieces(refund):
            gone[one.line].extend(one.units)
    assert +back == +_of(sale)


def _units(gone: dict[int, list[int]]) -> tuple[LineUnits, ...]:
    return tuple(LineUnits(line, tuple(units)) for line, units in gone.items() if units)


def _of(sale: Sale) -> Counter[str]:
    all_: Counter[str] = Counter({tender.kind: tender.amount_minor for tender in sale.tenders})
    for line in sale.lines:
        all_[f"line {line.name}"] += line.amount_minor + sum(d.amount_minor for d in line.discounts)
        all_["deposit"] += line.deposit_minor
    for rate in sale.totals.tax:
        all_[f"tax {rate.rate_bp}"], all_[f"net {rate.rate_bp}"] = rate.tax_minor, rate.net_minor
    return all_


def test_a_card_is_paid_back_first_and_what_nobody_can_pay_back_by_hand_in_cash() -> None:
    sale = replace(
        sold((1, 1, 1), 0, 0, 0),
        tenders=(Tender("cash", 2_000, "c", None), Tender("qr", 3_000, "q", None), Tender("card", 6_470, "k", None)),
    )
    refund = Refund(0, stage="choosing", sale=sale, chosen=(Chosen(3, 1, "other"), Chosen(2, 1, "other")))
    assert worth(refund) == Money(8_280)
    assert [(way.kind, way.amount.minor) for way in ways(refund)] == [("card", 6_470), ("cash", 1_810)]
    assert [(way.kind, way.amount.minor) for way in ways(refund, in_cash=True)] == [("cash", 8_280)]


def test_goods_without_a_receipt_are_worth_todays_price_their_deposit_and_their_tax() -> None:
    shop = Checkout().tell(e.StaffSignedIn(staff="u7", name="Alex", role="manager"), e.ReturnBegan(), e.NoReceipt())
    shop.tell(e.ItemFound(item=WATER), e.ItemFound(item=WATER), e.ItemFound(item=BREAD))
    assert shop.state.refund is not None
    found = brought(shop.state.refund)
    assert [(line.count, line.amount_minor, line.deposit_minor) for line in found.lines] == [
        (2, -2_380, -200),
        (1, -3_290, 0),
    ]
    assert found.totals.due_minor == -5_870
    assert sum(rate.net_minor + rate.tax_minor for rate in found.totals.tax) == found.totals.goods_minor
    assert LANE.staff_limits.unproved_refund_minor >= worth(shop.state.refund).minor
