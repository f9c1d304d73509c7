"""Programs see what lanes run on, and change it with somebody's PIN; whoever may not is told so."""

import pytest
from fastapi.testclient import TestClient
from selling import NOW
from sqlalchemy.engine import Engine
from test_lane_config import TEXT, Lane

from kiosk.wire.configuring import LogAnswer, LogAsk
from store import acts, lane_bank
from store.api import make_app
from store.config import Config, StoreTable
from store.parts import make_parts
from store.users import add_user

PINS = {"operator": "9753", "manager": "2468", "supervisor": "1357", "cashier": "8642"}


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def web(engine: Engine) -> TestClient:
    for role, pin in PINS.items():
        add_user(engine, role.capitalize(), role, pin, any_pin=True)  # type: ignore[arg-type]
    return TestClient(make_app(make_parts(Config(store=StoreTable(id="s001")), engine, lambda: NOW, _raise)))


@pytest.fixture
def lane(engine: Engine) -> Lane:
    lane = Lane(engine)
    lane.tells()
    return lane


EDITS = [{"path": "lane.name", "value": '"Corner shop"'}]


def test_a_lane_is_changed_and_set_back_over_http(web: TestClient, lane: Lane) -> None:
    seen = web.get("/api/v1/lane-config/k01").json()
    assert seen["text"] == TEXT and [one["number"] for one in seen["versions"]] == [1]
    assert "text" not in seen["versions"][0]
    asked = web.post("/api/v1/lane-config/k01", json={"edits": EDITS, "why": "a name", "pin": PINS["operator"]})
    assert (asked.status_code, asked.json()["version"]) == (202, 2)
    lane.keeps()
    shown = web.get("/api/v1/lane-config/k01/versions/2").json()
    assert shown["state"] == "kept" and '+name = "Corner shop"' in shown["difference"]
    again = web.post("/api/v1/lane-config/k01", json={"version": 1, "why": "not ours", "pin": PINS["manager"]})
    assert again.status_code == 202
    lane.keeps()
    assert web.get("/api/v1/lane-config/k01").json()["text"] == TEXT
    done = [(one.kind, one.till, one.about) for one in acts.latest(lane.engine)]
    assert done == [("configure", "k01", "not ours"), ("configure", "k01", "a name")]


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        ({"why": "w"}, 409, "say one of text, edits and version"),
        ({"text": "a", "version": 1, "why": "w"}, 409, "say one of"),
        ({"text": "[lane]\nx = \n", "why": "w"}, 409, "line 2: this is not TOML"),
        ({"version": 7, "why": "w"}, 404, "k01 has no version 7"),
        ({"edits": [{"path": "lane.name", "value": "x y"}], "why": "w"}, 409, "lane.name: this is no value"),
        ({"edits": [{"path": "lane.na me", "value": "1"}], "why": "w"}, 422, ""),
        ({"edits": EDITS, "why": ""}, 422, ""),
    ],
)
def test_what_cannot_be_is_said(web: TestClient, lane: Lane, body: dict[str, object], status: int, why: str) -> None:
    answer = web.post("/api/v1/lane-config/k01", json={**body, "pin": PINS["operator"]})
    assert answer.status_code == status and why in answer.json().get("detail", "")


@pytest.mark.parametrize("role", ["supervisor", "cashier"])
def test_who_has_limits_in_it_does_not_change_it(web: TestClient, lane: Lane, role: str) -> None:
    for path, body in (
        ("lane-config/k01", {"edits": EDITS, "why": "w"}),
        ("lane-config-banks", {"tills": ["k01"], "edits": EDITS, "why": "w"}),
        ("lane-config-banks/1/stopped", {}),
    ):
        answer = web.post(f"/api/v1/{path}", json={**body, "pin": PINS[role]})
        assert answer.status_code == 403 and role in answer.json()["detail"]
    nobody = web.post("/api/v1/lane-config/k01", json={"edits": EDITS, "why": "w"})
    assert nobody.status_code == 403 and "send the PIN" in nobody.json()["detail"]
    assert lane.states == [(1, "kept", "")]


def test_a_lane_that_never_told_has_nothing_to_show(web: TestClient) -> None:
    assert web.get("/api/v1/lane-config/k07").status_code == 404
    answer = web.post("/api/v1/lane-config/k07", json={"edits": EDITS, "why": "w", "pin": PINS["operator"]})
    assert answer.status_code == 409 and "k07 has not told" in answer.json()["detail"]


def test_several_lanes_are_changed_and_stopped(web: TestClient, lane: Lane, engine: Engine) -> None:
    Lane(engine, "k02").tells()
    body = {"tills": ["k01", "k02"], "edits": EDITS, "why": "w", "pin": PINS["operator"]}
    n = web.post("/api/v1/lane-config-banks", json=body).json()["n"]
    (found,) = web.get("/api/v1/lane-config-banks").json()
    assert (found["state"], found["lanes"]) == ("running", [["k01", "ordered"], ["k02", ""]])
    assert web.post(f"/api/v1/lane-config-banks/{n}/stopped", json={"pin": PINS["manager"]}).status_code == 204
    assert lane_bank.banks(engine)[0].told == "stopped by Manager"
    bad = web.post("/api/v1/lane-config-banks", json={**body, "tills": ["k09"]})
    assert bad.status_code == 409


def test_an_excerpt_of_the_log_is_asked_for_by_somebody_and_downloaded(web: TestClient, lane: Lane) -> None:
    asked = web.post("/api/v1/lane-log/k01", json={"lines": 5, "level": "warning", "pin": PINS["supervisor"]})
    id_ = asked.json()["id"]
    assert web.get(f"/api/v1/lane-log/k01/{id_}").status_code == 404
    assert lane._ask(LogAsk(order=id_, text='{"event": "a"}\n'), LogAnswer) == LogAnswer()
    found = web.get(f"/api/v1/lane-log/k01/{id_}")
    assert found.text == '{"event": "a"}\n' and f"k01-{id_}.log" in found.headers["content-disposition"]
    (act,) = acts.latest(lane.engine)
    assert (act.kind, act.till, act.about, act.name) == ("order", "k01", "log", "Supervisor")
    assert web.post("/api/v1/lane-log/k01", json={"pin": PINS["cashier"]}).status_code == 403
    assert web.post("/api/v1/lane-log/k01", json={"lines": 10**6, "pin": PINS["operator"]}).status_code == 422
