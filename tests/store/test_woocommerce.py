"""A web shop sells out of the same stock: its orders come in signed, what is left goes out, and neither is lost."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from a_peer import Asked, Peer, a_peer
from a_web_shop import SECRET, SKIRT, deliver, hook, level, order
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from selling import BANANAS, BREAD, NOW, ROWS, WATER, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.wire.price_csv import PriceRow
from store import channel_orders, reorder, woocommerce
from store.api import make_app
from store.config import Config, StoreTable, WooCommerceTable
from store.ingest import take
from store.parts import Parts, make_parts
from store.telling_stock import tell_levels
from store.web_shop_push import StockCarrier
from store.woocommerce import BadOrder

HAT = PriceRow(gtin="9520000000042", name="Hat", price_minor=19900, tax_class="standard")
KEY, KEY_SECRET = "ck_1", "cs_2"


class Shop:
    """WooCommerce as far as we use it: products by SKU, one a variation, and batches."""

    def __init__(self, peer: Peer) -> None:
        self.products = {11: (SKIRT.code, 0), 12: ("0" + HAT.code, 0), 21: (WATER.code, 20)}
        self.offered: dict[int, int] = {}
        self.down = False
        self.refuses: set[int] = set()
        peer.answers = self.answer

    def answer(self, asked: Asked) -> tuple[int, bytes, dict[str, str]]:
        known = "Basic " + base64.b64encode(f"{KEY}:{KEY_SECRET}".encode()).decode()
        if self.down:
            return 503, b"<html>maintenance</html>", {}
        if asked.headers.get("authorization") != known:
            return 401, b'{"code":"woocommerce_rest_cannot_view"}', {}
        at = urlsplit(asked.path)
        if asked.method == "GET" and at.path == "/wp-json/wc/v3/products":
            wanted = parse_qs(at.query)["sku"][0].split(",")
            found = [
                {"id": id_, "sku": sku, "parent_id": parent, "name": "x"}
                for id_, (sku, parent) in self.products.items()
                if sku in wanted
            ]
            return 200, json.dumps(found).encode(), {}
        parent = {"/wp-json/wc/v3/products/batch": 0, "/wp-json/wc/v3/products/20/variations/batch": 20}[at.path]
        return (
            200,
            json.dumps({"update": [self._take(row, parent) for row in json.loads(asked.body)["update"]]}).encode(),
            {},
        )

    def _take(self, row: dict[str, Any], parent: int) -> dict[str, Any]:
        if row["id"] in self.refuses or self.products.get(row["id"], ("", -1))[1] != parent:
            return {"id": row["id"], "error": {"code": "woocommerce_rest_product_invalid_id", "message": "Invalid ID."}}
        assert row["manage_stock"] is True
        self.offered[row["id"]] = row["stock_quantity"]
        return {"id": row["id"], "stock_quantity": row["stock_quantity"]}


class Clock:
    now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def peer() -> Iterator[Peer]:
    with a_peer() as one:
        yield one


@pytest.fixture
def shop(peer: Peer) -> Shop:
    return Shop(peer)


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def parts(engine: Engine, peer: Peer, clock: Clock, tmp_path: Path) -> Parts:
    (tmp_path / "hook").write_text(f"{SECRET}\n")
    (tmp_path / "key").write_text(f"{KEY_SECRET}\n")
    table = WooCommerceTable(
        url=peer.url, key=KEY, secret_file=str(tmp_path / "key"), webhook_secret_file=str(tmp_path / "hook")
    )
    made = make_parts(Config(store=StoreTable(id="s001"), woocommerce=table), engine, clock, _raise)
    made.prices.replace((*ROWS, SKIRT, HAT), NOW, "test")
    return made


@pytest.fixture
def web(parts: Parts) -> TestClient:
    return TestClient(make_app(parts))


@pytest.fixture
def carrier(parts: Parts, clock: Clock) -> StockCarrier:
    return StockCarrier(parts.config.woocommerce, parts.engine, clock)


def carry(parts: Parts, carrier: StockCarrier) -> None:
    """What the two couriers do."""
    while tell_levels(parts.engine, NOW):
        pass
    while carrier.turn():
        pass


def test_fifty_skirts_25_sold_in_the_shop_and_10_online_leave_15_everywhere(
    web: TestClient, parts: Parts, shop: Shop, carrier: StockCarrier
) -> None:
    deliver(parts, SKIRT, 50)
    carry(parts, carrier)
    assert shop.offered == {11: 50}
    take(parts.engine, on("sale"), said(Till().sell((SKIRT, 25))), NOW)
    answer = hook(web, order(801, "processing", (SKIRT.code, 10)), "order.created")
    assert answer.json() == {"taken": True, "order": "woocommerce/801", "state": "reserved"}
    carry(parts, carrier)
    assert level(parts) == (25, 10, 15) and shop.offered == {11: 15}
    hook(web, order(801, "completed", (SKIRT.code, 10), modified="2026-11-23T11:00:00"))
    carry(parts, carrier)
    assert level(parts) == (15, 0, 15) and shop.offered == {11: 15}


def test_the_web_shop_that_was_away_hears_once_what_is_true_then(
    parts: Parts, shop: Shop, peer: Peer, carrier: StockCarrier, clock: Clock
) -> None:
    shop.down = True
    till = Till()
    for _ in range(3):
        take(parts.engine, on("sale"), said(till.sell((SKIRT, 1))), NOW)
        deliver(parts, SKIRT, 5)
        carry(parts, carrier)
    assert len(peer.asked) == 3 and shop.offered == {}
    clock.now += 4_000
    carry(parts, carrier)
    assert len(peer.asked) == 3, "it is given time"
    shop.down = False
    clock.now += 60_000
    carry(parts, carrier)
    assert shop.offered == {11: 12}
    asked = len(peer.asked)
    clock.now += 10**9
    carry(parts, carrier)
    assert len(peer.asked) == asked


def test_safety_stock_is_never_offered_and_nothing_is_less_than_nothing(
    parts: Parts, shop: Shop, peer: Peer, clock: Clock
) -> None:
    table = msgspec.structs.replace(parts.config.woocommerce, safety_stock=2)
    carrier = StockCarrier(table, parts.engine, clock)
    for row in (SKIRT, HAT, WATER):
        deliver(parts, row, 5)
    reorder.set_rules(parts.engine, [reorder.Rule(HAT.code, safety_count=4)], now_utc_ms=NOW)
    carry(parts, carrier)
    assert shop.offered == {11: 3, 12: 1, 21: 3}, "the hat's SKU is written with zeros; water is a variation"
    take(parts.engine, on("sale"), said(Till().sell((SKIRT, 9))), NOW)
    carry(parts, carrier)
    assert shop.offered[11] == 0


def test_what_the_web_shop_does_not_sell_is_asked_for_once_a_day(
    parts: Parts, shop: Shop, peer: Peer, carrier: StockCarrier, clock: Clock
) -> None:
    for _ in range(3):
        deliver(parts, BREAD, 1)
        carry(parts, carrier)
    assert len(peer.asked) == 1
    shop.products[31] = (BREAD.code, 0)
    clock.now += 24 * 3_600_000
    deliver(parts, BREAD, 1)
    carry(parts, carrier)
    assert shop.offered == {31: 4}


def test_a_product_that_was_made_anew_there_is_found_again(
    parts: Parts, shop: Shop, carrier: StockCarrier, clock: Clock
) -> None:
    deliver(parts, SKIRT, 5)
    carry(parts, carrier)
    shop.products[99] = shop.products.pop(11)
    deliver(parts, SKIRT, 1)
    carry(parts, carrier)
    clock.now += 60_000
    carry(parts, carrier)
    assert shop.offered[99] == 6


def test_a_wrong_key_or_a_page_that_is_no_api_is_told_and_tried_again(
    parts: Parts, peer: Peer, carrier: StockCarrier
) -> None:
    deliver(parts, SKIRT, 5)
    peer.answers = lambda asked: (200, b"<html>Welcome</html>", {})
    carry(parts, carrier)
    from sqlalchemy import select

    from store.outgoing_schema import shop_push

    with parts.engine.connect() as connection:
        row = connection.execute(select(shop_push)).one()
    assert row.state == "waiting" and "not WooCommerce's REST API" in row.why


def test_only_who_knows_the_secret_is_heard(web: TestClient, parts: Parts) -> None:
    for answer in (
        hook(web, order(801, "processing", (SKIRT.code, 10)), secret="guessed"),
        hook(web, order(801, "processing", (SKIRT.code, 10)), secret=""),
        web.post("/hooks/woocommerce", json=order(801, "processing", (SKIRT.code, 10))),
    ):
        assert answer.status_code == 401 and answer.headers["content-type"] == "application/problem+json"
    assert web.post("/hooks/woocommerce", content=b"x" * (2 << 20)).status_code == 413
    assert channel_orders.orders(parts.engine, limit=9) == []


def test_the_ping_of_a_new_webhook_is_answered_and_changes_nothing(web: TestClient) -> None:
    ping = web.post("/hooks/woocommerce", data={"webhook_id": "17"})
    assert ping.status_code == 200 and ping.json() == {"taken": False}
    assert hook(web, {"id": 5}, "product.updated").json() == {"taken": False}


def test_a_store_without_a_web_shop_says_so(engine: Engine) -> None:
    web = TestClient(make_app(make_parts(Config(store=StoreTable(id="s001")), engine, lambda: NOW, _raise)))
    assert web.post("/hooks/woocommerce", data={"webhook_id": "17"}).status_code == 404


def test_webhooks_repeat_and_overtake_each_other_and_the_last_word_counts(web: TestClient, parts: Parts) -> None:
    deliver(parts, SKIRT, 50)
    hook(web, order(801, "processing", (SKIRT.code, 10), modified="2026-11-23T12:00:00"))
    hook(web, order(801, "processing", (SKIRT.code, 10), modified="2026-11-23T12:00:00"))
    assert level(parts) == (50, 10, 40)
    hook(web, order(801, "processing", (SKIRT.code, 4), modified="2026-11-23T13:00:00"))
    assert level(parts) == (50, 4, 46)
    hook(web, order(801, "pending", (SKIRT.code, 10), modified="2026-11-23T11:00:00"))
    hook(web, order(801, "processing", (SKIRT.code, 10), modified="2026-11-23T12:00:00"))
    assert level(parts) == (50, 4, 46)
    hook(web, order(801, "cancelled", (SKIRT.code, 4), modified="2026-11-23T14:00:00"))
    assert level(parts) == (50, 0, 50)
    hook(web, order(801, "processing", (SKIRT.code, 4), modified="2026-11-23T15:00:00"))
    assert level(parts) == (50, 4, 46), "opened again"
    hook(web, {"id": 801}, "order.deleted")
    assert level(parts) == (50, 0, 50)
    history = [one.kind for one in channel_orders.history(parts.engine, "woocommerce/801")]
    assert history == ["placed", "amended", "cancelled", "amended", "cancelled"]


@pytest.mark.parametrize(
    ("status", "wanted"),
    [("pending", (50, 0, 50)), ("checkout-draft", (50, 0, 50)), ("on-hold", (50, 3, 47)), ("processing", (50, 3, 47)),
     ("completed", (47, 0, 47)), ("failed", (50, 0, 50)), ("refunded", (50, 0, 50)), ("a-plugins-own", (50, 0, 50))],
)  # fmt: skip
def test_each_state_means_to_our_stock_what_it_means_to_theirs(
    web: TestClient, parts: Parts, status: str, wanted: tuple[int, int, int]
) -> None:
    deliver(parts, SKIRT, 50)
    hook(web, order(801, status, (SKIRT.code, 3)), "order.created")
    assert level(parts) == wanted


def test_what_is_sold_there_and_not_here_is_in_sight(web: TestClient, parts: Parts) -> None:
    hook(web, order(801, "processing", (SKIRT.code, 2), ("", 1), ("MUG-7", 1), (WATER.code, 1.5), (BANANAS.code, 1)))
    found = channel_orders.find(parts.engine, "woocommerce/801")
    assert [line.gtin for line in found.lines] == [SKIRT.code, "", "", "", ""]
    assert found.lines[2].said == "MUG-7" and level(parts) == (0, 2, -2)


def test_nothing_of_the_customer_is_kept(web: TestClient, parts: Parts) -> None:
    hook(web, order(801, "processing", (SKIRT.code, 2)))
    text = repr(channel_orders.find(parts.engine, "woocommerce/801"))
    assert "Astrid" not in text and "example.org" not in text


@settings(max_examples=500, deadline=None, database=None)
@given(st.one_of(st.binary(max_size=200), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "status", "line_items", "quantity", "sku", "name", "number"]), inner,
                      max_size=5), max_leaves=12,
).map(lambda value: json.dumps(value).encode())))  # fmt: skip
def test_whatever_a_body_is_it_is_an_order_or_a_refusal(body: bytes) -> None:
    try:
        found = woocommerce.read_order(body, "order.updated")
    except BadOrder:
        return
    assert found.id > 0 and len({item.id for item in found.line_items}) == len(found.line_items)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"id":0}',
        b'{"id":1e999}',
        b'{"id":9007199254740993}',
        b'{"id":1,"line_items":[{"id":2,"name":"","quantity":1},{"id":2,"name":"","quantity":1}]}',
    ],
)
def test_a_body_that_is_no_order_is_refused_in_words(web: TestClient, body: bytes) -> None:  # fmt: skip
    signature = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()
    headers = {"X-WC-Webhook-Signature": signature, "X-WC-Webhook-Topic": "order.updated"}
    answer = web.post("/hooks/woocommerce", content=body, headers=headers)
    assert answer.status_code == 422 and answer.json()["detail"]
