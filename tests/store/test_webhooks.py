"""Other programs hear what happened: signed, after the commit, until they have it or staff know that they do not."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import pytest
from a_peer import Peer, a_peer
from fastapi.testclient import TestClient
from selling import BREAD, NOW, ROWS, Till, on, said
from sqlalchemy.engine import Engine

from store import stock, webhooks
from store.api import make_app
from store.config import Config, StoreTable, WebhooksTable
from store.couriers import WebhookCarrier
from store.database import writing
from store.ingest import take
from store.parts import Parts, make_parts
from store.webhook_signature import signed_headers


class Clock:
    """Time that the test hands in."""

    now = NOW

    def __call__(self) -> int:
        return self.now


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def peer() -> Iterator[Peer]:
    with a_peer() as one:
        yield one


@pytest.fixture
def parts(engine: Engine, clock: Clock) -> Parts:
    config = Config(store=StoreTable(id="s001"), webhooks=WebhooksTable(allow_private=True))
    made = make_parts(config, engine, clock, _raise)
    made.prices.replace(ROWS, NOW, "test")
    return made


@pytest.fixture
def web(parts: Parts) -> TestClient:
    return TestClient(make_app(parts))


@pytest.fixture
def carrier(parts: Parts, clock: Clock) -> WebhookCarrier:
    return WebhookCarrier(parts.config.webhooks, parts.engine, clock, lambda: 0)


def subscribe(web: TestClient, peer: Peer, *events: str) -> tuple[str, str]:
    answer = web.post("/api/v1/webhooks", json={"url": f"{peer.url}/hook", "events": list(events)})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"], answer.json()["secret"]


def carry(carrier: WebhookCarrier) -> None:
    while carrier.turn():
        pass


def is_from_us(secret: str, asked: Any) -> bool:
    """As any receiver of Standard Webhooks works it out."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{asked.headers['webhook-id']}.{asked.headers['webhook-timestamp']}.".encode() + asked.body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{wanted}" in asked.headers["webhook-signature"].split()


def test_the_signature_is_that_of_the_specification() -> None:
    """The reference vector of its libraries."""
    headers = signed_headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_000,
        b'{"test": 2432232314}',
    )  # fmt: skip
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"


def test_a_sale_is_told_with_what_it_took_off_the_shelf(
    web: TestClient, peer: Peer, parts: Parts, carrier: WebhookCarrier
) -> None:
    _, secret = subscribe(web, peer, "sale.booked", "stock.changed")
    sale = Till().sell((BREAD, 3))
    take(parts.engine, on("sale"), said(sale), NOW)
    take(parts.engine, on("sale"), said(sale), NOW)
    carry(carrier)
    told = {json.loads(one.body)["type"]: json.loads(one.body) for one in peer.asked}
    assert len(peer.asked) == 2 and all(is_from_us(secret, one) for one in peer.asked)
    assert told["sale.booked"]["data"]["chain"]["hash"] == sale.chain.hash
    assert told["sale.booked"]["timestamp"] == "2025-11-24T16:00:00.000Z"
    (product,) = told["stock.changed"]["data"]["products"]
    assert (product["gtin"], product["count"], product["available_count"]) == (BREAD.code, -3, -3)
    carry(carrier)
    assert len(peer.asked) == 2 and len({one.headers["webhook-id"] for one in peer.asked}) == 2


def test_orders_and_prices_are_told_to_whoever_wants_them(
    web: TestClient, peer: Peer, parts: Parts, carrier: WebhookCarrier
) -> None:
    subscribe(web, peer, "order.changed", "price.changed")
    order = {"channel": "webshop", "number": "1", "lines": [{"gtin": BREAD.code, "count": 1}], "oversell": True}
    web.post("/api/v1/orders", json=order, headers={"Idempotency-Key": "k"})
    web.post("/api/v1/orders/webshop/1/cancel", json={})
    web.patch(f"/api/v1/prices/{BREAD.code}", json={"price_minor": 2990})
    carry(carrier)
    told = [json.loads(one.body) for one in peer.asked]
    assert sorted(one["type"] for one in told) == ["order.changed", "order.changed", "price.changed"]
    assert sorted(one["data"]["state"] for one in told if one["type"] == "order.changed") == ["cancelled", "reserved"]
    (price,) = [one["data"] for one in told if one["type"] == "price.changed"]
    assert (price["version"], price["prices"][0]["price_minor"]) == ("2", 2990)


def test_what_is_rolled_back_is_never_told(web: TestClient, peer: Peer, parts: Parts, carrier: WebhookCarrier) -> None:
    subscribe(web, peer, "sale.booked")
    with pytest.raises(ZeroDivisionError), writing(parts.engine) as connection:
        webhooks.note(connection, "sale.booked", dict, NOW)
        raise ZeroDivisionError
    carry(carrier)
    assert peer.asked == []


def test_who_does_not_answer_is_asked_again_and_then_given_up_where_staff_see_it(
    web: TestClient, peer: Peer, parts: Parts, carrier: WebhookCarrier, clock: Clock
) -> None:
    _, secret = subscribe(web, peer, "sale.booked")
    peer.answers = lambda asked: (500, b"", {})
    take(parts.engine, on("sale"), said(Till().sell((BREAD, 3))), NOW)
    carry(carrier)
    for wait_s in webhooks.WAITS_S:
        clock.now += wait_s * 1000 - 1
        before = len(peer.asked)
        carry(carrier)
        assert len(peer.asked) == before, "too early"
        clock.now += 1
        carry(carrier)
        assert len(peer.asked) == before + 1
    assert len(peer.asked) == 10 and len({one.headers["webhook-id"] for one in peer.asked}) == 1
    assert len({one.headers["webhook-timestamp"] for one in peer.asked}) == 10
    (dead,) = web.get("/api/v1/webhook-deliveries?state=dead").json()
    assert dead["why"] == "answered 500 Internal Server Error" and dead["tries"] == 10
    assert web.get("/api/v1/webhooks").json()[0]["dead"] == 1
    peer.answers = lambda asked: (204, b"", {})
    assert web.post(f"/api/v1/webhook-deliveries/{dead['id']}/retry").status_code == 202
    carry(carrier)
    assert is_from_us(secret, peer.asked[-1]) and json.loads(peer.asked[-1].body)["data"]["sequence"] == 1
    assert web.get("/api/v1/webhook-deliveries?state=dead").json() == []
    assert web.post(f"/api/v1/webhook-deliveries/{dead['id']}/retry").status_code == 404


def test_who_is_busy_rests_as_a_whole_and_as_long_as_asked(
    web: TestClient, peer: Peer, parts: Parts, carrier: WebhookCarrier, clock: Clock
) -> None:
    subscribe(web, peer, "sale.booked")
    peer.answers = lambda asked: (429, b"", {"Retry-After": "600"})
    till = Till()
    for _ in range(5):
        take(parts.engine, on("sale"), said(till.sell((BREAD, 1))), NOW)
    carry(carrier)
    assert len(peer.asked) == 1
    clock.now += 599_000
    carry(carrier)
    assert len(peer.asked) == 1
    peer.answers = lambda asked: (200, b"", {})
    clock.now += 1_000
    carry(carrier)
    assert len(peer.asked) == 6


def test_one_that_is_never_there_does_not_keep_the_others_waiting(
    web: TestClient, peer: Peer, parts: Parts, carrier: WebhookCarrier, clock: Clock
) -> None:
    with a_peer() as gone:
        subscribe(web, gone, "sale.booked")
    subscribe(web, peer, "sale.booked")
    till = Till()
    for _ in range(3):
        take(parts.engine, on("sale"), said(till.sell((BREAD, 1))), NOW)
    carry(carrier)
    assert len(peer.asked) == 3
    clock.now += webhooks.KEEP_MS + webhooks.FORGET_MS
    carry(carrier)
    states = {one["state"] for one in web.get("/api/v1/webhook-deliveries").json()}
    assert states == {"dead"}, "and what arrived a week ago is forgotten"


def test_who_says_gone_is_never_asked_again_unless_staff_want_it(
    web: TestClient, peer: Peer, parts: Parts, carrier: WebhookCarrier, clock: Clock
) -> None:
    id_, _ = subscribe(web, peer, "sale.booked")
    peer.answers = lambda asked: (410, b"", {})
    till = Till()
    take(parts.engine, on("sale"), said(till.sell((BREAD, 1))), NOW)
    carry(carrier)
    take(parts.engine, on("sale"), said(till.sell((BREAD, 1))), NOW)
    clock.now += 10_000
    carry(carrier)
    (one,) = web.get("/api/v1/webhooks").json()
    assert len(peer.asked) == 1 and (one["state"], one["why"]) == ("stopped", "answered 410 Gone")
    peer.answers = lambda asked: (200, b"", {})
    web.post(f"/api/v1/webhooks/{id_}/resume")
    web.post(f"/api/v1/webhooks/{id_}/ping")
    carry(carrier)
    assert json.loads(peer.asked[-1].body)["type"] == "webhook.ping"
    assert web.delete(f"/api/v1/webhooks/{id_}").status_code == 204
    assert web.get("/api/v1/webhooks").json() == web.get("/api/v1/webhook-deliveries").json() == []


def test_a_redirection_is_a_failure_and_is_not_followed(
    web: TestClient, peer: Peer, parts: Parts, carrier: WebhookCarrier
) -> None:
    subscribe(web, peer, "sale.booked")
    peer.answers = lambda asked: (302, b"", {"Location": f"{peer.url}/inside"})
    take(parts.engine, on("sale"), said(Till().sell((BREAD, 1))), NOW)
    carry(carrier)
    assert [one.path for one in peer.asked] == ["/hook"]
    assert web.get("/api/v1/webhook-deliveries").json()[0]["why"] == "answered 302 Found"


def test_an_address_inside_a_private_network_is_not_asked(parts: Parts, peer: Peer, clock: Clock) -> None:
    """However it got into the books: the name may have pointed elsewhere when it was added."""
    id_, _ = webhooks.subscribe(parts.engine, f"{peer.url}/hook", ("sale.booked",), NOW)
    webhooks.ping(parts.engine, id_, NOW)
    carry(WebhookCarrier(WebhooksTable(), parts.engine, clock, lambda: 0))
    assert peer.asked == []
    assert "webhooks.allow_private" in webhooks.deliveries(parts.engine, limit=1)[0].why


@pytest.mark.parametrize(
    ("url", "events", "allow_private"),
    [
        ("ftp://x.example", ["sale.booked"], True),
        ("https://", ["sale.booked"], True),
        ("https://me:pw@x.example", ["sale.booked"], True),
        ("http://x.example/hook", ["sale.booked"], False),
        ("https://x.example/hook", [], True),
        ("https://x.example/hook", ["sale.lost"], True),
    ],
)
def test_an_address_that_cannot_be_is_refused(engine: Engine, url: str, events: list[str], allow_private: bool) -> None:
    config = Config(store=StoreTable(id="s001"), webhooks=WebhooksTable(allow_private=allow_private))
    web = TestClient(make_app(make_parts(config, engine, lambda: NOW, _raise)))
    answer = web.post("/api/v1/webhooks", json={"url": url, "events": events})
    assert answer.status_code == 422 and answer.headers["content-type"] == "application/problem+json"


def test_an_empty_shop_tells_nothing(parts: Parts, carrier: WebhookCarrier) -> None:
    assert carrier.turn() is False and stock.on_hand(parts.engine, limit=1) == []
