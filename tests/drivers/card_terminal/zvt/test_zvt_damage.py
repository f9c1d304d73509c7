"""A terminal that floods, lies, or whose answers are shifted by one: money is not believed, and nothing grows."""

import time

import pytest

from drivers.card_terminal.zvt import conversation, messages, tlv
from drivers.card_terminal.zvt.apdu import FLOOD, LONGEST, Apdu, NotZvt, Stream, decode, encode
from drivers.card_terminal.zvt.preparing import baseline_of, to_text
from drivers.card_terminal.zvt.protocol import Client
from drivers.card_terminal.zvt.serial_block import SerialBlocks, wrap
from drivers.card_terminal.zvt.session import Terms
from drivers.events import (
    Authorize,
    HardwareEvent,
    Prepare,
    TerminalApproved,
    TerminalCompleted,
    TerminalInDoubt,
    TerminalPrint,
    TerminalReady,
    TerminalRefused,
)

OK, DONE = "800000", "060F00"
REGISTERED = "06 0F 0A 19 00 29 29 00 12 34 49 09 78"
LAST = "04 0F 1F 27 00 04 000000001250 0B 000312 29 29001234 87 0175 49 0978 0C 120000 0D 1123"
QUICK_S = 1.0
"""Of the processor's time: what no turn of the loop may come near to."""


class Till:
    """A client whose terminal is the test itself."""

    def __init__(self) -> None:
        self.client = Client("card", Terms(idle_hang_up_ms=None), Stream())
        self.events: list[HardwareEvent] = []
        self.said: list[str] = []
        self.now_ms = 0

    def order(self, command: Prepare | Authorize) -> None:
        self._note(self.client.command(command, self.now_ms))
        if not self.client._session.is_open:
            self._note(self.client.opened(self.now_ms))

    def hear(self, *raws: str) -> None:
        for raw in raws:
            self._note(self.client.received(bytes.fromhex(raw), self.now_ms))

    def _note(self, events: list[HardwareEvent]) -> None:
        self.events += events
        self.said.append(self.client.take().hex())

    def seen(self, kind: type) -> list[HardwareEvent]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def till() -> Till:
    """A till that has just told the terminal to pay 12.50 euro."""
    till = Till()
    till.order(Authorize("a1", 1_250, ""))
    till.hear(OK, REGISTERED, OK)
    return till


# --- damage ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "status",
    [
        "04 0F 0C 27 00 04 000000001250 29 2900",
        "04 0F 0C 04 000000001250 27 00 06 82 01",
        "04 0F 0C 04 000000001250 27 00 8B F9 F9",
        "04 0F 0C 27 00 04 000000001250 49 0A78",
    ],
)
def test_an_approval_that_arrives_damaged_is_refused_and_enquired(till: Till, status: str) -> None:
    till.hear(status, DONE)
    assert till.seen(TerminalApproved) == []
    assert isinstance(till.events[-1], TerminalInDoubt)
    assert "84ff00" in till.said


def test_a_damaged_last_transaction_is_no_baseline() -> None:
    """Compared with the whole record later, it would look like a new payment."""
    till = Till()
    till.order(Prepare("a1"))
    till.hear(OK, REGISTERED, OK, DONE, OK, "04 0F 0A 27 00 04 000000001250 0B", DONE)
    ready = till.seen(TerminalReady)
    assert [event.baseline for event in ready if isinstance(event, TerminalReady)] == [""]


def test_texts_within_texts_without_end_are_no_text() -> None:
    nested = b""
    for _ in range(9_000):
        nested = tlv.build(tlv.DISPLAY_TEXTS, nested)
    status = messages.parse(Apdu(0x04FF, b"\x0a\x00\x06" + tlv.build_length(len(nested)) + nested))
    assert status == messages.Standing(0x0A, None, "")


def test_a_message_longer_than_any_is_not_waited_for() -> None:
    with pytest.raises(NotZvt):
        Stream().receive(bytes.fromhex("06D3FFFCFF"), 0)
    longest = Apdu(0x06D3, bytes(LONGEST - 5))
    assert len(encode(longest)) == LONGEST
    assert decode(encode(longest)) == longest


# --- answers to something else ---------------------------------------------------------------------------------------


def test_a_payment_that_the_terminal_told_of_before_pays_nothing_again() -> None:
    till = Till()
    last = messages.parse(decode(bytes.fromhex(LAST)))
    assert isinstance(last, messages.Status)
    till.order(Authorize("a1", 1_250, to_text(baseline_of(last.record))))
    till.hear(OK, REGISTERED, OK, LAST, DONE)
    assert till.seen(TerminalApproved) == []
    assert isinstance(till.events[-1], TerminalInDoubt)


def test_a_late_end_is_not_taken_for_the_answer_to_the_next_order() -> None:
    """The end of what ran before the line was lost; taken for the registration's, every answer would come one late."""
    till = Till()
    till.order(Prepare("a1"))
    till.hear(DONE, OK, REGISTERED, OK, "06 0F 01 9C")
    assert till.seen(TerminalReady) == []


def test_an_answer_that_nobody_asked_for_means_that_nothing_is_sent() -> None:
    till = Till()
    till.order(Prepare("a1"))
    till.hear(OK, REGISTERED, OK, DONE, OK, LAST, DONE)
    assert till.seen(TerminalReady)
    till.hear(OK, LAST, DONE)
    till.said.clear()
    till.order(Authorize("a1", 1_250, ""))
    assert isinstance(till.events[-1], TerminalRefused)
    assert not any(said.startswith("0601") for said in till.said)


def test_after_that_a_new_line_is_opened_before_anything_is_asked() -> None:
    till = Till()
    till.order(Prepare("a1"))
    till.hear(OK, REGISTERED, OK, DONE, OK, LAST, DONE, OK)
    till.order(Prepare("a2"))
    assert till.client.take_hang_up()
    till.now_ms += 1_000
    till._note(till.client.advance(till.now_ms))
    till.hear(OK, REGISTERED, OK, DONE, OK, LAST, DONE)
    assert [event.ticket for event in till.seen(TerminalReady) if isinstance(event, TerminalReady)] == ["a1", "a2"]


# --- floods ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", [OK, "04 FF 01 0E", "04 0F 02 27 05", "06 D3 00", "06 D8 00"])
def test_a_flood_of_messages_ends_the_connection_quickly(till: Till, one: str) -> None:
    began = time.process_time()
    till._note(till.client.received(bytes.fromhex(one) * 200_000, 0))
    assert time.process_time() - began < QUICK_S
    assert till.client.take_hang_up()
    assert [event.why for event in till.events if isinstance(event, TerminalInDoubt)] == [FLOOD]


@pytest.mark.parametrize(
    "one", [b"\x06", b"\x10\x41", b"\x10\x02\x10\x03\x00\x00", wrap(Apdu(0x8000)), b"\x10\x02\xaa"]
)
def test_a_flood_on_a_serial_line_ends_quickly_too(one: bytes) -> None:
    wire = SerialBlocks()
    began = time.process_time()
    with pytest.raises(NotZvt):
        wire.receive(one * 300_000, 0)
    assert time.process_time() - began < QUICK_S
    assert len(wire._reader._plain) <= LONGEST


def test_a_message_of_thirty_thousand_small_fields_is_not_read_to_its_end(till: Till) -> None:
    many = encode(Apdu(0x040F, bytes.fromhex("04000000001250") + bytes.fromhex("2700") * 30_000)).hex()
    began = time.process_time()
    till.hear(many, DONE)
    assert time.process_time() - began < QUICK_S
    assert till.seen(TerminalApproved) == []
    assert isinstance(till.events[-1], TerminalInDoubt)


def test_papers_that_do_not_wait_for_each_other_end_the_conversation(till: Till) -> None:
    for _ in range(20):
        till.hear("06 D3 00")
    assert len(till.seen(TerminalPrint)) < 12
    assert isinstance(till.events[-1], TerminalInDoubt)


def test_a_terminal_that_never_stops_talking_is_given_up(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "HEARD_AT_MOST", 500)
    for _ in range(10):
        till._note(till.client.received(bytes.fromhex("04FF010E") * 60, till.now_ms))
    assert isinstance(till.events[-1], TerminalInDoubt)
    assert till.seen(TerminalCompleted) == []
