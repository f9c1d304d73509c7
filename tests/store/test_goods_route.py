"""Products and offers over HTTP: changed as prices are, tried on a basket, and shut to whoever may not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from selling import BANANAS, BREAD, NOW, ROWS, WATER
from sqlalchemy.engine import Engine

from store.api import make_app
from store.config import Config, PicturesTable, PricesTable, StoreTable
from store.guard import Guard
from store.parts import make_parts
from store.tokens import add_token
from tests.store.test_picture_upload import picture

OFFER = {"kind": "multibuy", "name": "3 for 2", "items": [[BREAD.gtin]], "need": 3, "pay": 2}
PRODUCT, OFFERS = f"/api/v1/products/{BREAD.gtin}", "/api/v1/offers/rye"


@pytest.fixture
def database() -> str:
    """What is asked here is what HTTP makes of it."""
    return "sqlite"


@pytest.fixture
def shop(engine: Engine, tmp_path: Path) -> Iterator[TestClient]:
    folder = PicturesTable(str(tmp_path / "pictures"))
    config = Config(store=StoreTable(id="s001"), prices=PricesTable(approve_above_percent=50), pictures=folder)
    parts = make_parts(config, engine, lambda: NOW, _raise)
    parts.prices.replace(ROWS, NOW, "test", offers=[])
    app = make_app(parts)
    app.add_middleware(Guard, parts=parts)
    client = TestClient(app)
    client.headers["Authorization"] = f"Bearer {add_token(engine, 'office', 'supervisor', NOW)}"
    yield client


def _raise(bug: BaseException) -> None:
    raise bug


def test_names_and_a_picture_of_its_own_begin_at_once(shop: TestClient) -> None:
    source = shop.post("/api/v1/pictures", content=picture()).json()["picture"]
    body = {"product": {"names": {"sv": "Rågbröd"}, "picture": source}}
    batch = shop.patch(PRODUCT, json=body).json()
    assert (batch["state"], batch["version"]) == ("started", 2) and batch["made_by"]
    found = shop.get(PRODUCT).json()
    assert found["names"] == {"sv": "Rågbröd"} and found["price_minor"] == BREAD.price_minor
    assert source.startswith("store:") and found["picture"] == source


def test_what_a_file_could_not_say_is_refused_by_its_column(shop: TestClient) -> None:
    wrong = shop.patch(PRODUCT, json={"product": {"tax_class": "fodd", "age_limit": 120}})
    assert wrong.status_code == 422 and wrong.json()["problems"] == [
        "tax_class: no lane could tax 'fodd'; did you mean food?",
        "age_limit: must be a whole number from 0 to 99, not '120'",
    ]
    assert shop.patch(PRODUCT, json={"product": {"colour": "red"}}).status_code == 422
    assert shop.patch(PRODUCT, json={"product": {"gtin": WATER.gtin}}).status_code == 422
    assert shop.post("/api/v1/pictures", content=b"%PDF").json()["detail"].startswith("the picture is no JPEG")
    assert shop.get("/api/v1/price-book/versions").json()[0]["version"] == 1


def test_who_read_an_older_version_is_told_what_somebody_else_has_changed(shop: TestClient) -> None:
    assert shop.patch(PRODUCT, json={"product": {"age_limit": 18}}).status_code == 200
    late = shop.patch(PRODUCT, json={"product": {"age_limit": 15}, "version": 1})
    assert late.status_code == 409 and "age limit of Rye bread" in late.json()["detail"]
    assert shop.patch(PRODUCT, json={"product": {"category": "bread"}, "version": 1}).json()["state"] == "started"
    assert shop.get(PRODUCT).json()["age_limit"] == 18


def test_a_product_is_added_and_ended(shop: TestClient) -> None:
    cake = {"gtin": "9520000000042", "name": "Cake", "price_minor": 4_500, "tax_class": "food"}
    assert shop.put("/api/v1/products/9520000000042", json={"product": cake}).status_code == 201
    assert shop.put("/api/v1/products/9520000000042", json={"product": {**cake, "name": "X"}}).status_code == 409
    assert shop.delete("/api/v1/products/9520000000042").json()["state"] == "started"
    assert shop.get("/api/v1/products/9520000000042").status_code == 404


def test_an_offer_is_tried_written_and_ended(shop: TestClient) -> None:
    basket = {"basket": [{"code": BREAD.gtin, "count": 3}, {"code": WATER.gtin}, {"code": "4011", "weight_g": 1_000}]}
    plain = 3 * BREAD.price_minor + WATER.price_minor + WATER.deposit_minor + BANANAS.price_minor
    assert shop.post("/api/v1/price-book/basket", json=basket).json()["due_minor"] == plain
    tried = shop.post("/api/v1/price-book/basket", json={**basket, "offer": {**OFFER, "offer": "rye"}}).json()
    assert (tried["due_minor"], tried["saved_minor"]) == (plain - BREAD.price_minor, BREAD.price_minor)
    assert [line["saved_minor"] for line in tried["lines"]] == [BREAD.price_minor, 0, 0]
    assert shop.get("/api/v1/offers").json() == [], "trying changes nothing"
    assert shop.put(OFFERS, json={"offer": OFFER}).json()["state"] == "started"
    assert shop.get(OFFERS).json()["pay"] == 2
    assert shop.post("/api/v1/price-book/basket", json=basket).json()["savings"] == [
        {"offer": "rye", "name": "3 for 2", "saved_minor": BREAD.price_minor}
    ]
    assert shop.delete(OFFERS).json()["state"] == "started" and shop.get(OFFERS).status_code == 404


def test_an_offer_runs_in_a_preview_when_it_would_on_a_lane(shop: TestClient) -> None:
    monday = {**OFFER, "offer": "rye", "weekdays": [1], "kind": "member_price", "need": 1, "percent_bp": 1_000}
    del monday["pay"]
    ask = {"basket": [{"code": BREAD.gtin}], "offer": monday, "member": True, "at": "2026-11-23T12:00:00+01:00"}
    assert shop.post("/api/v1/price-book/basket", json=ask).json()["saved_minor"] == 329
    for otherwise in ({"at": "2026-11-24T12:00:00+01:00"}, {"member": False}):
        assert shop.post("/api/v1/price-book/basket", json={**ask, **otherwise}).json()["saved_minor"] == 0


def test_an_offer_that_gives_much_waits_and_nonsense_is_refused(shop: TestClient) -> None:
    half = {"kind": "percent", "name": "60 off", "items": [[BREAD.gtin]], "percent_bp": 6_000}
    assert shop.put(OFFERS, json={"offer": half}).json()["state"] == "approval"
    assert shop.get("/api/v1/offers").json() == []
    bad = shop.put(OFFERS, json={"offer": {**OFFER, "pay": 3}})
    assert bad.status_code == 422 and "3 of 3 is no offer" in bad.json()["detail"]
    nobody = shop.put(OFFERS, json={"offer": {**OFFER, "items": [["9520000000042"]]}})
    assert nobody.status_code == 409 and "the price book has no 9520000000042" in nobody.json()["detail"]


def test_a_cashier_changes_none_of_it(shop: TestClient, engine: Engine) -> None:
    shop.headers["Authorization"] = f"Bearer {add_token(engine, 'till', 'cashier', NOW)}"
    assert shop.get("/api/v1/offers").status_code == 200
    for status in (
        shop.patch(PRODUCT, json={"product": {"age_limit": 1}}).status_code,
        shop.put(OFFERS, json={"offer": OFFER}).status_code,
        shop.delete(OFFERS).status_code,
        shop.post("/api/v1/pictures", content=picture()).status_code,
    ):
        assert status == 403
