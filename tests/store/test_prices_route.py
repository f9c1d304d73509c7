"""Prices to come over HTTP: who approves is who was let in, whatever a body says."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace
from selling import BREAD, NOW, ROWS
from sqlalchemy.engine import Engine

from kiosk.wire.offers_csv import OfferRow
from store.api import make_app
from store.book_edits import Edit
from store.config import Config, PricesTable, StoreTable
from store.database import writing
from store.guard import Guard
from store.parts import make_parts
from store.price_batches import BadBatch, Limits, ask
from store.price_book import PriceBook
from store.tokens import add_token


@pytest.fixture
def database() -> str:
    """What is asked here is who may, not what a database does with it."""
    return "sqlite"


@pytest.fixture
def shop(engine: Engine) -> Iterator[TestClient]:
    config = Config(store=StoreTable(id="s001"), prices=PricesTable(approve_above_percent=30))
    parts = make_parts(config, engine, lambda: NOW, _raise)
    parts.prices.replace(ROWS, NOW, "test")
    app = make_app(parts)
    app.add_middleware(Guard, parts=parts)
    yield TestClient(app)


def _raise(bug: BaseException) -> None:
    raise bug


def _as(engine: Engine, name: str, role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {add_token(engine, name, role, NOW)}"}


def test_nobody_approves_what_they_have_planned_themselves(shop: TestClient, engine: Engine) -> None:
    one, other = _as(engine, "office", "manager"), _as(engine, "owner", "manager")
    batch = shop.post("/api/v1/price-batches", json={"prices": {BREAD.code: 1}}, headers=one).json()
    assert batch["state"] == "approval" and batch["made_by"]
    approve = f"/api/v1/price-batches/{batch['id']}/approve"
    assert shop.post(approve, headers=one).status_code == 409
    assert shop.post(approve).status_code == 401
    assert shop.post(approve, headers=other).json()["state"] == "started", "what waits for nothing more begins"
    assert shop.get(f"/api/v1/prices/{BREAD.code}", headers=one).json()["price_minor"] == 1


def test_one_price_goes_no_other_way_past_the_second_person(shop: TestClient, engine: Engine) -> None:
    one, other = _as(engine, "office", "manager"), _as(engine, "owner", "manager")
    where, was = f"/api/v1/prices/{BREAD.code}", BREAD.price_minor
    a_little = shop.patch(where, json={"price_minor": was + was // 4}, headers=one)
    assert (a_little.status_code, a_little.json()["price_minor"]) == (200, was + was // 4)
    much = shop.patch(where, json={"price_minor": 1}, headers=one)
    assert much.status_code == 202 and much.json()["state"] == "approval"
    assert "more than 30 per cent" in much.json()["needs_approval"]
    assert shop.get(where, headers=one).json()["price_minor"] == was + was // 4, "nothing is charged before"
    assert much.json()["id"] in [batch["id"] for batch in shop.get(much.headers["Location"], headers=one).json()]
    assert shop.post(much.json()["approve"], headers=one).status_code == 409, "not by whoever asked for it"
    assert shop.post(much.json()["approve"], headers=other).status_code == 200
    assert shop.get(where, headers=one).json()["price_minor"] == 1
    same = shop.patch(where, json={"price_minor": 1}, headers=one)
    assert same.status_code == 200, "what it costs already is no change, and no error"


def test_the_way_back_goes_not_past_the_second_person_either(shop: TestClient, engine: Engine) -> None:
    one, other = _as(engine, "office", "manager"), _as(engine, "owner", "manager")
    where, was = f"/api/v1/prices/{BREAD.code}", BREAD.price_minor
    for price_minor in (was * 5 // 4, was * 6 // 4):
        assert shop.patch(where, json={"price_minor": price_minor}, headers=one).status_code == 200
    back = "/api/v1/price-book/versions/{}/back".format
    little = shop.post(back(2), headers=one)
    assert (little.status_code, little.json()) == (200, {"version": 4}), "one step is no more than one may alone"
    assert shop.patch(where, json={"price_minor": was * 6 // 4}, headers=one).status_code == 200
    much = shop.post(back(1), headers=one)
    assert much.status_code == 202 and much.json()["name"] == "Back to version 1"
    assert "more than 30 per cent" in much.json()["needs_approval"]
    assert shop.get(where, headers=one).json()["price_minor"] == was * 6 // 4, "nothing is charged before"
    assert much.json()["id"] in [batch["id"] for batch in shop.get(much.headers["Location"], headers=one).json()]
    assert shop.post(much.json()["approve"], headers=one).status_code == 409, "not by whoever asked for it"
    assert shop.post(much.json()["approve"], headers=other).json()["state"] == "started"
    assert shop.get(where, headers=one).json()["price_minor"] == was
    none = shop.post(back(1), headers=one)
    assert none.status_code == 200, "what is so already is no change, and no error"


def test_a_large_way_back_leaves_out_what_was_wrong_then_and_says_so(shop: TestClient, engine: Engine) -> None:
    one, other = _as(engine, "office", "manager"), _as(engine, "owner", "manager")
    book, gone = PriceBook(engine), "9520000000073"
    wrong = OfferRow(offer="pens", kind="multibuy", name="3 for 2", items=((gone,),), need=3, pay=2)
    book.replace(ROWS, NOW, "with an offer on what is not sold", offers=[wrong])
    book.replace([replace(BREAD, price_minor=1)], NOW, "much else", offers=[], keep_others=True)
    much = shop.post("/api/v1/price-book/versions/2/back", headers=one)
    assert much.status_code == 202 and much.json()["state"] == "approval"
    assert much.json()["left_out"].startswith("the offer 3 for 2 (pens): ") and gone in much.json()["left_out"]
    approved = shop.post(much.json()["approve"], headers=other).json()
    assert approved["state"] == "started" and approved["left_out"] == much.json()["left_out"]
    assert book.row(BREAD.code).price_minor == BREAD.price_minor and book.offers() == ()


def test_a_way_back_that_has_only_wrong_things_says_what_to_do(engine: Engine) -> None:
    offer = OfferRow(offer="pens", kind="multibuy", name="Pens", items=(("9520000000073",),), need=3, pay=2)
    edits = [Edit(offer.code, None, offer)] * 2
    about: dict[str, Any] = {"name": "Back to version 2", "by": "u1", "now_utc_ms": NOW}
    with writing(engine) as connection, pytest.raises(BadBatch, match=r"only bring back what is wrong \(.*by hand"):
        ask(connection, edits, Limits(rows=1), **about)
    with writing(engine) as connection, pytest.raises(BadBatch, match="the offer Pens"):
        ask(connection, edits, Limits(rows=1), **about, whole=True)


def test_a_cashier_plans_nothing(shop: TestClient, engine: Engine) -> None:
    cashier = _as(engine, "till", "cashier")
    assert shop.post("/api/v1/price-batches", json={"prices": {BREAD.code: 1}}, headers=cashier).status_code == 403
    assert shop.get("/api/v1/price-batches", headers=cashier).json() == []


def test_labels_and_versions(shop: TestClient, engine: Engine) -> None:
    manager = _as(engine, "office", "manager")
    pdf = shop.get("/api/v1/labels.pdf", params={"words": "bread"}, headers=manager)
    assert pdf.headers["content-type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert shop.get("/api/v1/labels.pdf", params={"sheet": "a3"}, headers=manager).status_code == 422
    assert shop.get("/api/v1/price-book/versions", headers=manager).json()[0]["version"] == 1
    assert shop.get("/api/v1/price-book/versions/9", headers=manager).status_code == 404
    assert shop.post("/api/v1/price-book/versions/9/back", headers=manager).status_code == 404
    bad = {"prices": {BREAD.code: 5}, "starts": "soon"}
    assert shop.post("/api/v1/price-batches", json=bad, headers=manager).status_code == 422
