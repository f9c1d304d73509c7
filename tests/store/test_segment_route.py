"""Coupons for everybody in a segment over HTTP: a code each, for a manager's program, and in words what cannot be."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from patience import raise_it
from selling import BREAD, NOW, ROWS, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.wire.offers_csv import OfferRow
from store import members
from store.api import make_app
from store.config import Config, StoreTable
from store.database import writing
from store.guard import Guard
from store.ingest import take
from store.joining import DESK, agree
from store.members import Member
from store.parts import make_parts
from store.price_book import PriceBook
from store.tokens import add_token
from store.voucher_book import find_all

TEN = OfferRow(offer="ten", name="Ten off", kind="coupon", items=(("*",),), coupon="KC-TEN*", once=True)
FIXED = OfferRow(offer="fixed", name="One code", kind="coupon", items=(("*",),), coupon="KC-ONE", once=True)
OFTEN = OfferRow(offer="often", name="Again and again", kind="coupon", items=(("*",),), coupon="KC-OFT*")


Give = Callable[..., Response]


@pytest.fixture
def give(engine: Engine) -> Give:
    """Sam has bought bread and Ida nothing yet, both agreed to offers; Bo bought and did not agree."""
    PriceBook(engine).replace(ROWS, NOW, "test", offers=(TEN, FIXED, OFTEN))
    with writing(engine) as connection:
        for id_, name, offers in (("m1", "Sam", True), ("m2", "Ida", True), ("m3", "Bo", False)):
            one = Member(id_, NOW, name, "members", "", f"{name.lower()}@example.com")
            members.enrol(connection, one, f"KM-{id_}")
            agree(connection, one, DESK, "v1", "sv", marketing=offers)
    till = Till()
    for customer in ("m1", "m3"):
        take(engine, on("sale"), said(till.sell((BREAD, 1), customer=customer)), NOW)
    parts = make_parts(Config(StoreTable(id="s001", currency="SEK")), engine, lambda: NOW, raise_it)
    app = make_app(parts)
    app.add_middleware(Guard, parts=parts)
    web = TestClient(app)
    tokens = {role: add_token(engine, role, role, NOW) for role in ("cashier", "supervisor", "manager")}

    def give(body: object, role: str = "manager") -> Response:
        headers = {"authorization": f"Bearer {tokens[role]}"}
        answer: Response = web.post("/api/v1/segment/coupons", json=body, headers=headers)
        return answer

    return give


def test_everybody_who_agreed_gets_a_code_and_the_list_names_it(give: Give, engine: Engine) -> None:
    answer = give({"offer": "ten", "expires": "2026-12-24"})
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    head, *rows = csv.reader(StringIO(answer.text))
    assert [(row[0], row[1]) for row in rows] == [("m1", "Sam"), ("m2", "Ida")]
    codes = {row[head.index("code")] for row in rows}
    kept = {line.voucher.number: line.voucher for line in find_all(engine, kind="coupon")}
    assert codes == set(kept) and len(codes) == 2
    assert {one.expires_utc_ms for one in kept.values()} == {1_798_156_800_000}, "the end of 24 December 2026"


def test_only_those_of_the_segment_get_one(give: Give, engine: Engine) -> None:
    _, *rows = csv.reader(StringIO(give({"offer": "ten", "spent_minor": 1}).text))
    assert [row[0] for row in rows] == ["m1"] and len(find_all(engine, kind="coupon")) == 1
    assert len(list(csv.reader(StringIO(give({"offer": "ten", "group": "nobody"}).text)))) == 1
    assert len(find_all(engine, kind="coupon")) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "offer"),
        ({"offer": "twenty"}, "there is no offer twenty"),
        ({"offer": "often"}, "used once"),
        ({"offer": "fixed"}, "KC-ONE*"),
        ({"offer": "ten", "expires": "2026-02-31"}, "2026-02-31"),
        ({"offer": "ten", "expires": "soon"}, "expires"),
        ({"offer": "ten", "from_day": "yesterday"}, "from_day"),
        ({"offer": "ten", "quiet_since": "1 May"}, "quiet_since"),
        ({"offer": "ten", "spent_minor": -1}, "spent_minor"),
        ({"offer": "ten", "members": ["m3"]}, "members"),
    ],
)
def test_what_cannot_be_is_a_problem_and_nobody_gets_one(give: Give, engine: Engine, body: object, said: str) -> None:
    answer = give(body)
    assert answer.status_code == 422 and answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"], answer.text
    assert find_all(engine, kind="coupon") == []


@pytest.mark.parametrize("role", ["cashier", "supervisor"])
def test_who_gets_offers_is_a_managers_word(give: Give, engine: Engine, role: str) -> None:
    assert give({"offer": "ten"}, role).status_code == 403
    assert find_all(engine, kind="coupon") == []
