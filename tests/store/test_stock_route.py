"""Stock over HTTP, as another program keeps it: every room of it, and every no as a problem."""

from io import BytesIO
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader
from selling import BREAD, NOW, ROWS, WATER
from sqlalchemy.engine import Engine

from store.api import make_app
from store.config import Config, StoreTable
from store.parts import make_parts


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def web(engine: Engine) -> TestClient:
    parts = make_parts(Config(store=StoreTable(id="s001", name="Corner shop")), engine, lambda: NOW, _raise)
    parts.prices.replace(ROWS, NOW, "test")
    return TestClient(make_app(parts))


def ok(answer: Any) -> Any:
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def deliver(web: TestClient, gtin: str, count: int, **more: Any) -> None:
    line = {"gtin": gtin, "count": count, **more}
    ok(web.post("/api/v1/stock-slips", json={"kind": "delivery", "lines": [line], "place": "back", "note": "van"}))


def test_goods_come_go_to_the_floor_and_are_wasted(web: TestClient) -> None:
    deliver(web, BREAD.code, 20, batch="L77", expiry="2025-11-30")
    lines = [{"gtin": BREAD.code, "count": 8}]
    sent = ok(web.post("/api/v1/stock-transfers", json={"from_place": "back", "to_place": "floor", "lines": lines}))
    assert sent["state"] == "sent"
    came = {"lines": [{"gtin": BREAD.code, "count": 7}]}
    done = ok(web.post(f"/api/v1/stock-transfers/{sent['id']}/receive", json=came))
    assert done["lines"][0]["received_count"] == 7
    waste = {"gtin": BREAD.code, "count": 1, "reason": "damaged"}
    ok(web.post("/api/v1/stock-slips", json={"kind": "waste", "lines": [waste]}))
    one = ok(web.get(f"/api/v1/stock/{BREAD.code}"))
    assert one["available_count"] == 18
    assert {at["place"]: at["count"] for at in one["places"]} == {"back": 12, "floor": 6}
    assert [m["reason"] for m in ok(web.get("/api/v1/stock-movements?kind=waste"))] == ["damaged"]
    (lot,) = ok(web.get("/api/v1/expiry?days=30"))
    assert (lot["batch"], lot["at_most_count"]) == ("L77", 18)
    assert ok(web.get("/api/v1/expiry?days=0")) == []


def test_a_count_from_the_sheet_to_the_books(web: TestClient) -> None:
    deliver(web, WATER.code, 24)
    made = ok(web.post("/api/v1/stock-counts", json={"place": "back", "words": "water"}))
    at = f"/api/v1/stock-counts/{made['id']}"
    assert [line["count"] for line in ok(web.get(f"{at}/sheet"))] == [None]
    ok(web.put(f"{at}/lines/{WATER.code}", json={"count": 22}))
    assert [d["book_count"] for d in ok(web.get(f"{at}/differences"))] == [24]
    ok(web.post(f"{at}/book", json={}))
    assert ok(web.get(f"/api/v1/stock/{WATER.code}"))["count"] == 22
    assert web.post(f"{at}/drop").status_code == 404


def test_what_to_buy_as_data_spreadsheet_and_paper(web: TestClient) -> None:
    rule = {"minimum_count": 10, "fill_to_count": 30, "pack_count": 8, "supplier": "Bakery & sons"}
    ok(web.put(f"/api/v1/stock-rules/{BREAD.code}", json=rule))
    assert ok(web.get(f"/api/v1/stock-rules/{BREAD.code}"))["pack_count"] == 8
    assert [one["packs"] for one in ok(web.get("/api/v1/reorder"))] == [4]
    csv = web.get("/api/v1/reorder?format=csv")
    assert csv.headers["content-type"].startswith("text/csv") and "Bakery & sons,," in csv.text
    paper = web.get("/api/v1/reorder?format=pdf")
    text = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    assert "Bakery & sons" in text and "Rye bread" in text and "32" in text
    empty = PdfReader(BytesIO(web.get("/api/v1/reorder?format=pdf&supplier=x").content)).pages[0].extract_text()
    assert "enough of everything" in empty


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "stock-slips", {"kind": "delivery", "lines": []}, 422),
        ("POST", "stock-slips", {"kind": "delivery", "lines": [{"gtin": "99999999", "count": 1}]}, 404),
        ("POST", "stock-slips", {"kind": "delivery", "lines": [{"gtin": BREAD.code}]}, 422),
        ("POST", "stock-slips", {"kind": "waste", "lines": [{"gtin": BREAD.code, "count": 1}]}, 422),
        ("POST", "stock-slips", {"kind": "waste", "lines": [{"gtin": BREAD.code, "count": 1.5}]}, 422),
        ("POST", "stock-movements", {"kind": "waste", "gtin": BREAD.code, "count": 1, "place": "moon"}, 422),
        ("POST", "stock-transfers", {"from_place": "x", "to_place": "y", "lines": [{"gtin": BREAD.code, "count": 1}]},
         422),
        ("POST", "stock-transfers/transfer-1-00000000/receive", {}, 404),
        ("POST", "stock-counts", {"place": "moon"}, 422),
        ("POST", "stock-counts/count-1-00000000/book", {}, 404),
        ("PUT", "stock-rules/99999999", {}, 404),
        ("PUT", f"stock-rules/{BREAD.code}", {"pack_count": 0}, 422),
        ("PUT", "stock-places/floor", {"name": "x", "kind": "shop"}, 422),
        ("GET", "stock/99999999", None, 404),
    ],
)  # fmt: skip
def test_every_no_is_a_problem(web: TestClient, method: str, path: str, body: Any, status: int) -> None:
    answer = web.request(method, f"/api/v1/{path}", json=body)
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert web.get("/api/v1/stock-movements").json() == []


def test_a_place_may_be_another_shop(web: TestClient) -> None:
    ok(web.put("/api/v1/stock-places/s002", json={"name": "Harbour shop", "kind": "shop"}))
    assert [place["id"] for place in ok(web.get("/api/v1/stock-places"))] == ["back", "s002", "floor"]
