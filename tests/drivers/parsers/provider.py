"""Rows of a payment provider: its HTTP, and the payment that it speaks of."""

import json

from msgspec.structs import replace

from drivers import events as d
from drivers.qr_payment import http
from drivers.qr_payment.protocol import CODE_LONGEST, Client, Terms
from tests.drivers.parsers.shape import Heard, Parser, receives


def answer(body: object, code: int = 200) -> bytes:
    content = json.dumps(body).encode()
    head = f"HTTP/1.1 {code} OK\r\ncontent-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n"
    return head.encode() + content


class Provider:
    """A payment that was ordered, and the one answer to that. How a doubt is worded does not count."""

    def __init__(self) -> None:
        self._client = Client("phone", Terms("pay.example", "m1", "SEK", "Phone"))
        self._client.command(d.Authorize("a1", 1_250, ""), 0)
        self._client.opened()

    def receive(self, data: bytes) -> Heard:
        heard = self._client.received(data, 0) if data else []
        return [replace(event, why="") if isinstance(event, d.TerminalInDoubt) else event for event in heard]


def paid(stream: bytes, heard: Heard) -> None:
    """A payment only where the provider says so; and a code that can be shown."""
    for event in heard:
        if isinstance(event, d.TerminalCompleted):
            assert b'"paid"' in stream or b"\\u" in stream
        if isinstance(event, d.TerminalDeclined):
            assert (
                any(f'"{word}"'.encode() in stream for word in ("declined", "cancelled", "expired")) or b" 4" in stream
            )
        if isinstance(event, d.TerminalCode):
            assert 0 < len(event.code.encode()) <= CODE_LONGEST


CHUNKED = b'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{"state":"paid"}\r\n0\r\n\r\n'
ANSWERS = (
    answer({"state": "paid", "code": "", "amount_minor": 1_250, "reference": "P1"}),
    answer({"state": "pending", "code": "kassa-pay:1", "amount_minor": 1_250, "reference": "P1"}, 201),
    answer({"state": "cancelled"}),
    answer({}, 404),
    answer({}, 503),
    CHUNKED,
    b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n",
)


class Exchange:
    """One answer to one request, and nothing after it."""

    def __init__(self) -> None:
        self._exchange: http.Exchange | None = http.Exchange(http.Request("GET", "/v1/payments/1"), {"host": "pay"})

    def receive(self, data: bytes) -> Heard:
        if self._exchange is None or not data:
            return []
        try:
            answer = self._exchange.receive(data)
        except http.BadAnswer:
            answer, self._exchange = None, None
        if answer is None:
            return []
        self._exchange = None
        return [answer]


def answered(stream: bytes, heard: Heard) -> None:
    assert all(200 <= answer.status <= 999 and isinstance(answer.body, dict) for answer in heard)


ROWS: dict[str, Parser] = {
    "http": Parser(ANSWERS, Exchange, receives, answered),
    "payment": Parser(ANSWERS, Provider, receives, paid),
}
