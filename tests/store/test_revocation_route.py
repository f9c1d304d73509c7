"""A checkout turned away over HTTP, and what it may have lost looked into: with a PIN, in words, by whom it is for."""

from pathlib import Path
from typing import Any

import pytest
from adopting import Shop, real_now_utc_ms
from fastapi.testclient import TestClient
from httpx import Response
from selling import BREAD, NOW, ROWS, Till, said
from sqlalchemy.engine import Engine

from kiosk.wire.topics import Address
from store import losses
from store.api import make_app
from store.database import writing
from store.guard import Guard
from store.ingest import take
from store.price_book import PriceBook
from store.revocation import is_revoked
from store.tokens import add_token
from store.users import add_user

AWAY = "/revocations"


class Desk:
    """Programs that ask, by role; an operator and a cashier have PINs."""

    def __init__(self, shop: Shop) -> None:
        add_user(shop.engine, "Otto", "operator", "9753")
        add_user(shop.engine, "Bo", "cashier", "1357")
        app = make_app(shop.parts)
        app.add_middleware(Guard, parts=shop.parts)
        self.shop, self._web = shop, TestClient(app)
        self._tokens = {role: add_token(shop.engine, role, role, NOW) for role in ("cashier", "operator")}

    def asks(self, method: str, path: str, body: object = None, role: str = "operator") -> Response:
        headers = {"authorization": f"Bearer {self._tokens[role]}"}
        answer: Response = self._web.request(method, f"/api/v1{path}", json=body, headers=headers)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
        return answer


@pytest.fixture
def desk(tmp_path: Path, engine: Engine) -> Desk:
    PriceBook(engine).replace(ROWS, NOW, "test")
    return Desk(Shop(tmp_path / "shop", engine, real_now_utc_ms()))


def test_a_stolen_checkout_is_turned_away_by_name_reason_and_pin(desk: Desk) -> None:
    ended = desk.asks("POST", AWAY, {"till": "k01", "why": "stolen", "pin": "9753"})
    assert ended.status_code == 201 and [(one["till"], one["why"]) for one in ended.json()] == [("k01", "stolen")]
    assert is_revoked(desk.shop.engine, "k01")
    listed: list[dict[str, Any]] = desk.asks("GET", AWAY).json()
    assert [(one["till"], one["by"]) for one in listed] == [("k01", "u1")]
    again = desk.asks("POST", AWAY, {"till": "k01", "why": "stolen", "pin": "9753"})
    assert again.status_code == 409 and "revoked before" in again.json()["detail"]


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"till": "k01", "pin": "1357"}, 403, "Bo is cashier"),
        ({"till": "k01", "pin": "0000"}, 403, "nobody has this PIN"),
        ({"till": "k09", "pin": "9753"}, 409, "k09"),
        ({"till": "K 01", "pin": "9753"}, 422, "till"),
        ({"till": "k01"}, 422, "pin"),
        ({"till": "k01", "pin": "9753", "why": "x" * 121}, 422, "why"),
        ({"till": "k01", "pin": "9753", "sure": True}, 422, "sure"),
    ],
)
def test_what_cannot_be_is_a_problem_and_nobody_is_turned_away(
    desk: Desk, body: dict[str, object], status: int, said: str
) -> None:
    answer = desk.asks("POST", AWAY, body)
    assert answer.status_code == status and said in answer.json()["detail"], answer.text
    assert not is_revoked(desk.shop.engine, "k01") and desk.asks("GET", AWAY).json() == []


def test_a_cashiers_program_turns_nobody_away(desk: Desk) -> None:
    assert desk.asks("POST", AWAY, {"till": "k01", "pin": "9753"}, role="cashier").status_code == 403
    assert not is_revoked(desk.shop.engine, "k01")


def test_pins_are_not_tried_through_here(desk: Desk) -> None:
    for n in range(5):
        assert desk.asks("POST", AWAY, {"till": "k01", "pin": f"900{n}"}).status_code == 403
    assert desk.asks("POST", AWAY, {"till": "k01", "pin": "9753"}).status_code == 429
    assert not is_revoked(desk.shop.engine, "k01")


def test_a_possible_loss_is_closed_once_with_a_reason(desk: Desk) -> None:
    shop, till = desk.shop, Till()
    till.sell((BREAD, 1))  # this one never came
    take(shop.engine, Address("s001", "k01", "sale"), said(till.sell((BREAD, 1))), NOW)
    with writing(shop.engine) as connection:
        losses.take_over(connection, "k01", "d" * 64, "u1", NOW, None)
    first, *_ = desk.asks("GET", "/losses").json()
    assert desk.asks("GET", "/losses", role="cashier").status_code == 403
    for body, status in (({}, 422), ({"why": ""}, 422), ({"why": "found", "n": 1}, 422)):
        assert desk.asks("POST", f"/losses/{first['n']}/ended", body).status_code == status
    closed = desk.asks("POST", f"/losses/{first['n']}/ended", {"why": "the receipt was found"})
    assert (closed.json()["by"], closed.json()["why"]) == ("token:operator", "the receipt was found")
    assert desk.asks("POST", f"/losses/{first['n']}/ended", {"why": "again"}).status_code == 409
    assert first["n"] not in [one["n"] for one in desk.asks("GET", "/losses").json()]
    assert [one["n"] for one in desk.asks("GET", "/losses?ended=true").json()] == [first["n"]]
