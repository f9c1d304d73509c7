"""The bench page's port, over real HTTP: a question is answered between two steps, garbage is refused."""

import http.client
import json
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from kiosk.app import debug
from kiosk.app.debug import DebugServer
from kiosk.app.inbox import Inbox, Query
from kiosk.app.screen import Tap
from kiosk.checkout.events import StartPressed


class Port:
    """A debug server and somebody who answers as the loop would."""

    def __init__(self) -> None:
        self.inbox = Inbox()
        self.server = DebugServer("127.0.0.1:0", self.inbox)

    def loop(self) -> None:
        """Turn after turn; the screen shows, at the end of each, the last touch of it."""
        screen = SimpleNamespace(png=lambda: b"PNG", scene={"name": "01"}, moving=False)
        lane = SimpleNamespace(screen=screen, state={"phase": "x"}, last_cue="paid")
        while not self.ends:
            select.select([self.inbox], [], [])
            taken = self.inbox.take()
            for message in taken:
                if isinstance(message, Query):
                    message.answer(lane)
            for tap in taken:
                if isinstance(tap, Tap):
                    screen.scene = {"name": "01", "x": tap.x}

    @contextmanager
    def looping(self) -> Iterator[None]:
        self.ends = False
        thread = threading.Thread(target=self.loop)
        thread.start()
        yield
        self.ends = True
        self.inbox.wake()
        thread.join()

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        answer, said = self.hear(method, path, body)
        return answer.status, said

    def hear(self, method: str, path: str, body: str = "") -> tuple[http.client.HTTPResponse, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        line.request(method, path, body)
        answer = line.getresponse()
        return answer, answer.read()


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
    with port.looping():
        assert port.ask("GET", path) == (200, body)


def test_an_event_reaches_the_inbox(port: Port) -> None:
    assert port.ask("POST", "/event", json.dumps({"type": "StartPressed"}))[0] == 204
    assert port.inbox.take() == [StartPressed()]


def test_a_touch_is_answered_when_the_screen_shows_what_it_did(port: Port) -> None:
    with port.looping():
        before, _ = port.hear("GET", "/scene.json")
        assert port.ask("POST", "/touch", json.dumps({"x": 5, "y": 6}))[0] == 204
        after, scene = port.hear("GET", "/scene.json")
    assert (before.headers["Touches"], after.headers["Touches"]) == ("0", "1")
    assert json.loads(scene)["x"] == 5


def test_a_touch_that_the_lane_does_not_come_to_is_told(port: Port, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debug, "ANSWER_WITHIN_S", 0)
    assert port.ask("POST", "/touch", json.dumps({"x": 5, "y": 6}))[0] == 503


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
