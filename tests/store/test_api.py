"""The API says what is in the books, changes what it may, and explains every no as problem JSON."""

import subprocess
import sys
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from selling import BREAD, NOW, ROWS, WATER, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.wire.messages import DeviceHealth, Health, LaneState, StaffNeed
from store.api import make_app
from store.config import Config, StoreTable
from store.ingest import take
from store.parts import Parts, make_parts


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def parts(engine: Engine) -> Parts:
    made = make_parts(Config(store=StoreTable(id="s001", name="Corner shop")), engine, lambda: NOW, _raise)
    made.prices.replace(ROWS, NOW, "test")
    return made


@pytest.fixture
def web(parts: Parts) -> TestClient:
    return TestClient(make_app(parts))


def _is_problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(body) and body["status"] == status
    return body


def test_a_sale_can_be_listed_found_and_read_as_it_was_sealed(web: TestClient, engine: Engine) -> None:
    till = Till()
    sales = [till.sell((BREAD, 2)), till.sell((WATER, 1), kind="void"), till.sell((WATER, 3), version="9")]
    for sale in sales:
        take(engine, on("sale"), said(sale), NOW)
    listed = web.get("/api/v1/sales").json()
    assert [one["key"] for one in listed] == [sale.key for sale in reversed(sales)]
    assert listed[2]["due_minor"] == 6580 and listed[2]["items"] == 2 and listed[2]["flags"] == []
    assert [one["key"] for one in web.get("/api/v1/sales?flagged=true").json()] == [sales[2].key]
    assert [one["key"] for one in web.get("/api/v1/sales?words=000002").json()] == [sales[1].key]
    assert web.get("/api/v1/sales?from=2026-11-24").json() == web.get("/api/v1/sales?till=k02").json() == []
    assert len(web.get("/api/v1/sales?from=2026-11-23&to=2026-11-23&limit=2&offset=2").json()) == 1
    whole = web.get(f"/api/v1/sales/{sales[2].key}").json()
    assert whole["sale"]["chain"]["hash"] == sales[2].chain.hash
    assert [flag["reason"] for flag in whole["flags"]] == ["price_book"]


def test_a_price_is_changed_and_the_new_version_is_told(web: TestClient, parts: Parts) -> None:
    assert web.get(f"/api/v1/prices/{BREAD.code}").json()["price_minor"] == 3290
    changed = web.patch(f"/api/v1/prices/{BREAD.code}", json={"price_minor": 2990})
    assert changed.status_code == 200
    assert changed.json() == {"code": BREAD.code, "name": "Rye bread", "price_minor": 2990, "version": "2"}
    assert web.get(f"/api/v1/products/{BREAD.code}").json()["price_minor"] == 2990
    assert parts.clerk.waiting == 1


@pytest.mark.parametrize(
    ("path", "body", "status", "says"),
    [
        ("/api/v1/prices/99999999", {"price_minor": 1}, 404, "99999999"),
        (f"/api/v1/prices/{BREAD.code}", {"price_minor": -1}, 422, "price_minor"),
        (f"/api/v1/prices/{BREAD.code}", {"price_minor": 29.9}, 422, "integer"),
        (f"/api/v1/prices/{BREAD.code}", {"price_minor": "1"}, 422, "integer"),
        (f"/api/v1/prices/{BREAD.code}", {"price_minor": 10**30}, 422, "price_minor"),
        (f"/api/v1/prices/{BREAD.code}", {"price": 1}, 422, "price_minor"),
        ("/api/v1/prices/x", {"price_minor": 1}, 422, "code"),
    ],
)
def test_a_wrong_price_is_explained(
    web: TestClient, parts: Parts, path: str, body: Any, status: int, says: str
) -> None:
    assert says in _is_problem(web.patch(path, json=body), status)["detail"]
    head = parts.prices.head()
    assert head is not None and head.version == "1"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/sales/s001/k01/2026-11-23/000001", 404),
        ("GET", "/api/v1/products/99999999", 404),
        ("GET", "/api/v1/sales?limit=0", 422),
        ("GET", "/api/v1/sales?from=yesterday", 422),
        ("GET", "/api/v1/nothing", 404),
        ("POST", "/api/v1/nothing", 404),
        ("GET", "/api/v2/sales", 404),
        ("POST", "/api/v1/stock-movements", 422),
    ],
)
def test_every_no_is_a_problem(web: TestClient, method: str, path: str, status: int) -> None:
    assert _is_problem(web.request(method, path), status)["detail"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_books_that_cannot_be_reached_are_a_problem_too(parts: Parts, engine: Engine) -> None:
    web = TestClient(make_app(parts), raise_server_exceptions=False)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE sale RENAME TO lost")
    assert "log" in _is_problem(web.get("/healthz"), 503)["detail"]
    assert "log" in _is_problem(web.get("/api/v1/sales"), 503)["detail"]


def test_a_bug_is_a_problem_that_says_nothing_of_its_inside(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.stock.on_hand", lambda *_, **__: 1 // 0)
    web = TestClient(make_app(parts), raise_server_exceptions=False)
    assert "division" not in _is_problem(web.get("/api/v1/stock"), 500)["detail"]


def test_stock_comes_goes_and_is_counted(web: TestClient) -> None:
    def move(kind: str, count: int) -> httpx.Response:
        return web.post("/api/v1/stock-movements", json={"gtin": WATER.code, "kind": kind, "count": count, "note": "x"})

    assert move("delivery", 50).json()["count"] == 50
    assert (move("waste", 2).json()["count"], move("count", 47).json()["count"]) == (48, 47)
    assert web.get("/api/v1/stock").json()[0]["count"] == 47
    assert [one["count"] for one in web.get(f"/api/v1/stock-movements?gtin={WATER.code}").json()] == [-1, -2, 50]
    _is_problem(web.post("/api/v1/stock-movements", json={"gtin": "99999999", "kind": "waste", "count": 1}), 404)
    _is_problem(web.post("/api/v1/stock-movements", json={"gtin": WATER.code, "kind": "theft", "count": 1}), 422)


def test_tills_are_those_that_sold_and_those_that_were_heard(web: TestClient, parts: Parts, engine: Engine) -> None:
    take(engine, on("sale", "k02"), said(Till("k02").sell((BREAD, 1))), NOW)
    need = StaffNeed(reason="age", since="2026-11-23T09:13:40.002Z")
    parts.lanes.hear("k01", LaneState(store="s001", till="k01", online=True, staff_needed=(need,)), NOW)
    lost = {"scale": DeviceHealth(status="lost", why="no answer")}
    parts.lanes.hear("k01", Health(store="s001", till="k01", devices=lost), NOW)
    first, second = web.get("/api/v1/tills").json()
    assert (first["till"], first["online"], first["last_sale"]) == ("k01", True, "")
    assert first["state"]["staff_needed"][0]["reason"] == "age" and first["health"]["devices"]["scale"]["why"]
    assert (second["till"], second["online"], second["state"]) == ("k02", False, None)
    assert second["last_sale"] == "2026-11-23T09:13:40.002Z"


def test_the_description_describes_every_route(web: TestClient) -> None:
    described = web.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.")
    paths = set(described["paths"])
    assert {"products", "prices/{code}", "stock", "stock-movements", "sales", "tills"} <= {
        path.removeprefix("/api/v1/") for path in paths
    }
    schema = described["components"]["schemas"]["NewPrice"]
    assert schema["additionalProperties"] is False and schema["properties"]["price_minor"]["minimum"] == 0


def test_health_and_numbers_for_whoever_watches(web: TestClient, parts: Parts, engine: Engine) -> None:
    assert web.get("/healthz").json()["broker"] == "away"
    take(engine, on("sale"), said(Till().sell((BREAD, 1), version="9")), NOW)
    parts.clerk.counts["sale", "new"] += 1
    parts.lanes.hear("k01", LaneState(store="s001", till="k01", online=True), NOW)
    answer = web.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    for line in (
        "kassa_store_sales 1",
        "kassa_store_sales_flagged 1",
        'kassa_store_messages_total{topic="sale",outcome="new"} 1',
        "kassa_store_price_book_version 1",
        'kassa_lane_online{till="k01"} 1',
        "kassa_store_broker_up 0",
    ):
        assert line in lines
    for line in lines:
        assert line.startswith("# ") or line.rsplit(" ", 1)[1].lstrip("-").isdigit()


def test_an_app_needs_no_console() -> None:
    """So the API starts in a second on a small machine, and its tests need no browser library."""
    code = "import sys, store.api; sys.exit('nicegui' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
