"""Parsers of bytes from outside, as a table: what good bytes are, how they are fed, and what may come out.

One more parser: a row in PARSERS. Its judge asserts what would hurt somebody: a press, a printed receipt or a payment
that the bytes do not say. It reads the stream with a means of its own, never with the parser's. Scanners, scales, cash
machines and card terminals have tests of this kind in their own folders.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec.structs import replace

from drivers import events as d
from drivers.pos_printer import status
from drivers.pos_printer.protocol import PrinterProtocol
from drivers.qr_payment import http
from drivers.qr_payment.protocol import CODE_LONGEST, Client, Terms
from drivers.touch.contacts import Axes, ContactReader, Span
from drivers.touch.leading import LeadingFinger
from drivers.touch.simulator import TouchSimulator

Heard = list[Any]


class Parser(NamedTuple):
    """One kind of bytes."""

    samples: tuple[bytes, ...]
    make: Callable[[], Any]
    feed: Callable[[Any, bytes], Heard]
    judge: Callable[[bytes, Heard], None]


# --- touch ------------------------------------------------------------------------------------------------------------


class Panel:
    """Contacts and the finger that leads."""

    def __init__(self) -> None:
        self._reader, self._leading = ContactReader(), LeadingFinger(Axes(Span(0, 4095), Span(0, 4095)), 200)
        self._reader.start(10)

    def receive(self, data: bytes) -> Heard:
        moves: Heard = []
        for frame in self._reader.receive(data):
            moves += self._leading.lose() if frame is None else self._leading.follow(frame)
        return moves


def said_by_a_panel() -> tuple[bytes, ...]:
    hand, samples = TouchSimulator(), []
    hand.connected(0)
    for act in (
        lambda: hand.tap(0.5, 0.5),
        lambda: hand.down(0.2, 0.9, 1),
        lambda: hand.move(0.3, 0.9, 1),
        lambda: hand.up(1),
        lambda: hand.hand(0.1, 0.1, 4),
        hand.absurd,
        hand.overrun,
    ):
        act()
        samples.append(hand.take())
    return tuple(samples)


def one_finger(stream: bytes, heard: Heard) -> None:
    """One at a time, on the panel, and whatever comes down has an end before the next."""
    down = False
    for move in heard:
        assert (move.way == "down") != down, "a finger that moves is down, one that comes was not"
        assert 0 <= move.x <= 4095 and 0 <= move.y <= 4095
        down = move.way in ("down", "move")


# --- printer ----------------------------------------------------------------------------------------------------------


class Encoder:
    """A document is one byte: what is printed does not matter here."""

    profile = "test"

    def document(self, lines: object) -> bytes:
        return b"x"


def printing() -> PrinterProtocol:
    """A printer that has taken the document `0001` whole and has not said a word about it."""
    protocol = PrinterProtocol("printer", Encoder(), "asb")  # type: ignore[arg-type]
    protocol.opened(0)
    for answer in (b"\x37\x25\x00", b"\x16", b"\x12", b"\x12", b"\x12"):
        protocol.received(answer, 0)
        protocol.advance(0)
        protocol.take(512, 0)
    protocol.print("1", (), 0)
    protocol.take(512, 0)
    assert protocol.drained(0) == []
    return protocol


def printed(stream: bytes, heard: Heard) -> None:
    """Only what the printer names is on paper, and once."""
    done = [event for event in heard if isinstance(event, d.PrintDone)]
    assert len(done) <= 1
    assert not done or b"\x37\x220001\x00" in stream


def reports(stream: bytes, heard: Heard) -> None:
    """Each name stands in the stream."""
    done = [report.id for report in heard if isinstance(report, status.ProcessDone)]
    assert all(b"\x37\x22" + name + b"\0" in stream for name in done)


# --- payment provider -------------------------------------------------------------------------------------------------


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


# --- the table --------------------------------------------------------------------------------------------------------


def receives(parser: Any, data: bytes) -> Heard:
    return list(parser.receive(data))


BACK = (
    b"\x14\x00\x00\x0f",
    b"\x34\x00\x0c\x0f",
    b"\x16",
    b"\x12",
    b"\x00",
    b"\x37\x220001\x00",
    b"\x37\x25\x00",
    b"\x11\x13",
)
"""What a printer says: automatic status, answers, the end of a document, of clearing, XON and XOFF."""
PARSERS: dict[str, Parser] = {
    "touch": Parser(said_by_a_panel(), Panel, receives, one_finger),
    "printer": Parser(BACK, status.StatusReader, lambda reader, data: list(reader.feed(data)), reports),
    "printing": Parser(BACK, printing, lambda protocol, data: protocol.received(data, 0), printed),
    "http": Parser(ANSWERS, Exchange, receives, answered),
    "payment": Parser(ANSWERS, Provider, receives, paid),
}
