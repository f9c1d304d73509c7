"""An order from another channel: once, out of the same stock as the shop's, and never the last piece twice."""

import threading
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from selling import BREAD, NOW, ROWS, WATER, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.wire.price_csv import PriceRow
from store import channel_order, channel_orders, stock, stock_ledger
from store.api import make_app
from store.channel_order import Line, NotNow, Order
from store.channel_orders import New, Short
from store.config import Config, StoreTable
from store.ingest import take
from store.parts import Parts, make_parts

SKIRT = PriceRow(gtin="9520000000035", name="Skirt", price_minor=39900, tax_class="standard")


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def parts(engine: Engine) -> Parts:
    made = make_parts(Config(store=StoreTable(id="s001")), engine, lambda: NOW, _raise)
    made.prices.replace((*ROWS, SKIRT), NOW, "test")
    return made


@pytest.fixture
def web(parts: Parts) -> TestClient:
    return TestClient(make_app(parts))


def body(number: str, count: int, gtin: str = SKIRT.code, **more: Any) -> dict[str, Any]:
    return {"channel": "webshop", "number": number, "lines": [{"gtin": gtin, "count": count}], **more}


def post(web: TestClient, number: str, count: int, key: str = "", **more: Any) -> Any:
    headers = {"Idempotency-Key": key or f"key-{number}"}
    return web.post("/api/v1/orders", json=body(number, count, **more), headers=headers)


def level(web: TestClient, gtin: str = SKIRT.code) -> tuple[int, int, int]:
    """(on hand, reserved, available)"""
    found = web.get(f"/api/v1/stock/{gtin}").json()
    return found["count"], found["reserved_count"], found["available_count"]


def fifty(parts: Parts) -> None:
    stock.move(parts.engine, "delivery", SKIRT.code, count=50, weight_g=0, now_utc_ms=NOW, note="")


def test_fifty_skirts_of_which_the_shop_sells_25_and_the_web_10(web: TestClient, parts: Parts) -> None:
    fifty(parts)
    take(parts.engine, on("sale"), said(Till().sell((SKIRT, 25))), NOW)
    made = post(web, "1001", 10)
    assert made.status_code == 201 and made.json()["state"] == "reserved"
    assert made.headers["location"] == "/api/v1/orders/webshop/1001"
    assert level(web) == (25, 10, 15)
    done = web.post("/api/v1/orders/webshop/1001/ship", json={})
    assert done.json()["state"] == "shipped" and level(web) == (15, 0, 15)
    assert [one["kind"] for one in web.get("/api/v1/orders/webshop/1001").json()["history"]] == ["placed", "shipped"]
    assert web.get("/api/v1/stock-movements?kind=order").json()[0]["cause"] == "webshop/1001"
    assert stock_ledger.differences(parts.engine) == []


def test_the_same_order_again_is_the_same_order(web: TestClient, parts: Parts) -> None:
    fifty(parts)
    assert [post(web, "1001", 10).status_code for _ in range(3)] == [201, 200, 200]
    assert level(web) == (50, 10, 40)
    assert post(web, "1001", 11).status_code == 422
    assert post(web, "1002", 10, key="key-1001").status_code == 422
    assert post(web, "1001", 11, key="another").status_code == 422
    missing = web.post("/api/v1/orders", json=body("1003", 1))
    assert missing.status_code == 400 and "Idempotency-Key" in missing.json()["detail"]
    assert level(web) == (50, 10, 40)


def test_what_is_not_there_cannot_be_ordered_unless_it_is_sold_already(web: TestClient, parts: Parts) -> None:
    fifty(parts)
    post(web, "1001", 45)
    refused = post(web, "1002", 6)
    assert refused.status_code == 409 and refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["short"] == [
        {"gtin": SKIRT.code, "wanted_count": 6, "wanted_g": 0, "available_count": 5, "available_g": 0}
    ]
    assert post(web, "1002", 5).status_code == 201, "a refusal uses up no key"
    assert post(web, "1003", 7, oversell=True).status_code == 201
    assert level(web) == (50, 57, -7)
    assert [one["gtin"] for one in web.get("/api/v1/stock?below_zero=true").json()] == [SKIRT.code]


def test_a_cancelled_order_gives_free_once(web: TestClient, parts: Parts) -> None:
    fifty(parts)
    post(web, "1001", 10)
    for _ in range(2):
        done = web.post("/api/v1/orders/webshop/1001/cancel", json={"why": "changed their mind"})
        assert done.json()["state"] == "cancelled" and level(web) == (50, 0, 50)
    assert web.post("/api/v1/orders/webshop/1001/ship", json={}).status_code == 409
    history = web.get("/api/v1/orders/webshop/1001").json()["history"]
    assert [one["why"] for one in history] == ["", "changed their mind"]


def test_half_of_an_order_can_leave_and_the_rest_be_cancelled(web: TestClient, parts: Parts) -> None:
    fifty(parts)
    post(web, "1001", 10)
    part = {"lines": [{"line": 1, "count": 4}]}
    shipped = web.post("/api/v1/orders/webshop/1001/ship", json=part).json()
    assert (shipped["state"], shipped["lines"][0]["open_count"]) == ("part_shipped", 6)
    assert level(web) == (46, 6, 40)
    too_many = web.post("/api/v1/orders/webshop/1001/ship", json={"lines": [{"line": 1, "count": 7}]})
    assert too_many.status_code == 409 and level(web) == (46, 6, 40)
    assert web.post("/api/v1/orders/webshop/1001/cancel", json={}).json()["state"] == "shipped"
    assert level(web) == (46, 0, 46)
    assert web.post("/api/v1/orders/webshop/1001/cancel", json={}).status_code == 409


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("orders", body("1", 1, gtin="99999999"), 404),
        ("orders", body("1", 0), 422),
        ("orders", body("1", -1), 422),
        ("orders", body("1 2", 1), 422),
        ("orders", {**body("1", 1), "colour": "red"}, 422),
        ("orders", {**body("1", 1), "lines": []}, 422),
        ("orders/webshop/77/ship", {}, 404),
        ("orders/webshop/77/cancel", {}, 404),
    ],
)
def test_every_no_is_a_problem(web: TestClient, path: str, body: Any, status: int) -> None:
    answer = web.post(f"/api/v1/{path}", json=body, headers={"Idempotency-Key": "k"})
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"


def test_of_many_who_want_the_last_pieces_only_so_many_get_them(parts: Parts) -> None:
    """Twelve at once for ten pieces, two each."""
    stock.move(parts.engine, "delivery", SKIRT.code, count=10, weight_g=0, now_utc_ms=NOW, note="")
    came: list[str] = []

    def want(number: int) -> None:
        new = New("webshop", str(number), (Line(1, SKIRT.code, SKIRT.code, "Skirt", 2, 0),), "x", f"k{number}")
        try:
            channel_orders.place(parts.engine, new, now_utc_ms=NOW)
            came.append("placed")
        except Short:
            came.append("short")

    threads = [threading.Thread(target=want, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["placed"] * 5 + ["short"] * 7
    assert stock.one(parts.engine, SKIRT.code).available_count == 0


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("ship"), st.integers(1, 3), st.integers(0, 9)),
        st.tuples(st.just("cancel"), st.just(0), st.just(0)),
        st.tuples(st.just("amend"), st.integers(1, 3), st.integers(1, 9)),
    ),
    max_size=8,
)


@given(ACTS)
def test_whatever_happens_to_an_order_no_line_ships_more_than_was_ordered(acts: list[tuple[str, int, int]]) -> None:
    lines = tuple(Line(n, "1", "1", "", 5, 0) for n in (1, 2))
    order = Order("c/1", "c", "1", "reserved", "", "", 0, 0, lines)
    left = 0
    for kind, line, much in acts:
        over = order.is_over
        try:
            match kind:
                case "ship":
                    after = channel_order.shipped(order, {line: (much, 0)})
                case "cancel":
                    after = channel_order.cancelled(order)
                case _:
                    after = channel_order.amended(order, [Line(line, "1", "1", "", much, 0)])
        except NotNow:
            continue
        assert not over or after == order, "what is over stays as it is"
        left += sum(one.shipped_count for one in after.lines) - sum(one.shipped_count for one in order.lines)
        order = after
        assert all(min(one.open) >= 0 for one in order.lines)
        assert order.state == channel_order.state_of(order.lines)
    assert left == sum(one.shipped_count for one in order.lines)


def test_orders_are_listed_and_found(web: TestClient, parts: Parts) -> None:
    fifty(parts)
    post(web, "1001", 1)
    post(web, "1002", 1)
    web.post("/api/v1/orders/webshop/1001/ship", json={})
    assert [one["number"] for one in web.get("/api/v1/orders?state=open").json()] == ["1002"]
    assert [one["number"] for one in web.get("/api/v1/orders?words=1001").json()] == ["1001"]
    assert level(web, WATER.code) == (0, 0, 0) and BREAD.code not in stock.levels(parts.engine, [BREAD.code])
