"""HTTP: a question and its answer in JSON, on one connection (`drivers/http_exchange.py`)."""

import json
from typing import Any

import msgspec

from drivers.http_exchange import BadAnswer, HttpExchange

__all__ = ["Answer", "BadAnswer", "Exchange", "Request"]


class Request(msgspec.Struct, frozen=True):
    """What is asked."""

    method: str
    path: str
    body: dict[str, Any] | None = None


class Answer(msgspec.Struct, frozen=True):
    """Status, and the JSON object that came with it; empty if there was none that can be read."""

    status: int
    body: dict[str, Any]


class Exchange:
    """One request on its way."""

    def __init__(self, request: Request, headers: dict[str, str]) -> None:
        content = b"" if request.body is None else json.dumps(request.body).encode()
        kind = {"content-type": "application/json"} if content else {}
        self._http = HttpExchange(request.method, request.path, {**headers, **kind}, content)
        self.bytes = self._http.bytes

    def receive(self, data: bytes) -> Answer | None:
        """Bytes from the other side (empty: it has closed); the answer when it is whole. BadAnswer."""
        answer = self._http.receive(data)
        return None if answer is None else Answer(answer.status, _object(answer.body))


def _object(data: bytes) -> dict[str, Any]:
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
