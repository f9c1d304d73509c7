"""A command is sent until its lane has answered, and says what became of it, whichever way it was told."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from selling import NOW, on
from sqlalchemy.engine import Engine

from kiosk.wire.codec import decode, encode
from kiosk.wire.messages import Command, Result
from kiosk.wire.outgoing import event_message, till_message
from store import commands
from store.api import make_app
from store.clerk import Clerk
from store.config import Config, StoreTable
from store.ingest import take
from store.lanes import Lanes
from store.parts import make_parts
from store.proving_pins import MOST_WRONG, PAUSE_MS
from store.users import add_user


def _raise(bug: BaseException) -> None:
    raise bug


class Desk:
    """A store with a clerk who is turned by hand, and a clock."""

    def __init__(self, engine: Engine) -> None:
        self.now, self.said, self.engine = NOW, [], engine  # type: ignore[var-annotated]
        self.clerk = Clerk(Config(StoreTable("s001")), engine, Lanes(), lambda: self.now, _raise)
        self.clerk.link = self

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        if topic.endswith("/command"):
            self.said.append((topic, decode(payload).data))

    def after(self, ms: int) -> list[tuple[str, Command]]:
        self.now, self.said = self.now + ms, []
        self.clerk.look()
        self.clerk.turn()
        return self.said

    def hears(self, till: str, result: Result) -> None:
        message = till_message(result, store="s001", till=till, id=f"r-{self.now}", at="2026-11-23T09:00:00.000Z")
        self.clerk.put(on("result", till), encode(message))
        self.clerk.turn()

    def state(self, id_: str) -> tuple[str, str]:
        found = commands.find(self.engine, id_)
        assert found is not None
        return found.state, found.why


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)


def order(desk: Desk, kind: str = "close", **data: Any) -> str:
    return commands.order(desk.engine, "k01", kind, "u1", data, desk.now)


def test_it_is_sent_again_until_the_lane_has_answered(desk: Desk) -> None:
    id_ = order(desk, "pause", minutes=5)
    ((topic, said),) = desk.after(0)
    assert topic == "kassa/v1/s001/k01/command"
    assert (said.id, said.kind, said.staff, said.data) == (id_, "pause", "u1", {"minutes": 5})
    assert desk.after(1_000) == []
    assert [one.id for _, one in desk.after(2_000)] == [id_]
    desk.hears("k02", Result(id=id_, done=True))
    assert desk.state(id_) == ("waiting", "")
    desk.hears("k01", Result(id=id_, done=False, why="a cashier may not do that"))
    assert desk.state(id_) == ("refused", "a cashier may not do that")
    assert desk.after(10_000) == []


def test_one_that_nobody_answers_is_written_off_and_a_late_report_is_still_the_truth(desk: Desk) -> None:
    id_ = order(desk)
    desk.after(0)
    assert desk.after(commands.LASTS_MS) == []
    assert desk.state(id_)[0] == "expired"
    told = event_message("s001", "k01", 1, "command.done", {"id": id_, "why": ""}, "2026-11-23T09:00:00.000Z")
    assert take(desk.engine, on("event", "k01"), encode(told), desk.now).outcome == "new"
    assert desk.state(id_) == ("done", "")


def test_whoever_orders_proves_who_they_are_and_nobody_goes_through_all_pins(engine: Engine) -> None:
    clock = [NOW]
    parts = make_parts(Config(store=StoreTable(id="s001")), engine, lambda: clock[0], _raise)
    web = TestClient(make_app(parts))
    person, pin = add_user(engine, "Anna", "supervisor", "2468")
    where = "/api/v1/tills/k01/commands"
    answer = web.post(where, json={"kind": "pause", "pin": pin, "minutes": 15})
    assert answer.status_code == 202
    (found,) = web.get(where).json()
    assert (found["id"], found["staff"], found["state"], found["data"]) == (
        answer.json()["id"], person.id, "waiting", {"minutes": 15},
    )  # fmt: skip
    assert web.post(where, json={"kind": "dance", "pin": pin}).status_code == 422
    for _ in range(MOST_WRONG):
        assert web.post(where, json={"kind": "close", "pin": "9753"}).status_code == 403
    assert web.post(where, json={"kind": "close", "pin": pin}).status_code == 429
    parts = make_parts(Config(store=StoreTable(id="s001")), engine, lambda: clock[0], _raise)
    web = TestClient(make_app(parts))  # a store that was started again has not forgotten it
    assert web.post(where, json={"kind": "close", "pin": pin}).status_code == 429
    clock[0] += PAUSE_MS
    assert web.post(where, json={"kind": "close", "pin": pin}).status_code == 202
