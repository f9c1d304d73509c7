"""Members are found by what they are known by, and collect points once, whatever comes late or twice."""

import pytest
from selling import BREAD, NOW, WATER, Till, back, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import LineUnits
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from store import members
from store.database import writing
from store.ingest import take
from store.members import Member


@pytest.fixture(autouse=True)
def sam(engine: Engine) -> None:
    with writing(engine) as connection:
        sam = Member("m7", NOW, "Sam", "members staff", "qr", "sam@example.com")
        members.enrol(connection, sam, "KM-555", "070-123 45 67")


def points(engine: Engine) -> int:
    with engine.connect() as connection:
        return members.points(connection, "m7")


def claim(engine: Engine, sale: str, customer: str = "m7", n: int = 1, till: str = "k01") -> None:
    message = event_message("s001", till, n, "member.claimed", {"sale": sale, "customer": customer}, "2026-11-23")
    assert take(engine, on("event", till), encode(message), NOW).outcome == "new"


@pytest.mark.parametrize("key", ["KM-555", "0701234567", "070 123 45 67", "(070) 123-45-67"])
def test_a_member_is_known_by_card_and_number_however_it_is_written(engine: Engine, key: str) -> None:
    found = members.who(engine, key)
    assert (found.state, found.member, found.groups, found.receipt, found.first_name) == (
        "ok", "m7", ("members", "staff"), "qr", "Sam",
    )  # fmt: skip


def test_a_till_never_hears_contact_data(engine: Engine) -> None:
    assert "example.com" not in str(members.who(engine, "KM-555"))


def test_who_is_not_in_the_books_is_unknown(engine: Engine) -> None:
    assert members.who(engine, "KM-556").state == "unknown"
    assert members.who(engine, "").state == "unknown"


def test_nobody_is_kept_without_consent_or_under_somebody_elses_number(engine: Engine) -> None:
    with writing(engine) as connection:
        with pytest.raises(ValueError, match="consent"):
            members.enrol(connection, Member("m8", 0), "KM-556")
        with pytest.raises(members.KeyTaken):
            members.enrol(connection, Member("m8", NOW), "0701234567")


def test_sales_collect_and_a_repetition_collects_nothing(engine: Engine) -> None:
    till = Till()
    for sale in (till.sell((BREAD, 2), customer="m7"), till.sell((WATER, 1), customer="card:KM-555")):
        for _ in range(2):
            take(engine, on("sale"), said(sale), NOW)
    assert points(engine) == 65 + 11, "the deposit is not bought"


def test_what_comes_back_takes_its_points_away(engine: Engine) -> None:
    sold = Till().sell((BREAD, 2), customer="m7")
    for letter in (sold, back(sold, (LineUnits(1, (0,)),))):
        take(engine, on("sale"), said(letter), NOW)
    assert points(engine) == 65 - 32


def test_a_void_and_a_card_of_nobody_collect_nothing(engine: Engine) -> None:
    till = Till()
    for sale in (till.sell((BREAD, 1), kind="void", customer="m7"), till.sell((BREAD, 1), customer="card:KM-1")):
        assert take(engine, on("sale"), said(sale), NOW).outcome == "new"
    assert points(engine) == 0


def test_a_claim_counts_before_or_after_its_sale_but_not_beside_a_member_or_from_another_till(engine: Engine) -> None:
    till = Till()
    first, second, third = till.sell((BREAD, 1)), till.sell((BREAD, 1), customer="m7"), till.sell((BREAD, 1))
    claim(engine, first.key)
    for sale in (first, second, third):
        take(engine, on("sale"), said(sale), NOW)
    claim(engine, second.key, n=2)
    claim(engine, third.key, till="k02")
    assert points(engine) == 2 * 32
