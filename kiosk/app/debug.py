"""Debug: a small HTTP port on loopback for the bench page and for tests (CONTRACT, section 2). Never on the image.

GET /screen.png, /scene.json (with the headers `Moving: yes` while something is on its way, and `Touches`, how many were
made here and are seen in it), /state.json, and /cue.json, the sound heard last; POST /touch {"x", "y"}, answered when
the screen shows what the touch did; POST /event with one journal event. Each request is a question put to the loop,
answered between two steps, so nothing is ever seen half done. The scene names each button, what it is (`role`), how it
stands (`value`, `selected`, `why_not`), and which one has the ring.
"""

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty
from types import MappingProxyType
from typing import Any

import msgspec

from kiosk.app.inbox import ANSWER_WITHIN_S, Inbox, Query
from kiosk.app.screen import Tap
from kiosk.checkout.events import Event

_BODY_LONGEST = 64 * 1024
_THERE_ARE = b"there are: /screen.png /scene.json /state.json /cue.json /touch /event\n"
_NO_ANSWER = b"the lane does not answer\n"


class DebugServer:
    """Serves until closed, in threads of its own."""

    def __init__(self, listen: str, inbox: Inbox) -> None:
        """`listen` is `127.0.0.1:port`; port 0 takes a free one."""
        host, _, port = listen.rpartition(":")
        self._server = ThreadingHTTPServer((host, int(port)), _handler(inbox))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="debug", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Finger:
    """Touches, and how many of them the screen has answered: counted in the loop's own thread."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._shown = 0

    def touch(self, tap: Tap) -> None:
        """Until the screen shows what it did; queue.Empty if the lane does not come to that within the time.

        The touch is heard in one turn of the loop and painted at its end, so the next turn knows.
        """
        shown = Query(self._count)
        self._inbox.put(tap)
        self._inbox.put(Query(lambda _: self._inbox.put(shown)))
        shown.reply.get(timeout=ANSWER_WITHIN_S)

    def _count(self, _: Any) -> None:
        self._shown += 1

    def scene(self, loop: Any) -> tuple[bytes, dict[str, str]]:
        """What can be touched; the picture of it is somewhere else for as long as it moves."""
        moving = {"Moving": "yes"} if loop.screen.moving else {}
        return msgspec.json.encode(loop.screen.scene), {"Touches": str(self._shown), **moving}


def _handler(inbox: Inbox) -> type[BaseHTTPRequestHandler]:
    finger = _Finger(inbox)

    class Handler(BaseHTTPRequestHandler):
        """One request."""

        def do_GET(self) -> None:
            """A look at the lane."""
            path = self.path.partition("?")[0]
            match path:
                case "/screen.png":
                    self._answer(lambda loop: loop.screen.png(), "image/png")
                case "/scene.json":
                    self._answer(finger.scene, "application/json")
                case "/cue.json":
                    self._answer(lambda loop: msgspec.json.encode(loop.last_cue), "application/json")
                case "/state.json":
                    self._answer(lambda loop: msgspec.json.encode(loop.state), "application/json")
                case _:
                    self._send(404, _THERE_ARE, "text/plain")

        def do_POST(self) -> None:
            """A touch, or an event."""
            kind: Any = {"/touch": Tap, "/event": Event}.get(self.path)
            length = int(self.headers.get("Content-Length", 0))
            if kind is None or length > _BODY_LONGEST:
                self._send(404 if kind is None else 413, b"POST /touch or /event, at most 64 KiB\n", "text/plain")
                return
            try:
                done = msgspec.json.decode(self.rfile.read(length), type=kind)
                finger.touch(done) if isinstance(done, Tap) else inbox.put(done)
            except msgspec.DecodeError as error:
                self._send(400, f"{error}\n".encode(), "text/plain")
            except Empty:
                self._send(503, _NO_ANSWER, "text/plain")
            else:
                self._send(204, b"", "text/plain")

        def _answer(self, question: Any, mime: str) -> None:
            try:
                found = inbox.ask(question)
                body, more = found if isinstance(found, tuple) else (found, {})
                self._send(200, body, mime, more)
            except Empty:
                self._send(503, _NO_ANSWER, "text/plain")

        def _send(self, status: int, body: bytes, mime: str, more: Mapping[str, str] = MappingProxyType({})) -> None:
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Type", mime)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Requests are not news."""

    return Handler
