"""Rows of card terminals: ZVT on TCP and in serial blocks, nexo in both of its bindings and HTTP around them.

What ZVT's messages say is used as a procedure may use it; a nexo answer is that to a payment of 12.50 that was ordered.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

from msgspec.structs import replace

from drivers.card_terminal.nexo.answers import Header
from drivers.card_terminal.nexo.device_requests import TEXT_LONGEST
from drivers.card_terminal.nexo.json_binding import JsonBinding, Key
from drivers.card_terminal.nexo.messages import Parties
from drivers.card_terminal.nexo.names import service_id
from drivers.card_terminal.nexo.protocol import Client
from drivers.card_terminal.nexo.receipts import COLUMNS
from drivers.card_terminal.nexo.session import Surroundings, Terms
from drivers.card_terminal.nexo.simulated import wire_xml
from drivers.card_terminal.nexo.simulated.speech import Asked, Deal, Said
from drivers.card_terminal.nexo.simulated.wire_json import Sealed
from drivers.card_terminal.nexo.xml_binding import XmlBinding
from drivers.card_terminal.zvt import messages, settlement
from drivers.card_terminal.zvt.apdu import NotZvt, Stream
from drivers.card_terminal.zvt.preparing import baseline_of
from drivers.card_terminal.zvt.recovery import Case, judge
from drivers.card_terminal.zvt.serial_block import T1_MS, SerialBlocks
from drivers.card_terminal.zvt.simulated.faults import Faults
from drivers.card_terminal.zvt.simulated.serial import SerialSide
from drivers.card_terminal.zvt.wire import WireBroken
from drivers.events import (
    Acknowledge,
    Authorize,
    Settle,
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalPrint,
    TerminalRecord,
    TerminalRefused,
    TerminalText,
)
from drivers.http_answering import BadRequest, HttpAnswering
from tests.drivers.card_terminal.card_bench import Till
from tests.drivers.parsers.shape import Heard, Parser, lulls, receives

# --- ZVT --------------------------------------------------------------------------------------------------------------


def tape() -> tuple[list[bytes], list[bytes]]:
    """What a terminal says in an approval, a decline and an end of day: as it said it, and message by message."""
    till, said = Till(), []
    take = till.terminal.take

    def taken() -> bytes:
        data: bytes = take()
        said.extend([data] if data else [])
        return data

    till.terminal.take = taken
    till.pay(1_250)
    till.terminal.decline_next()
    till.pay(1_250, "a2")
    till.command(Settle("s1"))
    till.on_event = lambda event: (
        till.command(Acknowledge(event.ticket, event.message)) if isinstance(event, TerminalPrint) else None
    )
    till.rest(10_000)
    return said, list(dict.fromkeys(message for data in said for message in one_by_one(data)))


def one_by_one(data: bytes) -> Iterator[bytes]:
    """The messages in it."""
    while data:
        size = 5 + int.from_bytes(data[3:5], "little") if data[2] == 0xFF else 3 + data[2]
        yield data[:size]
        data = data[size:]


def blocks(said: list[bytes]) -> tuple[bytes, ...]:
    """Each as the terminal's own end of a serial line says it; and what it answers."""
    side, found = SerialSide(Faults()), [b"\x06", b"\x15"]
    for message in said:
        side.reset()
        side.send(message, 0)
        found.append(side.out)
    return tuple(found)


class Line:
    """A wire with somebody who reads its messages, until it is given up."""

    def __init__(self, wire: Any) -> None:
        self._wire, self._broken, self._now_ms = wire, False, 0
        wire.send(messages.POSITIVE, 0)

    def receive(self, data: bytes) -> Heard:
        return self._guarded(lambda: [messages.parse(apdu) for apdu in self._wire.receive(data, self._now_ms)])

    def lull(self) -> Heard:
        self._now_ms += T1_MS
        return self._guarded(lambda: self._wire.advance(self._now_ms) or [])

    def _guarded(self, hears: Callable[[], Heard]) -> Heard:
        try:
            return [] if self._broken else hears()
        except (NotZvt, WireBroken):
            self._broken = True
            return []


ENQUIRED = TerminalRecord(1_250, "29001234", "0175", "000312", result="00")
AMOUNT = bytes.fromhex("04000000001250")


def used(stream: bytes, heard: Heard) -> None:
    """Whatever a procedure may do with a status; paid is only what says its amount."""
    for message in heard:
        if isinstance(message, messages.Status):
            settlement.counts(message)
            for baseline in (None, baseline_of(ENQUIRED)):
                verdict = judge(Case(1_250, baseline, None, "29001234", message))
                assert verdict != "paid" or (message.result == "00" and AMOUNT in stream.replace(b"\x10\x10", b"\x10"))


# --- what a nexo terminal asks of the till ----------------------------------------------------------------------------


def ordered(binding: Any) -> Client:
    """A client that has sent its order. What the order says is not under test, and takes longest to write."""
    binding.encode = lambda message: b"an order"
    client = Client("card", TERMS, binding, SURROUNDINGS)
    client.command(ORDER, 0)
    client.opened("main", 0)
    return client


class Asking:
    """A payment that runs, and the requests that come in meanwhile, each on a connection of its own."""

    def __init__(self, binding: Any) -> None:
        self._binding = binding
        self._client = ordered(binding)
        self._http: HttpAnswering | None = HttpAnswering()

    def receive(self, data: bytes) -> Heard:
        """What comes of the one request of this connection."""
        if self._http is None or not data:
            return []
        try:
            body = self._http.receive(data)
        except BadRequest:
            self._http = None
            return []
        if body is None:
            return []
        answer, events = self._client.asked(body, 0)
        said, self._http = self._http.answer(answer, "text/xml"), None
        return [said.split(b"\r\n")[0], *events]

    def lull(self) -> Heard:
        """That connection ends, another one comes; nothing of what was said on the first counts."""
        self._http = HttpAnswering()
        self._client._session.papers.clear()
        if isinstance(self._binding, JsonBinding):
            self._binding._used.clear()
        return []


def shown_or_printed(stream: bytes, heard: Heard) -> None:
    """Nothing of it is money, and every paper stands in the stream."""
    for event in heard:
        assert isinstance(event, bytes | TerminalText | TerminalPrint)
        assert not isinstance(event, TerminalText) or len(event.text) <= TEXT_LONGEST
        assert not isinstance(event, TerminalPrint) or all(len(line) <= COLUMNS for line in event.lines)


def sealed_or_event(stream: bytes, heard: Heard) -> None:
    """And no word of it was in the clear, or changed."""
    shown_or_printed(stream, heard)
    for event in heard:
        if isinstance(event, TerminalPrint):
            assert event.lines == COPY
        elif isinstance(event, TerminalText):
            assert event.text in ("", "Insert card")


def requests(ask: Callable[[Asked, dict[str, Any]], bytes]) -> tuple[bytes, ...]:
    """What is shown and printed, sent as a terminal sends it."""
    reference = {"PredefinedContent": {"ReferenceID": "TransactionID=1&event=WAIT_FOR_PIN"}}
    shown = [{"OutputText": "Insert card"}, reference]
    bodies = [ask(_asking("Display"), {"DisplayOutput": {"OutputContent": content}}) for content in shown]
    paper = {"DocumentQualifier": "CustomerReceipt", "OutputContent": {"OutputText": list(COPY)}}
    bodies.append(ask(_asking("Print"), {"PrintOutput": paper}))
    return tuple(
        b"POST / HTTP/1.1\r\nhost: till\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body) for body in bodies
    )


def _asking(category: str) -> Asked:
    return Asked(category, "D1", "Kassa", "P400Plus-1", {})


# --- nexo -------------------------------------------------------------------------------------------------------------

SHARED = ("k", 1, "p")
ORDER = Authorize("a1", 1_250, "")
QUESTION = Header("Payment", service_id("a1"), "Kassa", "P400Plus-1")
TERMS = Terms(Parties("3.0", "Kassa", "P400Plus-1"), "SEK", login_first=False)
SURROUNDINGS = Surroundings(lambda: "2026-11-23T10:00:00+01:00", lambda size: bytes(size))
COPY = ("CUSTOMER COPY", "Total   12,50")
DEAL = Deal("0000000002", "2026-11-23T10:00:00Z", 1_250, "SEK", "Normal", "Visa", "****4021", "1", "ICC", COPY, COPY)
ASKED = Asked("Payment", QUESTION.service_id, QUESTION.sale_id, QUESTION.poi_id, {})
SAID = (
    Said(ASKED, deal=DEAL),
    Said(ASKED, "Failure", "Refusal", "The bank says no", deal=replace(DEAL, approval="")),
    Said(ASKED, "Failure", "Busy", "Another request"),
)
OUTCOMES = (TerminalCompleted, TerminalDeclined, TerminalInDoubt, TerminalRefused)


def http(body: bytes, *, measured: bool = True) -> bytes:
    """An answer; not `measured`: it ends where its connection does, so that damage of any length gets through."""
    if not measured:
        return b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + body
    return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%s" % (len(body), body)


class Payment:
    """A payment that was ordered, and the answer. How a doubt is worded does not count."""

    def __init__(self, binding: Any) -> None:
        self._client = ordered(binding)

    def receive(self, data: bytes) -> Heard:
        return self._told(self._client.received("main", data, 0)) if data else []

    def lull(self) -> Heard:
        return self._told(self._client.lost("main", "closed", 0))

    def _told(self, events: Heard) -> Heard:
        told = [replace(event, why="") if isinstance(event, TerminalInDoubt) else event for event in events]
        return [event for event in told if isinstance(event, OUTCOMES)]


TWELVE_FIFTY = re.compile(rb'AuthorizedAmount\s*=\s*"\s*0*12\.50*\s*"')


def one_outcome(stream: bytes, heard: Heard) -> None:
    """One; and paid is what was ordered, by that terminal, in the words of a success."""
    assert len(heard) <= 1
    for event in heard:
        if isinstance(event, TerminalCompleted):
            assert (event.record.amount_minor, event.record.terminal_id) == (1_250, "P400Plus-1")
            answers = (one for one in stream.split(b"HTTP/1.1 200 OK\r\n") if b"AuthorizedAmount" in one)
            assert TWELVE_FIFTY.search(next(answers, b"")) and b"Success" in stream


def sealed_outcome(stream: bytes, heard: Heard) -> None:
    """One; and what is believed is word by word what the terminal has sealed."""
    assert len(heard) <= 1
    for event in heard:
        assert isinstance(event, TerminalInDoubt) or (event in AS_SEALED and SEALS[AS_SEALED.index(event)] in stream)


SEALED = JsonBinding(Key(*SHARED), bytes)
"""One for all: its key takes milliseconds to make."""


def fresh() -> JsonBinding:
    """One that has heard nothing yet."""
    binding = copy(SEALED)
    binding._used = deque()
    return binding


def json() -> Payment:
    return Payment(fresh())


MESSAGES, ONE_BY_ONE = tape()
XML = tuple(http(wire_xml.write(said)) for said in SAID)
ENDLESS_XML = tuple(http(wire_xml.write(said), measured=False) for said in SAID)
JSON = tuple(http(Sealed(*SHARED).write(said)) for said in SAID)
AS_SEALED = [json().receive(answer)[0] for answer in JSON]
SEALS = [answer.partition(b'"NexoBlob": "')[2][:60] for answer in JSON]
ASKED_XML = requests(wire_xml.ask)
ASKED_JSON = requests(Sealed(*SHARED).ask)
ROWS: dict[str, Parser] = {
    "nexo_asks_xml": Parser(
        ASKED_XML, lambda: Asking(XmlBinding()), receives, shown_or_printed, lulls, inputs_each=100
    ),
    "nexo_asks_json": Parser(ASKED_JSON, lambda: Asking(fresh()), receives, sealed_or_event, lulls, inputs_each=100),
    "zvt": Parser(tuple(MESSAGES), lambda: Line(Stream()), receives, used, cut_anyhow=False),
    "zvt_serial": Parser(blocks(ONE_BY_ONE), lambda: Line(SerialBlocks()), receives, used, lulls),
    "nexo_xml": Parser((*XML, *ENDLESS_XML), lambda: Payment(XmlBinding()), receives, one_outcome, lulls),
    "nexo_json": Parser(JSON, json, receives, sealed_outcome, lulls),
}
