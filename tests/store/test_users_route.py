"""Staff over HTTP: the manager's alone, with problems in words, and a PIN told once."""

from threading import Event

import pytest
from fastapi import WebSocket
from fastapi.testclient import TestClient
from selling import NOW
from sqlalchemy.engine import Engine
from test_guard import HERE, Door

from store import acts
from store.tokens import add_token
from store.users import add_user, everybody, who


class Desk(Door):
    """A store, and programs that ask it, by role."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.heard: list[str] = []
        self.closed = Event()

        @self.app.websocket("/echo")
        async def echo(ws: WebSocket) -> None:
            await ws.accept()
            async for said in ws.iter_text():
                self.heard.append(said)
                await ws.send_text(said)
            self.closed.set()

        self.tokens = {role: add_token(engine, role, role, NOW) for role in ("supervisor", "manager", "operator")}

    def asks(self, method: str, path: str = "", as_: str = "manager", **body: object) -> tuple[int, object]:
        headers = {"authorization": f"Bearer {self.tokens[as_]}"}
        web = TestClient(self.app, base_url=HERE, client=("192.0.2.7", 50_000))
        answer = web.request(method, f"/api/v1/users{path}", json=body or None, headers=headers)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            return answer.status_code, answer.json()["detail"]
        return answer.status_code, answer.json()


@pytest.fixture
def desk(engine: Engine) -> Desk:
    add_user(engine, "Eva", "manager", "2468")
    add_user(engine, "Bo", "cashier", "1357", badge="B2")
    return Desk(engine)


BO = {"id": "u2", "name": "Bo", "role": "cashier", "badge": True, "state": "active", "signed_in_utc_ms": 0}


def test_somebody_is_added_changed_taken_off_and_back(desk: Desk, engine: Engine) -> None:
    status, ann = desk.asks("POST", name="Ann", role="cashier")
    assert status == 201 and isinstance(ann, dict)
    assert who(engine, ann["pin"]) == everybody(engine)[2]
    assert "pin" not in str(desk.asks("POST", name="Kim", role="cashier", pin="8642"))
    assert "pin" not in str(desk.asks("GET")) and desk.asks("GET", "/u2") == (200, BO)
    changed = desk.asks("PATCH", "/u2", role="supervisor", badge="")
    assert changed == (200, {**BO, "role": "supervisor", "badge": False})
    status, told = desk.asks("POST", "/u2/pin", pin="")
    assert status == 200 and isinstance(told, dict) and who(engine, told["pin"]) is not None
    assert desk.asks("POST", "/u2/deactivated")[1] == {**BO, "role": "supervisor", "badge": False, "state": "gone"}
    assert who(engine, told["pin"]) is None
    assert desk.asks("POST", "/u2/taken-back", pin="9753")[0] == 200 and who(engine, "9753") is not None
    assert desk.asks("POST", "/u2/unlocked")[0] == 200
    done = [one.about for one in acts.latest(engine) if one.kind == "user" and one.who == "token:manager"]
    assert done == [
        "Bo (u2): back on the staff as supervisor", "Bo (u2): taken off the staff", "Bo (u2): new PIN",
        "Bo (u2): badge taken away", "Bo (u2): supervisor, was cashier", "Kim (u4): added as cashier",
        "Ann (u3): added as cashier",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""), ("GET", "/u2"), ("POST", ""), ("PATCH", "/u2"), ("POST", "/u2/pin"), ("POST", "/u2/unlocked"),
        ("POST", "/u2/deactivated"), ("POST", "/u2/taken-back"),
    ],
)  # fmt: skip
def test_only_a_manager_may(desk: Desk, method: str, path: str) -> None:
    for role in ("supervisor", "operator"):
        assert desk.asks(method, path, role)[0] == 403


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("GET", "/u9", {}, 404, "GET /api/v1/users"),
        ("POST", "/u9/deactivated", {}, 404, "u9"),
        ("GET", "/eva", {}, 422, "pattern"),
        ("POST", "", {"name": "Bo", "role": "cashier"}, 409, "already"),
        ("POST", "", {"name": "Ann", "role": "owner"}, 409, "supervisor"),
        ("POST", "", {"name": "Ann", "role": "cashier", "pin": "1357"}, 409, "somebody has this PIN"),
        ("POST", "", {"name": "Ann", "role": "cashier", "pin": "12"}, 422, "pin"),
        ("POST", "", {"name": "Ann", "role": "cashier", "boss": True}, 422, "boss"),
        ("PATCH", "/u1", {"role": "cashier"}, 409, "only manager"),
        ("POST", "/u1/deactivated", {}, 409, "only manager"),
        ("POST", "/u2/taken-back", {"pin": ""}, 409, "already"),
    ],
)
def test_what_cannot_be_is_a_problem_in_words(
    desk: Desk, engine: Engine, method: str, path: str, body: dict[str, object], status: int, said: str
) -> None:
    before = everybody(engine)
    found, why = desk.asks(method, path, **body)
    assert found == status and said in str(why) and everybody(engine) == before


def test_a_person_by_cookie_is_told_at_the_door_why_they_are_out(desk: Desk) -> None:
    bo = desk.browser("198.51.100.1")
    desk.sign_in("Bo", "1357", bo)
    assert bo.get("/").status_code == 200
    with bo.websocket_connect("ws://store.shop/echo", headers={"origin": HERE}) as socket:
        socket.send_text("one")
        assert socket.receive_text() == "one"
        assert desk.asks("POST", "/u2/deactivated")[0] == 200
        for _ in range(200):  # dropped at first, and after some seconds the socket is closed
            socket.send_text("two")
            desk.now += 1_000
            if desk.closed.wait(0.05):
                break
        assert desk.closed.is_set()
    assert desk.heard == ["one"]
    assert bo.get("/").status_code == 401
    told = bo.get("/sign-in")
    assert told.status_code == 200 and "Bo is signed out, and not one of the staff any more" in told.text
    assert "signed out" not in desk.browser().get("/sign-in").text


def test_nobody_takes_themselves_off_by_cookie(desk: Desk) -> None:
    desk.asks("PATCH", "/u2", role="manager")
    desk.sign_in("Eva", "2468")
    answer = desk.web.post("/api/v1/users/u1/deactivated", headers={"origin": HERE})
    assert answer.status_code == 409 and "themselves" in answer.json()["detail"]
    assert desk.web.post("/api/v1/users/u1/pin", json={"pin": "8642"}, headers={"origin": HERE}).status_code == 200
    assert desk.web.get("/").status_code == 200, "whoever gives themselves a PIN is not shut out by it"
