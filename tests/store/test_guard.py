"""Nothing of the store is open that should be shut: whoever adds a page or a route, a stranger does not get in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI, WebSocket
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from selling import BREAD, NOW, ROWS
from sqlalchemy.engine import Engine
from starlette.requests import Request
from starlette.websockets import WebSocketDisconnect
from structlog.testing import capture_logs

from store import acts, sessions
from store.__main__ import main
from store.api import make_app
from store.config import Config, StoreTable
from store.guard import STILL, WHO, Guard
from store.parts import Parts, make_parts
from store.sign_in_page import sign_in_router
from store.tables import metadata
from store.tokens import add_token, end_token, program
from store.users import add_user

HERE = "http://store.shop"
SAME = {"origin": HERE}


class Door:
    """A store with its guard, a clock, and a browser before it."""

    def __init__(self, engine: Engine, url: str = HERE) -> None:
        self.now, self.engine, self.url = NOW, engine, url
        self.parts: Parts = make_parts(Config(StoreTable("s001", "Corner shop")), engine, lambda: self.now, _raise)
        self.app: FastAPI = make_app(self.parts)
        self.app.include_router(sign_in_router(self.parts))

        @self.app.get("/")
        def console(request: Request) -> dict[str, Any]:
            return {"id": request.scope[WHO].id, "still": request.scope[STILL]() is not None}

        @self.app.websocket("/socket")
        async def socket(ws: WebSocket) -> None:
            await ws.accept()
            await ws.send_text("open")

        self.app.add_middleware(Guard, parts=self.parts)
        self.web = self.browser()

    def browser(self, address: str = "192.0.2.7") -> TestClient:
        return TestClient(self.app, base_url=self.url, client=(address, 50_000), follow_redirects=False)

    def sign_in(self, name: str, pin: str, web: TestClient | None = None, **more: str) -> Any:
        return (web or self.web).post("/sign-in", data={"name": name, "pin": pin, **more}, headers={"origin": self.url})


@pytest.fixture
def door(engine: Engine) -> Iterator[Door]:
    add_user(engine, "Anna", "supervisor", "2468", badge="KB-7")
    add_user(engine, "Bo", "cashier", "1357")
    yield Door(engine)


def _raise(bug: BaseException) -> None:
    raise bug


def _told(door: Door) -> list[tuple[str, str, str]]:
    return [(one.who, one.kind, one.address) for one in acts.latest(door.engine)]


def test_a_stranger_gets_nothing_but_receipts_health_and_the_door(door: Door) -> None:
    assert door.web.get("/healthz").status_code == 200
    assert door.web.get("/r/" + "0" * 32).status_code != 401
    assert door.web.get("/sign-in").status_code == 200
    led = door.web.get("/", headers={"accept": "text/html"})
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in?next=/")
    told = door.web.get("/api/v1/sales")
    assert (told.status_code, told.headers["www-authenticate"]) == (401, "Bearer")
    assert told.headers["content-type"] == "application/problem+json" and "store token add" in told.json()["detail"]
    for path in ("/", "/_nicegui/x.js", "/metrics", "/api/v1/openapi.json", "/sign-inn", "/rr/", "//", "/R/x"):
        assert door.web.get(path).status_code == 401, path
    with pytest.raises(WebSocketDisconnect), door.web.websocket_connect("ws://store.shop/socket"):
        pass


PROVE_THEMSELVES = ("/sign-in", "/check", "/hooks/woocommerce")
"""The door itself; a form that changes nothing; what is signed by its sender."""


def test_every_route_that_changes_something_asks_who(door: Door) -> None:
    """Also those that other rooms will add."""
    writes = [
        (method, context.path)
        for context in iter_route_contexts(door.app.routes)
        for method in context.methods or ()
        if method not in ("GET", "HEAD") and context.path not in PROVE_THEMSELVES
    ]
    assert len(writes) > 3
    for method, path in writes:
        assert door.web.request(method, str(path), json={}).status_code == 401, (method, path)


def test_what_is_signed_or_changes_nothing_is_let_through_to_say_so_itself(door: Door) -> None:
    for method, path in (("GET", "/check"), ("POST", "/check"), ("POST", "/hooks/woocommerce"), ("GET", "/r/x")):
        assert door.web.request(method, path).status_code != 401, path
    for path in ("/checks", "/hooks", "/r", "/trusty"):
        assert door.web.get(path, follow_redirects=False).status_code in (303, 307, 401), path


@pytest.mark.parametrize("name", ["Anna", " anna", "u1", "U1", "KB-7"])
def test_name_number_or_badge_and_the_pin_let_in(door: Door, name: str) -> None:
    answer = door.sign_in(name, "2468", next="/board")
    assert (answer.status_code, answer.headers["location"]) == (303, "/board")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "secure" not in cookie
    assert door.web.get("/").json() == {"id": "u1", "still": True}
    assert _told(door) == [("u1", "sign_in", "192.0.2.7")]
    assert answer.headers["x-frame-options"] == "DENY"


def test_under_https_the_cookie_never_goes_without(engine: Engine) -> None:
    add_user(engine, "Anna", "supervisor", "2468")
    door = Door(engine, "https://store.shop")
    cookie = door.sign_in("Anna", "2468").headers["set-cookie"]
    assert cookie.startswith("__Host-kassa=") and "Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie
    assert door.web.get("/").json()["id"] == "u1"


@pytest.mark.parametrize("onward", ["//evil.example", "/\\evil.example", "https://evil.example", "x", "/\n/evil"])
def test_the_door_leads_to_no_other_site(door: Door, onward: str) -> None:
    assert door.sign_in("Anna", "2468", next=onward).headers["location"] == "/"


@pytest.mark.parametrize(
    ("name", "pin"), [("Anna", "1357"), ("Nobody", "2468"), ("", ""), ("KB-8", "2468"), ("u9", "")]
)
def test_what_does_not_fit_says_the_same_whoever_it_is(door: Door, name: str, pin: str) -> None:
    answer = door.sign_in(name, pin)
    assert answer.status_code == 403 and "Name and PIN do not match" in answer.text
    assert "set-cookie" not in answer.headers and "2468" not in answer.text
    assert door.web.get("/").status_code == 401


def test_nobody_goes_through_one_persons_pins_from_many_addresses(door: Door) -> None:
    for n in range(5):
        assert "do not match" in door.sign_in("Anna", f"900{n}", door.browser(f"192.0.2.{n}")).text
    assert "five minutes" in door.sign_in("Anna", "2468", door.browser("198.51.100.1")).text
    assert door.sign_in("Bo", "1357", door.browser("198.51.100.1")).status_code == 303
    assert _told(door)[1][:2] == ("u1", "locked")
    assert "five minutes" in Door(door.engine).sign_in("KB-7", "2468").text  # nor after a new start of the store
    door.now += 5 * 60_000
    assert door.sign_in("Anna", "2468").status_code == 303


def test_nobody_goes_through_all_people_from_one_address_also_with_a_pin_of_their_own(door: Door) -> None:
    for n in range(20):
        assert door.sign_in("Bo", "1357").status_code == 303
        assert "do not match" in door.sign_in(f"u{n + 10}", "9753").text
    assert "five minutes" in door.sign_in("Bo", "1357").text
    assert door.sign_in("Bo", "1357", door.browser("2001:db8::1")).status_code == 303
    for n in range(20):
        door.sign_in(f"u{n + 10}", "9753", door.browser(f"2001:db8::{n:x}"))
    assert "five minutes" in door.sign_in("Bo", "1357", door.browser("2001:db8::ffff")).text


def test_a_session_ends_when_nobody_touches_it_when_it_is_signed_out_and_after_a_day(door: Door) -> None:
    door.sign_in("Anna", "2468")
    (anna,) = sessions.present(door.engine, 15 * 60_000, door.now)
    door.now += 14 * 60_000
    sessions.touch(door.engine, anna.session, door.now)
    door.now += 14 * 60_000
    assert door.web.get("/").status_code == 200
    door.now += 60_000
    assert door.web.get("/").status_code == 401 and sessions.present(door.engine, 15 * 60_000, door.now) == []
    door.sign_in("Anna", "2468")
    (anna,) = sessions.present(door.engine, 15 * 60_000, door.now)
    sessions.end(door.engine, anna.session, door.now)
    assert door.web.get("/").status_code == 401
    door.sign_in("Anna", "2468")
    (anna,) = sessions.present(door.engine, 15 * 60_000, door.now)
    door.now += sessions.DAY_S_WORK_MS
    sessions.touch(door.engine, anna.session, door.now)
    assert door.web.get("/").status_code == 401


def test_another_sites_page_orders_nothing_with_our_cookie(door: Door) -> None:
    door.sign_in("Anna", "2468")
    where, body = f"/api/v1/prices/{BREAD.code}", {"price_minor": 1}
    door.parts.prices.replace(ROWS, NOW, "test")
    for origin in ({}, {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://store.shop:81"}):
        assert door.web.patch(where, json=body, headers=origin).status_code == 403
        with pytest.raises(WebSocketDisconnect), door.web.websocket_connect("ws://store.shop/socket", headers=origin):
            pass
    assert door.web.patch(where, json=body, headers=SAME).status_code == 200
    with door.web.websocket_connect("ws://store.shop/socket", headers=SAME) as socket:
        assert socket.receive_text() == "open"
    refused = door.web.post("/sign-in", data={"name": "Bo", "pin": "1357"}, headers={"origin": "http://evil.example"})
    assert refused.status_code == 403 and "set-cookie" not in refused.headers


def test_a_programs_token_opens_what_its_role_may_until_it_is_ended_and_its_changes_are_written_down(
    door: Door,
) -> None:
    door.parts.prices.replace(ROWS, NOW, "test")
    token = {role: add_token(door.engine, f"{role}-pos", role, NOW) for role in ("cashier", "supervisor")}
    where, body = f"/api/v1/prices/{BREAD.code}", {"price_minor": 100}

    def asked(role: str, method: str = "PATCH") -> int:
        headers = {"authorization": f"Bearer {token[role]}"}
        return door.web.request(method, where, json=body, headers=headers).status_code

    assert asked("cashier", "GET") == 200 and asked("cashier") == 403 and asked("supervisor") == 200
    assert door.web.get("/metrics", headers={"authorization": "Bearer kassa_x"}).status_code == 401
    assert door.web.get("/metrics", headers={"authorization": f"bearer {token['cashier']}"}).status_code == 200
    (done,) = acts.latest(door.engine)
    assert (done.name, done.kind, done.about) == ("token:supervisor-pos", "api", f"PATCH {where}")
    end_token(door.engine, "supervisor-pos", NOW)
    assert asked("supervisor") == 401


def test_a_change_that_no_table_names_is_the_managers(door: Door) -> None:
    @door.app.post("/api/v2/thing")
    def thing() -> str:
        return "done"

    for role, status in (("cashier", 403), ("supervisor", 403), ("operator", 403)):
        token = add_token(door.engine, role, role, NOW)
        assert door.web.post("/api/v2/thing", headers={"authorization": f"Bearer {token}"}).status_code == status


def test_metrics_are_this_machines_too(door: Door) -> None:
    assert door.browser("127.0.0.1").get("/metrics").status_code == 200
    assert door.browser("127.0.0.1").get("/api/v1/sales").status_code == 401


def test_a_screen_on_the_wall_sees_its_page_and_nothing_else_and_does_not_idle(door: Door) -> None:
    secret = sessions.begin(door.engine, "u1", "192.0.2.7", door.now, only="/board")
    cookie = {"cookie": f"kassa={secret}"}
    door.now += 30 * 24 * 60 * 60_000
    assert door.web.get("/board", headers=cookie).status_code == 404  # let through: the page is the console's
    for path in ("/", "/api/v1/sales"):
        assert door.web.get(path, headers=cookie).status_code == 401
    assert sessions.present(door.engine, 15 * 60_000, door.now) == []


def test_the_first_user_is_made_by_whoever_reads_the_servers_log(engine: Engine) -> None:
    with capture_logs() as log:
        door = Door(engine)
    (code,) = [entry["code"] for entry in log if entry["event"] == "store.first_user"]
    assert "first user" in door.web.get("/sign-in").text
    assert "server&#x27;s log" in door.sign_in("Eva", "8642", code="00000000").text
    assert "4 to 8 digits" in door.sign_in("Eva", "12", code=code).text
    assert door.sign_in("Eva", "8642", code=code).status_code == 303
    assert door.web.get("/").json()["id"] == "u1"
    assert "first user" not in door.browser().get("/sign-in").text
    assert door.sign_in("Bad", "8643", door.browser(), code=code).status_code == 403
    assert _told(door)[-1] == ("u1", "first_user", "192.0.2.7")


def test_no_secret_is_in_the_books(door: Door) -> None:
    secret = door.sign_in("Anna", "2468").cookies["kassa"]
    token = add_token(door.engine, "gate", "cashier", NOW)
    with door.engine.connect() as connection:
        held = " ".join(str(row) for table in metadata.sorted_tables for row in connection.execute(sa.select(table)))
    assert "Anna" in held
    assert secret not in held and token not in held and "2468" not in held


def test_a_token_is_made_listed_and_ended_from_the_shell(
    tmp_path: Path, existing_url: str, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "store.toml"
    file.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{existing_url}"\n')

    def store(*words: str) -> tuple[int, str, str]:
        code = main(["token", *words, "--config", str(file)])
        return code, *capsys.readouterr()

    code, secret, said = store("add", "erp", "--role", "manager")
    assert code == 0 and secret.startswith("kassa_") and "Bearer" in said
    found = program(engine, secret.strip())
    assert found is not None and (found.id, found.role) == ("token:erp", "manager")
    assert store("list")[1].split()[:2] == ["erp", "manager"]
    assert store("add", "erp", "--role", "cashier")[0] == 1 and store("add", "Big Name", "--role", "cashier")[0] == 1
    assert store("end", "erp")[0] == 0 and program(engine, secret.strip()) is None
    code, _, said = store("end", "erp")
    assert code == 1 and "store token list" in said
