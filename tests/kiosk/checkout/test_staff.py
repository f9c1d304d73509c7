"""Staff: rights, the second person, badges, and what they change in a basket."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from shopping import BREAD, LANE, WATER, WINE, Checkout

from kiosk.checkout import events as e
from kiosk.checkout.basket import Basket, Line, Markdown
from kiosk.checkout.effects import OpenDrawer
from kiosk.checkout.lane import GroupLimit, StaffLimits
from kiosk.checkout.markdown import markdowns
from kiosk.checkout.pricing import due, totals
from kiosk.checkout.rights import RIGHTS, least, may, right_for
from kiosk.values.money import Money, total

ANNA = e.StaffSignedIn(staff="u1", name="Anna", role="supervisor")
BO = e.StaffSignedIn(staff="u2", name="Bo", role="cashier")


def test_who_stands_higher_may_do_what_is_done_below() -> None:
    for right, roles in RIGHTS.items():
        assert "supervisor" not in roles or "manager" in roles, right
        assert "cashier" not in roles or "supervisor" in roles, right


@pytest.mark.parametrize(
    ("act", "right"),
    [
        (e.PriceChanged(line=1, price=Money(2632), reason="damaged"), "line"),
        (e.PriceChanged(line=1, price=Money(2631), reason="damaged"), "large_line"),
        (e.PriceChanged(line=1, price=Money(9999), reason="damaged"), "line"),
        (e.DiscountGiven(line=1, percent_bp=2000, reason="damaged"), "line"),
        (e.DiscountGiven(line=1, percent_bp=2001, reason="damaged"), "large_line"),
        (e.DiscountGiven(line=0, amount=Money(658), reason="damaged"), "line"),
        (e.DiscountGiven(line=0, amount=Money(659), reason="damaged"), "large_line"),
        (e.LineRemoved(line=1, reason="other"), "line"),
        (e.PayPressed(), None),
    ],
)
def test_the_larger_the_act_the_higher_the_right(act: e.Event, right: str | None) -> None:
    assert right_for(act, Basket(lines=(Line(1, BREAD),)), StaffLimits()) == right


def test_a_second_person_does_it_and_the_first_stays() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), BO, e.DrawerAsked())
    assert shop.of(OpenDrawer) == []
    shop.tell(BO)
    assert shop.state.notice is not None and shop.state.notice.kind == "no_right"
    shop.tell(ANNA)
    assert len(shop.of(OpenDrawer)) == 1
    assert shop.state.staff is not None and shop.state.staff.id == "u2"
    assert shop.state.approval is None


def test_what_waits_is_gone_with_the_one_who_asked() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), BO, e.DrawerAsked(), e.StaffSignedOut(), ANNA)
    assert shop.of(OpenDrawer) == []
    assert shop.state.staff is not None and shop.state.staff.id == "u1"


def test_an_act_waits_over_no_change_of_phase() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), BO, e.DrawerAsked(), e.PayPressed(), ANNA)
    assert shop.of(OpenDrawer) == []


def test_a_pin_without_its_badge_is_refused_where_the_shop_wants_both() -> None:
    shop = Checkout()
    lane = replace(LANE, staff_limits=StaffLimits(badge_needed=True))
    shop.tell(e.Restarted(lane=lane), ANNA)
    assert shop.state.staff is None
    shop.tell(e.BadgeShown(staff="u2", name="Bo"), ANNA)
    assert shop.state.staff is None
    shop.tell(e.BadgeShown(staff="u1", name="Anna"), ANNA)
    assert shop.state.staff is not None and shop.state.badge is None


def test_a_pin_without_a_number_or_its_badge_is_refused_where_the_shop_wants_numbers() -> None:
    shop = Checkout()
    lane = replace(LANE, staff_limits=StaffLimits(number_needed=True))
    shop.tell(e.Restarted(lane=lane), ANNA, e.BadgeShown(staff="u2", name="Bo"), ANNA)
    assert shop.state.staff is None
    shop.tell(replace(ANNA, numbered=True))
    assert shop.state.staff is not None
    shop.tell(e.StaffSignedOut(), e.BadgeShown(staff="u1", name="Anna"), ANNA)
    assert shop.state.staff is not None


def test_a_badge_is_forgotten() -> None:
    shop = Checkout().tell(e.BadgeShown(staff="u2", name="Bo")).wait(LANE.time_outs.staff_ms)
    assert shop.state.badge is None


def test_another_price_is_the_lines_own_and_noted() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), ANNA, e.PriceChanged(line=1, price=Money(0), reason="damaged"))
    shop.tell(e.ItemFound(item=BREAD))
    assert [line.item.price.minor for line in shop.state.basket.lines] == [0, 3290]
    assert shop.state.basket.cleared[-1].evidence == "9520000000011: 3290 -> 0; damaged"


@pytest.mark.parametrize(
    "nonsense",
    [
        e.PriceChanged(line=1, price=Money(-1), reason="other"),
        e.PriceChanged(line=1, price=Money(10**9), reason="other"),
        e.PriceChanged(line=7, price=Money(1), reason="other"),
        e.DiscountGiven(line=1, percent_bp=10_001, reason="other"),
        e.DiscountGiven(line=1, percent_bp=-1, reason="other"),
        e.DiscountGiven(line=1, percent_bp=100, amount=Money(1), reason="other"),
        e.DiscountGiven(line=7, percent_bp=100, reason="other"),
        e.LineRemoved(line=7, reason="other"),
    ],
)
def test_nonsense_changes_nothing(nonsense: e.Event) -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), ANNA)
    before = shop.state.basket
    assert shop.tell(nonsense).state.basket == before


def test_a_discount_takes_the_place_of_the_one_before_and_can_be_taken_back() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD, count=2), ANNA)
    shop.tell(e.DiscountGiven(line=1, percent_bp=1000, reason="damaged"))
    assert due(shop.state.basket).minor == 5922
    shop.tell(e.DiscountGiven(line=1, amount=Money(100), reason="other"))
    assert due(shop.state.basket).minor == 6480
    shop.tell(e.DiscountGiven(line=1, reason="other"))
    assert due(shop.state.basket).minor == 6580


def test_nobody_looks_old_enough_for_a_limit_above_the_rule() -> None:
    shop = Checkout().tell(e.ItemFound(item=replace(WINE, age_limit=25)), ANNA, e.AgeApproved(how="clear"))
    assert any(call.reason == "age" for call in shop.state.interventions)


def test_several_ages_are_answered_one_after_another() -> None:
    ticket = replace(WATER, age_limit=15)
    shop = Checkout().tell(e.ItemFound(item=ticket), e.ItemFound(item=WINE), ANNA, e.AgeRefused())
    assert [line.item for line in shop.state.basket.lines] == [ticket]
    assert any(call.reason == "age" for call in shop.state.interventions)
    shop.tell(e.AgeApproved(), e.ItemFound(item=WINE), e.ItemFound(item=replace(WINE, gtin="9520000000042")))
    assert len(shop.state.basket.lines) == 1
    assert shop.state.notice is not None and shop.state.notice.kind == "not_today"


def test_a_group_is_counted_over_its_items_and_below() -> None:
    shop = Checkout()
    lane = replace(LANE, group_limits=(GroupLimit("care/pain", 2),))
    one, other = replace(BREAD, category="care/pain"), replace(WATER, category="care/pain/children")
    apart = replace(BREAD, gtin="9520000000059", category="care/painting")
    shop.tell(e.Restarted(lane=lane), e.ItemFound(item=one), e.ItemFound(item=apart, count=3))
    shop.tell(e.QuantityChanged(line=1, count=3))
    assert shop.state.basket.lines[0].count == 1
    shop.tell(e.ItemFound(item=other), e.ItemFound(item=one))
    assert sum(line.count for line in shop.state.basket.lines) == 5
    assert shop.state.notice is not None and shop.state.notice.kind == "too_many_of_group"


_MARKDOWNS = st.none() | st.builds(
    Markdown, st.just("other"), st.integers(1, 10_000)
) | st.builds(lambda minor: Markdown("other", amount=Money(minor)), st.integers(1, 20_000))  # fmt: skip


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 9_000), st.integers(1, 5), _MARKDOWNS), min_size=1, max_size=8), _MARKDOWNS)
def test_no_unit_is_lost_and_nothing_goes_below_zero(
    lines: list[tuple[int, int, Markdown | None]], whole: Markdown | None
) -> None:
    basket = Basket(
        lines=tuple(
            Line(n, replace(WATER, price=Money(price)), count=count, markdown=off)
            for n, (price, count, off) in enumerate(lines, start=1)
        ),
        markdown=whole,
    )
    before = [Money(price * count) for price, count, _ in lines]
    off = [Money(sum(d.amount_minor for d in found)) for found in markdowns(basket, before)]
    assert all((was + less).minor >= 0 and less.minor <= 0 for was, less in zip(before, off, strict=True))
    sums = totals(basket)
    assert sums.goods == total(before) + total(off)
    assert sum(t.net_minor + t.tax_minor for t in sums.tax) == sums.goods.minor
    assert due(basket) == sums.due


@pytest.mark.parametrize(
    ("lowest", "may_not"), [("cashier", ()), ("supervisor", ("cashier",)), ("manager", ("cashier", "supervisor"))]
)
def test_whose_decision_a_doubt_is_the_shop_says(lowest: Any, may_not: tuple[str, ...]) -> None:
    event = e.DoubtSettled(attempt="a", paid=True, evidence="0175")
    right = right_for(event, Basket(), StaffLimits(doubt=lowest))
    assert right is not None
    assert tuple(role for role in ("cashier", "supervisor", "manager") if not may(role, right)) == may_not
    assert least(right) == lowest
