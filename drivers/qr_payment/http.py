"""HTTP: one request and its answer on one connection, without I/O (RFC 9112 by h11).

A connection carries one request and is closed by whoever has the answer: no connection is old, and half an answer
belongs to nothing.
"""

import json
from typing import Any

import h11
import msgspec

LARGEST = 65_536
"""Bytes of an answer that is read; a payment has some hundreds."""


class Request(msgspec.Struct, frozen=True):
    """What is asked."""

    method: str
    path: str
    body: dict[str, Any] | None = None


class Answer(msgspec.Struct, frozen=True):
    """Status, and the JSON object that came with it; empty if there was none that can be read."""

    status: int
    body: dict[str, Any]


class BadAnswer(Exception):
    """What came is no answer. The text says why."""


class Exchange:
    """One request on its way."""

    def __init__(self, request: Request, headers: dict[str, str]) -> None:
        self._connection = h11.Connection(h11.CLIENT)
        self._status, self._data = 0, b""
        content = b"" if request.body is None else json.dumps(request.body).encode()
        all_headers = {**headers, "content-length": str(len(content)), "connection": "close"}
        if content:
            all_headers["content-type"] = "application/json"
        head = h11.Request(method=request.method, target=request.path, headers=list(all_headers.items()))
        sent = (self._connection.send(head), self._connection.send(h11.Data(content)), self._end())
        self.bytes = b"".join(part or b"" for part in sent)

    def _end(self) -> bytes | None:
        return self._connection.send(h11.EndOfMessage())

    def receive(self, data: bytes) -> Answer | None:
        """Bytes from the other side (empty: it has closed); the answer when it is whole. BadAnswer."""
        try:
            self._connection.receive_data(data)
            while True:
                event = self._connection.next_event()
                if event is h11.NEED_DATA or event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
                    return None
                if isinstance(event, h11.EndOfMessage):
                    return Answer(self._status, _object(self._data))
                self._take(event)
        except h11.RemoteProtocolError as error:
            raise BadAnswer(f"no HTTP: {error}") from error

    def _take(self, event: object) -> None:
        if isinstance(event, h11.Response):
            self._status = event.status_code
        elif isinstance(event, h11.Data):
            self._data += bytes(event.data)
            if len(self._data) > LARGEST:
                raise BadAnswer("the answer has no end")


def _object(data: bytes) -> dict[str, Any]:
    try:
        body = json.loads(data)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
