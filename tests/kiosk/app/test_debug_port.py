"""The bench page's port, over real HTTP: a question is answered between two steps, garbage is refused."""

import http.client
import json
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from kiosk.app.debug import DebugServer
from kiosk.app.inbox import Inbox, Query
from kiosk.app.screen import Tap
from kiosk.checkout.events import StartPressed


class Port:
    """A debug server and somebody who answers as the loop would."""

    def __init__(self) -> None:
        self.inbox = Inbox()
        self.server = DebugServer("127.0.0.1:0", self.inbox)

    def answer_one(self) -> None:
        screen = SimpleNamespace(png=lambda: b"PNG", scene={"name": "01"}, moving=False)
        lane = SimpleNamespace(screen=screen, state={"phase": "x"}, last_cue="paid")
        while True:
            for message in self.inbox.take():
                assert isinstance(message, Query)
                message.answer(lane)
                return

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        line.request(method, path, body)
        answer = line.getresponse()
        return answer.status, answer.read()


@pytest.fixture
def port() -> Iterator[Port]:
    opened = Port()
    yield opened
    opened.server.close()
    opened.inbox.close()


@pytest.mark.parametrize(
    ("path", "body"), [("/screen.png", b"PNG"), ("/scene.json", b'{"name":"01"}'), ("/cue.json", b'"paid"')]
)
def test_a_look_at_the_lane(port: Port, path: str, body: bytes) -> None:
    loop = threading.Thread(target=port.answer_one)
    loop.start()
    assert port.ask("GET", path) == (200, body)
    loop.join()


def test_touches_and_events_reach_the_inbox(port: Port) -> None:
    assert port.ask("POST", "/touch", json.dumps({"x": 5, "y": 6}))[0] == 204
    assert port.ask("POST", "/event", json.dumps({"type": "StartPressed"}))[0] == 204
    assert port.inbox.take() == [Tap(5, 6), StartPressed()]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/touch", "{", 400),
        ("/event", '{"type":"Robbed"}', 400),
        ("/nothing", "{}", 404),
        ("/touch", "x" * 70_000, 413),
    ],
)
def test_garbage_is_refused(port: Port, path: str, body: str, status: int) -> None:
    assert port.ask("POST", path, body)[0] == status
    assert port.inbox.take() == []
