"""Somebody becomes a member at a lane: once, with consent, and out of the books again when they want that."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from selling import BREAD, NOW, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import SignUpAnswer, SignUpAsk
from store import members
from store.config import Config, StoreTable
from store.database import writing
from store.ingest import take
from store.joining import sign_up
from store.member_file import NoSuchMember, erase, erase_idle, file_of
from store.members import Member
from store.schema import member, member_consent, member_key, member_sale, sale
from store.vouchers import Asker

CONFIG = Config(StoreTable("s001"))
ASK = SignUpAsk(contact="0701234567", text="1", language="sv")
DAY_MS = 24 * 60 * 60_000


def join(engine: Engine, ask: SignUpAsk = ASK, id_: str = "k01-000001-q1", till: str = "k01") -> SignUpAnswer:
    return sign_up(engine, CONFIG, Asker(till, id_, NOW), ask)


def test_a_member_with_what_was_agreed_to_and_no_more(engine: Engine) -> None:
    found = join(engine, replace(ASK, receipt="qr"))
    kept = file_of(engine, "070-123 45 67")
    assert (found.state, found.groups) == ("ok", ("members",))
    assert (kept["id"], kept["receipt"], kept["keys"], kept["points"]) == (found.member, "qr", ["0701234567"], 0)
    (consent,) = kept["consents"]
    assert (consent["purpose"], consent["text"], consent["language"], consent["place"]) == (
        "membership", "1", "sv", "k01",
    )  # fmt: skip
    assert members.who(engine, "0701234567").receipt == "qr"


def test_offers_are_a_consent_of_their_own(engine: Engine) -> None:
    join(engine, replace(ASK, contact="Sam@Example.com", marketing=True))
    kept = file_of(engine, "sam@example.com")
    assert [one["purpose"] for one in kept["consents"]] == ["marketing", "membership"]
    assert kept["email"] == "sam@example.com"


def test_the_same_question_makes_one_member_also_when_the_lane_has_forgotten_the_number(engine: Engine) -> None:
    first = join(engine)
    assert join(engine) == first
    assert join(engine, replace(ASK, contact="")) == first
    assert join(engine, replace(ASK, contact=""), "k01-000001-q2").state == "forgotten"
    assert join(engine, till="k02").state == "known"


@pytest.mark.parametrize("contact", ["12345", "sam@", "0701234567\nBcc: x", "1" * 16])
def test_what_a_lane_should_not_have_sent_makes_nobody(engine: Engine, contact: str) -> None:
    assert join(engine, replace(ASK, contact=contact)).state == "bad"


def test_two_lanes_with_one_number_make_one_member(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as lanes:
        found = list(lanes.map(lambda n: join(engine, id_=f"k0{n}-1", till=f"k0{n}").state, range(8)))
    assert sorted(found) == ["known"] * 7 + ["ok"]
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(member)) == 1


def test_the_sale_gives_points_whenever_it_comes_but_not_another_tills(engine: Engine) -> None:
    sold, other = Till().sell((BREAD, 1)), Till("k02").sell((BREAD, 1))
    one = join(engine, replace(ASK, sale=sold.key))
    join(engine, replace(ASK, sale=other.key, contact="0709999999"), "k01-000001-q2")
    take(engine, on("sale"), said(sold), NOW)
    take(engine, on("sale", "k02"), said(other), NOW)
    assert file_of(engine, one.member)["points"] == 32
    assert file_of(engine, "0709999999")["points"] == 0


def test_who_is_a_member_already_has_the_points_too_unless_blocked(engine: Engine) -> None:
    with writing(engine) as connection:
        members.enrol(connection, Member("m7", NOW), "0701234567")
        members.enrol(connection, Member("m8", NOW, blocked=True), "0709999999")
    till = Till()
    for sold, contact, id_ in ((till.sell((BREAD, 1)), "0701234567", "1"), (till.sell((BREAD, 1)), "0709999999", "2")):
        take(engine, on("sale"), said(sold), NOW)
        answer = join(engine, replace(ASK, sale=sold.key, contact=contact), id_)
        assert (answer.state, answer.member) == ("known", {"1": "m7", "2": ""}[id_])
    assert (file_of(engine, "m7")["points"], file_of(engine, "m8")["points"]) == (32, 0)


def test_erased_is_gone_and_the_books_add_up_as_before(engine: Engine) -> None:
    one = join(engine)
    till = Till()
    sold, late = till.sell((BREAD, 1), customer=one.member), till.sell((BREAD, 1), customer=one.member)
    take(engine, on("sale"), said(sold), NOW)
    assert erase(engine, "0701234567") == one.member
    take(engine, on("sale"), said(late), NOW)
    with engine.connect() as connection:
        for table in (member, member_key, member_consent, member_sale):
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0
        assert connection.scalar(sa.select(sa.func.sum(sale.c.due_minor))) == 2 * 3290
        bodies = "".join(connection.scalars(sa.select(sale.c.body)))
    assert "0701234567" not in bodies
    with pytest.raises(NoSuchMember):
        file_of(engine, "0701234567")
    assert join(engine, id_="k01-000009-q9").state == "ok", "who comes back is new"


def test_who_buys_nothing_for_long_is_taken_out_if_the_shop_says_so(engine: Engine) -> None:
    one = join(engine)
    sold = Till().sell((BREAD, 1), customer=one.member)
    join(engine, replace(ASK, contact="0709999999"), "k01-000001-q2")
    take(engine, on("sale"), said(sold), NOW + 50 * DAY_MS)
    assert erase_idle(engine, 0, NOW + 999 * DAY_MS) == 0
    assert erase_idle(engine, 100, NOW + 99 * DAY_MS) == 0
    assert erase_idle(engine, 100, NOW + 101 * DAY_MS) == 1
    assert file_of(engine, one.member)["points"] == 32
    assert erase_idle(engine, 100, NOW + 151 * DAY_MS) == 1


def test_the_file_can_be_handed_over_as_json(engine: Engine) -> None:
    one = join(engine)
    take(engine, on("sale"), said(Till().sell((BREAD, 1), customer=one.member)), NOW)
    told = json.loads(json.dumps(file_of(engine, one.member)))
    assert told["sales"][0]["due_minor"] == 3290
    assert told["consented"].startswith("2025-11-24")
