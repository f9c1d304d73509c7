"""The roll-ups say what the books say, whatever comes and in whatever order, and a lie in them is seen."""

from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from selling import BANANAS, BREAD, NOW, ROWS, WATER, Till, back, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import LineUnits
from kiosk.checkout.sale import ClearedIntervention, Sale, seal
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from store.database import writing
from store.ingest import take
from store.price_book import PriceBook
from store.report_schema import intervention, lane_act, rollup_category, rollup_product, rollup_sale, sale_fact
from store.rollup_care import differences, keep
from store.schema import member, member_key

STOCKHOLM = "Europe/Stockholm"


@pytest.fixture
def books(engine: Engine) -> Engine:
    PriceBook(engine).replace(ROWS, NOW, "test")
    with writing(engine) as connection:
        for id_, groups in (("m1", "staff members"), ("m2", "")):
            connection.execute(sa.insert(member).values(id=id_, member_groups=groups, consented_utc_ms=NOW))
            connection.execute(sa.insert(member_key).values(key=f"card-{id_}", member_id=id_))
    return engine


def sales() -> list[Sale]:
    till = Till()
    sold = till.sell((BREAD, 2), (WATER, 1), (BANANAS, 412))
    helped = ClearedIntervention("age", "2026-11-23T09:12:30Z", "2026-11-23T09:12:50.500Z", "u1", "console")
    return [
        sold,
        till.sell((WATER, 9), kind="void"),
        till.sell((WATER, 9), training=True),
        till.sell((BREAD, 1), business_day="2026-11-24", sealed="2026-11-25T00:30:00Z", served_by="u2"),
        till.sell((BREAD, 5), customer="m1", interventions=(helped,)),
        back(sold, [LineUnits(1, (0,))], till="k02"),
    ]


def book(engine: Engine, some: Sequence[Sale]) -> None:
    for sale in some:
        assert take(engine, on("sale", sale.till), said(sale), NOW).outcome == "new"


def report(engine: Engine, n: int, kind: str, at: str = "2026-11-23T22:59:59Z", **data: object) -> None:
    message = event_message("s001", "k01", n, kind, dict(data), at)
    assert take(engine, on("event"), encode(message), NOW).outcome == "new"


def rows(engine: Engine, table: sa.Table) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(sa.select(table))]
    numbers = len(table.primary_key)
    return sorted((row for row in found if any(row[numbers:])), key=repr)


def test_what_is_booked_is_added_up_at_once(books: Engine) -> None:
    keep(books, STOCKHOLM)
    book(books, sales())
    assert list(differences(books)) == []
    common = ("2026-11-23", 10, "k01", "sale", "SEK")
    assert [row[:10] for row in rows(books, rollup_sale) if row[:5] == common] == [
        (*common, "", "", 4, 1, 4),
        (*common, "members staff", "", 4, 1, 5),
    ]
    (late,) = [row for row in rows(books, rollup_sale) if row[0] == "2026-11-24"]
    assert late[1] == 1, "half past one at night, on the shop's clock, is still the business day before"
    bread = [row for row in rows(books, rollup_product) if row[1] == BREAD.code and row[0] == "2026-11-23"]
    assert sorted((row[2], row[4], row[8]) for row in bread) == [
        ("return", "", -1), ("sale", "", 2), ("sale", "members staff", 5),
    ]  # fmt: skip
    ((*_, cleared_at, clear_ms),) = rows(books, intervention)
    assert (cleared_at, clear_ms) == ("console", 20_500)
    assert len(rows(books, sale_fact)) == 5, "a void is a fact, training is none"


def test_it_is_the_same_whether_added_up_at_once_or_later_and_in_whatever_order(books: Engine) -> None:
    made = sales()
    book(books, made[:3])
    assert rows(books, rollup_sale) == [], "nobody has said yet on which clock the hours are"
    assert keep(books, STOCKHOLM) and not keep(books, STOCKHOLM)
    book(books, list(reversed(made[3:])))
    assert list(differences(books)) == []
    added = {table.name: rows(books, table) for table in (rollup_sale, rollup_product, rollup_category, intervention)}
    keep(books, STOCKHOLM, anew=True)
    assert added == {name: rows(books, sa.Table(name, rollup_sale.metadata)) for name in added}


def test_a_repetition_adds_nothing(books: Engine) -> None:
    keep(books, STOCKHOLM)
    made = sales()
    book(books, made)
    before = rows(books, rollup_product)
    assert take(books, on("sale"), said(made[0]), NOW).outcome == "same"
    assert rows(books, rollup_product) == before


def test_on_another_clock_the_hours_are_others(books: Engine) -> None:
    keep(books, STOCKHOLM)
    book(books, sales())
    keep(books, "Asia/Kolkata")
    assert {row[1] for row in rows(books, rollup_sale)} == {14, 6}
    assert list(differences(books)) == []


@pytest.mark.parametrize("claimed_first", [True, False])
def test_a_member_who_comes_after_the_payment_takes_the_sale_along(books: Engine, claimed_first: bool) -> None:
    keep(books, STOCKHOLM)
    sold = Till().sell((BREAD, 3))
    if not claimed_first:
        book(books, [sold])
    report(books, 1, "member.claimed", sale=sold.key, customer="m1")
    if claimed_first:
        book(books, [sold])
    ((*key, count),) = [(*row[:7], row[8]) for row in rows(books, rollup_product)]
    assert (key[4], count) == ("members staff", 3)
    assert list(differences(books)) == []


def test_a_member_of_no_group_changes_nothing(books: Engine) -> None:
    keep(books, STOCKHOLM)
    sold = Till().sell((BREAD, 3))
    book(books, [sold])
    before = rows(books, rollup_sale)
    report(books, 1, "member.claimed", sale=sold.key, customer="m2")
    assert rows(books, rollup_sale) == before


def test_a_lie_in_a_roll_up_is_named(books: Engine) -> None:
    keep(books, STOCKHOLM)
    book(books, sales())
    with writing(books) as connection:
        of_bread = (rollup_product.c.gtin == BREAD.code, rollup_product.c.member_group == "members staff")
        connection.execute(sa.update(rollup_product).where(*of_bread).values(amount_minor=1))
        connection.execute(sa.delete(rollup_sale).where(rollup_sale.c.kind == "void"))
    told = [one.told() for one in differences(books)]
    assert len(told) == 2, "the month's row is still true"
    assert told[0].startswith("rollup_sale of 2026-11-23") and "has nothing" in told[0]
    assert "has 1 5 0 1 0 0, the books say 1 5 0 16450 0 0" in told[1]


def test_acts_of_staff_are_kept_flat_and_nonsense_of_a_lane_is_worth_nothing(books: Engine) -> None:
    keep(books, STOCKHOLM)
    report(books, 1, "staff.price", by="u1", change="1590 -> 990", reason="damaged")
    report(books, 2, "drawer.counted", by="u1", difference_minor=-500)
    report(books, 3, "staff.discount", by="u1", change="a lot")
    report(books, 4, "drawer.counted", by=7, difference_minor="much")
    report(books, 5, "paper", state="low")
    report(books, 6, "drawer.asked", at="yesterday", by="u1")
    acts = [dict(zip(lane_act.c.keys(), row, strict=True)) for row in rows(books, lane_act)]
    kept = sorted((act["n"], act["staff"], act["reason"], act["amount_minor"], act["hour"]) for act in acts)
    assert kept == [(1, "u1", "damaged", -600, 23), (2, "u1", "", -500, 23), (3, "u1", "", 0, 23), (4, "7", "", 0, 23)]
    keep(books, STOCKHOLM, anew=True)
    assert len(rows(books, lane_act)) == 4


def test_what_no_shop_says_does_not_keep_a_sale_out_of_the_sums(books: Engine) -> None:
    keep(books, STOCKHOLM)
    odd = seal(replace(Till().sell((BREAD, 1)), sealed="soon", started="now"))
    book(books, [odd])
    ((_, hour, *_),) = rows(books, rollup_sale)
    assert hour == -1
    assert list(differences(books)) == []
