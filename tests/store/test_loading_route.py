"""Programs put money on a card over HTTP: a manager's, once for each key, and refused in words."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from patience import raise_it
from selling import NOW
from sqlalchemy.engine import Engine

from store.api import make_app
from store.config import Config, StoreTable
from store.guard import Guard
from store.parts import make_parts
from store.tokens import add_token

Post = Callable[..., Response]


@pytest.fixture
def post(engine: Engine) -> Post:
    parts = make_parts(Config(StoreTable(id="s001", currency="SEK")), engine, lambda: NOW, raise_it)
    app = make_app(parts)
    app.add_middleware(Guard, parts=parts)
    web = TestClient(app)
    tokens = {role: add_token(engine, role, role, NOW) for role in ("supervisor", "manager")}

    def post(path: str, body: object, key: str = "k1", role: str = "manager") -> Response:
        headers = {"authorization": f"Bearer {tokens[role]}", "idempotency-key": key}
        answer: Response = web.post(f"/api/v1/vouchers{path}", json=body, headers=headers)
        return answer

    return post


def test_a_card_is_sold_and_topped_up_once_for_each_key(post: Post) -> None:
    wanted = {"kind": "gift_card", "amount_minor": 10_000, "number": "KG-77", "paid": "invoice"}
    assert post("", wanted).status_code == 201
    for _ in range(2):
        assert post("/KG-77/loads", {"amount_minor": 5_000, "paid": "cash"}).json() == {"left_minor": 15_000}
    assert post("/KG-77/loads", {"amount_minor": -1_000, "paid": "cash"}, "k2").json() == {"left_minor": 14_000}


@pytest.mark.parametrize(
    ("path", "amount_minor", "role", "status"),
    [
        ("/KG-77/loads", 5_000, "supervisor", 403),
        ("/KG-99/loads", 5_000, "manager", 409),
        ("/KG-77/loads", -10_001, "manager", 409),
        ("/KG-77/loads", 1_000_001, "manager", 422),
    ],
)
def test_what_cannot_be_put_on_is_refused(post: Post, path: str, amount_minor: int, role: str, status: int) -> None:
    post("", {"kind": "gift_card", "amount_minor": 10_000, "number": "KG-77"})
    assert post(path, {"amount_minor": amount_minor, "paid": "cash"}, role=role).status_code == status
