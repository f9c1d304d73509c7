"""Customers at the desk: found, shown, changed with a note, put into segments only if they agreed."""

import csv
from io import StringIO

import pytest
from msgspec.structs import replace
from selling import BREAD, NOW, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.wire.offers_csv import OfferRow
from store import customers, members, points, segments
from store.coupons import BadCoupons
from store.customers import BadChange
from store.database import writing
from store.ingest import take
from store.joining import DESK, agree
from store.member_file import NoSuchMember, erase, file_of
from store.members import Member
from store.points import NoPoints
from store.segments import Segment
from store.voucher_book import find_all, owed_minor, uses
from store.vouchers import Voucher, issue


@pytest.fixture(autouse=True)
def people(engine: Engine) -> None:
    with writing(engine) as connection:
        for one, keys, marketing in (
            (Member("m1", NOW, "Sam", "members staff", "", "sam@example.com"), ("KM-555", "070-123 45 67"), True),
            (Member("m2", NOW, "Ida", "members", "", "ida@example.com"), ("KM-556",), False),
            (Member("m3", NOW, "=cmd()", "members", "", "x@example.com"), ("KM-557",), True),
        ):
            members.enrol(connection, one, *keys)
            agree(connection, one, DESK, "v1", "sv", marketing=marketing)
    till, bread = Till(), replace(BREAD, category="bakery/bread")
    for customer, count in (("m1", 2), ("m2", 5), ("m1", 1)):
        take(engine, on("sale"), said(till.sell((bread, count), customer=customer)), NOW)


@pytest.mark.parametrize("words", ["sam", "KM-555", "0701234567", "Sam example.com", "m1"])
def test_a_member_is_found_by_what_one_remembers(engine: Engine, words: str) -> None:
    assert [one.id for one in customers.search(engine, words)] == ["m1"]


def test_a_summary_counts_what_was_bought(engine: Engine) -> None:
    found = {one.id: one for one in customers.search(engine, group="members")}
    assert (found["m1"].sales, found["m1"].spent_minor) == (2, 3 * 3290)
    assert (found["m3"].sales, found["m3"].spent_minor, found["m3"].last) == (0, 0, "")
    assert [one.id for one in customers.search(engine, group="staff")] == ["m1"]
    assert customers.search(engine, group="sta") == [] and customers.groups(engine) == ["members", "staff"]


def test_a_change_is_noted_with_who_and_what_it_was(engine: Engine) -> None:
    customers.change(engine, "m1", "u3", NOW, member_groups="members gold", blocked=True)
    card = customers.card(engine, "m1")
    assert card.member.blocked and card.member.member_groups == "members gold"
    assert [(one["what"], one["before"], one["after"], one["by"]) for one in card.changes] == [
        ("blocked", "False", "True", "u3"), ("member_groups", "members staff", "members gold", "u3"),
    ]  # fmt: skip
    customers.change(engine, "m1", "u3", NOW, blocked=True)
    assert len(customers.card(engine, "m1").changes) == 2


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nobody"), ("member_groups", "a;b"), ("receipt", "fax")]
)  # fmt: skip
def test_nonsense_changes_nothing(engine: Engine, field: str, value: str) -> None:
    with pytest.raises(BadChange):
        customers.change(engine, "m1", "u3", NOW, **{field: value})
    assert customers.card(engine, "m1").changes == ()


def test_who_is_not_there(engine: Engine) -> None:
    for act in (lambda: customers.card(engine, "m9"), lambda: customers.change(engine, "m9", "", NOW, blocked=True)):
        with pytest.raises(NoSuchMember):
            act()


def test_points_of_the_desk_count_once_and_never_below_nothing(engine: Engine) -> None:
    bought = customers.card(engine, "m1").points
    assert bought == 65 + 32
    assert points.adjust(engine, "m1", "x1", 10, "birthday", "u3", NOW) == bought + 10
    assert points.adjust(engine, "m1", "x1", 10, "birthday", "u3", NOW) == bought + 10
    with pytest.raises(NoPoints, match="only 107"):
        points.adjust(engine, "m1", "x2", -108, "mistake", "u3", NOW)
    with pytest.raises(NoPoints, match="say why"):
        points.adjust(engine, "m1", "x3", 1, " ", "u3", NOW)
    account = customers.card(engine, "m1").account
    assert sum(entry.points for entry in account) == bought + 10
    assert {entry.reason for entry in account} == {"sale", "birthday"}


def test_points_become_a_voucher_once(engine: Engine) -> None:
    worth = Voucher("KV100", "voucher", "SEK", 500, issued_utc_ms=NOW)
    assert points.change_into_voucher(engine, "m1", "x1", 50, worth, "u3", NOW) == "KV100"
    again = Voucher("KV101", "voucher", "SEK", 500, issued_utc_ms=NOW)
    assert points.change_into_voucher(engine, "m1", "x1", 50, again, "u3", NOW) == "KV100"
    card = customers.card(engine, "m1")
    assert card.points == 47 and [one["number"] for one in card.vouchers] == ["KV100"]
    with pytest.raises(NoPoints):
        points.change_into_voucher(engine, "m1", "x2", 48, again, "u3", NOW)
    assert [line.voucher.number for line in find_all(engine)] == ["KV100"]


# --- segments ---------------------------------------------------------------------------------------------------------


def _ids(engine: Engine, wanted: Segment) -> list[str]:
    return [one.id for one in segments.members_in(engine, wanted)]


def test_only_who_agreed_to_offers_is_in_a_segment(engine: Engine) -> None:
    assert _ids(engine, Segment()) == ["m1", "m3"]
    customers.withdraw(engine, "m1", "marketing", "u3", NOW)
    assert _ids(engine, Segment()) == ["m3"]
    assert customers.card(engine, "m1").changes[0]["before"] == "agreed to v1"
    with pytest.raises(BadChange, match="erased"):
        customers.withdraw(engine, "m1", "membership", "u3", NOW)
    customers.change(engine, "m3", "u3", NOW, blocked=True)
    assert _ids(engine, Segment()) == []


def test_conditions_of_a_segment_all_hold(engine: Engine) -> None:
    day, after = "2026-11-23", "2026-11-24"
    assert _ids(engine, Segment(group="staff")) == ["m1"]
    assert _ids(engine, Segment(spent_minor=9870)) == ["m1"] and _ids(engine, Segment(spent_minor=9871)) == []
    assert _ids(engine, Segment(from_day=after, spent_minor=1)) == []
    assert _ids(engine, Segment(quiet_since=day)) == ["m3"] and _ids(engine, Segment(quiet_since=after)) == ["m1", "m3"]
    assert _ids(engine, Segment(category="bakery")) == ["m1"]
    assert _ids(engine, Segment(category="no such")) == []


def test_a_list_for_a_mailing_runs_nothing_in_a_spreadsheet(engine: Engine) -> None:
    rows = list(csv.reader(StringIO(segments.as_csv(segments.members_in(engine, Segment())))))
    assert rows[0][:3] == ["member", "first_name", "email"] and rows[2][1] == "'=cmd()"


def test_everybody_in_a_segment_gets_a_coupon_of_their_own(engine: Engine) -> None:
    offer = OfferRow(offer="ten", name="Ten off", kind="coupon", items=(("*",),), coupon="KC-TEN*", once=True)
    given = segments.give_coupons(engine, Segment(), offer, 0, NOW)
    assert [one.id for one, _ in given] == ["m1", "m3"] and len({code for _, code in given}) == 2
    assert [one["number"] for one in customers.card(engine, "m3").vouchers] == [given[1][1]]
    fixed = OfferRow(offer="ten", name="Ten off", kind="coupon", items=(("*",),), coupon="KC-TEN", once=True)
    with pytest.raises(BadCoupons):
        segments.give_coupons(engine, Segment(), fixed, 0, NOW)
    assert len(find_all(engine, kind="coupon")) == 2


def test_what_is_erased_is_gone_everywhere(engine: Engine) -> None:
    customers.change(engine, "m1", "u3", NOW, first_name="Samuel")
    points.change_into_voucher(engine, "m1", "x", 5, Voucher("KV1", "voucher", "SEK", 50), "u3", NOW)
    kept = file_of(engine, "m1")
    assert kept["changes"][0]["after"] == "Samuel" and kept["point_entries"][0]["points"] == -5
    assert kept["vouchers"] == ["KV1"]
    erase(engine, "m1")
    assert customers.search(engine, "sam") == [] and find_all(engine, "KV1")[0].left == 50


# --- the voucher book -------------------------------------------------------------------------------------------------


def test_the_voucher_book_tells_what_is_left_and_owed(engine: Engine) -> None:
    with writing(engine) as connection:
        for number, kind, expires in (("G1", "gift_card", 0), ("V1", "voucher", NOW - 1), ("C1", "coupon", 0)):
            issue(connection, Voucher(number, kind, "SEK", 1000, "", NOW, expires))  # type: ignore[arg-type]
    assert {line.voucher.number: line.left for line in find_all(engine)} == {"G1": 1000, "V1": 1000, "C1": 1000}
    assert owed_minor(engine, "SEK", NOW) == 1000 and owed_minor(engine, "EUR", NOW) == 0
    assert [line.voucher.number for line in find_all(engine, kind="voucher")] == ["V1"]
    assert find_all(engine, "G%") == [] and uses(engine, "G1") == []
