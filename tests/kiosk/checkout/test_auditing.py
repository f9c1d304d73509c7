"""Audits: who is looked at and who is not, what a look finds, and that it never sells anything by itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from shopping import BREAD, LANE, WATER, WINE, Checkout, record

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.audit import is_called
from kiosk.checkout.auditing import missing
from kiosk.checkout.drawing_lots import is_drawn, period_secret
from kiosk.checkout.item import Item, Label
from kiosk.checkout.lane import AuditRule, BaggingLimits
from kiosk.checkout.pricing import due
from kiosk.checkout.proving_lots import Proof, periods, prove
from kiosk.checkout.sale import Lot, Sale
from kiosk.values.moment import Moment
from kiosk.values.money import Money
from kiosk.values.quantity import Weight

SEED = "5" * 64
ALEX = e.StaffSignedIn(staff="u7", name="Alex", role="cashier")
ALWAYS = AuditRule(rate_permille=1_000, partial_items=2)


class Audited(Checkout):
    """A lane with lots, on a day that can be another."""

    def __init__(self, rule: AuditRule, **more: Any) -> None:
        self.day = "2026-11-24"
        super().__init__(replace(LANE, audit=rule, tenders=("card", "cash"), **more))
        self.tell(e.Restarted(lane=self.state.lane, audit_seed=SEED))

    def now(self) -> Moment:
        return replace(super().now(), day=self.day)

    def buy(self, *items: Item) -> "Audited":
        self.tell(*(e.ItemFound(item=item) for item in items), e.PayPressed())
        return self

    def reports(self, kind: str) -> list[dict[str, Any]]:
        return [dict(effect.data) for effect in self.of(f.PublishEvent) if effect.kind == kind]

    def sales(self) -> list[Sale]:
        return [effect.sale for effect in self.of(f.RecordSale)]

    def proofs(self) -> list[Proof]:
        reports = [(effect.kind, effect.data) for effect in self.of(f.PublishEvent)]
        return [prove(period) for period in periods("s001", "k01", reports, self.sales())]

    def leave(self) -> "Audited":
        self.tell(e.ShoppingStopped())
        return self

    def pay(self) -> "Audited":
        self.tell(e.StaffSignedOut(), e.PayPressed(), e.CardChosen())
        assert self.state.payment is not None
        attempt, charged = self.state.payment.attempt, record(self.state.payment.amount.minor)
        self.tell(
            e.CardReady(attempt=attempt, baseline="{}"), e.CardCompleted(attempt=attempt, record=charged, message=2)
        )
        self.tell(e.Stored())
        self.tell(e.ReceiptChosen(kind="none"), e.DonePressed())
        return self


def scans(*items: Item) -> tuple[e.Event, ...]:
    return tuple(e.ItemFound(item=item) for item in items)


def test_only_paying_waits_and_whoever_is_looked_at_pays_what_they_would_have() -> None:
    shop = Audited(ALWAYS).buy(BREAD, WATER)
    assert is_called(shop.state) and shop.state.phase.value == "scanning"
    shop.tell(e.ItemFound(item=BREAD), ALEX, e.AuditBegan(), *scans(BREAD, WATER))
    assert not is_called(shop.state) and len(shop.state.basket.lines) == 3
    (sale,) = shop.pay().sales()
    assert sale.lot == Lot("k01", 1, 1, "random", "passed") and sale.totals.due_minor == 2 * 3290 + 1290
    (told,) = shop.reports("audit.result")
    assert (told["by"], told["visit"], told["scanned"], told["result"]) == ("u7", 1, 2, "passed")


def test_one_that_is_in_no_line_makes_it_all_of_them_and_staff_add_it_or_do_not() -> None:
    for add, result in ((True, "added"), (False, "differs")):
        shop = Audited(ALWAYS).buy(BREAD, BREAD)
        shop.tell(ALEX, e.AuditBegan(), *scans(BREAD, WATER))
        assert shop.state.look is not None and shop.state.look.stage == "full"
        shop.tell(e.ItemFound(item=BREAD))
        assert not missing(shop.state)
        shop.tell(e.AuditFinished(add=add))
        (told,) = shop.reports("audit.result")
        assert told["result"] == result and told["extra"] == [{"gtin": WATER.gtin, "price_minor": 1190}]
        assert due(shop.state.basket).minor == 2 * 3290 + 1290 * add


def test_what_is_in_a_line_and_not_in_the_bag_is_reported_and_can_be_taken_out() -> None:
    shop = Audited(ALWAYS).buy(BREAD, WATER)
    shop.tell(ALEX, e.AuditBegan(), e.AuditWidened(), e.ItemFound(item=BREAD))
    assert missing(shop.state) == {WATER.gtin: 1}
    kept = Audited(ALWAYS).buy(BREAD, WATER)
    kept.tell(ALEX, e.AuditBegan(), e.AuditWidened(), e.ItemFound(item=BREAD), e.AuditFinished(add=False))
    (told,) = kept.reports("audit.result")
    assert told["result"] == "differs" and told["missing"] == [{"gtin": WATER.gtin, "count": 1}]
    shop.tell(e.LineRemoved(line=2, reason="other"), e.AuditFinished(add=False))
    (told,) = shop.reports("audit.result")
    assert told["result"] == "passed" and due(shop.state.basket).minor == 3290


@pytest.mark.parametrize(
    "odd",
    [
        replace(BREAD, gtin="1", blocked=True),
        replace(BREAD, gtin="2", sold_by="kg"),
        replace(BREAD, gtin="3", open_price=True, price=Money(0)),
    ],
)
def test_what_cannot_be_added_is_not_said_to_be(odd: Item) -> None:
    """A blocked one, one that is to be weighed and one without a price: the look stays open, with what is left."""
    shop = Audited(ALWAYS).buy(BREAD)
    shop.tell(ALEX, e.AuditBegan(), *scans(odd, WATER), e.AuditFinished(add=True))
    assert shop.state.look is not None and [one.item for one in shop.state.look.extra] == [odd]
    assert shop.state.notice is not None and shop.state.notice.kind == "audit_left"
    assert [line.item for line in shop.state.basket.lines] == [BREAD, WATER] and shop.state.weighing is None
    shop.tell(e.AuditFinished(add=False))
    assert [told["result"] for told in shop.reports("audit.result")] == ["differs"]


def test_a_recalled_batch_is_not_sold_by_a_look_and_an_age_is_still_asked() -> None:
    shop = Audited(ALWAYS).buy(BREAD)
    bad = e.ItemFound(item=WATER, label=Label(recalled=True))
    shop.tell(ALEX, e.AuditBegan(), bad, e.ItemFound(item=WINE), e.AuditFinished(add=True), e.AuditFinished(add=False))
    assert [line.item.name for line in shop.state.basket.lines] == ["Rye bread", "Wine"]
    assert any(call.reason == "age" for call in shop.state.interventions)


def test_a_look_survives_the_power_and_the_one_who_looks_may_be_another() -> None:
    shop = Audited(ALWAYS).buy(BREAD)
    shop.tell(ALEX, e.AuditBegan(), e.ItemFound(item=WATER))
    shop.tell(e.Restarted(lane=shop.state.lane, audit_seed="6" * 64))
    assert is_called(shop.state) and shop.state.staff is None
    shop.tell(replace(ALEX, staff="u8"), e.AuditBegan(), e.AuditFinished(add=True))
    (told,) = shop.reports("audit.result")
    assert told["by"] == "u8" and told["result"] == "added"
    assert shop.state.audit_seed == SEED


def test_starting_again_does_not_get_anybody_out_of_it() -> None:
    """The lot of one who leaves is the next one's, and of nobody after a look."""
    rule = AuditRule(rate_permille=200, partial_items=1)
    secret = period_secret(SEED, 1)
    first = next(
        n for n in range(1, 200) if is_drawn(secret, n, 200) and not any(is_drawn(secret, n + m, 200) for m in (1, 2))
    )
    shop = Audited(rule)
    for _ in range(first):
        shop.buy(BREAD)
        called = is_called(shop.state)
        if called and shop.state.basket.lot and shop.state.basket.lot.visit < first:
            shop.tell(ALEX, e.AuditSkipped(reason="busy"), e.StaffSignedOut())
        shop.leave()
    assert called
    shop.buy(BREAD)
    assert shop.state.basket.lot == Lot("k01", 1, first + 1, "carried")
    shop.tell(ALEX, e.AuditBegan(), e.ItemFound(item=BREAD))
    shop.pay()
    shop.buy(BREAD)
    assert not is_called(shop.state) and shop.state.basket.lot == Lot("k01", 1, first + 2)


def test_a_basket_that_is_set_aside_keeps_its_own() -> None:
    shop = Audited(ALWAYS).buy(BREAD)
    shop.tell(e.BasketSaved())
    (kept,) = shop.state.parked
    shop.tell(ALEX, e.BasketRecalled(code=kept.code), e.StaffSignedOut(), e.PayPressed())
    assert is_called(shop.state) and shop.state.basket.lot == Lot("k01", 1, 1, "random")


def test_who_is_served_is_not_looked_at_and_their_lot_stays_owed() -> None:
    shop = Audited(replace(ALWAYS, rate_permille=1_000)).buy(BREAD)
    assert is_called(shop.state)
    shop.tell(ALEX, e.AssistedBegan())
    assert not is_called(shop.state) and shop.state.audit_day.owed
    shop.tell(e.CardChosen())
    assert shop.state.payment is not None


def test_unless_the_shop_wants_it() -> None:
    shop = Audited(replace(ALWAYS, assisted=True))
    shop.tell(ALEX, e.AssistedBegan(), e.ItemFound(item=BREAD), e.CardChosen())
    assert is_called(shop.state) and shop.state.payment is None


def test_dear_baskets_and_odd_ones_without_a_scale_but_only_so_many_an_hour() -> None:
    rule = AuditRule(value_over_minor=3_000, risk_over=1, most_per_hour=2)
    shop = Audited(rule).buy(WATER)
    assert shop.state.phase.value != "scanning"
    shop.leave().buy(BREAD)
    assert is_called(shop.state) and shop.state.basket.lot is not None and shop.state.basket.lot.why == "value"
    shop.leave().tell(*scans(WATER, BREAD), e.LineVoided(line=2), e.ItemUnknown(text="?"), e.PayPressed())
    assert is_called(shop.state) and shop.state.basket.lot is not None and shop.state.basket.lot.why == "risk"
    shop.leave().buy(BREAD)
    assert not is_called(shop.state)
    shop.leave()
    shop.tick_ms += 3_600_000
    assert is_called(shop.buy(BREAD).state)


@pytest.mark.parametrize("lost", [False, True])
def test_a_bagging_scale_does_not_need_the_oddities_while_it_answers(lost: bool) -> None:
    shop = Audited(AuditRule(risk_over=1), bagging=BaggingLimits())
    shop.tell(*scans(WATER, BREAD), e.LineVoided(line=2), e.ItemUnknown(text="?"))
    shop.tell(*([e.DeviceLost(device="bagging_scale")] if lost else []), e.PayPressed())
    assert is_called(shop.state) is lost


@pytest.mark.parametrize(("own_bags", "skips", "looked_at"), [(1, 0, False), (2, 0, True), (0, 2, True), (1, 1, True)])
def test_what_a_bagging_scale_does_not_see_counts_beside_one(own_bags: int, skips: int, looked_at: bool) -> None:
    shop = Audited(AuditRule(risk_over=1), bagging=BaggingLimits())
    loaf = replace(BREAD, weight_g=510)
    shop.tell(e.BagWeightSeen(weight=Weight(0)), e.ItemFound(item=loaf), e.BagWeightSeen(weight=Weight(510)))
    for number in range(own_bags):
        shop.tell(e.BagWeightSeen(weight=Weight(510 + 300 * (number + 1))), e.OwnBagPlaced())
    for _ in range(skips):
        shop.tell(e.ItemFound(item=loaf), e.BaggingSkipped())
    assert is_called(shop.tell(e.PayPressed()).state) is looked_at


def test_the_secret_is_committed_to_before_the_first_visit_and_shown_when_the_day_is_over_and_all_is_proved() -> None:
    shop = Audited(replace(ALWAYS, rate_permille=500, partial_items=1))
    (before,) = shop.reports("audit.committed")
    assert (before["period"], before["rate_permille"]) == (1, 500) and not shop.reports("audit.revealed")
    for n in range(8):
        shop.buy(BREAD)
        if is_called(shop.state) and n % 3:
            shop.tell(ALEX, e.AuditBegan(), e.ItemFound(item=BREAD))
        if is_called(shop.state) or n == 5:
            shop.leave()
        else:
            shop.tell(e.BackPressed())
            shop.pay()
    (open_,) = shop.proofs()
    assert not open_.is_over and not open_.drawn
    shop.day = "2026-11-25"
    shop.tell(e.TimePassed())
    assert len(shop.reports("audit.committed")) == 2 and len(shop.reports("audit.revealed")) == 1
    (proof, _) = shop.proofs()
    assert proof.is_over and proof.problem == "" and proof.visits == 8 and proof.drawn


def test_a_clock_that_goes_back_does_not_bring_back_a_secret_that_was_shown() -> None:
    shop = Audited(ALWAYS)
    for day in ("2026-11-25", "2026-11-24"):
        shop.day = day
        shop.tell(e.TimePassed())
    shown = {told["secret"] for told in shop.reports("audit.revealed")}
    assert [told["period"] for told in shop.reports("audit.committed")] == [1, 2, 3]
    assert period_secret(SEED, 3) not in shown and len(shown) == 2


def _proved(change: Any = None, secret: str = "") -> str:
    """What the proof says of three visits that were all drawn and looked at, after somebody has changed one."""
    shop = Audited(replace(ALWAYS, partial_items=1))
    for _ in range(3):
        shop.buy(BREAD).tell(ALEX, e.AuditBegan(), e.ItemFound(item=BREAD))
        shop.pay()
    shop.day = "2026-11-25"
    shop.tell(e.TimePassed())
    reports = [(effect.kind, {**effect.data, **({"secret": secret} if secret and "secret" in effect.data else {})})
               for effect in shop.of(f.PublishEvent)]  # fmt: skip
    first, *rest = shop.sales()
    assert isinstance(first.lot, Lot)
    sales = [replace(first, lot=replace(first.lot, **change)) if change else first, *rest]
    return prove(next(iter(periods("s001", "k01", reports, sales)))).problem


def test_the_proof_names_the_first_thing_that_is_wrong() -> None:
    assert _proved() == ""
    assert _proved(secret="6" * 64) == "the secret is not the one that was committed to"
    assert "visit 1 was drawn, and is said not to be" in _proved({"why": ""})
    assert "visit 1 was to be looked at, and paid without" in _proved({"result": ""})
    assert "visit 2 stands in two sales" in _proved({"visit": 2})


def test_a_look_by_chance_that_was_not_drawn_is_named_and_so_is_a_lot_that_nobody_carried() -> None:
    rule = AuditRule(rate_permille=200, partial_items=1)
    shop = Audited(rule)
    secret = period_secret(SEED, 1)
    drawn = next(n for n in range(1, 200) if is_drawn(secret, n, 200) and not is_drawn(secret, n + 1, 200))
    shop.buy(BREAD)
    shop.tell(e.ShoppingStopped())
    (void,) = shop.sales()
    shop.day = "2026-11-25"
    shop.tell(e.TimePassed())
    reports = [(effect.kind, effect.data) for effect in shop.of(f.PublishEvent)]

    def said(lot: Lot) -> str:
        return prove(next(iter(periods("s001", "k01", reports, [replace(void, kind="sale", lot=lot)])))).problem

    assert "was not drawn, and is said to be" in said(Lot("k01", 1, drawn + 1, "random", "passed"))
    assert "should have carried the lot of one before" in said(Lot("k01", 1, drawn + 1))
    assert said(Lot("k01", 1, drawn + 1, "carried", "passed")) == ""


_THINGS = st.sampled_from([BREAD, WATER, WINE, replace(BREAD, gtin="9", max_quantity=1)])
_ACTS = st.one_of(
    st.builds(e.ItemFound, item=_THINGS, count=st.integers(1, 3)),
    st.sampled_from([e.AuditBegan(), e.AuditWidened(), e.AuditFinished(add=False), e.AuditSkipped(reason="busy"),
                     e.ItemUnknown(text="?"), e.Touched(), e.Restarted(lane=replace(LANE, audit=ALWAYS)), ALEX]),
)  # fmt: skip


@given(st.lists(_THINGS, min_size=1, max_size=5), st.lists(_ACTS, max_size=12))
def test_a_look_changes_nothing_in_a_basket_unless_staff_add(items: list[Item], acts: list[Any]) -> None:
    """Whatever is scanned while staff look is compared, and not sold."""
    shop = Audited(ALWAYS)
    shop.tell(*scans(*items), ALEX, e.AgeApproved(), e.PayPressed(), e.AuditBegan())
    before = shop.state.basket
    for act in acts:
        if shop.state.look is None or (shop.state.staff is None and isinstance(act, e.ItemFound)):
            continue
        shop.tell(act)
    after = shop.state.basket
    assert after.lines == before.lines and due(after) == due(before)
