"""The day's end: what agrees is silent, what does not is work, what is on its way is neither, late is a correction."""

from datetime import UTC, datetime
from typing import Any

import pytest
from closing import DAY, Lane, totals
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from selling import BREAD, NOW, WATER, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.sale import Sale, Tender, seal
from store import differences
from store.closing_days import CannotClose, close, count_cash, recheck, view, vouchers
from store.config import Config, StoreTable
from store.day_close import Check
from store.day_figures import added, turnover_minor
from store.day_list import latest
from store.ingest import take

CONFIG = Config(store=StoreTable(id="s001"))
LATER = int(datetime(2026, 11, 24, 9, tzinfo=UTC).timestamp() * 1000)
MUCH_LATER = LATER + 20 * 86_400_000


@pytest.fixture
def lane(engine: Engine) -> Lane:
    return Lane(engine)


def cash(lane: Lane, *basket: Any, **changes: Any) -> Sale:
    """A sale that was paid in cash."""
    sold = lane.sell(*basket, **changes)
    paid = seal(replace(sold, tenders=(Tender("cash", sold.totals.due_minor, "c", None),)))
    lane.head = paid.chain.hash
    return paid


def open_now(engine: Engine) -> list[tuple[str, str, int]]:
    return [(one.what, one.about, one.amount) for one in differences.open_ones(engine)]


def differing(engine: Engine, now: int = LATER) -> list[Check]:
    return [check for check in view(engine, CONFIG, DAY, now).checks if check.amount]


# --- what agrees ------------------------------------------------------------------------------------------------------


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(history=st.lists(st.tuples(st.sampled_from(["sale", "return", "void"]), st.integers(1, 9), st.booleans())))
def test_what_a_lane_adds_up_is_what_the_books_add_up(
    tmp_path_factory: pytest.TempPathFactory, empty_books: Any, history: list[tuple[str, int, bool]]
) -> None:
    """Two programs: the lane's day, and the store's figures."""
    from shutil import copy

    from store.database import engine_at

    path = tmp_path_factory.mktemp("books") / "store.db"
    copy(empty_books, path)
    engine = engine_at(f"sqlite:///{path}")
    lane = Lane(engine)
    sales = [
        (cash if in_cash and kind != "void" else Lane.sell)(lane, (BREAD, much), (WATER, much), kind=kind)
        for kind, much, in_cash in history
    ]
    lane.send(*sales)
    lane.z(sales)
    cards = [s for s in sales if s.kind != "void" and s.tenders[0].kind == "card"]
    lane.settle({"visa": sum(t.amount_minor * (-1 if s.kind == "return" else 1) for s in cards for t in s.tenders)})
    assert differing(engine) == []
    closed = close(engine, CONFIG, DAY, "u3", LATER)
    assert closed is not None and view(engine, CONFIG, DAY, LATER).state == "closed"
    engine.dispose()


def test_a_quiet_day_is_closed_and_booked(engine: Engine, lane: Lane) -> None:
    sales = [lane.sell((BREAD, 2)), cash(lane, (WATER, 1))]
    lane.send(*sales)
    assert view(engine, CONFIG, DAY, LATER).state == "open"
    lane.z(sales, counted_minor=1290)
    lane.settle({"Visa": 6580})
    closed = close(engine, CONFIG, DAY, "u3", LATER)
    assert closed is not None and (closed.revision, closed.voucher, closed.missing) == (1, 1, ())
    assert view(engine, CONFIG, DAY, LATER).state == "closed" and open_now(engine) == []
    (voucher,) = vouchers(engine, CONFIG, DAY, DAY)
    assert {e.account: e.amount_minor for e in voucher.entries if e.amount_minor > 0} == {"1910": 1290, "1686": 6580}
    assert close(engine, CONFIG, DAY, "u3", LATER) is None


def test_a_day_that_has_not_begun_cannot_be_closed(engine: Engine) -> None:
    with pytest.raises(CannotClose, match="has not begun"):
        close(engine, CONFIG, "2026-12-24", "u3", LATER)


# --- what does not ----------------------------------------------------------------------------------------------------


def test_sales_that_never_came_are_counted_and_named(engine: Engine, lane: Lane) -> None:
    sales = [lane.sell((BREAD, n)) for n in (1, 2, 3, 1)]
    lane.send(sales[0], sales[3])
    lane.z(sales)
    recheck(engine, CONFIG, DAY, LATER)
    assert open_now(engine) == [("receipts", "z1", -2)], "what they were paid with and their tax are the same work"
    off = {(c.what, c.about, c.amount) for c in differing(engine)}
    assert off == {("receipts", "z1", -2), ("tender", "z1 card", -5 * 3290), ("tax", "z1 600", -931)}
    assert differences.open_ones(engine)[0].note == "not in the books: 2-3"
    lane.send(sales[1], sales[2])
    recheck(engine, CONFIG, DAY, LATER)
    assert open_now(engine) == []
    with engine.connect() as connection:
        ended = differences.of_day(connection, DAY)
    assert [one.reason for one in ended] == ["resolved"]


def test_what_the_drawer_had_too_little_is_work_and_is_booked_beside_the_sales(engine: Engine, lane: Lane) -> None:
    sales = [cash(lane, (BREAD, 1))]
    lane.send(*sales)
    lane.z(sales, counted_minor=3000, difference_minor=-290)
    close(engine, CONFIG, DAY, "u3", LATER)
    assert open_now(engine) == [("drawer", "z1", -290)]
    assert view(engine, CONFIG, DAY, LATER).state == "closed_with_differences"
    (voucher,) = vouchers(engine, CONFIG, DAY, DAY)
    assert sum(e.amount_minor for e in voucher.entries if e.account == "1910") == 3000
    assert [e.amount_minor for e in voucher.entries if e.account == "3740"] == [290]
    n = differences.open_ones(engine)[0].n
    done = differences.end(engine, n, "wrong_change", "10 kr", "u3", LATER)
    assert (done.reason, done.by, done.end_note) == ("wrong_change", "u3", "10 kr")
    recheck(engine, CONFIG, DAY, LATER)
    assert open_now(engine) == [] and view(engine, CONFIG, DAY, LATER).state == "closed"


def test_what_is_counted_at_the_desk_is_compared_with_the_z(engine: Engine, lane: Lane) -> None:
    sales = [cash(lane, (BREAD, 2))]
    lane.send(*sales)
    lane.z(sales)
    assert count_cash(engine, CONFIG, DAY, "k01", {5000: 1, 1000: 1, 500: 1}, "u2", "", LATER) == 6500
    assert open_now(engine) == [("desk", "", -80)]
    count_cash(engine, CONFIG, DAY, "k01", {5000: 1, 1000: 1, 500: 1, 80: 1}, "u2", "found it", LATER)
    assert open_now(engine) == []


@pytest.mark.parametrize(
    ("reason", "note", "says"),
    [("because", "", "is no reason"), ("other", " ", "say in the note"), ("accepted", "x" * 301, "longer")],
)
def test_a_difference_ends_only_with_a_reason(engine: Engine, lane: Lane, reason: str, note: str, says: str) -> None:
    lane.send(cash(lane, (BREAD, 1)))
    lane.z([], counted_minor=0)
    recheck(engine, CONFIG, DAY, LATER)
    n = differences.open_ones(engine)[0].n
    with pytest.raises(differences.CannotEnd, match=says):
        differences.end(engine, n, reason, note, "u3", LATER)
    differences.end(engine, n, "accepted", "", "u3", LATER)
    with pytest.raises(differences.CannotEnd, match="has a reason already"):
        differences.end(engine, n, "accepted", "", "u3", LATER)
    with pytest.raises(differences.CannotEnd, match="no difference"):
        differences.end(engine, 99, "accepted", "", "u3", LATER)


def test_an_amount_that_changes_is_a_new_row_and_the_old_one_stays(engine: Engine, lane: Lane) -> None:
    sales = [lane.sell((BREAD, n)) for n in (1, 2, 3)]
    lane.send(sales[0])
    lane.z(sales)
    recheck(engine, CONFIG, DAY, LATER)
    lane.send(sales[1])
    recheck(engine, CONFIG, DAY, LATER)
    with engine.connect() as connection:
        receipts = [one for one in differences.of_day(connection, DAY) if one.what == "receipts"]
    assert [(one.amount, one.reason) for one in receipts] == [(-2, "replaced"), (-1, "")]


def test_another_sale_under_a_known_key_is_quarantined_and_is_work_at_once(engine: Engine, lane: Lane) -> None:
    sold = lane.sell((BREAD, 1))
    lane.send(sold)
    other = seal(replace(sold, language="en"))
    assert take(engine, on("sale"), said(other), NOW).outcome == "refused"
    assert open_now(engine) == [("conflict", sold.key, 1)]
    lane.z([sold])
    close(engine, CONFIG, DAY, "u3", LATER)
    assert open_now(engine)[0][:2] == ("conflict", sold.key)
    assert take(engine, on("sale"), said(other), NOW).outcome == "refused"
    assert len(open_now(engine)) == 1


def test_a_gift_card_that_nobody_charged_is_a_difference(engine: Engine, lane: Lane) -> None:
    sold = lane.sell((BREAD, 1))
    lane.send(seal(replace(sold, tenders=(Tender("gift_card", 3290, "nobody-kept-it", None),))))
    assert [(c.what, c.expected, c.told) for c in differing(engine)] == [("gift_card", 3290, 0)]


# --- the terminal -----------------------------------------------------------------------------------------------------


def test_a_batch_that_ends_later_is_in_transit_and_then_settled(engine: Engine, lane: Lane) -> None:
    """The terminal closed its own day in the afternoon; the evening's sales are in the next day's batch."""
    noon, evening = lane.sell((BREAD, 1)), None
    lane.number = 0
    lane.send(noon)
    lane.number += 1
    lane.settle({"visa": 3290})
    lane.number -= 1
    evening = lane.sell((BREAD, 2))
    lane.send(evening)
    lane.z([noon, evening])
    close(engine, CONFIG, DAY, "u3", LATER)
    seen = view(engine, CONFIG, DAY, LATER)
    assert (seen.state, seen.transit_minor, open_now(engine)) == ("in_transit", 6580, [])
    next_day = lane.sell((BREAD, 1), business_day="2026-11-24")
    lane.send(next_day)
    lane.z([next_day], "2026-11-24")
    lane.settle({"visa": 9870})
    assert view(engine, CONFIG, DAY, LATER).state == "closed"
    assert [c for c in view(engine, CONFIG, "2026-11-24", LATER).checks if c.amount] == []


def test_what_stays_in_transit_too_long_is_a_difference(engine: Engine, lane: Lane) -> None:
    first, second = lane.sell((BREAD, 1)), lane.sell((BREAD, 2))
    lane.send(first, second)
    lane.z([first, second])
    lane.settle({"visa": 3290}, sequence=1)
    assert view(engine, CONFIG, DAY, LATER).transit_minor == 6580
    assert [c.about for c in differing(engine, MUCH_LATER)] == ["visa"]
    assert view(engine, CONFIG, DAY, MUCH_LATER).transit_minor == 0


def test_schemes_are_compared_one_by_one(engine: Engine, lane: Lane) -> None:
    """Two errors that hide each other in the whole."""
    sales = [lane.sell((BREAD, 1)), lane.sell((BREAD, 2))]
    amex = replace(sales[1].tenders[0], card=replace(sales[1].tenders[0].card, scheme="AMEX"))  # type: ignore[type-var]
    sales[1] = seal(replace(sales[1], tenders=(amex,)))
    lane.send(*sales)
    lane.z(sales)
    lane.settle({"Visa": 6580, "Amex": 3290})
    assert {(c.about, c.amount) for c in differing(engine)} == {("k01-z1 amex", -3290), ("k01-z1 visa", 3290)}


def test_charges_of_a_basket_that_is_set_aside_are_no_difference_on_either_day(engine: Engine, lane: Lane) -> None:
    first = lane.sell((BREAD, 1))
    lane.send(first)
    lane.z([first])
    lane.settle({"visa": 3290 + 6580}, carried_minor=6580)
    later = lane.sell((BREAD, 2), business_day="2026-11-24")
    lane.send(later)
    lane.z([later], "2026-11-24")
    lane.settle({}, terminal_minor=0)
    assert differing(engine) == []
    assert [c for c in view(engine, CONFIG, "2026-11-24", LATER).checks if c.amount] == []


def test_a_visit_that_ends_after_the_border_is_in_the_z_of_the_day_before(engine: Engine, lane: Lane) -> None:
    sales = [lane.sell((BREAD, 1)), lane.sell((BREAD, 2), business_day="2026-11-24")]
    lane.send(*sales)
    lane.z(sales)
    assert differing(engine) == []
    assert [c for c in view(engine, CONFIG, "2026-11-24", LATER).checks if c.amount] == []


# --- late -------------------------------------------------------------------------------------------------------------


def test_a_late_sale_reopens_the_day_and_the_correction_has_the_difference_alone(engine: Engine, lane: Lane) -> None:
    sales = [lane.sell((BREAD, 1)), lane.sell((BREAD, 2))]
    lane.send(sales[0])
    lane.z(sales)
    lane.settle({"visa": 9870})
    close(engine, CONFIG, DAY, "", LATER)
    before = vouchers(engine, CONFIG, DAY, DAY)
    lane.send(sales[1])
    assert view(engine, CONFIG, DAY, LATER).state == "reopened"
    correction = close(engine, CONFIG, DAY, "", LATER)
    assert correction is not None and (correction.revision, correction.voucher) == (2, 2)
    seen = view(engine, CONFIG, DAY, LATER)
    assert seen.state == "closed" and added(*(row.total for row in seen.closings)) == added(*seen.figures.values())
    after = vouchers(engine, CONFIG, DAY, DAY)
    assert after[:1] == before and after[1].text == f"Dagskassa {DAY}, rättelse 1"
    assert [e.amount_minor for e in after[1].entries if e.account == "1686"] == [6580]


def test_a_till_that_has_not_closed_is_named(engine: Engine, lane: Lane) -> None:
    other = Lane(engine, "k02")
    lane.send(sold := lane.sell((BREAD, 1)))
    other.send(late := other.sell((BREAD, 1)))
    lane.z([sold])
    closed = close(engine, CONFIG, DAY, "u3", LATER)
    assert closed is not None and closed.missing == ("k02",)
    assert [(one.till, one.what) for one in differences.open_ones(engine)] == [("k02", "z")]
    (summary,) = latest(engine, CONFIG, LATER)
    assert (summary.state, summary.missing, summary.turnover_minor) == ("closed_with_differences", ("k02",), 6580)
    other.z([late])
    recheck(engine, CONFIG, DAY, LATER)
    assert open_now(engine) == []


def test_numbers_of_vouchers_have_no_gap(engine: Engine, lane: Lane) -> None:
    for day, kind in (("2026-11-20", "sale"), ("2026-11-21", "void"), ("2026-11-22", "sale")):
        lane.send(sold := lane.sell((BREAD, 1), business_day=day, kind=kind))
        lane.z([sold], day)
        close(engine, CONFIG, day, "", LATER)
    assert [one.number for one in vouchers(engine, CONFIG, "2026-11-01", "2026-11-30")] == [1, 2]
    assert [one.business_day for one in latest(engine, CONFIG, LATER, 2)] == ["2026-11-22", "2026-11-21"]


def test_the_list_says_what_the_page_of_each_day_says(engine: Engine, lane: Lane) -> None:
    """The list adds up in the database what the page works out from the sales."""
    other = Lane(engine, "k02")
    for day in ("2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"):
        sales = [lane.sell((BREAD, 3), business_day=day), lane.sell((BREAD, 1), business_day=day, kind="return")]
        sales.append(cash(lane, (WATER, 2), business_day=day))
        lane.send(*sales)
        other.send(more := other.sell((WATER, 4), business_day=day))
        lane.z(sales, day)
        other.z([more], day)
        if day == "2026-11-20":
            lane.settle({"visa": totals([s for s in sales if s.tenders[0].kind == "card"])}, carried_minor=0)
            other.report("settlement.failed", {"job": "k02-z2", "why": "away"})
        close(engine, CONFIG, day, "", LATER)
    for now in (LATER, MUCH_LATER):
        listed = latest(engine, CONFIG, now)
        assert len(listed) == 4
        for one in listed:
            seen = view(engine, CONFIG, one.business_day, now)
            assert one.turnover_minor == turnover_minor(added(*seen.figures.values())) > 0
            assert (one.state, one.transit_minor) == (seen.state, seen.transit_minor)
    assert {one.transit_minor for one in latest(engine, CONFIG, LATER)} == {5160, 11_740}
